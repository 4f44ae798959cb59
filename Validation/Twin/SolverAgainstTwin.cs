using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Twin;

/// <summary>Solver and readable twin on the same mesh, through a pulse and its rest.</summary>
internal sealed class SolverAgainstTwin : ValidationCase
{
    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    /// <summary>What is done, in words.</summary>
    public required string Words { get; init; }

    /// <summary>Parameters, resolved.</summary>
    public required Func<Device> Device { get; init; }

    /// <summary>Amplitude [V].</summary>
    public required double Amplitude { get; init; }

    /// <summary>Width from base to base [s].</summary>
    public required double Width { get; init; }

    /// <summary>The pulses that are compared.</summary>
    public static IEnumerable<SolverAgainstTwin> All =>
    [
        new() { Name = "up", Words = "+10 V, 5 ns", Device = () => CalibrationRules.Resolve(new Device()), Amplitude = 10, Width = 5e-9 },
        new() { Name = "down", Words = "-8.5 V, 5 ns", Device = () => CalibrationRules.Resolve(new Device()), Amplitude = -8.5,
            Width = 5e-9 },
        new() { Name = "two-species", Words = "set R1 with n = 2, +10 V, 20 ns", Device = ReferenceSets.R1TwoSpecies, Amplitude = 10,
            Width = 20e-9 },
    ];

    public override string Id => $"twin.same-mesh-{Name}";

    public override string Title => $"Solver and twin agree on the same mesh: {Words}, then 1 s with the gate open";

    public override CaseGroup Group => CaseGroup.Twin;

    public override string Equation =>
        "-d/dz(eps dphi/dz) = q (c - c_fix), dc/dt + dJ/dz = 0, dC/dt = d/dz(D_H dC/dz)\nButler-Volmer at both interfaces, absorption, "
            + "gate open after the pulse";

    public override string Source => "the twin: the same equations in 200 plain lines, with implicit Euler extrapolated in its step";

    public override Control Control { get; } = new("the solver's hopping distance is 0.01 % longer");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = Device();
        Device solved = context.Perturbed
            ? device with { Psg = device.Psg with { HopDistance = 1.0001 * device.Psg.HopDistance } }
            : device;
        var solver = new VirtualDevice(solved, 1e-11);
        ControlVolumeMesh mesh = solver.Simulation.Mesh;
        double[] Nodes(int[] nodes) => [.. nodes.Select(n => mesh.Z[n])];
        var twin = new ReadableTwin(device, Nodes(solver.Layout.PsgNodes), Nodes(solver.Layout.Wo3Nodes), 1e-10);
        (DeviceReading end, DeviceReading rest, _) = solver.Pulse(Amplitude, Width);
        (DeviceReading twinEnd, DeviceReading twinRest) = twin.Pulse(Amplitude, Width, device.Gate.EdgeTime, 1);
        return new([.. Compare("end of pulse", end, twinEnd, device), .. Compare("after 1 s", rest, twinRest, device)]);
    }

    // V_G as its distance from rest; while the source holds it there is nothing to compare.
    private static IEnumerable<Check> Compare(string when, DeviceReading computed, DeviceReading expected, Device device) =>
        new Check[]
        {
            new($"WO3, {when}", "m^-2", computed.Wo3, expected.Wo3, Band.Relative(1e-5)),
            new($"coverage, {when}", "m^-2", computed.Coverage, expected.Coverage, Band.Relative(1e-5)),
            new($"given by Pd, {when}", "m^-2", computed.GivenByPd, expected.GivenByPd, Band.Relative(1e-5)),
            new($"V_G above rest, {when}", "V", computed.GateVoltage - device.Gate.RestVoltage,
                expected.GateVoltage - device.Gate.RestVoltage, Band.Relative(1e-5)),
        }.Where(c => Math.Abs(c.Expected) > 1e-9);
}
