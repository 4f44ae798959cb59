using FvSolver.Cases.Figures;
using FvSolver.Cases.Fits;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Hopping;

/// <summary>The whole device between ideal interfaces follows the paper's eq. 1: slope and prefactor.</summary>
public sealed class ReducedLaw : ValidationCase
{
    public override string Id => "mission.reduced-law";

    public override string Title => "With ideal interfaces the device obeys the sinh law, and a fit returns the hopping distance put in";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation => "J = 2 a Gamma_0 c_fix sinh(q a (V_G - V_rest)/(2 kT d))";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), eq. 1; prefactor from the master equation of hops";

    public override Control Control { get; } = new("the barrier falls by the whole of q a E on the way of a hop: 2 kT is taken as kT");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach (double angstrom in new[] { 4.5, 5.6, 7.0 })
        {
            Device device = CalibrationRules.Resolve(Ideal(angstrom * 1e-10));
            double[] voltage = [.. Enumerable.Range(1, 10).Select(i => (double)i)], density = new double[voltage.Length];
            for (int i = 0; i < voltage.Length; i++)
            {
                var sample = new VirtualDevice(device, 1e-7, new() { Psg = PsgNodes.Tanh, PsgCells = 40, TanhStrength = 0.5 });
                sample.Hold(voltage[i], 1e-9, 1e-6);
                density[i] = sample.CurrentDensity(1e-7);
            }
            double prefactor = 2 * ElementaryCharge * device.Psg.HopDistance * device.Psg.FixedChargeDensity * HopRate.At(device.Psg, 300);
            double slope = 1 / ((context.Perturbed ? 1 : 2) * ThermalVoltage(300) * device.Psg.Thickness);
            double rest = device.Gate.RestVoltage;
            // The logarithm weighs every decade of the current equally: slope and prefactor are both well determined.
            FitResult fit = Fit.Run(new FitProblem
            {
                Parameters = [new("a", "m") { Lower = 1e-10, Upper = 2e-9, LogScale = true }, new("ln A", "1")],
                Start = [5e-10, Math.Log(prefactor) + 0.1],
                Model = p => [.. voltage.Select(v => p[1] + Math.Log(Math.Sinh(p[0] * (v - rest) * slope)))],
                Observed = [.. density.Select(j => Math.Log(j))],
            });
            checks.Add(new($"fitted over put in, a = {angstrom:0.0} Å", "1", fit["a"].Value / device.Psg.HopDistance, 1,
                Band.Relative(1e-4)));
            checks.Add(new($"prefactor over 2 q a Gamma_0 c_fix, a = {angstrom:0.0} Å", "1", Math.Exp(fit["ln A"].Value) / prefactor, 1,
                Band.Relative(1e-4)));
            curves.Add(new($"{angstrom:0.0} Å", CurveStyle.Markers, voltage, density));
            double[] fine = [.. Enumerable.Range(0, 91).Select(i => 1 + i / 10.0)];
            curves.Add(new("", CurveStyle.Line, fine,
                [.. fine.Select(v => prefactor * Math.Sinh(
                    device.Psg.HopDistance * (v - rest) / (2 * ThermalVoltage(300) * device.Psg.Thickness)))]));
        }
        return new(checks)
        {
            Charts = [new("Current between ideal interfaces", "gate voltage [V]", "current density [A/m^2]", curves) { LogY = true }],
            Notes =
            [
                "Ideal interfaces: exchange currents of 1e12 A/m^2, compact layers of 1 fm, a channel that cannot fill; all of V_G - "
                    + "V_rest then lies over the PSG.",
                "It breaks where an interface or its compact layer takes a share of the voltage: see the map of the apparent hopping "
                    + "distance.",
            ],
        };
    }

    private static Device Ideal(double a) => new()
    {
        Psg = new() { HopDistance = a, SternThickness = 1e-15 },
        Pd = new() { ExchangeCurrentDensity = 1e12, FiniteReservoir = false },
        Interface = new() { ExchangeCurrentDensity = 1e12, RestCoverage = 0.5, SiteDensity = 1e20, AbsorptionRate = 1e12 },
        Wo3 = new() { RestComposition = 0.5, Thickness = 1e-3, Diffusivity = 1e3 },
    };
}
