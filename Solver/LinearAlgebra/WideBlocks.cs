using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Dense blocks of up to eight rows in plain numbers, a row or a column of a block in one vector; without checks.</summary>
/// <remarks>
/// Blocks that do not fill their vectors are followed by whatever comes next in memory: it is carried along in lanes that nothing reads.
/// </remarks>
internal static class WideBlocks
{
    /// <summary>Most rows, and the distance of one column of a block from the next.</summary>
    public const int Width = 8;

    private static readonly Vector512<double> Places = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Copies the rows of a row-major m x m block, one every <paramref name="stride"/> places.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Spread(ref double target, ref double block, int m, int stride)
    {
        for (int i = 0; i < m; i++)
            Vector512.LoadUnsafe(ref block, (nuint)(i * m)).StoreUnsafe(ref target, (nuint)(i * stride));
    }

    /// <summary>The same with the opposite sign for a block of <paramref name="columns"/> columns;
    /// <paramref name="places"/> of each row are filled.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void SpreadNegated(ref double target, ref double block, int rows, int columns, int places, int stride)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < places; j += Width)
                (-Vector512.LoadUnsafe(ref block, (nuint)(i * columns + j))).StoreUnsafe(ref target, (nuint)(i * stride + j));
    }

    /// <summary>C += A B with the rows of C one every <paramref name="stride"/> places, A and B row-major.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void AddProduct(ref double c, ref double a, ref double b, int rows, int inner, int columns, int stride)
    {
        for (int i = 0; i < rows; i++)
        {
            var sum = Vector512.LoadUnsafe(ref c, (nuint)(i * stride));
            for (int k = 0; k < inner; k++)
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref a, i * inner + k)), Vector512.LoadUnsafe(ref b, (nuint)(k * columns)), sum);
            sum.StoreUnsafe(ref c, (nuint)(i * stride));
        }
    }

    /// <summary>
    /// Gauss-Jordan elimination of a block A of m rows, one every <paramref name="stride"/> places, and of what follows A in its rows
    /// after eight places: A^-1 in the place of A, A^-1 B in that of B.
    /// </summary>
    /// <returns>The row of a vanishing pivot, or -1.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate(ref double rows, int m, int stride)
    {
        for (int k = 0; k < m; k++)
        {
            ref double pivotRow = ref Unsafe.Add(ref rows, k * stride);
            double pivot = Unsafe.Add(ref pivotRow, k);
            if (!double.IsFinite(pivot) || pivot == 0)
                return k;
            // In vectors throughout: a number written into a row would have to be in memory before the row is read.
            var isPivot = Vector512.Equals(Places, Vector512.Create((double)k));
            var inverse = Vector512.Create(1 / pivot);
            var row = Vector512.ConditionalSelect(isPivot, Vector512<double>.One, Vector512.LoadUnsafe(ref pivotRow)) * inverse;
            var beside = Vector512.LoadUnsafe(ref pivotRow, Width) * inverse;
            row.StoreUnsafe(ref pivotRow);
            beside.StoreUnsafe(ref pivotRow, Width);
            for (int j = 2 * Width; j < stride; j += Width)
                (Vector512.LoadUnsafe(ref pivotRow, (nuint)j) * inverse).StoreUnsafe(ref pivotRow, (nuint)j);
            for (int i = 0; i < m; i++)
            {
                if (i == k)
                    continue;
                ref double other = ref Unsafe.Add(ref rows, i * stride);
                var factor = Vector512.Create(-Unsafe.Add(ref other, k));
                var rest = Vector512.ConditionalSelect(isPivot, Vector512<double>.Zero, Vector512.LoadUnsafe(ref other));
                Vector512.FusedMultiplyAdd(factor, row, rest).StoreUnsafe(ref other);
                Vector512.FusedMultiplyAdd(factor, beside, Vector512.LoadUnsafe(ref other, Width)).StoreUnsafe(ref other, Width);
                for (int j = 2 * Width; j < stride; j += Width)
                    Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref pivotRow, (nuint)j),
                        Vector512.LoadUnsafe(ref other, (nuint)j))
                        .StoreUnsafe(ref other, (nuint)j);
            }
        }
        return -1;
    }

    /// <summary>Columns, one every eight places, of a block with its rows one every <paramref name="stride"/> places.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Transpose(ref double columns, ref double rows, int m, int count, int stride)
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < count; j++)
                Unsafe.Add(ref columns, j * Width + i) = Unsafe.Add(ref rows, i * stride + j);
    }

    /// <summary>Row-major copy of a block with its rows one every <paramref name="stride"/> places.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Pack(ref double target, ref double rows, int count, int columns, int stride)
    {
        // Number by number: vectors across those that the elimination has written would have to wait until those are in the cache.
        for (int i = 0; i < count; i++)
            for (int j = 0; j < columns; j++)
                Unsafe.Add(ref target, i * columns + j) = Unsafe.Add(ref rows, i * stride + j);
    }
}
