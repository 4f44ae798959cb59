using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Products of small dense row-major matrices, blocked for registers.</summary>
/// <remarks>
/// Rows are padded with zeros to <see cref="Padding"/> numbers, so that no kernel has a tail in its columns.
/// A tile of the result stays in registers while the inner dimension runs; operands are a few hundred wide and stay in
/// the second-level cache, so they are not packed.
/// </remarks>
internal static unsafe class DenseKernel
{
    /// <summary>Rows start at multiples of this many numbers (64 bytes).</summary>
    public const int Padding = 8;

    /// <summary>Columns of a full tile.</summary>
    public const int TileColumns = 16;

    /// <summary>Length of a padded row; never a multiple of 512 bytes, at which the rows of a column would share few places in the cache.</summary>
    public static int RowLength(int n)
    {
        int padded = (n + Padding - 1) / Padding * Padding;
        return padded % 64 == 0 && padded > 0 ? padded + Padding : padded;
    }

    /// <summary>C -= A B, with C m by n, A m by k; n counts whole paddings.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void SubtractProduct(double* c, int ldc, double* a, int lda, double* b, int ldb, int m, int n, int k)
    {
        int j = 0;
        for (; j + TileColumns <= n; j += TileColumns)
            SubtractColumns(c + j, ldc, a, lda, b + j, ldb, m, k);
        if (j < n)
            SubtractHalfColumns(c + j, ldc, a, lda, b + j, ldb, m, k);
    }

    /// <summary>C -= A B for one tile of <see cref="TileColumns"/> columns.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void SubtractColumns(double* c, int ldc, double* a, int lda, double* b, int ldb, int m, int k)
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + 8 <= m; i += 8)
                Tile8(c + (long)i * ldc, ldc, a + (long)i * lda, lda, b, ldb, k);
            for (; i + 4 <= m; i += 4)
                Tile4(c + (long)i * ldc, ldc, a + (long)i * lda, lda, b, ldb, k);
            for (; i < m; i++)
                Tile1(c + (long)i * ldc, a + (long)i * lda, b, ldb, k);
            return;
        }
        SubtractHalfColumns(c, ldc, a, lda, b, ldb, m, k);
        SubtractHalfColumns(c + Padding, ldc, a, lda, b + Padding, ldb, m, k);
    }

    /// <summary>Sum of products of two rows.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static double Dot(double* x, double* y, int n)
    {
        Vector<double> s0 = Vector<double>.Zero, s1 = s0;
        int w = Vector<double>.Count, i = 0;
        for (; i + 2 * w <= n; i += 2 * w)
        {
            s0 = Vector.MultiplyAddEstimate(Vector.Load(x + i), Vector.Load(y + i), s0);
            s1 = Vector.MultiplyAddEstimate(Vector.Load(x + i + w), Vector.Load(y + i + w), s1);
        }
        double sum = Vector.Sum(s0 + s1);
        for (; i < n; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>y -= f x.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void SubtractMultiple(double* y, double f, double* x, int n)
    {
        var minus = new Vector<double>(-f);
        int w = Vector<double>.Count, i = 0;
        for (; i + w <= n; i += w)
            Vector.Store(Vector.MultiplyAddEstimate(minus, Vector.Load(x + i), Vector.Load(y + i)), y + i);
        for (; i < n; i++)
            y[i] -= f * x[i];
    }

    // One padding of columns: 8 = 2 (AVX2), 4 (NEON, SSE2) or 1 (AVX-512 width) vectors of any machine.
    [MethodImpl(Compilation.HotLoop)]
    private static void SubtractHalfColumns(double* c, int ldc, double* a, int lda, double* b, int ldb, int m, int k)
    {
        int i = 0;
        for (; i + 4 <= m; i += 4)
            for (int v = 0; v < Padding; v += 2 * Vector<double>.Count)
                Narrow4(c + (long)i * ldc + v, ldc, a + (long)i * lda, lda, b + v, ldb, k);
        for (; i < m; i++)
            for (int v = 0; v < Padding; v += 2 * Vector<double>.Count)
                Narrow1(c + (long)i * ldc + v, a + (long)i * lda, b + v, ldb, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow4(double* c, int ldc, double* a, int lda, double* b, int ldb, int k)
    {
        int w = Vector<double>.Count;
        Vector<double> r00 = default, r01 = default, r10 = default, r11 = default, r20 = default, r21 = default, r30 = default, r31 = default;
        double* a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
        for (int p = 0; p < k; p++, b += ldb)
        {
            Vector<double> b0 = Vector.Load(b), b1 = Vector.Load(b + w);
            var f = new Vector<double>(a[p]);
            r00 = Vector.MultiplyAddEstimate(f, b0, r00);
            r01 = Vector.MultiplyAddEstimate(f, b1, r01);
            f = new Vector<double>(a1[p]);
            r10 = Vector.MultiplyAddEstimate(f, b0, r10);
            r11 = Vector.MultiplyAddEstimate(f, b1, r11);
            f = new Vector<double>(a2[p]);
            r20 = Vector.MultiplyAddEstimate(f, b0, r20);
            r21 = Vector.MultiplyAddEstimate(f, b1, r21);
            f = new Vector<double>(a3[p]);
            r30 = Vector.MultiplyAddEstimate(f, b0, r30);
            r31 = Vector.MultiplyAddEstimate(f, b1, r31);
        }
        Subtract(c, r00, r01);
        Subtract(c + ldc, r10, r11);
        Subtract(c + 2 * ldc, r20, r21);
        Subtract(c + 3 * ldc, r30, r31);
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Narrow1(double* c, double* a, double* b, int ldb, int k)
    {
        int w = Vector<double>.Count;
        Vector<double> r0 = default, r1 = default;
        for (int p = 0; p < k; p++, b += ldb)
        {
            var f = new Vector<double>(a[p]);
            r0 = Vector.MultiplyAddEstimate(f, Vector.Load(b), r0);
            r1 = Vector.MultiplyAddEstimate(f, Vector.Load(b + w), r1);
        }
        Subtract(c, r0, r1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* c, Vector<double> r0, Vector<double> r1)
    {
        Vector.Store(Vector.Load(c) - r0, c);
        Vector.Store(Vector.Load(c + Vector<double>.Count) - r1, c + Vector<double>.Count);
    }

    // 16 of the 32 registers hold the tile, two a row of B; the factors of A are broadcast from memory.
    [MethodImpl(Compilation.HotLoop)]
    private static void Tile8(double* c, int ldc, double* a, int lda, double* b, int ldb, int k)
    {
        Vector512<double> r00 = default, r01 = default, r10 = default, r11 = default, r20 = default, r21 = default, r30 = default, r31 = default;
        Vector512<double> r40 = default, r41 = default, r50 = default, r51 = default, r60 = default, r61 = default, r70 = default, r71 = default;
        double* a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda, a4 = a3 + lda, a5 = a4 + lda, a6 = a5 + lda, a7 = a6 + lda;
        for (int p = 0; p < k; p++, b += ldb)
        {
            Vector512<double> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 8);
            var f = Vector512.Create(a[p]);
            r00 = Vector512.MultiplyAddEstimate(f, b0, r00);
            r01 = Vector512.MultiplyAddEstimate(f, b1, r01);
            f = Vector512.Create(a1[p]);
            r10 = Vector512.MultiplyAddEstimate(f, b0, r10);
            r11 = Vector512.MultiplyAddEstimate(f, b1, r11);
            f = Vector512.Create(a2[p]);
            r20 = Vector512.MultiplyAddEstimate(f, b0, r20);
            r21 = Vector512.MultiplyAddEstimate(f, b1, r21);
            f = Vector512.Create(a3[p]);
            r30 = Vector512.MultiplyAddEstimate(f, b0, r30);
            r31 = Vector512.MultiplyAddEstimate(f, b1, r31);
            f = Vector512.Create(a4[p]);
            r40 = Vector512.MultiplyAddEstimate(f, b0, r40);
            r41 = Vector512.MultiplyAddEstimate(f, b1, r41);
            f = Vector512.Create(a5[p]);
            r50 = Vector512.MultiplyAddEstimate(f, b0, r50);
            r51 = Vector512.MultiplyAddEstimate(f, b1, r51);
            f = Vector512.Create(a6[p]);
            r60 = Vector512.MultiplyAddEstimate(f, b0, r60);
            r61 = Vector512.MultiplyAddEstimate(f, b1, r61);
            f = Vector512.Create(a7[p]);
            r70 = Vector512.MultiplyAddEstimate(f, b0, r70);
            r71 = Vector512.MultiplyAddEstimate(f, b1, r71);
        }
        Subtract(c, r00, r01);
        Subtract(c + ldc, r10, r11);
        Subtract(c + 2 * ldc, r20, r21);
        Subtract(c + 3 * ldc, r30, r31);
        Subtract(c + 4 * ldc, r40, r41);
        Subtract(c + 5 * ldc, r50, r51);
        Subtract(c + 6 * ldc, r60, r61);
        Subtract(c + 7 * ldc, r70, r71);
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Tile4(double* c, int ldc, double* a, int lda, double* b, int ldb, int k)
    {
        Vector512<double> r00 = default, r01 = default, r10 = default, r11 = default, r20 = default, r21 = default, r30 = default, r31 = default;
        double* a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
        for (int p = 0; p < k; p++, b += ldb)
        {
            Vector512<double> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 8);
            var f = Vector512.Create(a[p]);
            r00 = Vector512.MultiplyAddEstimate(f, b0, r00);
            r01 = Vector512.MultiplyAddEstimate(f, b1, r01);
            f = Vector512.Create(a1[p]);
            r10 = Vector512.MultiplyAddEstimate(f, b0, r10);
            r11 = Vector512.MultiplyAddEstimate(f, b1, r11);
            f = Vector512.Create(a2[p]);
            r20 = Vector512.MultiplyAddEstimate(f, b0, r20);
            r21 = Vector512.MultiplyAddEstimate(f, b1, r21);
            f = Vector512.Create(a3[p]);
            r30 = Vector512.MultiplyAddEstimate(f, b0, r30);
            r31 = Vector512.MultiplyAddEstimate(f, b1, r31);
        }
        Subtract(c, r00, r01);
        Subtract(c + ldc, r10, r11);
        Subtract(c + 2 * ldc, r20, r21);
        Subtract(c + 3 * ldc, r30, r31);
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Tile1(double* c, double* a, double* b, int ldb, int k)
    {
        Vector512<double> r0 = default, r1 = default;
        for (int p = 0; p < k; p++, b += ldb)
        {
            var f = Vector512.Create(a[p]);
            r0 = Vector512.MultiplyAddEstimate(f, Vector512.Load(b), r0);
            r1 = Vector512.MultiplyAddEstimate(f, Vector512.Load(b + 8), r1);
        }
        Subtract(c, r0, r1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* c, Vector512<double> r0, Vector512<double> r1)
    {
        (Vector512.Load(c) - r0).Store(c);
        (Vector512.Load(c + 8) - r1).Store(c + 8);
    }
}
