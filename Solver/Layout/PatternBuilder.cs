using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Solver.Layout;

/// <summary>Collects the entries that the parts of an assembly will write.</summary>
/// <remarks>Sweeps build one for each device: entries are only listed when they are declared, and sorted once.</remarks>
public sealed class PatternBuilder
{
    private readonly List<(int Column, int Row)> _entries = [];

    /// <summary>Declares an entry; one may be declared several times.</summary>
    public void Add(int row, int column) => _entries.Add((column, row));

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
        foreach ((int column, int row) in CollectionsMarshal.AsSpan(_entries))
            if (Math.Abs(level[row] - level[column]) > 1)
                return false;
        return true;
    }

    /// <summary>Levels of which those between the ends of each entry are joined, so that all entries are within or beside levels.</summary>
    /// <param name="level">Level of each unknown.</param>
    public int[] Join(int[] level)
    {
        var isJoined = new bool[level.Max() + 1];
        foreach ((int column, int row) in _entries)
            for (int l = Math.Min(level[row], level[column]) + 2; l <= Math.Max(level[row], level[column]); l++)
                isJoined[l] = true;
        var number = new int[isJoined.Length];
        for (int l = 1; l < number.Length; l++)
            number[l] = number[l - 1] + (isJoined[l] ? 0 : 1);
        return [.. level.Select(l => number[l])];
    }

    /// <summary>The pattern, by columns and in them by rows, each entry once; every diagonal entry is part of it.</summary>
    public SparsityPattern Build(int size, int[] level, double[] scale)
    {
        for (int i = 0; i < size; i++)
            Add(i, i);
        (int[] pointers, int[] rows) = CompressedPairs.Of(size, CollectionsMarshal.AsSpan(_entries));
        var columns = new int[rows.Length];
        for (int j = 0; j < size; j++)
            Array.Fill(columns, j, pointers[j], pointers[j + 1] - pointers[j]);
        return new(size, rows, columns, level, scale);
    }
}
