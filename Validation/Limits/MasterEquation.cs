using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Cells as long as a hop: the fluxes are those of the hopping master equation.</summary>
public sealed class MasterEquation : ValidationCase
{
    public override string Id => "limits.master-equation";

    public override string Title => "With cells of one hopping distance the film is the master equation of hops";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "J = a Gamma_0 (e^{u/2} c_i - e^{-u/2} c_{i+1})\nc_i = c_* + K e^{u i}";

    public override string Source => "steady chain of N hops between reservoirs of 1e25 and 3e24 m^-3, solved by hand";

    public override Control Control { get; } = new("the flux does not grow with the field: g = 1, as in plain drift and diffusion");

    public override ValidationOutcome Run(RunContext context)
    {
        const int hops = 20;
        var psg = new Electrolyte();
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach (double volts in new[] { 0.02, 0.3, 2.0, -0.3 })
        {
            double length = hops * psg.HopDistance;
            double[] z = [.. Enumerable.Range(0, hops + 1).Select(i => psg.HopDistance * i)];
            (double left, double right) = (1e25, 3e24);
            var film = new HoppingFilm<SinhHop<Scalar>>(z, psg, (left, volts), (right, 0));
            if (context.Perturbed)
                film = new(z, psg with { HopDistance = 1e-4 * psg.HopDistance }, (left, volts),
                    (right, 0))
                { HopRate = film.HopRate * 1e8 };
            Scalar[] x = film.Settle(1e-5);
            double p = Math.Exp(volts / hops / film.ThermalVoltage / 2), q = 1 / p;
            double k = (right - left) / (Math.Pow(p / q, hops) - 1);
            double flux = psg.HopDistance * 1e9 * (p - q) * (left - k);
            double worst = Enumerable.Range(0, hops + 1).Max(i => Math.Abs(x[2 * i] / (left - k + k * Math.Pow(p / q, i)) - 1));
            checks.Add(new($"flux at {volts:0.##} V over {length * 1e9:0.0} nm", "m^-2 s^-1", film.Flux(x, 0), flux, Band.Relative(1e-8)));
            checks.Add(new($"largest deviation of the density at {volts:0.##} V", "1", worst, 0, Band.Absolute(1e-7)));
            curves.Add(new($"{volts:0.##} V", CurveStyle.Markers, [.. z.Select(s => s * 1e9)], [.. z.Select((_, i) => (double)x[2 * i])]));
            curves.Add(new("", CurveStyle.Line, [.. Enumerable.Range(0, hops + 1).Select(i => i * psg.HopDistance * 1e9)],
                [.. Enumerable.Range(0, hops + 1).Select(i => left - k + k * Math.Pow(p / q, i))]));
        }
        return new(checks) { Charts = [new("Density along the chain", "position [nm]", "density [m^-3]", curves)] };
    }
}
