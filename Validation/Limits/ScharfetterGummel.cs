using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Hops much shorter than any length: drift and diffusion, exact on a coarse mesh in a uniform field.</summary>
public sealed class ScharfetterGummel : ValidationCase
{
    public override string Id => "limits.scharfetter-gummel";

    public override string Title => "At low field the fluxes are those of Scharfetter and Gummel, exact on any mesh in a uniform field";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "J = (D/L) U (c_L e^U - c_R)/(e^U - 1), U = q V/kT\nc(z) = A + B e^{U z/L}";

    public override string Source =>
        "steady drift and diffusion in a uniform field; D. L. Scharfetter, H. K. Gummel, IEEE Trans. Electron Devices 16, 64 (1969)";

    public override Control Control { get; } = new("first-order upwind fluxes");

    public override ValidationOutcome Run(RunContext context)
    {
        var psg = new Electrolyte { HopDistance = 1e-15 };
        double[] z = [0, 0.5e-9, 1.5e-9, 4e-9, 7e-9, 9.5e-9, 10e-9];
        (double left, double right) = (1e25, 2e24);
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach (double volts in new[] { 0.001, 0.1, 0.5, -0.2 })
        {
            var film = new HoppingFilm<SinhHop<Scalar>>(z, psg, (left, volts), (right, 0)) { HopRate = 1e22, Upwind = context.Perturbed };
            double D = psg.HopDistance * psg.HopDistance * film.HopRate, drive = volts / film.ThermalVoltage;
            Scalar[] x = film.Settle(100 * 1e-16 / D);
            double flux = D / 10e-9 * drive * (left + (left - right) / (Math.Exp(drive) - 1));
            double Density(double s) => left + (right - left) * (Math.Exp(drive * s / 10e-9) - 1) / (Math.Exp(drive) - 1);
            checks.Add(new($"flux at {volts:0.###} V on six cells", "m^-2 s^-1", film.Flux(x, 2), flux, Band.Relative(1e-8)));
            checks.Add(new($"largest deviation of the density at {volts:0.###} V", "1",
                z.Select((s, i) => Math.Abs(x[2 * i] / Density(s) - 1)).Max(), 0, Band.Absolute(1e-7)));
            double[] fine = [.. Enumerable.Range(0, 101).Select(i => i * 1e-10)];
            curves.Add(new($"{volts:0.###} V", CurveStyle.Markers, [.. z.Select(s => s * 1e9)], [.. z.Select((_, i) => (double)x[2 * i])]));
            curves.Add(new("", CurveStyle.Line, [.. fine.Select(s => s * 1e9)], [.. fine.Select(Density)]));
        }
        return new(checks) { Charts = [new("Density in a uniform field", "position [nm]", "density [m^-3]", curves)] };
    }
}
