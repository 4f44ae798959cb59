using FvSolver.Cases.Input;

namespace FvSolver.Cases.Fits;

/// <summary>Columns of numbers of a CSV in SI units, by name; see <see cref="CsvTable"/> for the forms that are understood.</summary>
public sealed class CsvColumns
{
    private readonly string _source;
    private readonly CsvTable _table;

    private CsvColumns(string source, CsvTable table) => (_source, _table) = (source, table);

    /// <summary>Names of the columns, without units.</summary>
    public IReadOnlyList<string> Names => [.. _table.Columns.Select(c => c.Name)];

    /// <summary>False when the columns are only numbered.</summary>
    public bool HasHeader => _table.HasHeader;

    /// <summary>Number of rows.</summary>
    public int Count => _table.Count;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">One line with file and line number.</exception>
    public static CsvColumns Read(string path) => Parse(InputFile.Read(path), path);

    /// <summary>Reads text; the source is named in messages.</summary>
    /// <exception cref="InputException">One line with source and line number.</exception>
    public static CsvColumns Parse(string text, string source) => new(source, CsvTable.Parse(text, source));

    /// <summary>One column, in SI units where the header has a unit.</summary>
    /// <exception cref="InputException">There is no such column, or a cell of it is no number.</exception>
    public double[] Column(string name)
    {
        int k = Find(name);
        double factor = UnitExpression.Parse(_table.Columns[k].Unit) is { } unit ? unit.Factor * Math.Pow(10, unit.Decade) : 1;
        var values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _table.Number(i, k) * factor;
            // A column of text is no fault unless it is asked for.
            if (!double.IsFinite(values[i]))
                throw _table.Error(i, k, "must be a finite number");
        }
        return values;
    }

    /// <summary>SI unit of a column; 1 where the header has none.</summary>
    public string Unit(string name) => _table.Columns[Find(name)].Unit is { Length: > 0 } unit && UnitExpression.Parse(unit) is { } known
        ? UnitExpression.BaseOf(known) : "1";

    private int Find(string name)
    {
        int k = Array.IndexOf([.. Names], name);
        return k >= 0 ? k : throw new InputException(_source, 0, "", "",
            $"there is no column '{name}'; there are {string.Join(", ", Names)}");
    }
}
