using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Conservation;

/// <summary>Electrical work is heat, field energy and chemical work.</summary>
public sealed class FirstLaw : ValidationCase
{
    /// <summary>Tolerances of the runs: of every day, and as sharp as they go.</summary>
    internal static readonly double[] Tolerances = [1e-6, 1e-9];

    public override string Id => "conservation.first-law";

    public override string Title => "Electrical work goes into heat, the field and chemical work, and nowhere else";

    public override CaseGroup Group => CaseGroup.Conservation;

    public override string Equation => "W = H + Delta E_field + sum of mu dN";

    public override string Source =>
        "first law of thermodynamics; all terms are quadratures of the run. What a step misses of the balance counts as its error: where "
            + "steps follow the error of the state alone, heat is 110 to 200 times rtol off while a film with space charge settles, 1 to "
            + "100 ms after the gate has opened";

    public override Control Control { get; } = new("q J E plus the affinities is taken as heat: the chemical work is left out");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach (double tolerance in Tolerances)
            foreach ((string name, Device device, double amplitude) in Runs())
            {
                var sample = new VirtualDevice(device with { Heat = new() { Enabled = true } }, tolerance);
                sample.Pulse(amplitude, 5e-9);
                checks.AddRange(Balance(sample.Simulation, name, tolerance, context.Perturbed));
            }
        return new(checks);
    }

    private static (string Name, Device Device, double Amplitude)[] Runs() =>
    [
        ("+10 V", new(), 10),
        ("-8.5 V", new(), -8.5),
        ("+10 V, R_s 100 kohm, leak", new()
        {
            Gate = new() { SeriesResistance = 1e5 },
            Psg = new() { LeakageConductivity = 1e-9 },
        }, 10),
        .. from statistics in Enum.GetValues<ElectronStatisticsLaw>()
           from amplitude in new[] { 10, -8.5 }
           select ($"{amplitude:+0.#;-0.#} V, space charge, {statistics}", new Device
           {
               Wo3 = new() { SpaceCharge = true, Statistics = statistics, LocalisedDensity = 1e17 },
           }, amplitude),
        ("+10 V, gas", new() { Gas = new() { Enabled = true } }, 10),
    ];

    /// <summary>The balance of a run from rest, and its terms.</summary>
    /// <param name="run">The run, done.</param>
    /// <param name="name">What it was, in words.</param>
    /// <param name="tolerance">Relative tolerance of the run.</param>
    /// <param name="leavesOut">The mistake: chemical work is left out.</param>
    internal static IEnumerable<Check> Balance(DeviceSimulation run, string name, double tolerance, bool leavesOut)
    {
        name = $"{name}, rtol {tolerance:0e0}";
        double work = run.Quadratures[QuadratureLayout.Work], heat = run.Quadratures[run.QuadratureLayout.Heat],
            chemical = run.Quadratures[run.QuadratureLayout.Chemical];
        double stored = run.System.FieldEnergy(run.State) - run.InitialFieldEnergy;
        double missing = work - heat - stored - (leavesOut ? 0 : chemical);
        double scale = Math.Abs(work) + Math.Abs(heat) + Math.Abs(stored) + Math.Abs(chemical);
        yield return new($"missing over the sum of all terms, in units of rtol, {name}", "1",
            missing / scale / tolerance, 0, Band.Absolute(10));
        yield return new($"steps, {name}", "1", run.Statistics.Steps, Band.Shown);
        yield return new($"work, {name}", "aJ", 1e18 * work, Band.Shown);
        yield return new($"heat, {name}", "aJ", 1e18 * heat, Band.Shown);
        yield return new($"chemical work, {name}", "aJ", 1e18 * chemical, Band.Shown);
    }
}
