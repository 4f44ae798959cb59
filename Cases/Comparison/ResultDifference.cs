using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Comparison;

/// <summary>A parameter that differs between two results.</summary>
/// <param name="Path">Path of the parameter.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="A">Value in the first result; null where it has none.</param>
/// <param name="B">Value in the second one.</param>
public sealed record ParameterDifference(string Path, string Unit, object? A, object? B);

/// <summary>A figure of two results.</summary>
/// <param name="Name">Name of the figure.</param>
/// <param name="A">Figure of the first result; null where it has none.</param>
/// <param name="B">Figure of the second one.</param>
public sealed record FigureDifference(string Name, Figure? A, Figure? B)
{
    /// <summary>Meaning.</summary>
    public string Label => (B ?? A)!.LongName;

    /// <summary>SI unit.</summary>
    public string Unit => (B ?? A)!.Unit;

    /// <summary>Second less first [unit]; NaN where one is missing.</summary>
    public double Difference => A is null || B is null ? double.NaN : A.Value.Equals(B.Value) ? 0 : B.Value - A.Value;

    /// <summary>Difference over the first; NaN where that is 0.</summary>
    public double Relative => Difference == 0 ? 0 : A is { Value: not 0 } ? Difference / Math.Abs(A.Value) : double.NaN;
}

/// <summary>How far the columns of a table are apart in two results, row by row.</summary>
/// <param name="Table">Table: pulses or series.</param>
/// <param name="Name">Column.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Largest">Largest difference of a row [unit].</param>
/// <param name="Relative">That over the largest magnitude of the first result.</param>
public sealed record ColumnDifference(string Table, string Name, string Unit, double Largest, double Relative);

/// <summary>In what two results differ.</summary>
public sealed class ResultDifference
{
    /// <summary>Compares two results.</summary>
    public ResultDifference(Result a, Result b)
    {
        Dictionary<string, StoredParameter> left = a.Parameters.ToDictionary(p => p.Path), right = b.Parameters.ToDictionary(p => p.Path);
        Parameters = [.. left.Keys.Union(right.Keys)
            .Select(path => (Path: path, A: left.GetValueOrDefault(path), B: right.GetValueOrDefault(path)))
            .Where(p => !Equals(p.A?.Value, p.B?.Value))
            .Select(p => new ParameterDifference(p.Path, (p.B ?? p.A)!.Unit, p.A?.Value, p.B?.Value))];
        Figures = [.. a.Record.Figures.Keys.Union(b.Record.Figures.Keys)
            .Select(name => new FigureDifference(name, a.Record.Figures.GetValueOrDefault(name),
                b.Record.Figures.GetValueOrDefault(name)))];
        var columns = new List<ColumnDifference>();
        var notes = new List<string>();
        Compare("pulses", a.Record.Pulses, b.Record.Pulses, columns, notes);
        Compare("series", a.Record.Series, b.Record.Series, columns, notes);
        if (a.Header.CodeVersion != b.Header.CodeVersion)
            notes.Add($"versions of the program: {a.Header.CodeVersion} and {b.Header.CodeVersion}");
        if (a.Header.CaseText != b.Header.CaseText)
            notes.Add("the texts of the cases differ, e.g. in the protocol");
        (Columns, Notes) = (columns, notes);
    }

    /// <summary>Parameters that differ.</summary>
    public IReadOnlyList<ParameterDifference> Parameters { get; }

    /// <summary>Every figure that either has.</summary>
    public IReadOnlyList<FigureDifference> Figures { get; }

    /// <summary>Every column that both have.</summary>
    public IReadOnlyList<ColumnDifference> Columns { get; }

    /// <summary>What a reader should know about the comparison.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>True when every number that both hold is the same to the last bit.</summary>
    public bool IsSame => Parameters.Count == 0 && Figures.All(f => f.Difference == 0) && Columns.All(c => c.Largest == 0);

    private static void Compare(string name, Table a, Table b, List<ColumnDifference> into, List<string> notes)
    {
        int rows = Math.Min(a.Count, b.Count);
        if (a.Count != b.Count)
            notes.Add($"{name}: {a.Count} and {b.Count} rows; compared are the first {rows}");
        if (rows > 0 && HasTime(a) && HasTime(b) && !a["time"].Take(rows).SequenceEqual(b["time"].Take(rows)))
        {
            notes.Add($"{name}: sampled at other times, not compared");
            return;
        }
        foreach (Column column in a.Columns.Where(c => rows > 0 && b.Columns.Any(d => d.Name == c.Name)))
        {
            IReadOnlyList<double> x = a[column.Name], y = b[column.Name];
            double largest = Enumerable.Range(0, rows).Select(i => x[i].Equals(y[i]) ? 0 : Math.Abs(y[i] - x[i])).DefaultIfEmpty().Max();
            double scale = x.Take(rows).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
            into.Add(new(name, column.Name, column.Unit, largest, largest == 0 ? 0 : largest / scale));
        }
    }

    private static bool HasTime(Table table) => table.Columns.Any(c => c.Name == "time");
}
