using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>Steps of a full gate with contacts over those of the stack, over the content of the film.</summary>
public sealed class SectionSteps : ValidationCase
{
    public override string Id => "limits.film-section";

    public override string Title => "A full gate with source and drain moves what the stack moves where the film conducts";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "protons of a pulse in 2-D over those in 1-D, from equilibrium at f times the hydrogen at rest, gate held 10 ns";

    public override string Source => "the same equations along the stack, with psi = 0; film with eps_W = 50, n_loc = 1e17 m^-2";

    public override bool Quick => false;

    public override Control Control { get; } = new("the electrons have a thousandth of their mobility");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = CalibrationRules.Resolve(ReferenceSets.Frozen);
        device = device with { Wo3 = device.Wo3 with { SpaceCharge = true, LocalisedDensity = 1e17 } };
        Device Section(double mobility) => device with
        {
            Wo3 = device.Wo3 with { Electrons = true, ElectronMobility = mobility * device.Wo3.ElectronMobility },
        };
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach (double content in context.Perturbed ? [20.0] : new[] { 1.0, 3, 5, 20 })
            foreach (double volts in new[] { 10, -8.5 })
            {
                context.Cancel.ThrowIfCancellationRequested();
                ControlVolumeMesh stack = DeviceStack.Mesh(device, new());
                double one = Step(device, stack, content, volts);
                double Ratio(double mobility)
                {
                    Device section = Section(mobility);
                    return Step(section, FilmDevice.FullGate(section, stack, 24), content, volts) / one;
                }
                checks.Add(new($"2-D over 1-D at {content:0} x base, {volts:+0.#;-0.#} V", "1", Ratio(context.Perturbed ? 1e-3 : 1), 1,
                    content == 20 ? Band.Relative(0.02) : Band.Shown));
                if (!context.Perturbed)
                {
                    Curve along = Along(Section(1), stack, content, volts);
                    curves.Add(along);
                    checks.Add(new("potential in the middle of the film before the pulse falls", "V", along.Y[along.Y.Count / 2],
                        Band.Shown));
                }
                if (content < 20)
                    checks.Add(new($"the same with electrons a thousand times as mobile", "1", Ratio(1000), 1, Band.Shown));
            }
        return new(checks)
        {
            Charts = [new("Potential of WO3 below the gate before the pulse falls", "along the channel [m]", "potential [V]", curves)],
        };
    }

    /// <summary>Potential at the face of the film, at the end of the top of a pulse.</summary>
    private static Curve Along(Device device, ControlVolumeMesh stack, double content, double volts)
    {
        var sample = new DeviceSimulation(device, FilmDevice.FullGate(device, stack, 24), new());
        FilmDevice.Fill(sample, content);
        double edge = device.Gate.EdgeTime;
        sample.Segment(DriveMode.Voltage, sample.GateVoltage, volts, edge);
        sample.Segment(DriveMode.Voltage, volts, volts, 5e-9 - 2 * edge);
        UnknownLayout u = sample.Layout;
        int[] face = [.. u.ChannelInterfaces.Select(f => f.Second).OrderBy(n => sample.Mesh.X[n])];
        return new($"{content:0} x base, {volts:+0.#;-0.#} V", CurveStyle.MarkersAndLine, [.. face.Select(n => sample.Mesh.X[n])],
            [.. face.Select(n => sample.State[u.FilmPotential + u.Local[n]].Value)]);
    }

    private static double Step(Device device, ControlVolumeMesh mesh, double content, double volts)
    {
        var sample = new DeviceSimulation(device, mesh, new());
        FilmDevice.Fill(sample, content);
        var inventory = new Inventory(sample);
        double before = inventory.Given;
        sample.Pulse(volts, 5e-9, device.Gate.EdgeTime, hold: 10e-9);
        sample.Rest(1);
        return inventory.Given - before;
    }
}
