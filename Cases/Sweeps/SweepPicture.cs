using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.Sweeps;

/// <summary>Outputs of a sweep against what varies.</summary>
internal static class SweepPicture
{
    private const int MostPanels = 9, MostLabels = 8;

    /// <summary>Largest over smallest value from which an axis counts decades.</summary>
    private const double Decades = 50;

    /// <summary>Fewest values on each axis of a map.</summary>
    private const int LeastLines = 3;

    /// <summary>
    /// One panel for each output: a map over two numbers that make a grid, else curves over the first number that varies.
    /// Null when none does.
    /// </summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="table">Its table.</param>
    public static FigureSpec? Of(SweepDefinition sweep, SweepTable table)
    {
        int[] varying = [.. Enumerable.Range(0, sweep.Paths.Count).Where(k => Values(table, k).Distinct().Count() > 1)];
        int[] numbers = [.. varying.Where(k => table.Choices(sweep.Paths[k]).Count == 0)];
        if (numbers.Length == 0)
            return null;
        bool isMap = !sweep.Zip && sweep.Sample is null && varying.Length == 2 && numbers.Length == 2
            && numbers.All(k => Values(table, k).Distinct().Count() >= LeastLines);
        int failed = table.Failures, beyond = table.Results.Count(r => r.IsBeyondBreakdown);
        return new FigureSpec
        {
            Name = "sweep",
            Title = $"Sweep {sweep.Name}: {table.Points.Count} points",
            Columns = Math.Min(sweep.Outputs.Count, 3),
            Panels = [.. sweep.Outputs.Take(MostPanels)
                .Select(o => isMap ? Map(sweep, table, numbers, o) : Curves(sweep, table, numbers[0], o))],
            Note = string.Join(" ", new[]
            {
                failed > 0 ? $"{failed} points failed; the table says why." : "",
                beyond > 0 ? $"The field goes beyond breakdown of the film in {beyond} of {table.Points.Count} points." : "",
            }.Where(n => n.Length > 0)),
        };
    }

    private static double[] Values(SweepTable table, int setting) => [.. table.Points.Select(p => p.Settings[setting].Value.Number)];

    private static AxisSpec Axis(SweepTable table, string name, IEnumerable<double> values) =>
        new(name, table.Unit(name)) { Log = IsOfDecades(values) };

    private static bool IsOfDecades(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        return known.Length > 0 && known.Min() > 0 && known.Max() > Decades * known.Min();
    }

    private static PanelSpec Map(SweepDefinition sweep, SweepTable table, int[] axes, string output)
    {
        double[] x = Values(table, axes[0]), y = Values(table, axes[1]), values = table.Output(output);
        double[] columns = [.. x.Distinct().Order()], rows = [.. y.Distinct().Order()];
        double[] grid = [.. Enumerable.Repeat(double.NaN, columns.Length * rows.Length)];
        for (int i = 0; i < values.Length; i++)
            grid[Array.IndexOf(rows, y[i]) * columns.Length + Array.IndexOf(columns, x[i])] = values[i];
        return new()
        {
            X = Axis(table, sweep.Paths[axes[0]], x),
            Y = Axis(table, sweep.Paths[axes[1]], y),
            Map = MapSpec.OnGrid(output, table.Unit(output), columns, rows, grid) with { Log = IsOfDecades(values) },
            Curves = [.. Beyond(table, x, y)],
        };
    }

    private static PanelSpec Curves(SweepDefinition sweep, SweepTable table, int at, string output)
    {
        double[] x = Values(table, at), y = table.Output(output);
        // Points that differ in other axes are other curves; sampled points are a cloud.
        int[] others = [.. Enumerable.Range(0, sweep.Axes.Count).Where(k => k != at && sweep.Axes[k].Values.Count > 1)];
        IGrouping<string, int>[] groups = [.. Enumerable.Range(0, x.Length)
            .GroupBy(i => sweep.Zip ? "" : string.Join(", ", others.Select(k => Short(table.Points[i].Settings[k], table))))];
        return new()
        {
            X = Axis(table, sweep.Paths[at], x),
            Y = Axis(table, output, y),
            Curves =
            [
                .. groups.Select((g, k) => new CurveSpec
                {
                    Label = groups.Length is > 1 and <= MostLabels ? g.Key : "",
                    Style = sweep.Sample is null ? CurveStyle.MarkersAndLine : CurveStyle.Markers,
                    Color = k,
                    X = [.. g.Select(i => x[i])],
                    Y = [.. g.Select(i => y[i])],
                }),
                .. Beyond(table, x, y),
            ],
        };
    }

    private static IEnumerable<CurveSpec> Beyond(SweepTable table, double[] x, double[] y)
    {
        int[] points = [.. Enumerable.Range(0, x.Length).Where(i => table.Results[i].IsBeyondBreakdown)];
        if (points.Length > 0)
            yield return new()
            {
                Label = "beyond breakdown",
                Style = CurveStyle.Markers,
                Color = FigurePalette.Limit,
                X = [.. points.Select(i => x[i])],
                Y = [.. points.Select(i => y[i])],
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
