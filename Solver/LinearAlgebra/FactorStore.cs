using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>The factors of all fronts, written down in the order in which a solution reads them, and the solution itself.</summary>
/// <remarks>
/// <para>A solution is bound by what it reads: memory is fastest when it is read as one stream, and padding is left out. Pivots go in
/// blocks of eight and a last one of what is left.</para>
/// <para>L of a front: of each block the square tiles from the left up to the diagonal, row behind row; then the border's rows, transposed,
/// in strips of up to <see cref="DenseKernel.Strip"/>. U, from the last block to the first: the tile on the diagonal, the square tiles
/// behind it, and column behind column what fills no tile. Tiles on the diagonal hold L^-1 without its diagonal or U^-1, column behind
/// column (see <see cref="DenseLu"/>).</para>
/// <para>Vectors read and write over the end of short rows; what they find or leave there is not used.</para>
/// </remarks>
internal sealed unsafe class FactorStore : IDisposable
{
    private const int Block = DenseKernel.Padding;

    // Factors larger than this [bytes] come from memory.
    private const long LargestCached = 4 << 20;

    // What vectors may touch behind the end of an array.
    private const int Slack = Block * Block;

    private readonly FrontTree _tree;
    private readonly int[] _order;
    private readonly bool _areFar;

    // A vector of one front, and its factors before they are streamed to their place.
    private double* _vector, _staging;
    private double* _lower, _upper;

    /// <summary>Room for the factors of a matrix.</summary>
    public FactorStore(FrontTree tree)
    {
        _tree = tree;
        _order = new int[tree.Unknowns.Length];
        _lower = Allocate(tree.LowerLength);
        _upper = Allocate(tree.UpperLength);
        _vector = Allocate(tree.LargestFront);
        _staging = Allocate(tree.Fronts.Max(f => Math.Max(f.LowerLength, f.UpperLength)));
        _areFar = sizeof(double) * (tree.LowerLength + tree.UpperLength) > LargestCached;
    }

    /// <summary>Frees what was not disposed of.</summary>
    ~FactorStore() => Free();

    /// <summary>Which row of its front stands at each place of the elimination order, after row exchanges.</summary>
    public int[] Order => _order;

    /// <summary>Numbers that L of a front takes.</summary>
    public static int LowerLength(int pivots, int border)
    {
        int full = pivots / Block, left = pivots % Block;
        return DenseKernel.Padded(full * (full + 1) / 2 * Block * Block + left * (full + 1) * Block + pivots * border);
    }

    /// <summary>Numbers that U of a front takes.</summary>
    public static int UpperLength(int pivots, int border)
    {
        int full = pivots / Block, left = pivots % Block;
        return full * (full + 1) / 2 * Block * Block + full * Block * (border + left) + DenseKernel.Padded(left * (Block + border));
    }

    /// <summary>Writes the factors of a front down.</summary>
    /// <param name="front">Front.</param>
    /// <param name="rows">Its rows of pivots.</param>
    /// <param name="border">Its border rows in the columns of pivots, transposed.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void Keep(Front front, double* rows, double* border)
    {
        double* lower = _lower + front.LowerStart, upper = _upper + front.UpperStart;
        if (_areFar)
        {
            // Past the cache, for what is not read again soon: in whole lines only.
            WriteLower(front, rows, border, _staging);
            DenseKernel.Stream(_staging, lower, front.LowerLength);
            WriteUpper(front, rows, _staging);
            DenseKernel.Stream(_staging, upper, front.UpperLength);
        }
        else
        {
            WriteLower(front, rows, border, lower);
            WriteUpper(front, rows, upper);
        }
    }

    /// <summary>Solves with the factors.</summary>
    /// <param name="x">Right-hand side in the elimination order, overwritten by the solution.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void Solve(double[] x)
    {
        fixed (double* first = x)
        {
            Forward(first);
            Backward(first);
        }
    }

    /// <summary>Frees the factors.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void WriteLower(Front front, double* rows, double* border, double* to)
    {
        int pivots = front.Pivots, ld = front.RowLength;
        for (int k = 0; k < pivots; k += Block)
        {
            double* from = rows + (long)k * ld;
            int height = Math.Min(Block, pivots - k);
            for (int j = 0; j < k; j += Block)
                to = DenseKernel.Copy(from + j, ld, to, height, Block);
            to = WriteInverse(from + k, ld, to, height, isUpper: false);
        }
        for (int j = 0; j < front.Border; j += DenseKernel.Strip)
            to = DenseKernel.Copy(border + j, front.BorderRowLength, to, pivots, Math.Min(DenseKernel.Strip, front.Border - j));
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void WriteUpper(Front front, double* rows, double* to)
    {
        int full = front.Pivots / Block * Block, left = front.Pivots - full, ld = front.RowLength;
        if (left > 0)
            to += DenseKernel.Padded((int)(WriteRows(front, rows, full, left, to) - to));
        for (int k = full - Block; k >= 0; k -= Block)
        {
            to = WriteRows(front, rows, k, Block, to);
            to = DenseKernel.Transpose(rows + (long)k * ld + full, ld, to, Block, left);
        }
    }

    // Rows of U from pivot k on, but for the columns of the last pivots.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* WriteRows(Front front, double* rows, int k, int height, double* to)
    {
        int ld = front.RowLength, full = front.Pivots / Block * Block, tiled = front.Border / Block * Block;
        double* from = rows + (long)k * ld, border = from + front.PaddedPivots;
        to = WriteInverse(from + k, ld, to, height, isUpper: true);
        for (int j = k + Block; j < full; j += Block)
            to = DenseKernel.Copy(from + j, ld, to, height, Block);
        for (int j = 0; j < tiled; j += Block)
            to = DenseKernel.Copy(border + j, ld, to, height, Block);
        return DenseKernel.Transpose(border + tiled, ld, to, height, front.Border - tiled);
    }

    // A tile on the diagonal: of the columns of both inverses what belongs to one of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* WriteInverse(double* from, int ld, double* to, int count, bool isUpper)
    {
        for (int j = 0; j < count; j++, from += ld, to += Block)
        {
            var behind = Vector512.GreaterThan(Vector512<long>.Indices, Vector512.Create((long)j)).AsDouble();
            var column = Vector512.Load(from);
            (isUpper ? Vector512.AndNot(column, behind) : column & behind).Store(to);
        }
        return to;
    }

    // Down the order: y = L^-1 P b of each front, and what it leaves to its border.
    [MethodImpl(Compilation.HotLoop)]
    private void Forward(double* x)
    {
        bool isFar = _areFar;
        double* y = _vector, rows = _lower, own = x;
        fixed (int* orders = _order, borderPlaces = _tree.BorderPlaces)
        {
            int* order = orders, places = borderPlaces;
            foreach (FrontShape shape in _tree.Shapes)
            {
                int pivots = shape.Pivots, border = shape.Border;
                double* start = rows;
                for (int i = 0; i < pivots; i++)
                    y[i] = own[order[i]];
                for (int k = 0; k < pivots; k += Block)
                {
                    int height = Math.Min(Block, pivots - k);
                    if (isFar)
                        DenseKernel.FetchAhead(rows, height * (k + Block));
                    if (k > 0)
                        (Vector512.Load(y + k) - DenseKernel.TileProducts(rows, height, y, k)).Store(y + k);
                    rows += height * k;
                    (Vector512.Load(y + k) + DenseKernel.Columns(rows, Block, y + k, height)).Store(y + k);
                    rows += height * Block;
                }
                for (int i = 0; i < pivots; i++)
                    own[i] = y[i];
                double* added = y + DenseKernel.Padded(pivots);
                for (int j = 0; j < border; j += DenseKernel.Strip)
                {
                    int width = Math.Min(DenseKernel.Strip, border - j);
                    if (isFar)
                        DenseKernel.FetchAhead(rows, width * pivots);
                    DenseKernel.StripProduct(added + j, rows, width, y, pivots);
                    rows += width * pivots;
                }
                for (int i = 0; i < border; i++)
                    x[places[i]] -= added[i];
                rows = start + DenseKernel.Padded((int)(rows - start));
                own += pivots;
                order += pivots;
                places += border;
            }
        }
    }

    // Up the order: x = U^-1 (y - U_border x_border) of each front. The border stands between full blocks of pivots and the last one.
    [MethodImpl(Compilation.HotLoop)]
    private void Backward(double* x)
    {
        bool isFar = _areFar;
        double* y = _vector, rows = _upper, own = x + _order.Length;
        FrontShape[] shapes = _tree.Shapes;
        fixed (int* borderPlaces = _tree.BorderPlaces)
        {
            int* places = borderPlaces + _tree.BorderPlaces.Length;
            for (int f = shapes.Length - 1; f >= 0; f--)
            {
                int pivots = shapes[f].Pivots, border = shapes[f].Border, full = pivots / Block * Block, tiled = border / Block * Block;
                double* outer = y + full, tail = outer + tiled, last = outer + border;
                own -= pivots;
                places -= border;
                for (int i = 0; i < full; i++)
                    y[i] = own[i];
                for (int i = 0; i < border; i++)
                    outer[i] = x[places[i]];
                for (int i = full; i < pivots; i++)
                    last[i - full] = own[i];
                if (full < pivots)
                    rows += DenseKernel.Padded(SolveRows(rows, pivots - full, last, outer, tiled, tail, border - tiled, isFar));
                for (int k = full - Block; k >= 0; k -= Block)
                    rows += SolveRows(rows, Block, y + k, y + k + Block, full - k - Block + tiled, tail, border - tiled + pivots - full,
                        isFar);
                for (int i = 0; i < full; i++)
                    own[i] = y[i];
                for (int i = full; i < pivots; i++)
                    own[i] = last[i - full];
            }
        }
    }

    /// <summary>The part of a solution that a block of rows of U gives.</summary>
    /// <param name="rows">The block.</param>
    /// <param name="height">Its pivots.</param>
    /// <param name="own">Their right-hand side, overwritten by the solution.</param>
    /// <param name="behind">What stands behind them in tiles.</param>
    /// <param name="tiled">Numbers of that.</param>
    /// <param name="tail">What fills no tile.</param>
    /// <param name="left">Numbers of that.</param>
    /// <param name="isFar">Whether the block comes from memory.</param>
    /// <returns>Numbers that the block takes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SolveRows(double* rows, int height, double* own, double* behind, int tiled, double* tail, int left, bool isFar)
    {
        int length = height * (Block + tiled + left);
        if (isFar)
            DenseKernel.FetchAhead(rows, length);
        double* tiles = rows + height * Block, columns = tiles + height * tiled;
        (Vector512.Load(own) - DenseKernel.TileProducts(tiles, height, behind, tiled)
            - DenseKernel.Columns(columns, height, tail, left)).Store(own);
        DenseKernel.Columns(rows, Block, own, height).Store(own);
        return length;
    }

    private static double* Allocate(long count) => (double*)NativeMemory.AlignedAlloc((nuint)((count + Slack) * sizeof(double)), 64);

    private void Free()
    {
        NativeMemory.AlignedFree(_lower);
        NativeMemory.AlignedFree(_upper);
        NativeMemory.AlignedFree(_vector);
        NativeMemory.AlignedFree(_staging);
        _lower = _upper = _vector = _staging = null;
    }
}
