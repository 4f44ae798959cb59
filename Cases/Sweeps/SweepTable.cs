using System.Globalization;
using FvSolver.Cases.Files;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Sweeps;

/// <summary>All points of a sweep with what they gave, in the order of the study.</summary>
public sealed class SweepTable
{
    private readonly SweepDefinition _study;

    /// <summary>A table of points and their results, in the same order.</summary>
    public SweepTable(SweepDefinition study, IReadOnlyList<SweepPoint> points, IReadOnlyList<PointResult> results)
    {
        _study = study;
        Points = points;
        Results = results;
    }

    /// <summary>Points.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>Results, one per point.</summary>
    public IReadOnlyList<PointResult> Results { get; }

    /// <summary>Number of points that failed.</summary>
    public int Failures => Results.Count(r => !r.Succeeded);

    /// <summary>One output over all points; NaN where the point failed or did not report it.</summary>
    public double[] Output(string name) => [.. Results.Select(r => r.Outputs.TryGetValue(name, out double v) ? v : double.NaN)];

    /// <summary>
    /// The numbers as a table of a result file: <c>point</c>, <c>failed</c> (0 or 1), parameters, outputs. A choice is given by
    /// its place among the axis's values; <see cref="Choices"/> has the names.
    /// </summary>
    /// <param name="unit">Unit of a parameter or an output by name, or null when not known.</param>
    public Table ToTable(Func<string, string>? unit = null)
    {
        string Unit(string name) => unit?.Invoke(name) ?? "";
        var table = new Table([
            new Column("point", "1", "number of the point"),
            new Column("failed", "1", "1 when the run failed"),
            .. _study.Paths.Select(p => new Column(p, Unit(p), $"parameter {p}")),
            .. _study.Outputs.Select(o => new Column(o, Unit(o), $"output {o}"))]);
        for (int i = 0; i < Points.Count; i++)
            table.Append([
                Points[i].Index,
                Results[i].Succeeded ? 0 : 1,
                .. Points[i].Settings.Select(s => s.Value.Text is { } text ? Array.IndexOf([.. Choices(s.Path)], text) : s.Value.Number),
                .. _study.Outputs.Select(o => Results[i].Outputs.TryGetValue(o, out double v) ? v : double.NaN)]);
        return table;
    }

    /// <summary>Names of the choices of a parameter, in the order of their numbers; empty for a parameter that is a number.</summary>
    public IReadOnlyList<string> Choices(string path) =>
        [.. _study.Axes.Where(a => a.Path == path).SelectMany(a => a.Values).Where(v => v.Text is not null).Select(v => v.Text!).Distinct()];

    /// <summary>True when a file has the header of such a table.</summary>
    public static bool IsCsv(string path) =>
        FileIdentity.Of(path).Kind == FileKind.Regular && File.ReadLines(path).FirstOrDefault() is { } header
        && header.StartsWith("point,", StringComparison.Ordinal) && header.EndsWith(",failed,message", StringComparison.Ordinal);

    /// <summary>Writes the table with a header; texts are quoted, failed points say why.</summary>
    public void WriteCsv(TextWriter writer)
    {
        writer.Write(string.Join(',', new[] { "point" }.Concat(_study.Paths).Concat(_study.Outputs).Append("failed").Append("message").Select(Quote)) + "\n");
        for (int i = 0; i < Points.Count; i++)
        {
            IEnumerable<string> cells = [
                Points[i].Index.ToString(CultureInfo.InvariantCulture),
                .. Points[i].Settings.Select(s => Quote(s.Value.ToString())),
                .. _study.Outputs.Select(o => Results[i].Outputs.TryGetValue(o, out double v) ? v.ToString("R", CultureInfo.InvariantCulture) : "NaN"),
                Results[i].Succeeded ? "0" : "1",
                Quote(Results[i].Message)];
            writer.Write(string.Join(',', cells) + "\n");
        }
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") >= 0 ? "\"" + cell.Replace("\"", "\"\"") + "\"" : cell;
}
