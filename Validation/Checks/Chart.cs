using FvSolver.Cases.Figures;

namespace FvSolver.Validation.Checks;

/// <summary>One curve of a chart.</summary>
/// <param name="Name">Name in the legend; empty for a line that belongs to the points before it and shares their colour.</param>
/// <param name="Style">Markers for computed values, a line for expected ones, dashes for a further computed curve.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Y">Ordinates, as many.</param>
public sealed record Curve(string Name, CurveStyle Style, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A chart of the report: a figure of one panel in one line.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">Abscissa with its unit in brackets, e.g. <c>time [s]</c>.</param>
/// <param name="YLabel">Ordinate with its unit in brackets.</param>
/// <param name="Curves">Curves; points that a logarithmic axis cannot show are left out.</param>
public sealed record Chart(string Title, string XLabel, string YLabel, params IReadOnlyList<Curve> Curves)
{
    /// <summary>True for a logarithmic abscissa.</summary>
    public bool LogX { get; init; }

    /// <summary>True for a logarithmic ordinate.</summary>
    public bool LogY { get; init; }

    /// <summary>The chart as a figure, in which the k-th markers and the k-th line share a colour.</summary>
    public FigureSpec ToFigure()
    {
        int markers = 0, lines = 0;
        return new()
        {
            Name = "chart",
            Title = Title,
            Panels =
            [
                new()
                {
                    X = Axis(XLabel, LogX),
                    Y = Axis(YLabel, LogY),
                    Curves = [.. Curves.Select(c => new CurveSpec
                    {
                        Label = c.Name,
                        Style = c.Style,
                        Color = c.Style == CurveStyle.Markers ? markers++ : lines++,
                        X = [.. c.X],
                        Y = [.. c.Y],
                    })],
                },
            ],
        };
    }

    private static AxisSpec Axis(string label, bool log)
    {
        int bracket = label.EndsWith(']') ? label.LastIndexOf(" [", StringComparison.Ordinal) : -1;
        return bracket < 0 ? new(label, "1") { Log = log } : new(label[..bracket], label[(bracket + 2)..^1]) { Log = log };
    }
}
