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

    /// <summary>Copies the rows of a row-major block of <paramref name="columns"/> columns, one every eight places.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Spread(ref double target, ref double block, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
            Vector512.LoadUnsafe(ref block, (nuint)(i * columns)).StoreUnsafe(ref target, (nuint)(i * Width));
    }

    /// <summary>C += A B with the rows of C one every eight places, A and B row-major.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void AddProduct(ref double c, ref double a, ref double b, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            var sum = Vector512.LoadUnsafe(ref c, (nuint)(i * Width));
            for (int k = 0; k < inner; k++)
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref a, i * inner + k)), Vector512.LoadUnsafe(ref b, (nuint)(k * columns)), sum);
            sum.StoreUnsafe(ref c, (nuint)(i * Width));
        }
    }

    /// <summary>In-place inverse by Gauss-Jordan elimination, rows one every eight places.</summary>
    /// <returns>The row of a vanishing pivot, or -1.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static int Invert(ref double rows, int m)
    {
        for (int k = 0; k < m; k++)
        {
            double pivot = Unsafe.Add(ref rows, k * Width + k);
            if (!double.IsFinite(pivot) || pivot == 0)
                return k;
            // In vectors throughout: a number written into a row would have to be in memory before the row is read.
            var isPivot = Vector512.Equals(Places, Vector512.Create((double)k));
            var row = Vector512.ConditionalSelect(isPivot, Vector512<double>.One, Vector512.LoadUnsafe(ref rows, (nuint)(k * Width)))
                * Vector512.Create(1 / pivot);
            row.StoreUnsafe(ref rows, (nuint)(k * Width));
            for (int i = 0; i < m; i++)
            {
                if (i == k)
                    continue;
                var factor = Vector512.Create(-Unsafe.Add(ref rows, i * Width + k));
                var other = Vector512.ConditionalSelect(isPivot, Vector512<double>.Zero, Vector512.LoadUnsafe(ref rows, (nuint)(i * Width)));
                Vector512.FusedMultiplyAdd(factor, row, other).StoreUnsafe(ref rows, (nuint)(i * Width));
            }
        }
        return -1;
    }

    /// <summary>Columns, one every eight places, of an m x m block with its rows one every eight places.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Transpose(ref double columns, ref double rows, int m)
    {
        for (int j = 0; j < m; j++)
            for (int i = 0; i < m; i++)
                Unsafe.Add(ref columns, j * Width + i) = Unsafe.Add(ref rows, i * Width + j);
    }

    /// <summary>Columns of -A B, one every eight places like those of A, which is m x m; B is row-major.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void NegatedProduct(ref double c, ref double a, ref double b, int m, int columns)
    {
        for (int j = 0; j < columns; j++)
        {
            var sum = Vector512<double>.Zero;
            for (int k = 0; k < m; k++)
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(-Unsafe.Add(ref b, k * columns + j)), Vector512.LoadUnsafe(ref a, (nuint)(k * Width)), sum);
            sum.StoreUnsafe(ref c, (nuint)(j * Width));
        }
    }

    /// <summary>Row-major copy of a block with its columns one every eight places.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Pack(ref double target, ref double columns, int rows, int count)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < count; j++)
                Unsafe.Add(ref target, i * count + j) = Unsafe.Add(ref columns, j * Width + i);
    }
}
