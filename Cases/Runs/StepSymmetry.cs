using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>How even the steps of a staircase are, and how equal up and down at the same conductance.</summary>
public sealed record StepSymmetry
{
    /// <summary>Number of steps up.</summary>
    public int UpCount { get; private init; }

    /// <summary>Number of steps down.</summary>
    public int DownCount { get; private init; }

    /// <summary>First step up [S].</summary>
    public double FirstUp { get; private init; }

    /// <summary>Largest over smallest step up.</summary>
    public double UpRatio { get; private init; }

    /// <summary>
    /// Largest relative difference between the steps up and down at equal conductance, over the middle 90 % of the
    /// conductance that both cover; steps are taken at the middle of the change and interpolated.
    /// </summary>
    public double Asymmetry => Math.Max(MostDownOverUp - 1, 1 - LeastDownOverUp);

    /// <summary>Least step down over step up, as for <see cref="Asymmetry"/>; 1 when there are not both.</summary>
    public double LeastDownOverUp { get; private init; } = 1;

    /// <summary>Most step down over step up, as for <see cref="Asymmetry"/>; 1 when there are not both.</summary>
    public double MostDownOverUp { get; private init; } = 1;

    /// <summary>Works it out from the table of pulses.</summary>
    public static StepSymmetry Of(Table pulses)
    {
        IReadOnlyList<double> step = pulses["conductance_step"], before = pulses["conductance_before"];
        var up = new List<(double G, double Step)>();
        var down = new List<(double G, double Step)>();
        for (int i = 0; i < pulses.Count; i++)
            (step[i] >= 0 ? up : down).Add((before[i] + step[i] / 2, Math.Abs(step[i])));
        double firstUp = up.Count > 0 ? up[0].Step : 0;
        double ratio = up.Count > 0 ? up.Max(s => s.Step) / up.Min(s => s.Step) : 1;
        up.Sort();
        down.Sort();
        var ratios = new List<double>();
        if (up.Count > 1 && down.Count > 1)
        {
            double low = Math.Max(up[0].G, down[0].G), high = Math.Min(up[^1].G, down[^1].G);
            for (int k = 0; k <= 50 && high > low; k++)
            {
                double g = low + (high - low) * (0.05 + 0.9 * k / 50);
                ratios.Add(At(down, g) / At(up, g));
            }
        }
        return new()
        {
            UpCount = up.Count,
            DownCount = down.Count,
            FirstUp = firstUp,
            UpRatio = ratio,
            LeastDownOverUp = ratios.DefaultIfEmpty(1).Min(),
            MostDownOverUp = ratios.DefaultIfEmpty(1).Max(),
        };
    }

    private static double At(List<(double G, double Step)> points, double g)
    {
        int i = points.FindIndex(p => p.G >= g);
        if (i <= 0)
            return points[i < 0 ? ^1 : 0].Step;
        (double g0, double s0) = points[i - 1];
        (double g1, double s1) = points[i];
        return g1 > g0 ? s0 + (s1 - s0) * (g - g0) / (g1 - g0) : s1;
    }
}
