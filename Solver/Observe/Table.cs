namespace FvSolver.Solver.Observe;

/// <summary>What a column of a <see cref="Table"/> holds.</summary>
/// <param name="Name">Name of the dataset.</param>
/// <param name="Unit">SI unit as text.</param>
/// <param name="LongName">Meaning, in words.</param>
public record Column(string Name, string Unit, string LongName);

/// <summary>Rows of numbers that grow by appending; each column becomes one dataset of the result file.</summary>
public sealed class Table
{
    private readonly List<double>[] _data;

    /// <summary>An empty table with the given columns.</summary>
    public Table(IReadOnlyList<Column> columns)
    {
        Columns = columns;
        _data = [.. columns.Select(_ => new List<double>())];
    }

    /// <summary>Columns in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _data.Length == 0 ? 0 : _data[0].Count;

    /// <summary>Appends one row, in the order of the columns.</summary>
    public void Append(ReadOnlySpan<double> row)
    {
        if (row.Length != _data.Length)
            throw new ArgumentException($"A row of {_data.Length} values is needed; it has {row.Length}.");
        for (int i = 0; i < row.Length; i++)
            _data[i].Add(row[i]);
    }

    /// <summary>Appends rows.</summary>
    /// <param name="columns">Values of each column, in the order of the columns.</param>
    /// <param name="count">Rows.</param>
    public void Append(double[][] columns, int count)
    {
        if (columns.Length != _data.Length)
            throw new ArgumentException($"{_data.Length} columns are needed; there are {columns.Length}.");
        for (int i = 0; i < columns.Length; i++)
            _data[i].AddRange(columns[i].AsSpan(0, count));
    }

    /// <summary>Makes room for so many rows in all, so that columns are not copied while they grow.</summary>
    internal void Reserve(int rows)
    {
        foreach (List<double> column in _data)
            column.EnsureCapacity(rows);
    }

    /// <summary>A copy of the first rows; another thread may append meanwhile.</summary>
    public Table First(int count)
    {
        var first = new Table(Columns);
        for (int i = 0; i < _data.Length; i++)
            first._data[i].AddRange(_data[i].GetRange(0, count));
        return first;
    }

    /// <summary>Values of a column.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public IReadOnlyList<double> this[string column]
    {
        get
        {
            for (int i = 0; i < Columns.Count; i++)
                if (Columns[i].Name == column)
                    return _data[i];
            throw new KeyNotFoundException($"There is no column '{column}'; there are {string.Join(", ", Columns.Select(c => c.Name))}.");
        }
    }
}
