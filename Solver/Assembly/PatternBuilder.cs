using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Solver.Assembly;

/// <summary>Collects the entries that the parts of an assembly will write.</summary>
/// <remarks>Sweeps build one for each device: entries are only listed when they are declared, and sorted once.</remarks>
public sealed class PatternBuilder
{
    private readonly List<(int Row, int Column)> _entries = [];

    /// <summary>Declares an entry; one may be declared several times.</summary>
    public void Add(int row, int column) => _entries.Add((row, column));

    /// <summary>Declares that each row depends on each column.</summary>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        foreach (int row in rows)
            foreach (int column in columns)
                if (row >= 0 && column >= 0)
                    Add(row, column);
    }

    /// <summary>Whether all entries so far join unknowns of the same or of adjacent levels.</summary>
    /// <param name="level">Level of each unknown.</param>
    [MethodImpl(Compilation.HotLoop)]
    public bool IsBanded(int[] level)
    {
        foreach ((int row, int column) in CollectionsMarshal.AsSpan(_entries))
            if (Math.Abs(level[row] - level[column]) > 1)
                return false;
        return true;
    }

    /// <summary>The pattern, by columns and in them by rows, each entry once; every diagonal entry is part of it.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public SparsityPattern Build(int size, int[] level, double[] scale)
    {
        for (int i = 0; i < size; i++)
            Add(i, i);
        ReadOnlySpan<(int Row, int Column)> entries = CollectionsMarshal.AsSpan(_entries);
        var end = new int[size + 1];
        foreach ((_, int column) in entries)
            end[column + 1]++;
        for (int j = 0; j < size; j++)
            end[j + 1] += end[j];
        // Each column's rows are put in their place, which moves its start to its end.
        var sorted = new int[entries.Length];
        foreach ((int row, int column) in entries)
            sorted[end[column]++] = row;
        var rows = new List<int>(entries.Length);
        var columns = new List<int>(entries.Length);
        for (int j = 0, start = 0; j < size; start = end[j++])
        {
            Array.Sort(sorted, start, end[j] - start);
            for (int k = start; k < end[j]; k++)
            {
                if (k > start && sorted[k] == sorted[k - 1])
                    continue;
                rows.Add(sorted[k]);
                columns.Add(j);
            }
        }
        return new(size, [.. rows], [.. columns], level, scale);
    }
}
