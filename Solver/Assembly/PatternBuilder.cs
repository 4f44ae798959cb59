using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Solver.Assembly;

/// <summary>Collects the entries that the parts of an assembly will write.</summary>
public sealed class PatternBuilder
{
    private readonly HashSet<(int Row, int Column)> _entries = [];

    /// <summary>Entries so far.</summary>
    public IReadOnlyCollection<(int Row, int Column)> Entries => _entries;

    /// <summary>Declares an entry.</summary>
    public void Add(int row, int column) => _entries.Add((row, column));

    /// <summary>Declares that each row depends on each column.</summary>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        foreach (int row in rows)
            foreach (int column in columns)
                if (row >= 0 && column >= 0)
                    Add(row, column);
    }

    /// <summary>The pattern; every diagonal entry is part of it.</summary>
    public SparsityPattern Build(int size, int[] level, double[] scale)
    {
        for (int i = 0; i < size; i++)
            Add(i, i);
        (int Column, int Row)[] sorted = [.. _entries.Select(e => (e.Column, e.Row))];
        Array.Sort(sorted);
        return new(size, [.. sorted.Select(e => e.Row)], [.. sorted.Select(e => e.Column)], level, scale);
    }
}
