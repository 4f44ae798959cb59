using System.Globalization;
using System.Text;
using FvSolver.Cases.Files;

namespace FvSolver.Cases.Input;

/// <summary>A column of a CSV.</summary>
/// <param name="Name">Name without unit.</param>
/// <param name="Unit">Unit that the header tells, or empty.</param>
public sealed record CsvHeading(string Name, string Unit);

/// <summary>The cells of a CSV, as instruments, spreadsheets and other simulators write them.</summary>
/// <remarks>
/// Between cells stand semicolons, tabs, commas or spaces, whichever the first line has, in this order; with anything but commas a number
/// may have a decimal comma. Quotes, lines of comment (<c>#</c>, <c>%</c>, <c>//</c>) and a header
/// with units (<c>time [ns]</c>, <c>time (ns)</c>,
/// <c>time_ns</c>, <c>ns</c>) are understood; where the first line is numbers, columns are named <c>column1</c>, <c>column2</c>, ...
/// </remarks>
public sealed class CsvTable
{
    private readonly string _source;
    private readonly List<(int Line, string[] Cells)> _rows = [];

    private CsvTable(string source, IReadOnlyList<CsvHeading> columns, bool hasHeader) =>
        (_source, Columns, HasHeader) = (source, columns, hasHeader);

    /// <summary>Columns in order.</summary>
    public IReadOnlyList<CsvHeading> Columns { get; }

    /// <summary>True when the file names its columns.</summary>
    public bool HasHeader { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="InputException">It is no table; cells of the file are not repeated, since it may be any file.</exception>
    public static CsvTable Parse(string text, string source)
    {
        CsvTable? table = null;
        char separator = ',';
        int number = 0;
        foreach (string raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            string line = raw.Trim(' ', '\r');
            if (line.Trim().Length == 0 || line[0] is '#' or '%' || line.StartsWith("//", StringComparison.Ordinal))
                continue;
            if (table is null)
            {
                separator = line.Contains(';') ? ';' : line.Contains('\t') ? '\t' : line.Contains(',') ? ',' : ' ';
                string[] first = Cells(line, separator);
                bool named = first.Any(c => double.IsNaN(Number(c, separator)));
                table = new(source, named ? [.. first.Select(Heading)] : [.. first.Select((_, k) => new CsvHeading($"column{k + 1}", ""))],
                    named);
                if (table.Columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1 && g.Key.Length > 0) is { } twice)
                    throw new InputException(source, number, "", "",
                        $"{twice.Count()} columns are named '{twice.Key}'; each needs a name of its own");
                if (named)
                    continue;
            }
            string[] cells = Cells(line, separator);
            if (cells.Length != table.Columns.Count)
                throw new InputException(source, number, "", "", $"{cells.Length} values in a table of {table.Columns.Count} columns");
            table._rows.Add((number, [.. cells.Select(c => Normal(c, separator))]));
        }
        return table is { Count: > 0 } ? table : throw new InputException(source, 0, "", "", "holds no rows of numbers");
    }

    /// <summary>A cell as text.</summary>
    public string Text(int row, int column) => _rows[row].Cells[column];

    /// <summary>A cell as a number; NaN when it is none.</summary>
    public double Number(int row, int column) => Number(Text(row, column), ' ');

    /// <summary>Line of a row in the file, from 1.</summary>
    public int Line(int row) => _rows[row].Line;

    /// <summary>An error at a cell.</summary>
    public InputException Error(int row, int column, string allowed) =>
        new(_source, Line(row), Columns[column].Name, Text(row, column), allowed);

    private static string Normal(string cell, char separator)
    {
        string plain = cell.Replace('\u2212', '-');
        return separator != ',' && plain.Count(c => c == ',') == 1 && !plain.Contains('.') ? plain.Replace(',', '.') : plain;
    }

    private static double Number(string cell, char separator) =>
        double.TryParse(Normal(cell, separator), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    // A separator within quotes is text, and two quotes within quotes are one (RFC 4180); spaces may be many.
    private static string[] Cells(string line, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                    cell.Append(line[i++]);
                else
                    quoted = !quoted;
            }
            else if (line[i] == separator && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }
        cells.Add(cell.ToString().Trim());
        if (separator != ' ')
            return [.. cells];
        // A unit in brackets belongs to the name before it.
        var words = new List<string>();
        foreach (string word in cells.Where(c => c.Length > 0))
            if (words.Count > 0 && word[0] is '(' or '[')
                words[^1] += " " + word;
            else
                words.Add(word);
        return [.. words];
    }

    private static CsvHeading Heading(string cell)
    {
        cell = PlainText.Line(cell);
        foreach ((char open, char close) in ((char, char)[])[('[', ']'), ('(', ')')])
            if (cell.IndexOf(open) is > 0 and int at && cell.IndexOf(close, at) is var end && end > at)
                return new(cell[..at].Trim(), cell[(at + 1)..end].Trim());
        // A unit behind the last underscore: of two letters or more, or one that is no word's end.
        int dash = cell.LastIndexOf('_');
        if (dash > 0 && cell[(dash + 1)..] is var unit && IsUnit(unit))
            return new(cell[..dash], unit);
        return IsUnit(cell) ? new(cell, cell) : new(cell, "");
    }

    private static bool IsUnit(string text) => text is "s" or "V" or "A" or "S" or "K" or "m"
        || (text.Length is > 1 and < 8 && UnitExpression.Parse(text) is { } unit && !unit.Dimension.Matches(default));
}
