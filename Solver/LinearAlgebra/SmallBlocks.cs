using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Arithmetic of the small dense blocks of <see cref="BlockTridiagonal{P}"/>, for numbers and lanes; row-major, without checks.</summary>
internal static class SmallBlocks<P>
    where P : struct, IParameter<P>
{
    /// <summary>Two eliminations of 2 x 2 blocks with 2 x 2 neighbours; inverse, outer and inner products lie in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EliminatePair(
        ref P outerA, ref P diagonalA, ref P innerA, ref P previousA, ref P targetA,
        ref P outerB, ref P diagonalB, ref P innerB, ref P previousB, ref P targetB)
    {
        Schur(ref outerA, ref diagonalA, ref previousA, out P a00, out P a01, out P a10, out P a11);
        Schur(ref outerB, ref diagonalB, ref previousB, out P b00, out P b01, out P b10, out P b11);
        // The two products of the determinant have opposite signs (Debye screening adds to conduction): no cancellation.
        P determinantA = P.MultiplyAdd(a00, a11, -(a01 * a10)), determinantB = P.MultiplyAdd(b00, b11, -(b01 * b10));
        P scaleA = P.Reciprocal(determinantA), scaleB = P.Reciprocal(determinantB);
        Finish(a11 * scaleA, -(a01 * scaleA), -(a10 * scaleA), a00 * scaleA, ref outerA, ref innerA, ref targetA);
        Finish(b11 * scaleB, -(b01 * scaleB), -(b10 * scaleB), b00 * scaleB, ref outerB, ref innerB, ref targetB);
        return P.IsUsable(determinantA) && P.IsUsable(determinantB);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Schur(ref P o, ref P d, ref P x, out P s00, out P s01, out P s10, out P s11)
    {
        P o0 = -o, o1 = -Unsafe.Add(ref o, 1), o2 = -Unsafe.Add(ref o, 2), o3 = -Unsafe.Add(ref o, 3);
        P x0 = x, x1 = Unsafe.Add(ref x, 1), x2 = Unsafe.Add(ref x, 2), x3 = Unsafe.Add(ref x, 3);
        s00 = P.MultiplyAdd(o1, x2, P.MultiplyAdd(o0, x0, d));
        s01 = P.MultiplyAdd(o1, x3, P.MultiplyAdd(o0, x1, Unsafe.Add(ref d, 1)));
        s10 = P.MultiplyAdd(o3, x2, P.MultiplyAdd(o2, x0, Unsafe.Add(ref d, 2)));
        s11 = P.MultiplyAdd(o3, x3, P.MultiplyAdd(o2, x1, Unsafe.Add(ref d, 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(P i00, P i01, P i10, P i11, ref P o, ref P n, ref P target)
    {
        P n0 = n, n1 = Unsafe.Add(ref n, 1), n2 = Unsafe.Add(ref n, 2), n3 = Unsafe.Add(ref n, 3);
        Unsafe.Add(ref target, 8) = P.MultiplyAdd(i00, n0, i01 * n2);
        Unsafe.Add(ref target, 9) = P.MultiplyAdd(i00, n1, i01 * n3);
        Unsafe.Add(ref target, 10) = P.MultiplyAdd(i10, n0, i11 * n2);
        Unsafe.Add(ref target, 11) = P.MultiplyAdd(i10, n1, i11 * n3);
        P o0 = o, o1 = Unsafe.Add(ref o, 1), o2 = Unsafe.Add(ref o, 2), o3 = Unsafe.Add(ref o, 3);
        target = i00;
        Unsafe.Add(ref target, 1) = i01;
        Unsafe.Add(ref target, 2) = i10;
        Unsafe.Add(ref target, 3) = i11;
        Unsafe.Add(ref target, 4) = P.MultiplyAdd(i00, o0, i01 * o2);
        Unsafe.Add(ref target, 5) = P.MultiplyAdd(i00, o1, i01 * o3);
        Unsafe.Add(ref target, 6) = P.MultiplyAdd(i10, o0, i11 * o2);
        Unsafe.Add(ref target, 7) = P.MultiplyAdd(i10, o1, i11 * o3);
    }

    /// <summary>In-place inverse by Gauss-Jordan elimination; returns the row of a vanishing pivot, or -1.</summary>
    public static int Invert(ref P a, int m)
    {
        for (int k = 0; k < m; k++)
        {
            P pivot = Unsafe.Add(ref a, k * m + k);
            if (!P.IsUsable(pivot))
                return k;
            P inverse = P.Reciprocal(pivot);
            Unsafe.Add(ref a, k * m + k) = P.From(1);
            for (int j = 0; j < m; j++)
                Unsafe.Add(ref a, k * m + j) *= inverse;
            for (int i = 0; i < m; i++)
            {
                if (i == k)
                    continue;
                P factor = -Unsafe.Add(ref a, i * m + k);
                Unsafe.Add(ref a, i * m + k) = default;
                for (int j = 0; j < m; j++)
                    Unsafe.Add(ref a, i * m + j) = P.MultiplyAdd(factor, Unsafe.Add(ref a, k * m + j), Unsafe.Add(ref a, i * m + j));
            }
        }
        return -1;
    }

    /// <summary>C = A B, row-major.</summary>
    public static void Product(ref P c, ref P a, ref P b, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                P sum = default;
                for (int k = 0; k < inner; k++)
                    sum = P.MultiplyAdd(Unsafe.Add(ref a, i * inner + k), Unsafe.Add(ref b, k * columns + j), sum);
                Unsafe.Add(ref c, i * columns + j) = sum;
            }
    }

    /// <summary>C -= A B, row-major.</summary>
    public static void SubtractProduct(ref P c, ref P a, ref P b, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                P sum = Unsafe.Add(ref c, i * columns + j);
                for (int k = 0; k < inner; k++)
                    sum = P.MultiplyAdd(-Unsafe.Add(ref a, i * inner + k), Unsafe.Add(ref b, k * columns + j), sum);
                Unsafe.Add(ref c, i * columns + j) = sum;
            }
    }
}
