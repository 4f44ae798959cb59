using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Fits;

/// <summary>Points to be fitted: inputs, one observed value and, if known, its standard deviation.</summary>
public sealed class FitData
{
    private readonly double[][] _rows;

    /// <param name="inputs">One array per input, all of the same length.</param>
    /// <param name="observed">Observed values.</param>
    /// <param name="sigma">Standard deviations, or null for equal weights.</param>
    public FitData(IReadOnlyList<IReadOnlyList<double>> inputs, IReadOnlyList<double> observed, IReadOnlyList<double>? sigma = null)
    {
        foreach (IReadOnlyList<double> column in inputs.Concat(sigma is null ? [] : [sigma]))
            if (column.Count != observed.Count)
                throw new ArgumentException($"Columns of the data differ in length: {column.Count} and {observed.Count}.");
        InputCount = inputs.Count;
        Observed = [.. observed];
        Sigma = sigma is null ? null : [.. sigma];
        _rows = [.. Enumerable.Range(0, observed.Count).Select(i => inputs.Select(c => c[i]).ToArray())];
    }

    /// <summary>Number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>Number of points.</summary>
    public int Count => Observed.Length;

    /// <summary>Observed values.</summary>
    public double[] Observed { get; }

    /// <summary>Standard deviations, or null.</summary>
    public double[]? Sigma { get; }

    /// <summary>Inputs of a point.</summary>
    public ReadOnlySpan<double> Row(int i) => _rows[i];

    /// <summary>One input over all points.</summary>
    public double[] Input(int k) => [.. _rows.Select(r => r[k])];

    /// <summary>A law at every point.</summary>
    public double[] Evaluate(ILaw law, double[] p)
    {
        var y = new double[Count];
        for (int i = 0; i < y.Length; i++)
            y[i] = law.Evaluate(p, _rows[i]);
        return y;
    }

    /// <summary>Columns of a table of results.</summary>
    public static FitData FromTable(Table table, IReadOnlyList<string> inputs, string observed, string? sigma = null) =>
        new([.. inputs.Select(c => table[c])], table[observed], sigma is null ? null : table[sigma]);

    /// <summary>Columns of a CSV file with a header.</summary>
    /// <exception cref="InvalidDataException">The file is not such a CSV; one line with file and line number.</exception>
    public static FitData FromCsv(string path, IReadOnlyList<string> inputs, string observed, string? sigma = null)
    {
        CsvColumns csv = CsvColumns.Read(path);
        return new([.. inputs.Select(csv.Column)], csv.Column(observed), sigma is null ? null : csv.Column(sigma));
    }
}
