namespace FvSolver.Solver.LinearAlgebra;

/// <summary>One entry of the matrix: where its value comes from and its place within its block.</summary>
/// <param name="Source">Entry of the compressed columns.</param>
/// <param name="Row">Row within its level.</param>
/// <param name="Column">Column within its level.</param>
internal readonly record struct BlockEntry(int Source, int Row, int Column);

/// <summary>One level: its unknowns, and its entries on the diagonal and towards its neighbours.</summary>
internal sealed class BlockLevel
{
    /// <summary>Unknowns of the level: first those without entries towards other levels, then the coupled ones.</summary>
    public required int[] Unknowns { get; init; }

    /// <summary>Number of unknowns without entries towards other levels.</summary>
    public required int Uncoupled { get; init; }

    /// <summary>Entries within the level.</summary>
    public BlockEntry[] Diagonal { get; set; } = [];

    /// <summary>Entries towards the previous level, by rows.</summary>
    public BlockEntry[] Lower { get; set; } = [];

    /// <summary>Entries towards the next level, by rows.</summary>
    public BlockEntry[] Upper { get; set; } = [];

    /// <summary>Number of unknowns.</summary>
    public int Size => Unknowns.Length;

    /// <summary>Number of unknowns with entries towards other levels.</summary>
    public int Coupled => Size - Uncoupled;
}

/// <summary>Sorts the entries of a pattern into levels and border.</summary>
/// <remarks>
/// Within a level, unknowns without lateral entries come first. The coupled ones are then contiguous, the products of
/// neighbouring levels dense, and the triangular solves start and stop at them.
/// </remarks>
internal sealed class BlockColumnLayout
{
    /// <summary>Sorts a pattern.</summary>
    /// <exception cref="ArgumentException">An entry joins levels that are not adjacent.</exception>
    public BlockColumnLayout(SparsityPattern pattern, CompressedColumns matrix)
    {
        int n = matrix.Size, count = 0;
        int[] level = pattern.Level;
        var coupled = new bool[n];
        for (int u = 0; u < n; u++)
        {
            if (level[u] < -1 || level[u] >= n)
                throw new ArgumentException($"The level of unknown {u} is {level[u]}; it must be -1 (border) or 0 to {n - 1}.");
            count = Math.Max(count, level[u] + 1);
        }
        ForEach(matrix, (source, row, column) =>
        {
            if (level[row] < 0 || level[column] < 0 || level[row] == level[column])
                return;
            if (Math.Abs(level[row] - level[column]) > 1)
                throw new ArgumentException(
                    $"Entry ({row}, {column}) joins levels {level[row]} and {level[column]}; only equal or adjacent levels may be joined, or the unknown belongs to the border (level -1).");
            coupled[row] = coupled[column] = true;
        });

        Place = new int[n];
        var byLevel = Enumerable.Range(0, n).ToLookup(u => level[u]);
        Levels = new BlockLevel[count];
        for (int l = 0; l < count; l++)
        {
            int[] free = [.. byLevel[l].Where(u => !coupled[u])];
            Levels[l] = new BlockLevel { Unknowns = [.. free, .. byLevel[l].Where(u => coupled[u])], Uncoupled = free.Length };
            SetPlaces(Levels[l].Unknowns);
        }
        Border = [.. byLevel[-1]];
        SetPlaces(Border);

        var diagonal = new List<BlockEntry>[count + 1];
        var lower = new List<BlockEntry>[count + 1];
        var upper = new List<BlockEntry>[count + 1];
        for (int l = 0; l <= count; l++)
            (diagonal[l], lower[l], upper[l]) = ([], [], []);
        ForEach(matrix, (source, row, column) =>
        {
            int i = level[row], j = level[column];
            var entry = new BlockEntry(source, Place[row], Place[column]);
            if (i < 0 && j < 0)
                diagonal[count].Add(entry);
            else if (i < 0)
                lower[count].Add(entry with { Column = column });
            else if (j < 0)
                upper[count].Add(entry with { Row = row });
            else
                (i == j ? diagonal : i > j ? lower : upper)[i].Add(entry);
        });
        for (int l = 0; l < count; l++)
        {
            Levels[l].Diagonal = [.. diagonal[l]];
            Levels[l].Lower = [.. lower[l].OrderBy(e => e.Row).ThenBy(e => e.Column)];
            Levels[l].Upper = [.. upper[l].OrderBy(e => e.Row).ThenBy(e => e.Column)];
        }
        LargestLevel = Levels.Max(l => (int?)l.Size) ?? 0;
        (BorderDiagonal, BorderRows, BorderColumns) = ([.. diagonal[count]], [.. lower[count]], [.. upper[count]]);
    }

    /// <summary>Levels in order.</summary>
    public BlockLevel[] Levels { get; }

    /// <summary>Unknowns of the border.</summary>
    public int[] Border { get; }

    /// <summary>Entries between border unknowns.</summary>
    public BlockEntry[] BorderDiagonal { get; }

    /// <summary>Entries of border rows in the columns of levels; the column is the number of the unknown.</summary>
    public BlockEntry[] BorderRows { get; }

    /// <summary>Entries of border columns in the rows of levels; the row is the number of the unknown.</summary>
    public BlockEntry[] BorderColumns { get; }

    /// <summary>Place of each unknown within its level or the border.</summary>
    public int[] Place { get; }

    /// <summary>Most unknowns in a level.</summary>
    public int LargestLevel { get; }

    /// <summary>Floating-point operations of one factorisation, about.</summary>
    public double Operations => Levels.Sum(l => 2.0 / 3 * Math.Pow(l.Size, 3) + 4.0 / 3 * Math.Pow(l.Coupled, 3));

    private void SetPlaces(int[] unknowns)
    {
        for (int k = 0; k < unknowns.Length; k++)
            Place[unknowns[k]] = k;
    }

    private static void ForEach(CompressedColumns matrix, Action<int, int, int> visit)
    {
        for (int j = 0; j < matrix.Size; j++)
            for (int k = matrix.Pointers[j]; k < matrix.Pointers[j + 1]; k++)
                visit(k, matrix.Rows[k], j);
    }
}
