namespace FvSolver.Solver.Observe;

/// <summary>A column of a recorded table together with the value that it records.</summary>
/// <typeparam name="T">What the value is read from.</typeparam>
/// <param name="Name">Name of the dataset.</param>
/// <param name="Unit">SI unit as text.</param>
/// <param name="LongName">Meaning, in words.</param>
/// <param name="Value">Reads the value [unit].</param>
public sealed record RecordedColumn<T>(string Name, string Unit, string LongName, Func<T, double> Value) : Column(Name, Unit, LongName);

/// <summary>Appends rows to a table, each value by its own column.</summary>
/// <typeparam name="T">What the values are read from.</typeparam>
/// <param name="columns">Columns, in the order of the table.</param>
internal sealed class RowWriter<T>(IReadOnlyList<RecordedColumn<T>> columns)
{
    private readonly double[] _row = new double[columns.Count];

    /// <summary>Appends the present values.</summary>
    public void Append(Table table, T source)
    {
        for (int k = 0; k < _row.Length; k++)
            _row[k] = columns[k].Value(source);
        table.Append(_row);
    }

    /// <summary>Appends the last row of a table once more, with another value in one column.</summary>
    public void Repeat(Table table, RecordedColumn<T> column, double value)
    {
        for (int k = 0; k < _row.Length; k++)
            _row[k] = columns[k] == column ? value : table[columns[k].Name][^1];
        table.Append(_row);
    }
}
