using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Conductance after every pulse against its number: the picture of Fig. 2A.</summary>
internal static class StaircaseView
{
    /// <summary>Name of the figure of a cross-section's first step in 1-D.</summary>
    public const string FlatStep = "step_flat";

    public static FigureSpec? Of(Result result)
    {
        Table pulses = result.Record.Pulses;
        if (!pulses.Has("amplitude", "conductance_after"))
            return null;
        (int[] up, int[] down) = pulses.Directions();
        return new FigureSpec
        {
            Name = "staircase",
            Title = result.Header.Title,
            Panels =
            [
                result.Record.Envelopes is { Count: > 0 } envelopes ? Panel(result, envelopes) : new PanelSpec
                {
                    X = new AxisSpec("pulse number", "1") { Whole = true },
                    Y = new AxisSpec("conductance", "nS") { Min = Rises(pulses) ? 0 : null },
                    Curves = [.. new[] { Curve(pulses, "up", up, FigurePalette.Up),
                        Curve(pulses, "down", down, FigurePalette.Down) }.Where(c => c.X.Length > 0).Concat(Flat(result, up))],
                    References = [.. References(result)],
                },
            ],
        };
    }

    /// <summary>Where not every pulse has a row: what all of them did, decade by decade of their number.</summary>
    private static PanelSpec Panel(Result result, Table envelopes)
    {
        int[] decades = [.. Enumerable.Range(0, envelopes.Count)];
        double[] ends = [.. decades.SelectMany(i => new[] { envelopes["first"][i], envelopes["first"][i] + envelopes["count"][i] - 1 })];
        CurveSpec Curve(string words, string column, int color) => new()
        {
            Label = $"{words} of a decade of pulses",
            Color = color,
            X = ends,
            Y = [.. decades.SelectMany(i => Enumerable.Repeat(1e9 * envelopes[column][i], 2))],
        };
        return new()
        {
            X = new AxisSpec("pulse number", "1") { Log = true },
            Y = new AxisSpec("conductance", "nS") { Min = 0 },
            Curves = [Curve("largest", "conductance_maximum", FigurePalette.Up), Curve("mean", "conductance_mean", 2),
                Curve("smallest", "conductance_minimum", FigurePalette.Down)],
            References = [.. References(result)],
        };
    }

    // The axis begins at zero where what is above fills most of it.
    private static bool Rises(Table pulses) =>
        pulses["conductance_after"] is { Count: > 0 } after && after.Max() > 2 * Math.Min(after.Min(), pulses["conductance_before"][0]);

    // Beside a cross-section: its first train with the step that its films make in 1-D.
    private static IEnumerable<CurveSpec> Flat(Result result, int[] up)
    {
        if (!result.Record.Figures.TryGetValue(FlatStep, out Figure? step))
            yield break;
        int count = up.TakeWhile((row, i) => row == i).Count();
        double start = result.Record.Pulses["conductance_before"][0];
        yield return new()
        {
            Label = $"{Typography.Quantity(step.Value, "S")} a pulse, as in 1-D",
            Color = FigurePalette.Reference,
            X = [0, count],
            Y = [1e9 * start, 1e9 * (start + count * step.Value)],
        };
    }

    // The paper's values stand where the run is the paper's: elsewhere the figures are not called calibrated to them.
    private static IEnumerable<ReferenceSpec> References(Result result)
    {
        bool IsPublished(string figure) => result.Record.Figures.TryGetValue(figure, out Figure? f) && f.Kind == FigureKind.Calibrated;
        const double low = 1e9 * Published.BaseConductance, high = Published.Range * low;
        if (IsPublished("base_resistance"))
            yield return new("base 11.4 nS", low, low) { Source = Published.Source };
        if (IsPublished("range"))
            yield return new("20 × base", high, high) { Source = Published.Source };
    }

    private static CurveSpec Curve(Table pulses, string direction, int[] rows, int color)
    {
        int[] shown = pulses.Extremes("conductance_after", rows);
        return new()
        {
            Label = pulses.PulseLabel(direction, rows) + (shown.Length < rows.Length ? ", extremes" : ""),
            Style = Columns.PointStyle(shown.Length),
            Color = color,
            X = [.. shown.Select(pulses.PulseNumber)],
            Y = pulses.Take("conductance_after", shown, 1e9),
        };
    }
}
