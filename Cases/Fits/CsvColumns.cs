using System.Globalization;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.Fits;

/// <summary>A CSV of numbers with a header: comma, semicolon or tab between, <c>#</c> for comments, units in brackets after a name allowed.</summary>
public sealed class CsvColumns
{
    private readonly string _source;
    private readonly string[] _names;
    private readonly List<double[]> _rows = [];

    private CsvColumns(string source, string[] names)
    {
        _source = source;
        _names = names;
    }

    /// <summary>Names of the columns, without units.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">One line with file and line number.</exception>
    public static CsvColumns Read(string path) => Parse(InputFile.Read(path), path);

    /// <summary>Reads text; the source is named in messages.</summary>
    /// <exception cref="InvalidDataException">One line with source and line number.</exception>
    public static CsvColumns Parse(string text, string source)
    {
        CsvColumns? csv = null;
        char separator = ',';
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (csv is null)
            {
                separator = line.Contains(';') ? ';' : line.Contains('\t') ? '\t' : ',';
                csv = new CsvColumns(source, [.. line.Split(separator).Select(Name)]);
                if (csv._names.All(n => double.TryParse(n, CultureInfo.InvariantCulture, out _)))
                    throw new InvalidDataException($"{source}({number}): a header with the names of the columns is needed.");
                continue;
            }
            string[] cells = line.Split(separator);
            if (cells.Length != csv._names.Length)
                throw new InvalidDataException($"{source}({number}): {cells.Length} values in a table of {csv._names.Length} columns.");
            var row = new double[cells.Length];
            for (int k = 0; k < cells.Length; k++)
                if (!double.TryParse(cells[k].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out row[k]))
                    row[k] = double.NaN; // a column of text is no fault unless it is asked for
            csv._rows.Add(row);
        }
        return csv ?? throw new InvalidDataException($"{source}: there is no table in the file.");
    }

    /// <summary>One column.</summary>
    /// <exception cref="InvalidDataException">There is no such column, or a cell of it is no number.</exception>
    public double[] Column(string name)
    {
        int k = Array.IndexOf(_names, name);
        if (k < 0)
            throw new InvalidDataException($"{_source}: there is no column '{name}'; there are {string.Join(", ", _names)}.");
        for (int i = 0; i < _rows.Count; i++)
            if (!double.IsFinite(_rows[i][k]))
                throw new InvalidDataException($"{_source}: row {i + 1} of column '{name}' is not a finite number.");
        return [.. _rows.Select(r => r[k])];
    }

    private static string Name(string cell)
    {
        string name = cell.Trim().Trim('"');
        int bracket = name.IndexOf('[');
        return (bracket > 0 ? name[..bracket] : name).Trim();
    }
}
