using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Compressed-column form of a pattern: rows sorted within each column, each entry once.</summary>
internal sealed class CompressedColumns
{
    /// <summary>Sorts the entries of a pattern into columns; repeated entries share a slot.</summary>
    public CompressedColumns(SparsityPattern pattern)
    {
        int n = pattern.Size;
        if (n < 1)
            throw new ArgumentException($"A pattern needs at least one unknown; it has {n}.");
        if (pattern.Rows.Length != pattern.Columns.Length)
            throw new ArgumentException(
                $"A pattern needs as many rows as columns; it has {pattern.Rows.Length} and {pattern.Columns.Length}.");
        if (pattern.Scale.Length != n || pattern.Level.Length != n)
            throw new ArgumentException(
                $"A pattern of {n} unknowns needs as many scales and levels; it has {pattern.Scale.Length} and {pattern.Level.Length}.");

        Size = n;
        var entries = new (int Column, int Row)[pattern.Rows.Length];
        for (int k = 0; k < entries.Length; k++)
        {
            int i = pattern.Rows[k], j = pattern.Columns[k];
            if ((uint)i >= (uint)n || (uint)j >= (uint)n)
                throw new ArgumentException($"Entry ({i}, {j}) lies outside a matrix of {n} unknowns.");
            entries[k] = (j, i);
        }
        (Pointers, Rows) = CompressedPairs.Of(n, entries);

        Scale = new double[n];
        for (int j = 0; j < n; j++)
        {
            double s = pattern.Scale[j];
            if (!(s > 0) || double.IsInfinity(s))
                throw new ArgumentException($"The scale of unknown {j} is {s}; it must be positive and finite.");
            Scale[j] = PowerOfTwo(s);
        }
    }

    /// <summary>Number of unknowns.</summary>
    public int Size { get; }

    /// <summary>First entry of each column, with the number of entries as last.</summary>
    public int[] Pointers { get; }

    /// <summary>Row of each entry.</summary>
    public int[] Rows { get; }

    /// <summary>Entries as assembled, for solvers that keep them in this order.</summary>
    public double[] Values => field ??= new double[Rows.Length];

    /// <summary>Entries times the scale of their column.</summary>
    public double[] Scaled => field ??= new double[Rows.Length];

    /// <summary>Scale of each column, rounded to a power of two so that scaling is exact.</summary>
    public double[] Scale { get; }

    /// <summary>Position of an entry.</summary>
    public int Slot(int row, int column)
    {
        if ((uint)row < (uint)Size && (uint)column < (uint)Size)
        {
            int start = Pointers[column];
            int at = Array.BinarySearch(Rows, start, Pointers[column + 1] - start, row);
            if (at >= 0)
                return at;
        }
        throw new ArgumentException($"Entry ({row}, {column}) is not in the pattern.");
    }

    /// <summary>Writes <see cref="Scaled"/>.</summary>
    /// <returns>-1, or the first column that holds a value which is not finite.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public int ApplyScale()
    {
        double[] values = Values, scaled = Scaled;
        double poison = 0;
        for (int j = 0; j < Size; j++)
        {
            double s = Scale[j];
            for (int k = Pointers[j]; k < Pointers[j + 1]; k++)
            {
                scaled[k] = values[k] * s;
                poison += scaled[k] * 0;
            }
        }
        if (poison == 0)
            return -1;
        for (int j = 0; j < Size; j++)
            for (int k = Pointers[j]; k < Pointers[j + 1]; k++)
                if (!double.IsFinite(scaled[k]))
                    return j;
        return -1;
    }

    /// <summary>Turns the solution of the scaled system into that of the matrix.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Unscale(Span<double> x)
    {
        for (int j = 0; j < x.Length; j++)
            x[j] *= Scale[j];
    }

    /// <summary>Largest power of two that does not exceed a positive number.</summary>
    public static double PowerOfTwo(double x) => Math.ScaleB(1, Math.ILogB(x));
}
