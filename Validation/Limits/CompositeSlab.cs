using FvSolver.Cases.Figures;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Two layers in perfect contact, held at their outer faces: series of eigenfunctions.</summary>
internal sealed class CompositeSlab : ValidationCase
{
    private static readonly double[] s_shares = [0.02, 0.1, 0.4, 3];

    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string Words { get; init; }

    /// <summary>Where the problem comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>Thickness [m], conductivity and capacity of both layers.</summary>
    public required (double Thickness, double Conductivity, double Capacity)[] Layers { get; init; }

    /// <summary>Value at the first face.</summary>
    public required double Held { get; init; }

    /// <summary>Unit of the value.</summary>
    public required string Unit { get; init; }

    /// <summary>The two problems.</summary>
    public static IEnumerable<CompositeSlab> All =>
    [
        new()
        {
            Name = "composite-slab",
            Words = "Hydrogen through pyrolytic carbon on silicon carbide follows its series",
            Origin = "TMAP verification problem ver-1e (G. R. Longhurst et al., INEEL/EXT-2000-00551): 33 um with D = 1.274e-7 m^2/s on "
                + "66 um with 2.622e-11 m^2/s, 50.7079 mol/m^3 outside",
            Layers = [(33e-6, 1.274e-7, 1), (66e-6, 2.622e-11, 1)],
            Held = 50.7079,
            Unit = "mol/m^3",
        },
        new()
        {
            Name = "composite-slab-heat",
            Words = "Heat through copper on iron follows its series",
            Origin = "heat twin of ver-1e in the manner of ver-1f: 0.4 m of copper (401 W/mK, 3.44 MJ/m^3K) on 0.4 m of iron (80.2 W/mK, "
                + "3.52 MJ/m^3K), 600 K above the far side",
            Layers = [(0.4, 401, 3.44e6), (0.4, 80.2, 3.52e6)],
            Held = 600,
            Unit = "K",
        },
    ];

    public override string Id => $"limits.{Name}";

    public override string Title => Words;

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "u = u_steady + sum of B_n phi_n(z) e^{-lambda_n^2 t}\nk_1/a_1 cos(lambda d_1/a_1) sin(lambda d_2/a_2) + k_2/a_2 cos(lambda "
            + "d_2/a_2) sin(lambda d_1/a_1) = 0, a = √(k/rho c)";

    public override string Source => Origin + "; series by separation of variables";

    public override Control Control { get; } = new("the contact is blurred: four cells beside it have the mean of both conductivities");

    public override ValidationOutcome Run(RunContext context)
    {
        const int cells = 200;
        var ((d1, k1, c1), (d2, k2, c2)) = (Layers[0], Layers[1]);
        // A blurred contact: four cells beside it with the mean conductivity.
        double h = d2 / cells;
        var slab = context.Perturbed
            ? new LayeredSlab([(d1, k1, c1, cells), (4 * h, (k1 + k2) / 2, c2, 4), (d2 - 4 * h, k2, c2, cells - 4)], Held, 0)
            : new LayeredSlab([(d1, k1, c1, cells), (d2, k2, c2, cells)], Held, 0);
        double slow = d2 * d2 * c2 / k2;
        Scalar[] x = new Scalar[slab.Size];
        x[0] = new(Held);
        var integrator = new RosenbrockIntegrator<Scalar>(slab, RosenbrockTableau.Rodas4P, 1e-7, 100000);
        (double Lambda, double Coefficient, Func<double, double> Mode)[] series = Series();
        double Steady(double z) => Held * (z < d1 ? 1 - z / k1 / (d1 / k1 + d2 / k2) : (d1 + d2 - z) / k2 / (d1 / k1 + d2 / k2));
        List<Check> checks = [];
        List<Curve> curves = [];
        double now = 0;
        foreach (double share in s_shares)
        {
            double t = share * slow;
            integrator.Advance(x, [], t - now);
            now = t;
            double Exact(double z) => Steady(z) + series.Sum(s => s.Coefficient * s.Mode(z) * Math.Exp(-s.Lambda * s.Lambda * t));
            double worst = slab.Z.Select((z, i) => Math.Abs(x[i] - Exact(z))).Max() / Held;
            int inside = Array.FindIndex(slab.Z, z => z >= d1 + 0.12 * d2);
            checks.Add(new($"value {(slab.Z[inside] - d1) / d2:0.###} into the second layer after {t:g3} s", Unit, x[inside],
                Exact(slab.Z[inside]), Band.Relative(1e-3)));
            checks.Add(new($"largest deviation after {t:g3} s", "1", worst, 0, Band.Absolute(1e-3)));
            int[] shown = [.. Enumerable.Range(0, slab.Size).Where(i => i % 10 == 0)];
            curves.Add(new($"{t:g3} s", CurveStyle.Markers, [.. shown.Select(i => slab.Z[i])], [.. shown.Select(i => (double)x[i])]));
            curves.Add(new("", CurveStyle.Line, [.. shown.Select(i => slab.Z[i])], [.. shown.Select(i => Exact(slab.Z[i]))]));
        }
        return new(checks) { Charts = [new("Profile", "depth [m]", $"value [{Unit}]", curves)] };

        (double, double, Func<double, double>)[] Series()
        {
            double a1 = Math.Sqrt(k1 / c1), a2 = Math.Sqrt(k2 / c2), step = Math.PI / (d1 / a1 + d2 / a2) / 40;
            double F(double l) => k1 / a1 * Math.Cos(l * d1 / a1) * Math.Sin(l * d2 / a2)
                + k2 / a2 * Math.Cos(l * d2 / a2) * Math.Sin(l * d1 / a1);
            List<(double, double, Func<double, double>)> found = [];
            for (double l = step / 2; found.Count < 60; l += step)
            {
                if (F(l) * F(l + step) > 0)
                    continue;
                (double low, double high) = (l, l + step);
                for (int i = 0; i < 100; i++)
                    (low, high) = F(low) * F((low + high) / 2) <= 0 ? (low, (low + high) / 2) : ((low + high) / 2, high);
                double root = low, s2 = Math.Sin(root * d2 / a2);
                double ratio = Math.Abs(s2) > 0.1
                    ? Math.Sin(root * d1 / a1) / s2
                    : -(k1 / a1) * Math.Cos(root * d1 / a1) / (k2 / a2 * Math.Cos(root * d2 / a2));
                double Mode(double z) => z < d1 ? Math.Sin(root * z / a1) : ratio * Math.Sin(root * (d1 + d2 - z) / a2);
                const int n = 2000;
                (double product, double norm) = (0, 0);
                foreach ((double from, double length, double capacity) in new[] { (0, d1, c1), (d1, d2, c2) })
                    for (int i = 0; i < n; i++)
                    {
                        double z = from + length * (i + 0.5) / n, weight = capacity * length / n, mode = Mode(z);
                        product -= weight * Steady(z) * mode;
                        norm += weight * mode * mode;
                    }
                found.Add((root, product / norm, Mode));
            }
            return [.. found];
        }
    }
}
