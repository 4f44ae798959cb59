using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Verification;

/// <summary>Abel-Noble law against the standard equation for the density of hydrogen.</summary>
public sealed class HydrogenPressure : ValidationCase
{
    // lemmon2008, table of coefficients: Z = 1 + sum a (100 K/T)^b (p/1 MPa)^c.
    private static readonly (double A, double B, double C)[] s_terms =
    [
        (0.05888460, 1.325, 1), (-0.06136111, 1.87, 1), (-0.002650473, 2.5, 2), (0.002731125, 2.8, 2), (0.001802374, 2.938, 2.42),
        (-0.001150707, 3.14, 2.63), (0.9588528e-4, 3.37, 3), (-0.1109040e-6, 3.75, 4), (0.1264403e-9, 4, 5),
    ];

    public override string Id => "verification.hydrogen-pressure";

    public override string Title => "Pressure and fugacity of dense hydrogen up to 100 MPa";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "p = n kT/(1 - n b), that is Z = 1 + b p/(RT)\nln(f/p) = b p/(RT)";

    public override string Source =>
        "E. W. Lemmon, M. L. Huber, J. W. Leachman, J. Res. NIST 113, 341 (2008): density to 0.04 % from 250 to 450 K; b: C. San Marchi "
            + "et al. (2006)";

    public override Control Control { get; } = new("the gas is ideal");

    public override ValidationOutcome Run(RunContext context)
    {
        const double T = 300;
        Device device = new() { Gas = context.Perturbed ? new() { ExcludedVolume = 0 } : new() };
        var gas = AbelNoble<Scalar>.Of(Pack.One(device), device);
        Scalar thermalEnergy = new(Constants.Boltzmann * T);
        // The solver's law gives p of n; the density of a pressure follows by bisection.
        double Ours(double p)
        {
            // Below the density at which molecules touch.
            (double low, double high) = (0, Math.Min(1e29, 1 / gas.ExcludedVolume.Value));
            for (int i = 0; i < 200; i++)
            {
                double n = (low + high) / 2;
                (low, high) = gas.Pressure<Scalar>(new(n), thermalEnergy) < p ? (n, high) : (low, n);
            }
            return p / (low * Constants.Boltzmann * T);
        }

        double[] p = [.. Enumerable.Range(1, 100).Select(i => i * 1e6)];
        double worst = p.Select(x => Ours(x) / Reference(x, T) - 1).MaxBy(Math.Abs);
        double top = p[^1], fugacity = top * Math.Exp(gas.LogFugacityCoefficient<Scalar>(new(top), thermalEnergy)) / 1e5;
        return new(
            new Check("Z at 10 MPa", "1", Ours(10e6), Reference(10e6, T), Band.Relative(0.01)),
            new Check("Z at 100 MPa", "1", Ours(top), Reference(top, T), Band.Relative(0.01)),
            new Check("largest deviation of Z, 1 to 100 MPa", "1", worst, 0, Band.Absolute(0.01)),
            new Check("fugacity at 100 MPa", "bar", fugacity, ReferenceFugacity(top, T) / 1e5, Band.Relative(0.02)),
            new Check("Z of the reference at 300 K, 10 MPa", "1", Reference(10e6, T), 1.05985282, Band.Absolute(1e-8)))
        {
            Charts =
            [
                new("Compressibility factor at 300 K", "pressure [MPa]", "Z = p/(n kT)",
                    new Curve("Abel-Noble", CurveStyle.Markers, [.. p.Where((_, i) => i % 5 == 4).Select(x => x / 1e6)],
                        [.. p.Where((_, i) => i % 5 == 4).Select(Ours)]),
                    new Curve("NIST equation", CurveStyle.Line, [.. p.Select(x => x / 1e6)], [.. p.Select(x => Reference(x, T))])),
            ],
            Notes = ["The last line holds our transcription of the reference against the check value printed with it."],
        };
    }

    private static double Reference(double p, double T) => 1 + s_terms.Sum(t => t.A * Math.Pow(100 / T, t.B) * Math.Pow(p / 1e6, t.C));

    /// <summary>ln(f/p) is the integral of (Z - 1)/p dp, here term by term.</summary>
    private static double ReferenceFugacity(double p, double T) =>
        p * Math.Exp(s_terms.Sum(t => t.A / t.C * Math.Pow(100 / T, t.B) * Math.Pow(p / 1e6, t.C)));
}
