using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Size of the step against the conductance in its middle: how linear and how symmetric the device is.</summary>
internal static class StepView
{
    public static FigureSpec? Of(Result result)
    {
        Table pulses = result.Record.Pulses;
        if (!pulses.Has("amplitude", "conductance_before", "conductance_step"))
            return null;
        (int[] up, int[] down) = pulses.Directions();
        return new FigureSpec
        {
            Name = "step",
            Title = $"{result.Header.Title}: step per pulse",
            Panels =
            [
                new PanelSpec
                {
                    X = new AxisSpec("conductance", "nS"),
                    Y = new AxisSpec("size of the step", "pS") { Min = 0 },
                    Curves = [.. new[] { Curve(pulses, "up", up, 1, FigurePalette.Up),
                        Curve(pulses, "down", down, -1, FigurePalette.Down) }.Where(c => c.X.Length > 0)],
                    References = result.Record.Figures.TryGetValue(StaircaseView.FlatStep, out Figure? flat)
                        ? [new("first step in 1-D", 1e12 * flat.Value, 1e12 * flat.Value)] : [],
                },
            ],
        };
    }

    private static CurveSpec Curve(Table pulses, string direction, int[] rows, int sign, int color)
    {
        IReadOnlyList<double> before = pulses["conductance_before"], step = pulses["conductance_step"];
        int[] shown = pulses.Extremes("conductance_step", rows);
        return new CurveSpec
        {
            Label = pulses.PulseLabel(direction, rows),
            Style = Columns.PointStyle(shown.Length),
            Color = color,
            X = [.. shown.Select(i => 1e9 * (before[i] + step[i] / 2))],
            Y = [.. shown.Select(i => 1e12 * sign * step[i])],
        };
    }
}
