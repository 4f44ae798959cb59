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
/// behind it, and column behind column what fills no tile. Tiles on the diagonal hold inverses, column behind column (see
/// <see cref="DenseLu"/>).</para>
/// <para>Vectors read and write over the end of short rows; what they find or leave there is not used.</para>
/// </remarks>
internal sealed unsafe class FactorStore : IDisposable
{
    private const int Block = DenseKernel.Padding;

    // Factors larger than this [bytes] come from memory.
    private const long LargestCached = 4 << 20;

    // What vectors may touch behind the end of an array.
    private const int Slack = Block * Block;

    // Row j tells which numbers of column j of a tile on the diagonal belong to L^-1, and which to U^-1.
    private static readonly long[] s_behindDiagonal = Mask((i, j) => i > j), s_upToDiagonal = Mask((i, j) => i <= j);

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
        int pivots = front.Pivots, full = pivots / Block * Block, ld = front.RowLength;
        for (int k = 0; k < full; k += Block)
            for (int j = 0; j <= k; j += Block)
                to = DenseKernel.CopyTile(rows + (long)k * ld + j, ld, to);
        if (full < pivots)
            for (int j = 0; j <= full; j += Block)
                to = DenseKernel.Copy(rows + (long)full * ld + j, ld, to, pivots - full, Block);
        for (int j = 0; j < front.Border; j += DenseKernel.Strip)
            to = DenseKernel.Copy(border + j, front.BorderRowLength, to, pivots, Math.Min(DenseKernel.Strip, front.Border - j));
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void WriteUpper(Front front, double* rows, double* to)
    {
        int full = front.Pivots / Block * Block, left = front.Pivots - full, ld = front.RowLength, padded = front.PaddedPivots;
        int tiled = front.Border / Block * Block, rest = front.Border - tiled;
        if (left > 0)
        {
            double* from = rows + (long)full * ld, border = from + padded, end = DenseKernel.Copy(from + full, ld, to, left, Block);
            for (int j = 0; j < tiled; j += Block)
                end = DenseKernel.Copy(border + j, ld, end, left, Block);
            end = DenseKernel.Transpose(border + tiled, ld, end, left, rest);
            to += DenseKernel.Padded((int)(end - to));
        }
        for (int k = full - Block; k >= 0; k -= Block)
        {
            double* from = rows + (long)k * ld, border = from + padded;
            for (int j = k; j < full; j += Block)
                to = DenseKernel.CopyTile(from + j, ld, to);
            for (int j = 0; j < tiled; j += Block)
                to = DenseKernel.CopyTile(border + j, ld, to);
            to = DenseKernel.Transpose(border + tiled, ld, to, Block, rest);
            to = DenseKernel.Transpose(from + full, ld, to, Block, left);
        }
    }

    // Down the order: y = L^-1 P b of each front, and what it leaves to its border.
    [MethodImpl(Compilation.HotLoop)]
    private void Forward(double* x)
    {
        bool isFar = _areFar;
        double* y = _vector, rows = _lower, own = x;
        fixed (int* orders = _order, borderPlaces = _tree.BorderPlaces)
        fixed (long* behind = s_behindDiagonal)
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
                    (Vector512.Load(y + k) + DenseKernel.MaskedColumns(rows, behind, y + k, height)).Store(y + k);
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
        fixed (long* upTo = s_upToDiagonal)
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
                {
                    int height = pivots - full;
                    if (isFar)
                        DenseKernel.FetchAhead(rows, height * (Block + border));
                    double* tiles = rows + height * Block, columns = tiles + height * tiled;
                    (Vector512.Load(last) - DenseKernel.TileProducts(tiles, height, outer, tiled)
                        - DenseKernel.Columns(columns, height, tail, border - tiled)).Store(last);
                    DenseKernel.MaskedColumns(rows, upTo, last, height).Store(last);
                    rows += DenseKernel.Padded(height * (Block + border));
                }
                for (int k = full - Block; k >= 0; k -= Block)
                {
                    int behind = full - k - Block + tiled;
                    if (isFar)
                        DenseKernel.FetchAhead(rows, Block * (Block + behind + border - tiled + pivots - full));
                    double* tiles = rows + Block * Block, columns = tiles + Block * behind;
                    (Vector512.Load(y + k) - DenseKernel.TileProducts(tiles, Block, y + k + Block, behind)
                        - DenseKernel.Columns(columns, Block, tail, border - tiled + pivots - full)).Store(y + k);
                    DenseKernel.MaskedColumns(rows, upTo, y + k, Block).Store(y + k);
                    rows = columns + Block * (border - tiled + pivots - full);
                }
                for (int i = 0; i < full; i++)
                    own[i] = y[i];
                for (int i = full; i < pivots; i++)
                    own[i] = last[i - full];
            }
        }
    }

    private static long[] Mask(Func<int, int, bool> counts) =>
        [.. Enumerable.Range(0, Block * Block).Select(k => counts(k % Block, k / Block) ? -1L : 0)];

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
