namespace FvSolver.Solver.LinearAlgebra;

/// <summary>One group of unknowns that is eliminated as a dense block, and where its numbers live.</summary>
/// <remarks>
/// Rows and columns of a front are its own unknowns, the pivots, and behind them those of later groups that its elimination
/// touches, its border. Both counts are rounded up to whole paddings of <see cref="DenseKernel"/>, filled with zeros.
/// </remarks>
/// <param name="places">Pivots and border, by their place in the elimination order; the pivots are consecutive.</param>
/// <param name="pivots">Number of pivots.</param>
/// <param name="children">Fronts whose rests are added to this one.</param>
internal sealed class Front(int[] places, int pivots, int[] children)
{
    /// <summary>Pivots and border, by their place in the elimination order.</summary>
    public int[] Places { get; } = places;

    /// <summary>First place of the pivots in the elimination order.</summary>
    public int First { get; } = places[0];

    /// <summary>Number of pivots.</summary>
    public int Pivots { get; } = pivots;

    /// <summary>Number of border places.</summary>
    public int Border { get; } = places.Length - pivots;

    /// <summary>Pivots with their padding.</summary>
    public int PaddedPivots { get; } = DenseKernel.Padded(pivots);

    /// <summary>Border with its padding.</summary>
    public int PaddedBorder { get; } = DenseKernel.Padded(places.Length - pivots);

    /// <summary>Length of a row of pivots: pivot columns, then border columns.</summary>
    public int RowLength { get; } = DenseKernel.RowLength(DenseKernel.Padded(pivots) + DenseKernel.Padded(places.Length - pivots));

    /// <summary>Length of a row of the border's blocks.</summary>
    public int BorderRowLength { get; } = DenseKernel.RowLength(places.Length - pivots);

    /// <summary>Fronts whose rests are added to this one.</summary>
    public int[] Children { get; } = children;

    /// <summary>Number of entries of the matrix in it.</summary>
    public int Entries { get; set; }

    /// <summary>Numbers of the work space: rows of pivots, then the border's rows in the pivot columns, transposed.</summary>
    public int WorkLength => checked(PaddedPivots * (RowLength + BorderRowLength));

    /// <summary>Where the transposed border rows start in it.</summary>
    public int BorderStart => PaddedPivots * RowLength;

    /// <summary>Where L starts among those of all fronts.</summary>
    public long LowerStart { get; set; }

    /// <summary>Where U starts among those of all fronts.</summary>
    public long UpperStart { get; set; }

    /// <summary>Numbers that L takes in the order of a solve: see <see cref="FactorStore"/>.</summary>
    public int LowerLength { get; } = FactorStore.LowerLength(pivots, places.Length - pivots);

    /// <summary>Numbers that U takes; blocks on the diagonal, which hold both, are in either.</summary>
    public int UpperLength { get; } = FactorStore.UpperLength(pivots, places.Length - pivots);

    /// <summary>Where the rest starts: border rows and columns, on their way to the parent.</summary>
    public long RestStart { get; set; }

    /// <summary>Numbers that the rest takes.</summary>
    public int RestLength => checked(PaddedBorder * BorderRowLength);

    /// <summary>Where each place of the border stands in the parent: a column of its rows of pivots.</summary>
    public int[] InParent { get; private set; } = [];

    /// <summary>Number of border places that are pivots of the parent; they come first.</summary>
    public int PivotsOfParent { get; private set; }

    /// <summary>Border places that are consecutive also in the parent.</summary>
    public Run[] Runs { get; private set; } = [];

    /// <summary>First of the runs in the border of the parent.</summary>
    public int FirstBorderRun { get; private set; }

    /// <summary>Where an entry of the matrix goes in the work space.</summary>
    /// <param name="rowPlace">Place of its row.</param>
    /// <param name="columnPlace">Place of its column.</param>
    public int TargetOf(int rowPlace, int columnPlace) => (ColumnOf(rowPlace), ColumnOf(columnPlace)) is var (row, column) && row < Pivots
        ? row * RowLength + column
        : BorderStart + column * BorderRowLength + row - PaddedPivots;

    /// <summary>Says which front takes up the rest of this one.</summary>
    public void SetParent(Front parent)
    {
        InParent = [.. Places.Skip(Pivots).Select(parent.ColumnOf)];
        PivotsOfParent = InParent.Count(c => c < parent.PaddedPivots);
        // Border columns of the parent start behind its padding, which may be empty: a run does not reach across.
        Run[] toPivots = [.. RunsOf(0, PivotsOfParent)];
        Runs = [.. toPivots, .. RunsOf(PivotsOfParent, InParent.Length)];
        FirstBorderRun = toPivots.Length;
    }

    private IEnumerable<Run> RunsOf(int start, int end)
    {
        for (int from = start, i = start + 1; from < end; i++)
            if (i == end || InParent[i] != InParent[i - 1] + 1)
            {
                yield return new(from, InParent[from], i - from);
                from = i;
            }
    }

    private int ColumnOf(int place) => place < First + Pivots
        ? place - First
        : PaddedPivots + Array.BinarySearch(Places, Pivots, Border, place) - Pivots;
}

/// <summary>Consecutive columns of a block.</summary>
/// <param name="From">First column.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Length">Number of columns.</param>
internal readonly record struct Run(int From, int To, int Length);
