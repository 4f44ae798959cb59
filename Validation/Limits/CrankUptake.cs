using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Hydrogen into WO3 under a constant surface composition.</summary>
public sealed class CrankUptake : ValidationCase
{
    public override string Id => "limits.crank-uptake";

    public override string Title => "Uptake of a slab at constant surface composition: Crank's series, and the root of time at first";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "M/M_end = 1 - sum of 8/((2n+1)^2 pi^2) e^{-(2n+1)^2 pi^2 D t/(4 d^2)}\nM/M_end = (2/√pi) √(D t)/d at first, hence a flux as "
            + "t^{-1/2}";

    public override string Source => "J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), eq. 4.18; F. G. Cottrell (1903)";

    public override Control Control { get; } = new("the far side is open too, so that the slab counts as half as thick");

    public override ValidationOutcome Run(RunContext context)
    {
        // A coverage without end beside a fast absorption holds the surface.
        Device device = new()
        {
            Psg = new() { ActivationEnergy = 3 },
            Interface = new() { ExchangeCurrentDensity = 1e-30, SiteDensity = 1e30, AbsorptionRate = 1 },
        };
        var sample = new VirtualDevice(device, 1e-8, new() { Wo3Cells = 400, Wo3Uniform = true });
        Channel wo3 = sample.Device.Wo3;
        double d = wo3.Thickness, odds = device.Interface.RestCoverage / (1 - device.Interface.RestCoverage) * 1.5;
        sample.State[sample.Layout.Coverage] = new Scalar(odds / (1 + odds));
        double target = wo3.RestComposition / (1 - wo3.RestComposition) * 1.5;
        double end = (target / (1 + target) - wo3.RestComposition) * wo3.SiteDensity * d;
        double thick = context.Perturbed ? d / 2 : d;
        double[] fourier = [0.003, 0.01, 0.03, 0.1, 0.3, 1];
        List<Check> checks = [];
        List<double> computed = [], flux = [];
        double now = 0;
        foreach (double f in fourier)
        {
            double t = f * d * d / wo3.Diffusivity, before = 0.98 * t;
            sample.Simulation.Rest(before - now);
            double earlier = sample.Inventory.Channel / sample.Area;
            sample.Simulation.Rest(t - before);
            now = t;
            double uptake = sample.Inventory.Channel / sample.Area;
            computed.Add(uptake / end);
            flux.Add((uptake - earlier) / (t - before));
            checks.Add(new($"uptake at D t/d^2 = {f:0.###}", "1", uptake / end, Series(f * d * d / (thick * thick)), Band.Relative(1e-3)));
        }
        double exponent = Math.Log(flux[1] / flux[0]) / Math.Log(fourier[1] / fourier[0]);
        checks.Add(new("exponent of the flux in time, D t/d^2 from 0.003 to 0.01", "1", exponent, -0.5, Band.Absolute(1e-3)));
        double[] fine = [.. Enumerable.Range(0, 61).Select(i => Math.Pow(10, -3 + i / 20.0))];
        return new(checks)
        {
            Charts = [new("Uptake of the slab", "D t/d^2", "M/M_end", new Curve("model", CurveStyle.Markers, fourier, computed),
                new Curve("Crank", CurveStyle.Line, fine, [.. fine.Select(Series)])) { LogX = true, LogY = true }],
        };
    }

    private static double Series(double fourier)
    {
        double sum = 0;
        for (int n = 0; n < 200; n++)
        {
            double k = (2 * n + 1) * Math.PI;
            sum += 8 / (k * k) * Math.Exp(-k * k * fourier / 4);
        }
        return 1 - sum;
    }
}
