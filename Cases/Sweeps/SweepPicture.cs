using FvSolver.Cases.Plots;

namespace FvSolver.Cases.Sweeps;

/// <summary>Outputs of a sweep against what varies.</summary>
internal static class SweepPicture
{
    private const int MostPanels = 9;

    /// <summary>One panel for each output over the first parameter that is a number; null when there is none.</summary>
    /// <param name="study">The study.</param>
    /// <param name="table">Its table.</param>
    /// <param name="unit">Unit by name.</param>
    public static FigureSpec? Of(Study study, SweepTable table, Func<string, string> unit)
    {
        int at = study.Paths.ToList().FindIndex(p => table.Choices(p).Count == 0);
        if (at < 0)
            return null;
        string path = study.Paths[at];
        double[] x = [.. table.Points.Select(p => p.Settings[at].Value.Number)];
        bool log = x.Min() > 0 && x.Max() / x.Min() > 50;
        // Points that differ in other axes are other curves; sampled points are a cloud.
        int[] others = [.. Enumerable.Range(0, study.Axes.Count).Where(k => k != at)];
        IGrouping<string, int>[] groups = [.. Enumerable.Range(0, x.Length)
            .GroupBy(i => study.Zip ? "" : string.Join(", ", others.Select(k => Short(table.Points[i].Settings[k], unit))))];
        bool labelled = groups.Length is > 1 and <= 8;
        CurveStyle style = study.Sample is null ? CurveStyle.MarkersAndLine : CurveStyle.Markers;
        return new FigureSpec
        {
            Name = "sweep",
            Title = $"Sweep {study.Name}: {x.Length} points",
            Columns = Math.Min(study.Outputs.Count, 3),
            Panels = [.. study.Outputs.Take(MostPanels).Select(output =>
            {
                double[] y = table.Output(output);
                return new PanelSpec
                {
                    X = new AxisSpec(path, Known(unit(path))) { Log = log },
                    Y = new AxisSpec(output, Known(unit(output))),
                    Curves = [.. groups.Select(g => new CurveSpec
                    {
                        Label = labelled ? g.Key : "",
                        Style = style,
                        X = [.. g.Select(i => x[i])],
                        Y = [.. g.Select(i => y[i])],
                    })],
                };
            })],
            Note = table.Failures > 0 ? $"{table.Failures} points failed; the table says why." : "",
        };
    }

    private static string Short(Setting setting, Func<string, string> unit)
    {
        string name = setting.Path[(setting.Path.LastIndexOf('.') + 1)..];
        return setting.Value.Text is { } text
            ? $"{name} {text}"
            : $"{name} {Input.QuantityText.Format(double.Parse(setting.Value.Number.ToString("g5")), Known(unit(setting.Path)))}";
    }

    private static string Known(string unit) => unit.Length > 0 ? unit : "1";
}
