using FvSolver.Solver.LinearAlgebra;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

public sealed class MultifrontalSolverTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 1)]
    [InlineData(15, 2)]
    [InlineData(17, 1)]
    [InlineData(33, 1)]
    [InlineData(40, 3)]
    [InlineData(64, 9)]
    [InlineData(70, 70)]
    public void Every_size_of_front_is_solved(int columns, int rows)
    {
        GridSystem system = GridSystem.Dominant(columns, rows, 1 + rows % 2, columns);
        using var solver = new MultifrontalSolver(system.Pattern);
        system.Load(solver);
        Assert.Equal(-1, solver.Factorise());
        double[] expected = system.NaturalVector(1), x = system.Times(expected);
        solver.Solve(x);
        Assert.InRange(system.Difference(x, expected), 0, 1e-12);
    }

    [Fact]
    public void Factors_beyond_the_cache_are_written_past_it_and_read_back()
    {
        GridSystem system = GridSystem.Dominant(110, 101, 1, 3);
        using var solver = new MultifrontalSolver(system.Pattern);
        Assert.True(solver.FactorBytes > 4 << 20, $"{solver.FactorBytes} bytes stay in the cache");
        for (int round = 0; round < 2; round++)
        {
            system.Load(solver);
            Assert.Equal(-1, solver.Factorise());
            double[] expected = system.NaturalVector(1 + round), x = system.Times(expected);
            solver.Solve(x);
            Assert.InRange(system.Difference(x, expected), 0, 1e-12);
        }
    }

    [Fact]
    public void Row_exchanges_within_a_group_are_followed()
    {
        // A dominant matrix with its rows permuted: no pivot stands on the diagonal. It is small enough to be one group.
        const int Size = 19;
        GridSystem system = GridSystem.Dominant(1, Size, 1, 6);
        int[] swap = [.. Enumerable.Range(0, Size).Select(i => (i * 5 + 3) % Size)];
        SparsityPattern pattern = system.Pattern with { Rows = [.. system.Pattern.Rows.Select(r => swap[r])] };
        using var solver = new MultifrontalSolver(pattern);
        for (int k = 0; k < pattern.Rows.Length; k++)
            solver.Values[solver.Slot(pattern.Rows[k], pattern.Columns[k])] = system[k];
        Assert.Equal(-1, solver.Factorise());
        double[] expected = system.NaturalVector(1), b = system.Times(expected), x = new double[Size];
        for (int i = 0; i < Size; i++)
            x[swap[i]] = b[i];
        solver.Solve(x);
        Assert.InRange(system.Difference(x, expected), 0, 1e-12);
    }

    [Theory]
    [InlineData(1e-12)]
    public void A_group_that_is_nearly_singular_by_itself_costs_no_digits(double share)
    {
        GridSystem system = GridSystem.Dominant(20, 20, 1, 4);
        var matrix = new CompressedColumns(system.Pattern);
        int[][] groups = [.. new NestedDissection(matrix).Groups.Select(g => g.ToArray())];
        var owner = new int[system.Size];
        for (int g = 0; g < groups.Length; g++)
            foreach (int u in groups[g])
                owner[u] = g;
        (int[] rows, int[] columns) = (system.Pattern.Rows, system.Pattern.Columns);
        // Of one row next to a cut, only what joins it to the cut is left.
        int weak = groups[0].First(u => rows.Zip(columns).Any(e => e.First == u && owner[e.Second] != 0));
        for (int k = 0; k < rows.Length; k++)
            if (rows[k] == weak && owner[columns[k]] == 0)
                system[k] *= share;
        using var solver = new MultifrontalSolver(system.Pattern);
        system.Load(solver);
        Assert.Equal(-1, solver.Factorise());
        Assert.InRange(solver.ReciprocalCondition, 0, share);
        double[] expected = system.NaturalVector(1), x = system.Times(expected);
        solver.Solve(x);
        Assert.InRange(system.Difference(x, expected), 0, 1e-13);
    }

    [Fact]
    public void Parts_that_are_not_connected_are_solved_side_by_side()
    {
        GridSystem one = GridSystem.Dominant(9, 8, 1, 2);
        int n = one.Size;
        var pattern = new SparsityPattern(2 * n,
            [.. one.Pattern.Rows, .. one.Pattern.Rows.Select(r => r + n)],
            [.. one.Pattern.Columns, .. one.Pattern.Columns.Select(c => c + n)],
            new int[2 * n], [.. one.Pattern.Scale, .. one.Pattern.Scale]);
        using var solver = new MultifrontalSolver(pattern);
        for (int k = 0; k < one.Pattern.Rows.Length; k++)
            foreach (int shift in new[] { 0, n })
                solver.Values[solver.Slot(one.Pattern.Rows[k] + shift, one.Pattern.Columns[k] + shift)] = one[k];
        Assert.Equal(-1, solver.Factorise());
        double[] first = one.NaturalVector(1), second = one.NaturalVector(2), x = [.. one.Times(first), .. one.Times(second)];
        solver.Solve(x);
        Assert.InRange(one.Difference(x[..n], first), 0, 1e-12);
        Assert.InRange(one.Difference(x[n..], second), 0, 1e-12);
    }

    [Fact]
    public void Work_and_memory_grow_with_the_size_as_nested_dissection_promises()
    {
        // n^1.5 operations and n log n numbers: 8 and about 5 times for four times the unknowns, less the effect of small grids.
        using var small = new MultifrontalSolver(GridSystem.Dominant(48, 48, 1, 1).Pattern);
        using var large = new MultifrontalSolver(GridSystem.Dominant(96, 96, 1, 1).Pattern);
        Assert.InRange(large.Operations / small.Operations, 4, 8);
        Assert.InRange((double)large.FactorBytes / small.FactorBytes, 4, 5.5);
        // About 10 N^3 multiplications for a symmetric matrix on an N x N grid (George 1973): four times that with LU and additions.
        Assert.InRange(large.Operations / Math.Pow(96, 3), 20, 60);
    }

    [Fact]
    public void Rows_that_reach_over_the_diagonals_do_not_bend_the_cuts()
    {
        // Cuts along diagonals, which part a grid of four neighbours for the least operations, are lost; straight ones stay what they are.
        const int Side = 70;
        SparsityPattern along = GridSystem.DriftDiffusion(Side, Side, gate: false, 1).Pattern;
        (int Row, int Column)[] across = [.. Enumerable.Range(0, (Side - 1) * Side).Where(a => a % Side < Side - 1)
            .SelectMany(a => new[] { (a, a + Side + 1), (a + Side + 1, a), (a + 1, a + Side), (a + Side, a + 1) })
            .Select(pair => (3 * pair.Item1 + 1, 3 * pair.Item2))];
        using var plain = new MultifrontalSolver(along);
        using var crossed = new MultifrontalSolver(along with
        {
            Rows = [.. along.Rows, .. across.Select(e => e.Row)],
            Columns = [.. along.Columns, .. across.Select(e => e.Column)],
        });
        Assert.InRange(crossed.Operations / plain.Operations, 1, 2.2);
    }

    [Fact]
    public void Groups_of_different_branches_have_no_common_entry()
    {
        GridSystem system = GridSystem.DriftDiffusion(30, 25, gate: true, 5);
        var matrix = new CompressedColumns(system.Pattern);
        var dissection = new NestedDissection(matrix);
        Assert.Equal(Enumerable.Range(0, system.Size), dissection.Groups.SelectMany(g => g).Order());
        var owner = new int[system.Size];
        for (int g = 0; g < dissection.Groups.Count; g++)
        {
            Assert.True(dissection.Parent[g] < 0 || dissection.Parent[g] > g);
            foreach (int u in dissection.Groups[g])
                owner[u] = g;
        }
        bool IsAbove(int ancestor, int g)
        {
            for (; g >= 0; g = dissection.Parent[g])
                if (g == ancestor)
                    return true;
            return false;
        }
        for (int k = 0; k < system.Pattern.Rows.Length; k++)
        {
            int a = owner[system.Pattern.Rows[k]], b = owner[system.Pattern.Columns[k]];
            Assert.True(IsAbove(a, b) || IsAbove(b, a));
        }
        // The gate, coupled to a whole side, would make every cut useless: it is eliminated last.
        Assert.Contains(system.Size - 1, dissection.Groups[^1]);
    }
}
