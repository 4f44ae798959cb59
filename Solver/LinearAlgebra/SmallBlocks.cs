using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Arithmetic of the small dense blocks of <see cref="BlockTridiagonal{P}"/>, for numbers
/// and lanes; row-major, without checks.</summary>
internal static class SmallBlocks<P>
    where P : struct, IParameter<P>
{
    /// <summary>
    /// Eliminates a 3 x 3 neighbour with X = -D'^-1 I from a 3 x 3 block: D' = D + O X; D'^-1, that of the cofactors,
    /// -D'^-1 O and -D'^-1 I go to the target.
    /// </summary>
    /// <returns>False when the block is singular.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static bool Eliminate3(ref P outer, ref P diagonal, ref P inner, ref P x, ref P target)
    {
        P s0 = Schur3(ref diagonal, ref outer, ref x, 0), s1 = Schur3(ref diagonal, ref outer, ref x, 1),
            s2 = Schur3(ref diagonal, ref outer, ref x, 2);
        P s3 = Schur3(ref diagonal, ref outer, ref x, 3), s4 = Schur3(ref diagonal, ref outer, ref x, 4),
            s5 = Schur3(ref diagonal, ref outer, ref x, 5);
        P s6 = Schur3(ref diagonal, ref outer, ref x, 6), s7 = Schur3(ref diagonal, ref outer, ref x, 7),
            s8 = Schur3(ref diagonal, ref outer, ref x, 8);
        P c0 = P.MultiplyAdd(s4, s8, -(s5 * s7)), c1 = P.MultiplyAdd(s5, s6, -(s3 * s8)), c2 = P.MultiplyAdd(s3, s7, -(s4 * s6));
        P determinant = P.MultiplyAdd(s0, c0, P.MultiplyAdd(s1, c1, s2 * c2));
        P scale = P.Reciprocal(determinant);
        target = c0 * scale;
        Unsafe.Add(ref target, 1) = P.MultiplyAdd(s2, s7, -(s1 * s8)) * scale;
        Unsafe.Add(ref target, 2) = P.MultiplyAdd(s1, s5, -(s2 * s4)) * scale;
        Unsafe.Add(ref target, 3) = c1 * scale;
        Unsafe.Add(ref target, 4) = P.MultiplyAdd(s0, s8, -(s2 * s6)) * scale;
        Unsafe.Add(ref target, 5) = P.MultiplyAdd(s2, s3, -(s0 * s5)) * scale;
        Unsafe.Add(ref target, 6) = c2 * scale;
        Unsafe.Add(ref target, 7) = P.MultiplyAdd(s1, s6, -(s0 * s7)) * scale;
        Unsafe.Add(ref target, 8) = P.MultiplyAdd(s0, s4, -(s1 * s3)) * scale;
        NegatedProduct3(ref Unsafe.Add(ref target, 9), ref target, ref outer);
        NegatedProduct3(ref Unsafe.Add(ref target, 18), ref target, ref inner);
        return P.IsUsable(determinant);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static P Schur3(ref P d, ref P o, ref P x, int entry)
    {
        ref P row = ref Unsafe.Add(ref o, entry - entry % 3);
        ref P column = ref Unsafe.Add(ref x, entry % 3);
        return P.MultiplyAdd(Unsafe.Add(ref row, 2), Unsafe.Add(ref column, 6),
            P.MultiplyAdd(Unsafe.Add(ref row, 1), Unsafe.Add(ref column, 3), P.MultiplyAdd(row, column, Unsafe.Add(ref d, entry))));
    }

    /// <summary>C = -A B.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private static void NegatedProduct3(ref P c, ref P a, ref P b)
    {
        for (int i = 0; i < 9; i += 3)
        {
            P a0 = -Unsafe.Add(ref a, i), a1 = -Unsafe.Add(ref a, i + 1), a2 = -Unsafe.Add(ref a, i + 2);
            Unsafe.Add(ref c, i) = P.MultiplyAdd(a2, Unsafe.Add(ref b, 6), P.MultiplyAdd(a1, Unsafe.Add(ref b, 3), a0 * b));
            Unsafe.Add(ref c, i + 1) = P.MultiplyAdd(a2, Unsafe.Add(ref b, 7),
                P.MultiplyAdd(a1, Unsafe.Add(ref b, 4), a0 * Unsafe.Add(ref b, 1)));
            Unsafe.Add(ref c, i + 2) = P.MultiplyAdd(a2, Unsafe.Add(ref b, 8),
                P.MultiplyAdd(a1, Unsafe.Add(ref b, 5), a0 * Unsafe.Add(ref b, 2)));
        }
    }

    /// <summary>In-place inverse by Gauss-Jordan elimination; returns the row of a vanishing pivot, or -1.</summary>
    [MethodImpl(Compilation.HotLoop)]
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
                AddScaled(ref Unsafe.Add(ref a, i * m), factor, ref Unsafe.Add(ref a, k * m), m);
            }
        }
        return -1;
    }

    /// <summary>C = -A B, row-major.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void NegatedProduct(ref P c, ref P a, ref P b, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows * columns; i++)
            Unsafe.Add(ref c, i) = default;
        AddProduct(ref c, ref a, ref b, rows, inner, columns);
        for (int i = 0; i < rows * columns; i++)
            Unsafe.Add(ref c, i) = -Unsafe.Add(ref c, i);
    }

    /// <summary>C += A B, row-major.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void AddProduct(ref P c, ref P a, ref P b, int rows, int inner, int columns)
    {
        for (int k = 0; k < inner; k++)
        {
            ref P row = ref Unsafe.Add(ref b, k * columns);
            if (!IsZero(ref row, columns))
                for (int i = 0; i < rows; i++)
                    AddScaled(ref Unsafe.Add(ref c, i * columns), Unsafe.Add(ref a, i * inner + k), ref row, columns);
        }
    }

    // A wide block joins its neighbours by a few of its rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsZero(ref P x, int count)
    {
        for (int j = 0; j < count; j++)
            for (int lane = 0; lane < P.LaneCount; lane++)
                if (P.Lane(Unsafe.Add(ref x, j), lane) != 0)
                    return false;
        return true;
    }

    /// <summary>y += factor x. Numbers go eight at a time: where an interface takes protons from further away, a block has tens of
    /// rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(ref P y, P factor, ref P x, int count)
    {
        if (P.LaneCount > 1)
        {
            for (int j = 0; j < count; j++)
                Unsafe.Add(ref y, j) = P.MultiplyAdd(factor, Unsafe.Add(ref x, j), Unsafe.Add(ref y, j));
        }
        else if (P.Lane(factor, 0) is not 0 and var number)
        {
            ScaledSum.Add(ref Unsafe.As<P, double>(ref y), number, ref Unsafe.As<P, double>(ref x), count);
        }
    }
}
