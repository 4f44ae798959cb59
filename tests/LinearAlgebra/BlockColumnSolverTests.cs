using FvSolver.Solver.LinearAlgebra;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

public sealed class BlockColumnSolverTests
{
    [Fact]
    public void Levels_that_are_not_adjacent_are_refused_with_the_entry()
    {
        GridSystem system = GridSystem.Dominant(4, 2, 1, 1);
        int[] level = [0, 0, 1, 1, 3, 3, 2, 2];
        string message = Assert.Throws<ArgumentException>(() => new BlockColumnSolver(system.WithLevels(level).Pattern)).Message;
        Assert.Contains("levels 3 and 1", message);
        Assert.Contains("adjacent", message);
    }

    [Fact]
    public void Levels_out_of_range_are_refused()
    {
        GridSystem system = GridSystem.Dominant(2, 1, 1, 1);
        Assert.Throws<ArgumentException>(() => new BlockColumnSolver(system.WithLevels([0, -2]).Pattern));
        Assert.Throws<ArgumentException>(() => new BlockColumnSolver(system.WithLevels([0, 2]).Pattern));
    }

    [Fact]
    public void Any_valid_levels_give_the_same_solution()
    {
        GridSystem system = GridSystem.Dominant(6, 5, 3, 4);
        double[] expected = system.NaturalVector(1);
        int[] columns = system.Pattern.Level;
        int[] one = new int[system.Size];
        int[] reversed = [.. columns.Select(l => 5 - l)];
        int[] pairs = [.. columns.Select(l => l / 2)];
        int[] border = [.. Enumerable.Repeat(-1, system.Size)];
        int[] borderedColumn = [.. columns.Select(l => l == 3 ? -1 : l)];
        int[] spaced = [.. columns.Select(l => l < 3 ? l : l == 3 ? -1 : l + 3)];
        foreach (int[] level in new[] { columns, one, reversed, pairs, border, borderedColumn, spaced })
        {
            GridSystem other = system.WithLevels(level);
            using var solver = new BlockColumnSolver(other.Pattern);
            other.Load(solver);
            Assert.Equal(-1, solver.Factorise());
            double[] x = other.Times(expected);
            solver.Solve(x);
            Assert.InRange(other.Difference(x, expected), 0, 1e-12);
        }
    }

    [Fact]
    public void Row_exchanges_within_a_level_are_followed()
    {
        // A permuted dominant matrix within each level: no pivot stands on the diagonal.
        GridSystem system = GridSystem.Dominant(4, 20, 1, 6);
        int[] swap = [.. Enumerable.Range(0, 80).Select(i => i / 20 * 20 + (i % 20 * 7 + 3) % 20)];
        SparsityPattern pattern = system.Pattern with { Rows = [.. system.Pattern.Rows.Select(r => swap[r])] };
        using var solver = new BlockColumnSolver(pattern);
        for (int k = 0; k < pattern.Rows.Length; k++)
            solver.Values[solver.Slot(pattern.Rows[k], pattern.Columns[k])] = system[k];
        Assert.Equal(-1, solver.Factorise());
        double[] expected = system.NaturalVector(1), b = system.Times(expected), x = new double[80];
        for (int i = 0; i < 80; i++)
            x[swap[i]] = b[i];
        solver.Solve(x);
        Assert.InRange(system.Difference(x, expected), 0, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void Every_block_size_is_solved(int rows)
    {
        GridSystem system = GridSystem.Dominant(3, rows, 1, rows);
        using var solver = new BlockColumnSolver(system.Pattern);
        system.Load(solver);
        Assert.Equal(-1, solver.Factorise());
        double[] expected = system.NaturalVector(1), x = system.Times(expected);
        solver.Solve(x);
        Assert.InRange(system.Difference(x, expected), 0, 1e-12);
    }
}
