using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>LU of one dense row-major block with row exchanges, and solves with it.</summary>
/// <remarks>
/// Blocked right-looking elimination: Golub, Van Loan, "Matrix Computations", 4th ed., section 3.4. The row on the diagonal is kept
/// while its entry is within <see cref="KeepDiagonal"/> of the largest of the column: entries of a diffusion matrix
/// then stay where the sparsity of the right-hand sides can be used.
/// </remarks>
internal static unsafe class DenseLu
{
    /// <summary>Columns eliminated at once, and rows solved at once.</summary>
    public const int Panel = 16;

    /// <summary>The diagonal is the pivot when it reaches this fraction of the largest candidate.</summary>
    public const double KeepDiagonal = 0.1;

    /// <summary>Factorises in place; the diagonal of U is stored inverted.</summary>
    /// <param name="a">Block, n rows of padded length <paramref name="ld"/>, padding zero.</param>
    /// <param name="n">Rows.</param>
    /// <param name="ld">Length of a row.</param>
    /// <param name="order">Receives which row of the block stands at each place.</param>
    /// <param name="smallest">Smallest pivot so far; lowered.</param>
    /// <param name="largest">Largest pivot so far; raised.</param>
    /// <param name="weakest">Column of the smallest pivot of this block, when it lowered <paramref name="smallest"/>.</param>
    /// <returns>-1, or the column without a pivot.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static int Factorise(double* a, int n, int ld, int* order, ref double smallest, ref double largest, ref int weakest)
    {
        for (int i = 0; i < n; i++)
            order[i] = i;
        for (int k = 0; k < n; k += Panel)
        {
            int end = Math.Min(k + Panel, n);
            for (int j = k; j < end; j++)
            {
                int pivot = ChoosePivot(a, n, ld, j);
                double value = a[(long)pivot * ld + j], size = Math.Abs(value);
                if (!(size > 0) || double.IsInfinity(size))
                    return j;
                if (size < smallest)
                    (smallest, weakest) = (size, j);
                largest = Math.Max(largest, size);
                if (pivot != j)
                    Exchange(a, ld, order, pivot, j);
                double* row = a + (long)j * ld;
                double inverse = 1 / value;
                row[j] = inverse;
                for (int i = j + 1; i < n; i++)
                {
                    double* target = a + (long)i * ld;
                    if (target[j] == 0)
                        continue;
                    double f = target[j] *= inverse;
                    for (int c = j + 1; c < end; c++)
                        target[c] -= f * row[c];
                }
            }
            if (end == n)
                break;
            // A panel that is not the last is full, so its end is a multiple of the padding.
            for (int i = k + 1; i < end; i++)
                for (int j = k; j < i; j++)
                    if (a[(long)i * ld + j] is var f and not 0)
                        DenseKernel.SubtractMultiple(a + (long)i * ld + end, f, a + (long)j * ld + end, ld - end);
            DenseKernel.SubtractProduct(a + (long)end * ld + end, ld, a + (long)end * ld + k, ld, a + (long)k * ld + end, ld, n - end, ld - end, end - k);
        }
        return -1;
    }

    /// <summary>Solves for one right-hand side.</summary>
    /// <param name="a">Factors.</param>
    /// <param name="n">Rows.</param>
    /// <param name="ld">Length of a row.</param>
    /// <param name="order">Order of the rows.</param>
    /// <param name="b">Right-hand side.</param>
    /// <param name="x">Solution, not overlapping <paramref name="b"/>.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static void Solve(double* a, int n, int ld, int* order, double* b, double* x)
    {
        for (int i = 0; i < n; i++)
            x[i] = b[order[i]] - DenseKernel.Dot(a + (long)i * ld, x, i);
        for (int i = n - 1; i >= 0; i--)
        {
            double* row = a + (long)i * ld;
            x[i] = (x[i] - DenseKernel.Dot(row + i + 1, x + i + 1, n - i - 1)) * row[i];
        }
    }

    /// <summary>Solves for many right-hand sides that are sparse and whose solution is not needed in every row.</summary>
    /// <param name="a">Factors.</param>
    /// <param name="n">Rows.</param>
    /// <param name="ld">Length of a row.</param>
    /// <param name="x">Right-hand sides with their rows already in the order of the factors; becomes the solution.</param>
    /// <param name="columns">Padded number of right-hand sides, also the length of a row of <paramref name="x"/>.</param>
    /// <param name="first">For each tile of columns the first row that is not zero.</param>
    /// <param name="needed">First row of the solution that is needed.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static void SolveMany(double* a, int n, int ld, double* x, int columns, int* first, int needed)
    {
        for (int c = 0, tile = 0; c < columns; c += DenseKernel.TileColumns, tile++)
        {
            int width = Math.Min(DenseKernel.TileColumns, columns - c);
            double* y = x + c;
            int start = first[tile] / Panel * Panel;
            for (int k = start; k < n; k += Panel)
            {
                int end = Math.Min(k + Panel, n);
                Subtract(y + (long)k * columns, columns, a + (long)k * ld + start, ld, y + (long)start * columns, end - k, width, k - start);
                for (int i = k + 1; i < end; i++)
                    for (int j = k; j < i; j++)
                        DenseKernel.SubtractMultiple(y + (long)i * columns, a[(long)i * ld + j], y + (long)j * columns, width);
            }
            for (int end = n; end > needed;)
            {
                int k = Math.Max((end - 1) / Panel * Panel, needed);
                Subtract(y + (long)k * columns, columns, a + (long)k * ld + end, ld, y + (long)end * columns, end - k, width, n - end);
                for (int i = end - 1; i >= k; i--)
                {
                    double* row = a + (long)i * ld;
                    for (int j = i + 1; j < end; j++)
                        DenseKernel.SubtractMultiple(y + (long)i * columns, row[j], y + (long)j * columns, width);
                    for (int j = 0; j < width; j++)
                        y[(long)i * columns + j] *= row[i];
                }
                end = k;
            }
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Subtract(double* c, int ldc, double* a, int lda, double* b, int m, int width, int k)
    {
        if (width == DenseKernel.TileColumns)
            DenseKernel.SubtractColumns(c, ldc, a, lda, b, ldc, m, k);
        else
            DenseKernel.SubtractProduct(c, ldc, a, lda, b, ldc, m, width, k);
    }

    [MethodImpl(Compilation.HotLoop)]
    private static int ChoosePivot(double* a, int n, int ld, int j)
    {
        int pivot = j;
        double best = Math.Abs(a[(long)j * ld + j]), diagonal = best;
        for (int i = j + 1; i < n; i++)
            if (Math.Abs(a[(long)i * ld + j]) is var size && size > best)
                (best, pivot) = (size, i);
        return diagonal >= KeepDiagonal * best && diagonal > 0 ? j : pivot;
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Exchange(double* a, int ld, int* order, int i, int j)
    {
        (order[i], order[j]) = (order[j], order[i]);
        var x = new Span<double>(a + (long)i * ld, ld);
        var y = new Span<double>(a + (long)j * ld, ld);
        for (int c = 0; c < ld; c++)
            (x[c], y[c]) = (y[c], x[c]);
    }
}
