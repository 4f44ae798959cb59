using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Fits;

/// <summary>Columns to fit: of a CSV, or of a result file as <c>FILE.h5:pulses</c> or <c>FILE.h5:series</c>.</summary>
public sealed class DataSource
{
    private readonly Func<string, double[]> _column;
    private readonly Func<string, string> _unit;

    /// <summary>Name by which the numbers of the rows, from 0, are taken for a column.</summary>
    public const string Row = "row";

    private bool IsRow(string name) => name == Row && !Names.Contains(Row);

    private DataSource(IReadOnlyList<string> names, Func<string, double[]> column, Func<string, string> unit) =>
        (Names, _column, _unit) = (names, column, unit);

    /// <summary>False when the columns are only numbered.</summary>
    public bool HasHeader { get; private init; } = true;

    /// <summary>Number of rows.</summary>
    public int Count { get; private init; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a source.</summary>
    /// <param name="text">File, for a result with the table behind a colon (pulses unless given).</param>
    /// <exception cref="InputException">Not a readable table; one line.</exception>
    /// <exception cref="OutputException">Not a readable result.</exception>
    public static DataSource Read(string text)
    {
        int colon = text.LastIndexOf(':');
        string table = colon > 1 && !File.Exists(text) ? text[(colon + 1)..] : "";
        string path = table.Length > 0 ? text[..colon] : text;
        if (Path.GetExtension(path) is not (".h5" or ".hdf5"))
        {
            CsvColumns csv = CsvColumns.Read(path);
            return new(csv.Names, csv.Column, csv.Unit) { HasHeader = csv.HasHeader, Count = csv.Count };
        }
        RunRecord record = ResultFile.Read(path).Record;
        Table rows = table switch
        {
            "" => record.Pulses.Count > 0 ? record.Pulses : record.Series,
            "pulses" => record.Pulses,
            "series" => record.Series,
            _ => throw new InputException(path, 0, "", "", $"there is no table '{table}'; allowed are pulses and series"),
        };
        string[] names = [.. rows.Columns.Select(c => c.Name)];
        Column Find(string name) => rows.Columns.FirstOrDefault(c => c.Name == name)
            ?? throw new InputException(path, 0, "", "", $"there is no column '{name}'; there are {string.Join(", ", names)}");
        return new(names, name => [.. rows[Find(name).Name]], name => Find(name).Unit) { Count = rows.Count };
    }

    /// <summary>One column; <see cref="Row"/> stands for the numbers of the rows.</summary>
    /// <exception cref="InputException">There is no such column, or a cell of it is no number.</exception>
    public double[] Column(string name) => IsRow(name) ? [.. Enumerable.Range(0, Count).Select(i => (double)i)] : _column(name);

    /// <summary>Its unit; 1 when not known.</summary>
    public string Unit(string name) => IsRow(name) ? "1" : _unit(name);

    /// <summary>Columns that are the inputs of a law: those of its names; else the others than the fitted one,
    /// in order; for a single column the rows.</summary>
    /// <param name="wanted">Names of the law's inputs.</param>
    /// <param name="others">Columns that are taken already.</param>
    public string[] Inputs(IReadOnlyList<string> wanted, IReadOnlyCollection<string> others)
    {
        if (wanted.All(Names.Contains))
            return [.. wanted];
        string[] free = [.. Names.Except(others)];
        return free.Length == 0 && wanted.Count == 1 ? [Row] : free.Length == wanted.Count ? free : [.. wanted];
    }

    /// <summary>A column, with its sign changed when the name has a minus in front: <c>-conductance_step</c>.</summary>
    public double[] Signed(string name) => name.StartsWith('-') ? [.. Column(name[1..]).Select(x => -x)] : Column(name);
}
