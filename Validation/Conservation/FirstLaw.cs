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
    private const double Tolerance = 1e-9;

    public override string Id => "conservation.first-law";

    public override string Title => "Electrical work goes into heat, the field and chemical work, and nowhere else";

    public override CaseGroup Group => CaseGroup.Conservation;

    public override string Equation => "W = H + Delta E_field + sum of mu dN";

    public override string Source =>
        "first law of thermodynamics; all terms are quadratures of the run at rtol 1e-9. What is missing is of heat and falls with rtol: "
            + "at most 0.3 of it in a neutral film, 0.6 to 7 with Fermi-Dirac electrons, 110 to 140 where a film with space charge settles "
            + "within 1 to 100 ms of opening, since steps follow the error of the state";

    public override Control Control { get; } = new("q J E plus the affinities is taken as heat: the chemical work is left out");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach ((string name, Device device, double amplitude) in new[]
        {
            ("+10 V", new Device(), 10.0),
            ("-8.5 V", new Device(), -8.5),
            ("+10 V, R_s 100 kohm, leak", new Device { Gate = new() { SeriesResistance = 1e5 },
                Psg = new() { LeakageConductivity = 1e-9 } }, 10.0),
            ("+10 V, space charge", new Device { Wo3 = new() { SpaceCharge = true, LocalisedDensity = 1e17 } }, 10.0),
            ("-8.5 V, space charge, Fermi-Dirac", new Device
                { Wo3 = new() { SpaceCharge = true, Statistics = ElectronStatisticsLaw.FermiDirac } }, -8.5),
            ("+10 V, gas", new Device { Gas = new() { Enabled = true } }, 10.0),
        })
        {
            var sample = new VirtualDevice(device with { Heat = new() { Enabled = true } }, Tolerance);
            DeviceSimulation run = sample.Simulation;
            sample.Pulse(amplitude, 5e-9);
            checks.AddRange(Balance(run, name, Tolerance, context.Perturbed));
        }
        return new(checks);
    }

    /// <summary>The balance of a run from rest, and its terms.</summary>
    /// <param name="run">The run, done.</param>
    /// <param name="name">What it was, in words.</param>
    /// <param name="tolerance">Relative tolerance of the run.</param>
    /// <param name="leavesOut">The mistake: chemical work is left out.</param>
    internal static IEnumerable<Check> Balance(DeviceSimulation run, string name, double tolerance, bool leavesOut)
    {
        double work = run.Quadratures[QuadratureLayout.Work], heat = run.Quadratures[run.QuadratureLayout.Heat],
            chemical = run.Quadratures[run.QuadratureLayout.Chemical];
        double stored = run.System.FieldEnergy(run.State) - run.InitialFieldEnergy;
        double missing = work - heat - stored - (leavesOut ? 0 : chemical);
        double scale = Math.Abs(work) + Math.Abs(heat) + Math.Abs(stored) + Math.Abs(chemical);
        yield return new($"missing over the sum of all terms, {name}", "1", missing / scale, 0, Band.Absolute(1e-6));
        yield return new($"the same in units of rtol, {name}", "1", missing / scale / tolerance, Band.Shown);
        yield return new($"work, {name}", "aJ", 1e18 * work, Band.Shown);
        yield return new($"heat, {name}", "aJ", 1e18 * heat, Band.Shown);
        yield return new($"chemical work, {name}", "aJ", 1e18 * chemical, Band.Shown);
    }
}
