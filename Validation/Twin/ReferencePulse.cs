using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Twin;

/// <summary>A pulse or a train of the independent reference solver, run again by the twin.</summary>
internal sealed class ReferencePulse : ValidationCase
{
    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    /// <summary>What is done, in words.</summary>
    public required string Words { get; init; }

    /// <summary>Parameters, resolved.</summary>
    public required Func<Device> Device { get; init; }

    /// <summary>Amplitude of the pulses [V].</summary>
    public required double Amplitude { get; init; }

    /// <summary>Width from base to base [s].</summary>
    public required double Width { get; init; }

    /// <summary>Rise and fall time [s].</summary>
    public required double Edge { get; init; }

    /// <summary>Number of pulses, each with a rest of 1 s.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Number of pulses that follow these, each with a rest of 1 s.</summary>
    public int CountDown { get; init; }

    /// <summary>Amplitude of the pulses that follow [V].</summary>
    public double AmplitudeDown { get; init; }

    /// <summary>Largest excess of the train, by which the last one is judged when it comes back; NaN for the last one itself.</summary>
    public DeviceReading Excursion { get; init; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Expected excess at the end of the last pulse; NaN where it is not published.</summary>
    public DeviceReading EndOfPulse { get; init; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Expected excess after the last rest.</summary>
    public required DeviceReading AfterRest { get; init; }

    public override string Id => $"twin.{Name}";

    public override string Title => $"Twin against an independent solver: {Words}";

    public override CaseGroup Group => CaseGroup.Twin;

    public override string Equation =>
        "-d/dz(eps dphi/dz) = q (c - c_fix), dc/dt + dJ/dz = 0, dC/dt = d/dz(D_H dC/dz)\nButler-Volmer at both interfaces, absorption, "
            + "gate open after the pulse";

    public override string Source =>
        "independent isothermal solver: RODAS4 at rtol 1e-8, at least 300 cells of PSG and 16 equal cells of WO3; digits as published";

    public override bool Quick => Count == 1;

    /// <remarks>The compact layers show at the end of a pulse, of which a train has none published.</remarks>
    public override Control Control => new(Count > 1 ? "the hopping distance is 1 % longer" : "the compact layers are 2 % thicker");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = Device();
        if (context.Perturbed && Count > 1)
            device = device with { Psg = device.Psg with { HopDistance = 1.01 * device.Psg.HopDistance } };
        else if (context.Perturbed)
            device = device with { Psg = device.Psg with { SternThickness = 1.02 * device.Psg.SternThickness } };
        (double stern, bool train) = (device.Psg.SternThickness, Count > 1);
        double[] psg = TwinMesh.Tanh(stern, device.Psg.Thickness - stern, train ? 60 : 300);
        var twin = new ReadableTwin(device, psg, TwinMesh.Uniform(0, device.Wo3.Thickness, 16), train ? 1e-5 : 1e-7);
        (DeviceReading end, DeviceReading rest) = (default, default);
        for (int i = 0; i < Count; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            (end, rest) = twin.Pulse(Amplitude, Width, Edge, 1);
        }
        return new(Compare(end, rest, train ? 5e-3 : 1e-4));
    }

    /// <summary>Holds readings against the published ones.</summary>
    /// <param name="end">At the end of the last pulse.</param>
    /// <param name="rest">After its rest.</param>
    /// <param name="width">Relative width of the band after the rest.</param>
    public Check[] Compare(DeviceReading end, DeviceReading rest, double width)
    {
        // Three digits are published of most values at the end of a pulse.
        Check[] checks =
        [
            .. Compare("end of pulse", end, EndOfPulse, new(double.NaN, double.NaN, double.NaN, double.NaN), 2e-3),
            .. Compare("after 1 s", rest, AfterRest, Excursion, width),
            new("V_G after 1 s", "V", rest.GateVoltage, AfterRest.GateVoltage, Band.Absolute(Count > 1 ? 5e-4 : 1e-6)),
        ];
        return [.. checks.Where(c => !double.IsNaN(c.Expected))];
    }

    private static Check[] Compare(string when, DeviceReading computed, DeviceReading expected, DeviceReading excursion, double width)
    {
        Band Within(double largest) => double.IsNaN(largest) ? Band.Relative(width) : Band.Absolute(width * largest);
        return
        [
            new($"WO3, {when}", "m^-2", computed.Wo3, expected.Wo3, Within(excursion.Wo3)),
            new($"coverage, {when}", "m^-2", computed.Coverage, expected.Coverage, Within(excursion.Coverage)),
            new($"given by Pd, {when}", "m^-2", computed.GivenByPd, expected.GivenByPd, Within(excursion.GivenByPd)),
        ];
    }

    /// <summary>All published pulses, and the train that the twin can afford.</summary>
    public static IEnumerable<ReferencePulse> All =>
    [
        new() { Name = "r1-up", Words = "R1, one pulse of +10 V, 5 ns", Device = () => ReferenceSets.R1(10e-9), Amplitude = 10,
            Width = 5e-9, Edge = 0.5e-9, EndOfPulse = new(1.382e14, 5.977e14, 3.954e14, double.NaN),
            AfterRest = new(9.0080e14, 1.42346e13, 9.9193e14, 0.750366) },
        new() { Name = "r1-down", Words = "R1, one pulse of -8.5 V, 5 ns", Device = () => ReferenceSets.R1(10e-9), Amplitude = -8.5,
            Width = 5e-9, Edge = 0.5e-9, EndOfPulse = new(-6.9605e13, -2.6490e14, -7.361e14, double.NaN),
            AfterRest = new(-8.9810e14, -1.41922e13, -9.8986e14, 0.749630) },
        new() { Name = "r1-long", Words = "R1, one pulse of +10 V, 40 ns", Device = () => ReferenceSets.R1(10e-9), Amplitude = 10,
            Width = 40e-9, Edge = 0.5e-9, EndOfPulse = new(5.122e15, 4.108e15, 3.9287e15, double.NaN),
            AfterRest = new(8.3977e15, 1.32693e14, 9.2150e15, 0.753224) },
        new() { Name = "r1-thin", Words = "R1 on 5 nm, one pulse of +5 V, 5 ns", Device = () => ReferenceSets.R1(5e-9), Amplitude = 5,
            Width = 5e-9, Edge = 0.5e-9, EndOfPulse = new(6.8335e13, 2.8491e14, 2.6298e14, double.NaN),
            AfterRest = new(3.96363e14, 6.26344e12, 4.36445e14, 0.750162) },
        new() { Name = "r1-two-species", Words = "R1 with n = 2, one pulse of +10 V, 5 ns", Device = ReferenceSets.R1TwoSpecies,
            Amplitude = 10, Width = 5e-9, Edge = 0.9e-9, AfterRest = new(6.1534e14, 3.0277e13, 8.0812e14, 0.750772) },
        new() { Name = "default-up", Words = "default set, one pulse of +10 V, 5 ns", Device = () => ReferenceSets.Default(10e-9),
            Amplitude = 10, Width = 5e-9, Edge = 1.1e-9, EndOfPulse = new(1.38e12, 8.10e12, 3.183e14, double.NaN),
            AfterRest = new(9.4716e14, 7.6790e13, 1.18126e15, 0.750396) },
        new() { Name = "default-down", Words = "default set, one pulse of -8.5 V, 5 ns", Device = () => ReferenceSets.Default(10e-9),
            Amplitude = -8.5, Width = 5e-9, Edge = 1.1e-9, AfterRest = new(-9.4811e14, -7.6878e13, -1.18452e15, 0.749597) },
        new() { Name = "default-thin", Words = "default set on 5 nm, one pulse of +5 V, 20 ns", Device = () => ReferenceSets.Default(5e-9),
            Amplitude = 5, Width = 20e-9, Edge = 1.1e-9, AfterRest = new(2.38522e15, 1.93356e14, 2.97092e15, 0.750986) },
        new() { Name = "default-train", Words = "default set, 1000 pulses of +10 V, 5 ns", Device = () => ReferenceSets.Default(10e-9),
            Amplitude = 10, Width = 5e-9, Edge = 1.1e-9, Count = 1000, AfterRest = new(1.1341e18, 8.464e16, 1.2570e18, 0.82692) },
    ];

    /// <summary>The trains that the solver runs besides.</summary>
    public static IEnumerable<ReferencePulse> Trains =>
    [
        new() { Name = "r1-two-species-train", Words = "R1 with n = 2, 1000 pulses of +10 V, 5 ns", Device = ReferenceSets.R1TwoSpecies,
            Amplitude = 10, Width = 5e-9, Edge = 0.9e-9, Count = 1000, AfterRest = new(9.40e17, 3.67e17, 1.363e18, 0.9145) },
        new() { Name = "r1-two-species-cycle", Words = "R1 with n = 2, 1000 pulses of +10 V, then 1000 of -8.5 V",
            Device = ReferenceSets.R1TwoSpecies, Amplitude = 10, Width = 5e-9, Edge = 0.9e-9, Count = 1000, CountDown = 1000,
            AmplitudeDown = -8.5, AfterRest = new(1.18e17, 1.39e16, 1.51e17, double.NaN),
            Excursion = new(9.40e17, 3.67e17, 1.363e18, double.NaN) },
        new() { Name = "default-cycle", Words = "default set, 1000 pulses of +10 V, then 1000 of -8.5 V",
            Device = () => ReferenceSets.Default(10e-9), Amplitude = 10, Width = 5e-9, Edge = 1.1e-9, Count = 1000, CountDown = 1000,
            AmplitudeDown = -8.5, AfterRest = new(-1.14e16, -9.2e14, -1.44e16, double.NaN),
            Excursion = new(1.1341e18, 8.464e16, 1.2570e18, double.NaN) },
    ];
}
