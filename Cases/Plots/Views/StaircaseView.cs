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
                    Curves = [.. new[] { Curve(pulses, "up", up, FigurePalette.Up), Curve(pulses, "down", down, FigurePalette.Down) }.Where(c => c.X.Length > 0)],
                    References =
                    [
                        new("base 11.4 nS", 1e9 * Published.BaseConductance, 1e9 * Published.BaseConductance) { Source = Published.Source },
                        new("20 × base", 1e9 * Published.Range * Published.BaseConductance, 1e9 * Published.Range * Published.BaseConductance) { Source = Published.Source },
                    ],
                },
            ],
        };
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
