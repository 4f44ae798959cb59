using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Products of small dense row-major matrices, blocked for registers.</summary>
/// <remarks>Sizes are whole paddings of <see cref="Padding"/> numbers, filled up with zeros: no kernel has a tail.</remarks>
internal static unsafe class DenseKernel
{
    /// <summary>Sizes are multiples of this many numbers (64 bytes).</summary>
    public const int Padding = 8;

    /// <summary>Columns that a product with a transposed matrix takes at once.</summary>
    public const int Strip = 4 * Padding;

    // Inner dimension taken at a time, so that what a tile needs of B stays in the first-level cache.
    private const int Depth = 192;

    // Numbers by which a stream is read ahead of what is taken from it.
    private const int Ahead = 1024;

    /// <summary>A size rounded up to whole paddings.</summary>
    public static int Padded(int n) => (n + Padding - 1) / Padding * Padding;

    /// <summary>Length of a padded row; never a multiple of 512 bytes, at which the rows of a column
    /// would share few places in the cache.</summary>
    public static int RowLength(int n)
    {
        int padded = Padded(n);
        return padded % 64 == 0 && padded > 0 ? padded + Padding : padded;
    }

    /// <summary>C -= A^T B, with C m by n, A k by m and B k by n; m and n are whole paddings.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void SubtractProduct(double* c, int ldc, double* a, int lda, double* b, int ldb, int m, int n, int k)
    {
        for (; k > 0; k -= Depth, a += (long)Depth * lda, b += (long)Depth * ldb)
            Product(c, ldc, a, lda, b, ldb, m, n, Math.Min(k, Depth), isNew: false);
    }

    /// <summary>C = -A^T B, likewise, with k of at least 1.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void NegatedProduct(double* c, int ldc, double* a, int lda, double* b, int ldb, int m, int n, int k)
    {
        int depth = Math.Min(k, Depth);
        Product(c, ldc, a, lda, b, ldb, m, n, depth, isNew: true);
        SubtractProduct(c, ldc, a + (long)depth * lda, lda, b + (long)depth * ldb, ldb, m, n, k - depth);
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Product(double* c, int ldc, double* a, int lda, double* b, int ldb, int m, int n, int k, bool isNew)
    {
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; j + 2 * Padding <= n; j += 2 * Padding)
                for (int i = 0; i < m; i += 8)
                    Tile8By16(c + (long)i * ldc + j, ldc, a + i, lda, b + j, ldb, k, isNew);
        for (; j < n; j += Padding)
            for (int i = 0; i < m; i += 4)
                Tile4By8(c + (long)i * ldc + j, ldc, a + i, lda, b + j, ldb, k, isNew);
    }

    /// <summary>x *= f, over a length of whole paddings.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Scale(double* x, double f, int n)
    {
        var factor = Vector512.Create(f);
        for (int i = 0; i < n; i += Padding)
            (factor * Vector512.Load(x + i)).Store(x + i);
    }

    /// <summary>Copies a block, row behind row; it may write over what follows the copy.</summary>
    /// <param name="from">Source.</param>
    /// <param name="ld">Distance of its rows.</param>
    /// <param name="to">Target.</param>
    /// <param name="m">Rows.</param>
    /// <param name="n">Numbers in a row.</param>
    /// <returns>The place behind the copy.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double* Copy(double* from, int ld, double* to, int m, int n)
    {
        for (; m > 0; m--, from += ld, to += n)
            for (int j = 0; j < n; j += Padding)
                Vector512.Load(from + j).Store(to + j);
        return to;
    }

    /// <summary>Copies whole paddings from one aligned place to another, past the cache.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Stream(double* from, double* to, int n)
    {
        for (int i = 0; i < n; i += Padding)
            Vector512.LoadAligned(from + i).StoreAlignedNonTemporal(to + i);
    }

    /// <summary>Copies a block of m by n, column behind column.</summary>
    /// <returns>The place behind the copy.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static double* Transpose(double* from, int ld, double* to, int m, int n)
    {
        for (int j = 0; j < n; j++, to += m)
            for (int i = 0; i < m; i++)
                to[i] = from[(long)i * ld + j];
        return to;
    }

    /// <summary>y += x, of any length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double* y, double* x, int n)
    {
        int i = 0;
        for (; i + Padding <= n; i += Padding)
            (Vector512.Load(y + i) + Vector512.Load(x + i)).Store(y + i);
        if ((n & 4) != 0)
        {
            (Vector256.Load(y + i) + Vector256.Load(x + i)).Store(y + i);
            i += 4;
        }
        if ((n & 2) != 0)
        {
            (Vector128.Load(y + i) + Vector128.Load(x + i)).Store(y + i);
            i += 2;
        }
        if ((n & 1) != 0)
            y[i] += x[i];
    }

    /// <summary>A x for up to <see cref="Padding"/> rows of A, given as tiles one after the other;
    /// sums of other rows are not defined.</summary>
    /// <param name="tile">First tile: <paramref name="height"/> rows of <see cref="Padding"/> numbers.</param>
    /// <param name="height">Rows.</param>
    /// <param name="x">Vector.</param>
    /// <param name="n">Its length, whole paddings.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static Vector512<double> TileProducts(double* tile, int height, double* x, int n)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (int j = 0; j < n; j += Padding, tile += Padding * height)
        {
            var v = Vector512.Load(x + j);
            s0 = Vector512.MultiplyAddEstimate(Vector512.Load(tile), v, s0);
            s1 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 8), v, s1);
            s2 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 16), v, s2);
            s3 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 24), v, s3);
            s4 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 32), v, s4);
            s5 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 40), v, s5);
            s6 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 48), v, s6);
            s7 = Vector512.MultiplyAddEstimate(Vector512.Load(tile + 56), v, s7);
        }
        if (!Avx512F.IsSupported)
            return Vector512.Create(
                Vector512.Sum(s0), Vector512.Sum(s1), Vector512.Sum(s2), Vector512.Sum(s3),
                Vector512.Sum(s4), Vector512.Sum(s5), Vector512.Sum(s6), Vector512.Sum(s7));
        // Eight sums at once: neighbours first, then halves of the vector, twice.
        Vector512<double> s01 = Neighbours(s0, s1), s23 = Neighbours(s2, s3), s45 = Neighbours(s4, s5), s67 = Neighbours(s6, s7);
        return Quarters(Quarters(s01, s23), Quarters(s45, s67));
    }

    /// <summary>The product of a matrix of up to <see cref="Padding"/> rows, given column behind column, with
    /// a vector; other rows are not defined.</summary>
    /// <param name="columns">Columns.</param>
    /// <param name="distance">Distance from one to the next.</param>
    /// <param name="x">Vector.</param>
    /// <param name="n">Number of columns.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static Vector512<double> Columns(double* columns, int distance, double* x, int n)
    {
        Vector512<double> even = default, odd = default;
        int j = 0;
        for (; j + 1 < n; j += 2, columns += 2 * distance)
        {
            even = Vector512.MultiplyAddEstimate(Vector512.Create(x[j]), Vector512.Load(columns), even);
            odd = Vector512.MultiplyAddEstimate(Vector512.Create(x[j + 1]), Vector512.Load(columns + distance), odd);
        }
        if (j < n)
            even = Vector512.MultiplyAddEstimate(Vector512.Create(x[j]), Vector512.Load(columns), even);
        return even + odd;
    }

    /// <summary>y = A^T x, with A k by up to <see cref="Strip"/>, row behind row; it may write
    /// over what follows y, up to a strip.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void StripProduct(double* y, double* a, int width, double* x, int k)
    {
        Vector512<double> s0 = default, s1 = default;
        if (width > Strip / 2)
        {
            SumStrip(a, width, x, k, out s0, out s1, out var s2, out var s3);
            s2.Store(y + 16);
            s3.Store(y + 24);
        }
        else
        {
            for (int p = 0; p < k; p++, a += width)
            {
                var f = Vector512.Create(x[p]);
                s0 = Vector512.MultiplyAddEstimate(f, Vector512.Load(a), s0);
                s1 = Vector512.MultiplyAddEstimate(f, Vector512.Load(a + 8), s1);
            }
        }
        s0.Store(y);
        s1.Store(y + 8);
    }

    /// <summary>y -= A^T x, with A k by n; n is whole paddings.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void SubtractColumns(double* y, double* a, int lda, double* x, int n, int k)
    {
        int j = 0;
        for (; j + Strip <= n; j += Strip)
        {
            SumStrip(a + j, lda, x, k, out var s0, out var s1, out var s2, out var s3);
            Subtract(y + j, s0, isNew: false);
            Subtract(y + j + 8, s1, isNew: false);
            Subtract(y + j + 16, s2, isNew: false);
            Subtract(y + j + 24, s3, isNew: false);
        }
        for (; j < n; j += Padding)
        {
            Vector512<double> s0 = default;
            double* row = a + j;
            for (int p = 0; p < k; p++, row += lda)
                s0 = Vector512.MultiplyAddEstimate(Vector512.Create(x[p]), Vector512.Load(row), s0);
            Subtract(y + j, s0, isNew: false);
        }
    }

    /// <summary>A^T x for <see cref="Strip"/> columns of A, k rows of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumStrip(
        double* a, int lda, double* x, int k, out Vector512<double> s0, out Vector512<double> s1, out Vector512<double> s2,
        out Vector512<double> s3)
    {
        s0 = s1 = s2 = s3 = default;
        for (int p = 0; p < k; p++, a += lda)
        {
            var f = Vector512.Create(x[p]);
            s0 = Vector512.MultiplyAddEstimate(f, Vector512.Load(a), s0);
            s1 = Vector512.MultiplyAddEstimate(f, Vector512.Load(a + 8), s1);
            s2 = Vector512.MultiplyAddEstimate(f, Vector512.Load(a + 16), s2);
            s3 = Vector512.MultiplyAddEstimate(f, Vector512.Load(a + 24), s3);
        }
    }

    // 16 of the 32 registers hold the tile, two a row of B; the factors of A are broadcast from memory.
    [MethodImpl(Compilation.HotLoop)]
    private static void Tile8By16(double* c, int ldc, double* a, int lda, double* b, int ldb, int k, bool isNew)
    {
        Vector512<double> r00 = default, r01 = default, r10 = default, r11 = default, r20 = default, r21 = default, r30 = default,
            r31 = default;
        Vector512<double> r40 = default, r41 = default, r50 = default, r51 = default, r60 = default, r61 = default, r70 = default,
            r71 = default;
        for (int p = 0; p < k; p++, a += lda, b += ldb)
        {
            Vector512<double> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 8);
            var f = Vector512.Create(a[0]);
            r00 = Vector512.MultiplyAddEstimate(f, b0, r00);
            r01 = Vector512.MultiplyAddEstimate(f, b1, r01);
            f = Vector512.Create(a[1]);
            r10 = Vector512.MultiplyAddEstimate(f, b0, r10);
            r11 = Vector512.MultiplyAddEstimate(f, b1, r11);
            f = Vector512.Create(a[2]);
            r20 = Vector512.MultiplyAddEstimate(f, b0, r20);
            r21 = Vector512.MultiplyAddEstimate(f, b1, r21);
            f = Vector512.Create(a[3]);
            r30 = Vector512.MultiplyAddEstimate(f, b0, r30);
            r31 = Vector512.MultiplyAddEstimate(f, b1, r31);
            f = Vector512.Create(a[4]);
            r40 = Vector512.MultiplyAddEstimate(f, b0, r40);
            r41 = Vector512.MultiplyAddEstimate(f, b1, r41);
            f = Vector512.Create(a[5]);
            r50 = Vector512.MultiplyAddEstimate(f, b0, r50);
            r51 = Vector512.MultiplyAddEstimate(f, b1, r51);
            f = Vector512.Create(a[6]);
            r60 = Vector512.MultiplyAddEstimate(f, b0, r60);
            r61 = Vector512.MultiplyAddEstimate(f, b1, r61);
            f = Vector512.Create(a[7]);
            r70 = Vector512.MultiplyAddEstimate(f, b0, r70);
            r71 = Vector512.MultiplyAddEstimate(f, b1, r71);
        }
        Subtract(c, r00, isNew);
        Subtract(c + 8, r01, isNew);
        Subtract(c + ldc, r10, isNew);
        Subtract(c + ldc + 8, r11, isNew);
        Subtract(c + 2 * ldc, r20, isNew);
        Subtract(c + 2 * ldc + 8, r21, isNew);
        Subtract(c + 3 * ldc, r30, isNew);
        Subtract(c + 3 * ldc + 8, r31, isNew);
        Subtract(c + 4 * ldc, r40, isNew);
        Subtract(c + 4 * ldc + 8, r41, isNew);
        Subtract(c + 5 * ldc, r50, isNew);
        Subtract(c + 5 * ldc + 8, r51, isNew);
        Subtract(c + 6 * ldc, r60, isNew);
        Subtract(c + 6 * ldc + 8, r61, isNew);
        Subtract(c + 7 * ldc, r70, isNew);
        Subtract(c + 7 * ldc + 8, r71, isNew);
    }

    // Without vectors of eight a row of the tile is two of four: it fits the sixteen registers there are.
    [MethodImpl(Compilation.HotLoop)]
    private static void Tile4By8(double* c, int ldc, double* a, int lda, double* b, int ldb, int k, bool isNew)
    {
        Vector512<double> r0 = default, r1 = default, r2 = default, r3 = default;
        for (int p = 0; p < k; p++, a += lda, b += ldb)
        {
            var row = Vector512.Load(b);
            r0 = Vector512.MultiplyAddEstimate(Vector512.Create(a[0]), row, r0);
            r1 = Vector512.MultiplyAddEstimate(Vector512.Create(a[1]), row, r1);
            r2 = Vector512.MultiplyAddEstimate(Vector512.Create(a[2]), row, r2);
            r3 = Vector512.MultiplyAddEstimate(Vector512.Create(a[3]), row, r3);
        }
        Subtract(c, r0, isNew);
        Subtract(c + ldc, r1, isNew);
        Subtract(c + 2 * ldc, r2, isNew);
        Subtract(c + 3 * ldc, r3, isNew);
    }

    /// <summary>Asks memory for what a stream brings some kilobytes later than the piece that is taken now.</summary>
    /// <remarks>
    /// To the second-level cache, which has more reads under way than the first. Left to itself, the processor looks ahead too late: each
    /// piece is only some hundred numbers long.
    /// </remarks>
    /// <param name="from">Start of the piece.</param>
    /// <param name="length">Its numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchAhead(double* from, int length)
    {
        if (!Sse.IsSupported)
            return;
        for (double* end = from + length; from < end; from += Padding)
            Sse.Prefetch1(from + Ahead);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Neighbours(Vector512<double> x, Vector512<double> y) =>
        Avx512F.UnpackLow(x, y) + Avx512F.UnpackHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Quarters(Vector512<double> x, Vector512<double> y) =>
        Avx512F.Shuffle4x128(x, y, 0x88) + Avx512F.Shuffle4x128(x, y, 0xDD);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* c, Vector512<double> r, bool isNew) =>
        ((isNew ? Vector512<double>.Zero : Vector512.Load(c)) - r).Store(c);
}
