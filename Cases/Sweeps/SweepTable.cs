using System.Globalization;
using FvSolver.Cases.Files;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Schema;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Sweeps;

/// <summary>All points of a sweep with what they gave, in the order of the sweep.</summary>
public sealed class SweepTable
{
    /// <summary>First word of the meaning of a column that holds a parameter.</summary>
    internal const string ParameterMark = "parameter";

    private readonly SweepDefinition _sweep;

    /// <summary>A table of points and their results, in the same order.</summary>
    public SweepTable(SweepDefinition sweep, IReadOnlyList<SweepPoint> points, IReadOnlyList<PointResult> results)
    {
        _sweep = sweep;
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

    /// <summary>Unit of a parameter, of a key of the protocol, or of an output that some point has reported; 1 when not known.</summary>
    public string Unit(string name) => RunSettings.FindParameter(name)?.Unit
        ?? (IsOfStep(name) ? ProtocolForms.UnitOf(name[(name.LastIndexOf('.') + 1)..]) : null)
        ?? Results.Select(r => r.Units.GetValueOrDefault(name)).FirstOrDefault(u => u is not null) ?? "1";

    private static bool IsOfStep(string path) => path.StartsWith("protocol.", StringComparison.Ordinal);

    /// <summary>
    /// The numbers as a table of a result file: <c>point</c>, <c>failed</c> (0 or 1), parameters, outputs. A choice is given by
    /// its place among the axis's values; <see cref="Choices"/> has the names.
    /// </summary>
    public Table ToTable()
    {
        Table table = Empty(
            _sweep.Paths.Select(p => new Column(p, Unit(p), string.Join(", ", Choices(p)))),
            _sweep.Outputs.Select(o => new Column(o, Unit(o), "")));
        for (int i = 0; i < Points.Count; i++)
            table.Append([
                Points[i].Index,
                Results[i].Succeeded ? 0 : 1,
                .. Points[i].Settings.Select(s => s.Value.Text is { } text ? Array.IndexOf([.. Choices(s.Path)], text) : s.Value.Number),
                .. _sweep.Outputs.Select(o => Results[i].Outputs.TryGetValue(o, out double v) ? v : double.NaN)]);
        return table;
    }

    /// <summary>A table of points without rows: <c>point</c>, <c>failed</c>, parameters, outputs.</summary>
    /// <param name="parameters">Name and unit of each, and the names of its choices, with commas, where it has some.</param>
    /// <param name="outputs">Name and unit of each.</param>
    public static Table Empty(IEnumerable<Column> parameters, IEnumerable<Column> outputs) => new([
        new Column("point", "1", "number of the point"),
        new Column("failed", "1", "1 when the run failed"),
        .. parameters.Select(c => c with { LongName = $"{ParameterMark} {c.Name}{(c.LongName.Length > 0 ? $": {c.LongName}" : "")}" }),
        .. outputs.Select(c => c with { LongName = $"output {c.Name}" })]);

    /// <summary>Names of the choices of a parameter, in the order of their numbers; empty for a parameter that is a number.</summary>
    public IReadOnlyList<string> Choices(string path) =>
        [.. _sweep.Axes.Where(a => a.Path == path).SelectMany(a => a.Values).Where(v => v.Text is not null).Select(v => v.Text!)
            .Distinct()];

    /// <summary>True when a file has the header of such a table.</summary>
    public static bool IsCsv(string path) =>
        FileIdentity.Of(path).Kind == FileKind.Regular && File.ReadLines(path).FirstOrDefault() is { } header
        && header.StartsWith("point,", StringComparison.Ordinal) && header.EndsWith(",failed,message", StringComparison.Ordinal);

    /// <summary>Writes the table with a header that names units; texts are quoted, failed points say why.</summary>
    public void WriteCsv(TextWriter writer)
    {
        IEnumerable<string> named = _sweep.Paths.Concat(_sweep.Outputs).Select(n => Unit(n) == "1" ? n : $"{n} [{Unit(n)}]");
        writer.Write(string.Join(',', named.Prepend("point").Append("failed").Append("message").Select(Quote)) + "\n");
        for (int i = 0; i < Points.Count; i++)
        {
            IEnumerable<string> cells = [
                Points[i].Index.ToString(CultureInfo.InvariantCulture),
                .. Points[i].Settings.Select(s => Quote(s.Value.ToString())),
                .. _sweep.Outputs.Select(o => Results[i].Outputs.TryGetValue(o, out double v)
                    ? v.ToString("R", CultureInfo.InvariantCulture) : "NaN"),
                Results[i].Succeeded ? "0" : "1",
                Quote(Results[i].Message)];
            writer.Write(string.Join(',', cells) + "\n");
        }
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") >= 0 ? "\"" + cell.Replace("\"", "\"\"") + "\"" : cell;
}
