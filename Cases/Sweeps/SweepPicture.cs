using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.Sweeps;

/// <summary>Outputs of a sweep against what varies.</summary>
internal static class SweepPicture
{
    private const int MostPanels = 9;

    /// <summary>One panel for each output over the first parameter that is a number and varies; null when there is none.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="table">Its table.</param>
    public static FigureSpec? Of(SweepDefinition sweep, SweepTable table)
    {
        int at = Enumerable.Range(0, sweep.Paths.Count).FirstOrDefault(k => table.Choices(sweep.Paths[k]).Count == 0
            && table.Points.Select(p => p.Settings[k].Value.Number).Distinct().Count() > 1, -1);
        if (at < 0)
            return null;
        string path = sweep.Paths[at];
        double[] x = [.. table.Points.Select(p => p.Settings[at].Value.Number)];
        bool log = x.Min() > 0 && x.Max() / x.Min() > 50;
        // Points that differ in other axes are other curves; sampled points are a cloud.
        int[] others = [.. Enumerable.Range(0, sweep.Axes.Count).Where(k => k != at && sweep.Axes[k].Values.Count > 1)];
        IGrouping<string, int>[] groups = [.. Enumerable.Range(0, x.Length)
            .GroupBy(i => sweep.Zip ? "" : string.Join(", ", others.Select(k => Short(table.Points[i].Settings[k], table))))];
        bool labelled = groups.Length is > 1 and <= 8;
        CurveStyle style = sweep.Sample is null ? CurveStyle.MarkersAndLine : CurveStyle.Markers;
        return new FigureSpec
        {
            Name = "sweep",
            Title = $"Sweep {sweep.Name}: {x.Length} points",
            Columns = Math.Min(sweep.Outputs.Count, 3),
            Panels = [.. sweep.Outputs.Take(MostPanels).Select(output =>
            {
                double[] y = table.Output(output);
                return new PanelSpec
                {
                    X = new AxisSpec(path, table.Unit(path)) { Log = log },
                    Y = new AxisSpec(output, table.Unit(output)),
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

    private static string Short(Setting setting, SweepTable table)
    {
        string name = setting.Path[(setting.Path.LastIndexOf('.') + 1)..];
        return setting.Value.Text is { } text
            ? $"{name} {text}"
            : $"{name} {Input.QuantityText.Format(double.Parse(setting.Value.Number.ToString("g5")), table.Unit(setting.Path))}";
    }
}
