using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Eliminates the pivots of a dense front, with row exchanges among them.</summary>
/// <remarks>
/// Blocked right-looking elimination: Golub, Van Loan, "Matrix Computations", 4th ed., section 3.4. The row on the diagonal is kept
/// while its entry is within <see cref="KeepDiagonal"/> of the largest of the column. The border's rows are stored transposed: all
/// loops then run along rows. On the diagonal the factors of each block of <see cref="DenseKernel.Padding"/> pivots are left inverted, so
/// that a solve multiplies by them, and transposed: row j holds column j, of U^-1 up to the diagonal and of L^-1 behind it.
/// </remarks>
internal static unsafe class DenseLu
{
    /// <summary>Columns eliminated at once.</summary>
    public const int Panel = 16;

    /// <summary>The diagonal is the pivot when it reaches this fraction of the largest candidate.</summary>
    public const double KeepDiagonal = 0.1;

    /// <summary>Eliminates.</summary>
    /// <param name="front">Sizes.</param>
    /// <param name="rows">Rows of pivots: pivot columns with their padding, border columns.</param>
    /// <param name="border">The border's rows in the pivot columns, transposed.</param>
    /// <param name="order">Receives which row stands at each place.</param>
    /// <param name="work">Room for <see cref="Panel"/> rows of padded pivots.</param>
    /// <param name="range">Smallest and largest pivot so far.</param>
    /// <returns>-1, or the column without a pivot.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate(Front front, double* rows, double* border, int* order, double* work, ref PivotRange range)
    {
        int pivots = front.Pivots, padded = front.PaddedPivots, ld = front.RowLength, borderLd = front.BorderRowLength;
        int columns = padded + front.PaddedBorder;
        for (int i = 0; i < pivots; i++)
            order[i] = i;
        for (int k = 0; k < pivots; k += Panel)
        {
            int end = Math.Min(k + Panel, pivots), behind = Math.Min(k + Panel, padded);
            int bad = EliminatePanel(rows, ld, k, end, behind, pivots, order, front.First, ref range);
            if (bad >= 0)
                return bad;
            double* upper = rows + (long)k * ld, lower = border + (long)k * borderLd;
            for (int i = 1; i < end - k; i++)
                DenseKernel.SubtractColumns(upper + (long)i * ld + behind, upper + behind, ld, upper + (long)i * ld + k, columns - behind,
                    i);
            for (int i = 0; i < end - k; i++)
            {
                for (int j = 0; j < i; j++)
                    work[j] = upper[(long)j * ld + k + i];
                DenseKernel.SubtractColumns(lower + (long)i * borderLd, lower, borderLd, work, front.PaddedBorder, i);
                DenseKernel.Scale(lower + (long)i * borderLd, upper[(long)i * ld + k + i], front.PaddedBorder);
            }
            if (end == pivots)
                break;
            int left = padded - end;
            for (int i = end; i < padded; i++)
                for (int j = k; j < end; j++)
                    work[(j - k) * padded + i - end] = rows[(long)i * ld + j];
            DenseKernel.SubtractProduct(rows + (long)end * ld + end, ld, work, padded, upper + end, ld, left, columns - end, end - k);
            DenseKernel.SubtractProduct(border + (long)end * borderLd, borderLd, upper + end, ld, lower, borderLd, left, front.PaddedBorder,
                end - k);
        }
        for (int k = 0; k < pivots; k += DenseKernel.Padding)
            InvertBlock(rows + (long)k * ld + k, ld, Math.Min(DenseKernel.Padding, pivots - k));
        return -1;
    }

    // Column j of the inverses, from the columns before it: L^-1 by back substitution of its negative, U^-1 alike.
    [MethodImpl(Compilation.HotLoop)]
    private static void InvertBlock(double* block, int ld, int n)
    {
        const int Width = DenseKernel.Padding;
        double* inverse = stackalloc double[Width * Width];
        for (int j = 0; j < n; j++)
        {
            double* column = inverse + j * Width;
            for (int i = j + 1; i < n; i++)
            {
                double sum = block[(long)i * ld + j];
                for (int k = j + 1; k < i; k++)
                    sum += block[(long)i * ld + k] * column[k];
                column[i] = -sum;
            }
            // The diagonal of U is inverted already.
            column[j] = block[(long)j * ld + j];
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (int k = i + 1; k <= j; k++)
                    sum += block[(long)i * ld + k] * column[k];
                column[i] = -sum * block[(long)i * ld + i];
            }
        }
        for (int j = 0; j < n; j++)
            for (int i = 0; i < n; i++)
                block[(long)j * ld + i] = inverse[j * Width + i];
    }

    [MethodImpl(Compilation.HotLoop)]
    private static int EliminatePanel(double* rows, int ld, int k, int end, int behind, int pivots, int* order, int first,
        ref PivotRange range)
    {
        bool isWide = behind - k > DenseKernel.Padding;
        double* pivotRow = stackalloc double[Panel];
        for (int j = k; j < end; j++)
        {
            int pivot = ChoosePivot(rows, ld, j, pivots);
            double value = rows[(long)pivot * ld + j], size = Math.Abs(value);
            if (!(size > 0) || double.IsInfinity(size))
                return j;
            range.Add(size, first + j);
            double* row = rows + (long)j * ld;
            if (pivot != j)
            {
                (order[j], order[pivot]) = (order[pivot], order[j]);
                Exchange(row, rows + (long)pivot * ld, ld);
            }
            double inverse = 1 / value;
            row[j] = inverse;
            for (int c = k; c < behind; c++)
                pivotRow[c - k] = c > j ? row[c] : 0;
            Vector512<double> low = Vector512.Load(pivotRow), high = isWide ? Vector512.Load(pivotRow + DenseKernel.Padding) : default;
            for (int i = j + 1; i < pivots; i++)
            {
                double* target = rows + (long)i * ld;
                double f = target[j];
                if (f == 0)
                    continue;
                f *= inverse;
                var minus = Vector512.Create(-f);
                Vector512.MultiplyAddEstimate(minus, low, Vector512.Load(target + k)).Store(target + k);
                if (isWide)
                    Vector512.MultiplyAddEstimate(minus, high, Vector512.Load(target + k + DenseKernel.Padding))
                        .Store(target + k + DenseKernel.Padding);
                target[j] = f;
            }
        }
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    private static int ChoosePivot(double* rows, int ld, int j, int pivots)
    {
        int pivot = j;
        double best = Math.Abs(rows[(long)j * ld + j]), diagonal = best;
        for (int i = j + 1; i < pivots; i++)
            if (Math.Abs(rows[(long)i * ld + j]) is var size && size > best)
                (best, pivot) = (size, i);
        return diagonal >= KeepDiagonal * best && diagonal > 0 ? j : pivot;
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Exchange(double* x, double* y, int n)
    {
        for (int i = 0; i < n; i += DenseKernel.Padding)
        {
            var kept = Vector512.Load(x + i);
            Vector512.Load(y + i).Store(x + i);
            kept.Store(y + i);
        }
    }
}

/// <summary>Smallest and largest pivot of a factorisation.</summary>
internal struct PivotRange()
{
    /// <summary>Smallest pivot.</summary>
    public double Smallest { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest pivot.</summary>
    public double Largest { get; private set; }

    /// <summary>Place of the smallest in the elimination order.</summary>
    public int Weakest { get; private set; }

    /// <summary>Takes a pivot in.</summary>
    public void Add(double size, int place)
    {
        if (size < Smallest)
            (Smallest, Weakest) = (size, place);
        if (size > Largest)
            Largest = size;
    }
}
