using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>A weight under random updates: where it is how often, and how its steps depend on where it is.</summary>
internal static class UpdatesView
{
    private const int Fewest = 1000, Bins = 40;

    public static FigureSpec? Of(Result result)
    {
        Table pulses = result.Record.Pulses;
        if (!pulses.Has("amplitude", "conductance_before", "conductance_after", "conductance_step"))
            return null;
        (int[] up, int[] down) = pulses.Directions();
        if (up.Length < Fewest || down.Length < Fewest || pulses["amplitude"].Distinct().Take(3).Count() < 3)
            return null;
        IReadOnlyList<double> before = pulses["conductance_before"], after = pulses["conductance_after"], step = pulses["conductance_step"];
        int[] all = [.. Enumerable.Range(0, pulses.Count)], later = [.. all.Skip(pulses.Count / 2)];
        double low = later.Min(i => after[i]), width = (later.Max(i => after[i]) - low) / Bins;
        if (width <= 0)
            return null;
        double[] middle = [.. Enumerable.Range(0, Bins).Select(b => 1e9 * (low + (b + 0.5) * width))];
        int Bin(double g) => Math.Clamp((int)((g - low) / width), 0, Bins - 1);
        double[] share = new double[Bins];
        foreach (int i in later)
            share[Bin(after[i])] += 100.0 / later.Length;
        CurveSpec Means(string label, int[] rows, int color)
        {
            double[] sum = new double[Bins], count = new double[Bins];
            foreach (int i in rows.Where(i => before[i] >= low && before[i] <= low + Bins * width))
            {
                sum[Bin(before[i])] += 1e12 * step[i];
                count[Bin(before[i])]++;
            }
            int[] filled = [.. Enumerable.Range(0, Bins).Where(b => count[b] > 0)];
            return new()
            {
                Label = label,
                Style = CurveStyle.MarkersAndLine,
                Color = color,
                X = [.. filled.Select(b => middle[b])],
                Y = [.. filled.Select(b => sum[b] / count[b])],
            };
        }
        return new FigureSpec
        {
            Name = "updates",
            Title = $"{result.Header.Title}: {pulses.Count} updates",
            Columns = 2,
            Panels =
            [
                new PanelSpec
                {
                    Title = "where it is in the later half",
                    X = new AxisSpec("conductance", "nS"),
                    Y = new AxisSpec("share of pulses", "%") { Min = 0 },
                    Curves = [new() { Style = CurveStyle.MarkersAndLine, X = middle, Y = share }],
                },
                new PanelSpec
                {
                    Title = "mean step: up, down, all (drift)",
                    X = new AxisSpec("conductance before", "nS"),
                    Y = new AxisSpec("step", "pS"),
                    Curves = [Means("up", up, FigurePalette.Up), Means("down", down, FigurePalette.Down), Means("all", all, 2)],
                },
            ],
        };
    }
}
