using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

/// <summary>Blocks of any sizes, in one number and in lanes, against the residual of the solution.</summary>
public class BlockTridiagonalTests
{
    /// <summary>Sizes of the blocks; true: the unknowns of one place in the blocks are numbered in a row, as runs need it.</summary>
    public static TheoryData<int[], bool> Sizes
    {
        get
        {
            var data = new TheoryData<int[], bool>();
            foreach (int[] sizes in Blocks)
            {
                data.Add(sizes, false);
                data.Add(sizes, true);
            }
            return data;
        }
    }

    private static int[][] Blocks =>
    [
        [1],
        [3],
        [2, 2],
        [1, 2, 1],
        [2, 2, 2, 2, 2, 2, 2],
        [5, 2, 2, 2, 2, 2, 4, 1, 1, 1],
        [1, 1, 5, 2, 2, 2, 2, 4],
        [6, 3, 3, 3, 3, 5, 2, 2, 1],
        [2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 7],
        [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2],
        [4, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 3],
        [3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1],
        [3, 3, 3, 3, 3, 3, 3, 3, 3, 3],
        [2, 9, 3, 3, 3, 3, 3, 3, 8, 2, 2, 2, 10, 1],
        [1, 1, 1, 1, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 2, 2, 2, 2, 2, 1, 1, 1, 1],
        // Runs of different blocks side by side, upward and downward.
        [.. Many(15, 3), .. Many(11, 2)],
        [.. Many(11, 2), .. Many(15, 3)],
        [.. Many(12, 3), .. Many(23, 1)],
        [.. Many(23, 1), .. Many(12, 3)],
        [.. Many(12, 2), .. Many(17, 1)],
        [.. Many(17, 1), .. Many(12, 2)],
        [1, 1, 1, 1, 4, .. Many(21, 3), 5, .. Many(10, 2), .. Many(11, 1)],
        [.. Many(11, 1), .. Many(10, 2), 5, .. Many(21, 3), 4, 1, 1, 1, 1],
    ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_solution_fulfils_the_equations(int[] sizes, bool isOrdered)
    {
        var random = new Random(sizes.Length);
        (SparsityPattern pattern, double[] entries) = Matrix(sizes, isOrdered, random);
        double[] rhs = [.. Enumerable.Range(0, pattern.Size).Select(_ => random.NextDouble() - 0.5)];
        var one = new BlockTridiagonal<Scalar>(pattern);
        var eight = new BlockTridiagonal<Lanes>(pattern);
        for (int i = 0; i < entries.Length; i++)
        {
            one.Values[one.Slot(pattern.Rows[i], pattern.Columns[i])] = new(entries[i]);
            // Each lane has a matrix of its own, a multiple of the first.
            eight.Values[eight.Slot(pattern.Rows[i], pattern.Columns[i])] =
                Lanes.FromLanes([.. Enumerable.Range(1, 8).Select(k => k * entries[i])]);
        }
        Scalar[] before = [.. one.Values];
        Assert.Equal((-1, -1), (one.Factorise(), eight.Factorise()));
        Assert.True(before.AsSpan().SequenceEqual(one.Values), "the factorisation changed the matrix");
        Scalar[] x = [.. rhs.Select(b => new Scalar(b))];
        Lanes[] y = [.. rhs.Select(b => Lanes.From(b))];
        one.Solve(x);
        eight.Solve(y);
        for (int lane = 0; lane <= 8; lane++)
        {
            double[] residual = [.. rhs];
            for (int i = 0; i < entries.Length; i++)
            {
                int column = pattern.Columns[i];
                residual[pattern.Rows[i]] -= entries[i] * (lane == 0 ? x[column] : y[column][lane - 1] * lane);
            }
            Assert.All(residual, r => Assert.Equal(0, r, 1e-13));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_row_without_entries_is_named(int[] sizes, bool isOrdered)
    {
        (SparsityPattern pattern, double[] entries) = Matrix(sizes, isOrdered, new Random(1));
        for (int zero = 0; zero < pattern.Size; zero++)
        {
            var solver = new BlockTridiagonal<Scalar>(pattern);
            for (int i = 0; i < entries.Length; i++)
                if (pattern.Rows[i] != zero && pattern.Columns[i] != zero)
                    solver.Values[solver.Slot(pattern.Rows[i], pattern.Columns[i])] = new(entries[i]);
            int found = solver.Factorise();
            // Blocks of runs are eliminated by their determinants: the report names the level.
            Assert.True(found >= 0);
            Assert.Equal(pattern.Level[zero], pattern.Level[found]);
        }
    }

    [Fact]
    public void Entries_between_levels_that_are_not_adjacent_are_refused()
    {
        var pattern = new SparsityPattern(3, [0, 1, 2, 0], [0, 1, 2, 2], [0, 1, 2], [1, 1, 1]);
        Assert.Throws<ArgumentException>(() => new BlockTridiagonal<Scalar>(pattern));
    }

    private static IEnumerable<int> Many(int count, int size) => Enumerable.Repeat(size, count);

    /// <summary>A full block-tridiagonal pattern with unknowns in random order or place by place; diagonally
    /// dominant, as its users' matrices are.</summary>
    private static (SparsityPattern Pattern, double[] Entries) Matrix(int[] sizes, bool isOrdered, Random random)
    {
        int[] level = [.. from place in Enumerable.Range(0, sizes.Max())
                          from l in Enumerable.Range(0, sizes.Length)
                          where sizes[l] > place
                          select 2 * l + 3];
        if (!isOrdered)
            random.Shuffle(level);
        int n = level.Length;
        var rows = new List<int>();
        var columns = new List<int>();
        var entries = new List<double>();
        for (int j = 0; j < n; j++)
            for (int i = 0; i < n; i++)
                if (Math.Abs(level[i] - level[j]) <= 2)
                {
                    rows.Add(i);
                    columns.Add(j);
                    entries.Add(i == j ? 8 + random.NextDouble() : random.NextDouble() - 0.5);
                }
        return (new(n, [.. rows], [.. columns], level, new double[n]), [.. entries]);
    }
}
