using FvSolver.Cases.Figures;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Verification;

/// <summary>Observed order in time of the three methods on a problem whose solution is known.</summary>
internal sealed class TimeOrder : ValidationCase
{
    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    /// <summary>Problem in words.</summary>
    public required string Words { get; init; }

    /// <summary>Problem as an equation.</summary>
    public required string Problem { get; init; }

    /// <summary>What the orders are expected to be, and why.</summary>
    public required string Expectation { get; init; }

    /// <summary>The system; true for the mistake.</summary>
    public required Func<bool, SmallSystem> System { get; init; }

    /// <summary>The mistake, in words.</summary>
    public required string Mistake { get; init; }

    /// <summary>Steps of the coarsest run; each further one has twice as many.</summary>
    public int CoarsestSteps { get; init; } = 10;

    /// <summary>Lowest order of Rodas4, Rodas4P and Rodas5P.</summary>
    public required double[] Orders { get; init; }

    /// <summary>Problems.</summary>
    public static IEnumerable<TimeOrder> All =>
    [
        new()
        {
            Name = "ode",
            Words = "an ordinary differential equation",
            Problem = "y' = -2 t y^2, z' = y z; y = 1/(1+t^2), z = e^{arctan t}",
            Expectation = "the classical orders 4, 4 and 5",
            Orders = [4, 4, 5],
            Mistake = "the matrix lacks dz'/dy",
            System = mistaken => new([1, 1],
                (t, u) => [-2 * t * u[0] * u[0], u[0] * u[1]],
                (t, u) => new[,] { { -4 * t * u[0], 0 }, { mistaken ? 0 : u[1], u[0] } },
                (t, u) => [-2 * u[0] * u[0], 0],
                t => [1 / (1 + t * t), Math.Exp(Math.Atan(t))]),
        },
        new()
        {
            Name = "dae",
            Words = "a differential-algebraic system of index 1",
            Problem = "y' = -2 t z, 0 = z - y^2; y = 1/(1+t^2)",
            Expectation = "the classical orders 4, 4 and 5: all three meet the conditions for index 1",
            Orders = [4, 4, 5],
            Mistake = "the matrix lacks the slope of the algebraic row",
            System = mistaken => new([1, 0],
                (t, u) => [-2 * t * u[1], u[1] - u[0] * u[0]],
                (t, u) => new[,] { { 0, -2 * t }, { mistaken ? 0 : -2 * u[0], 1 } },
                (t, u) => [-2 * u[1], 0],
                t => [1 / (1 + t * t), 1 / ((1 + t * t) * (1 + t * t))]),
        },
        new()
        {
            Name = "boundary",
            Words = "a parabolic problem whose boundary moves in time",
            Problem = "u_t = u_xx + f on 30 cells, u(0,t) and u(1,t) given; u = (1 + x^2) cos 3t, exact in space",
            Expectation = "order 4 for Rodas4P and Rodas5P, which are made for parabolic problems; Rodas4 falls to the stiff order 2",
            Orders = [2, 4, 4],
            Mistake = "the time derivative of the boundary values is left out",
            System = Boundary,
        },
        new()
        {
            Name = "prothero-robinson",
            Words = "the problem of Prothero and Robinson at h lambda = -1e4 and beyond",
            Problem = "y' = -1e6 (y - sin t) + cos t, y = sin t",
            Expectation = "the stiff orders 1, 3 and 3 (Steinebach), below the classical ones",
            Orders = [1, 3, 3],
            Mistake = "the time derivative is left out",
            System = mistaken => new([1],
                (t, u) => [-1e6 * (u[0] - Math.Sin(t)) + Math.Cos(t)],
                (t, u) => new[,] { { -1e6 } },
                (t, u) => [mistaken ? 0 : 1e6 * Math.Cos(t) - Math.Sin(t)],
                t => [Math.Sin(t)]),
        },
    ];

    public override string Id => $"verification.time-order-{Name}";

    public override string Title => $"Order in time of Rodas4, Rodas4P and Rodas5P on {Words}";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => Problem + "\nerror(h)/error(h/2) = 2^p";

    public override string Source =>
        "E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, VI.4 and IV.15; G. Steinebach, BIT 63, 27 (2023). Expected: "
            + Expectation;

    public override Control Control => new(Mistake);

    public override ValidationOutcome Run(RunContext context)
    {
        SmallSystem system = System(context.Perturbed);
        int[] steps = [.. Enumerable.Range(0, 4).Select(k => CoarsestSteps << k)];
        double[] h = [.. steps.Select(n => 1.0 / n)];
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach ((Method method, double order) in Enum.GetValues<Method>().Zip(Orders))
        {
            double[] errors = [.. steps.Select(n => system.Error(method.Tableau(), 1, n))];
            checks.Add(new($"order of {method}, mean of three halvings", "1", Math.Log2(errors[0] / errors[^1]) / 3,
                Band.AtLeast(order - 0.15)));
            checks.Add(new($"error of {method} in {steps[^1]} steps", "1", errors[^1], Band.Shown));
            curves.Add(new($"{method}", CurveStyle.Markers, h, errors));
            curves.Add(new("", CurveStyle.Line, h, errors));
        }
        return new(checks) { Charts = [new("Error at t = 1", "step", "error", curves) { LogX = true, LogY = true }] };
    }

    /// <summary>The semi-discrete heat equation; the exact solution is quadratic in x, so that differences are exact.</summary>
    private static SmallSystem Boundary(bool mistaken)
    {
        const int cells = 30;
        double[] x = [.. Enumerable.Range(0, cells + 1).Select(i => (double)i / cells)];
        double Exact(double s, double t) => (1 + s * s) * Math.Cos(3 * t);
        double Source(double s, double t) => -3 * (1 + s * s) * Math.Sin(3 * t) - 2 * Math.Cos(3 * t);
        bool Inner(int i) => i > 0 && i < cells;
        return new([.. x.Select((_, i) => Inner(i) ? 1.0 : 0)],
            (t, u) => [.. x.Select((s, i) => Inner(i) ? (u[i - 1] - 2 * u[i] + u[i + 1]) * cells * cells + Source(s, t)
                : Exact(s, t) - u[i])],
            (t, u) =>
            {
                var j = new double[cells + 1, cells + 1];
                for (int i = 0; i <= cells; i++)
                    if (Inner(i))
                        (j[i, i - 1], j[i, i], j[i, i + 1]) = (cells * cells, -2 * cells * cells, cells * cells);
                    else
                        j[i, i] = -1;
                return j;
            },
            (t, u) => [.. x.Select((s, i) => Inner(i)
                ? -9 * (1 + s * s) * Math.Cos(3 * t) + 6 * Math.Sin(3 * t)
                : mistaken ? 0 : -3 * (1 + s * s) * Math.Sin(3 * t))],
            t => [.. x.Select(s => Exact(s, t))]);
    }
}
