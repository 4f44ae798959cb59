using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Conductance after every pulse against its number: the picture of Fig. 2A.</summary>
internal static class StaircaseView
{
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
                new PanelSpec
                {
                    X = new AxisSpec("pulse number", "1"),
                    Y = new AxisSpec("conductance", "nS") { Min = 0 },
                    Curves = [.. new[] { Curve(pulses, "up", up, FigurePalette.Up),
                        Curve(pulses, "down", down, FigurePalette.Down) }.Where(c => c.X.Length > 0)],
                    References = [.. References(result)],
                },
            ],
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
            Style = CurveStyle.Dots,
            Color = color,
            X = [.. shown.Select(pulses.PulseNumber)],
            Y = pulses.Take("conductance_after", shown, 1e9),
        };
    }
}
