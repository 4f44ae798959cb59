using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>The sweeps of <see cref="BlockTridiagonal{P}"/> along runs of levels with equal blocks of size 1, 2 or 3, unrolled.</summary>
/// <remarks>
/// A level of a run holds 3 m^2 entries of the matrix (lower, diagonal, upper) and 3 m^2 of the factor (D'^-1,
/// -D'^-1 O, -D'^-1 I), row by row unless <see cref="Triples"/> says otherwise. References point to the first level of a sweep, which goes
/// on by a direction of +1 or -1 levels; y0, y1, y2 and x0, x1, x2 carry the solution of the level before it. The unknowns of a run are
/// numbered in the order of its levels, which makes a row of each of the m; the sweeps overwrite the right-hand side.
/// </remarks>
internal static class BlockRuns<P>
    where P : struct, IParameter<P>
{
    /// <summary>Eliminates along a run of 1 x 1 blocks.</summary>
    /// <param name="v">Entries of the first level.</param>
    /// <param name="f">Factor of the first level.</param>
    /// <param name="x">-D'^-1 I of the level before it.</param>
    /// <param name="direction">+1 or -1.</param>
    /// <param name="count">Number of levels.</param>
    /// <returns>The place in the run of a vanishing pivot, or -1.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate1(ref P v, ref P f, ref P x, int direction, int count)
    {
        int outer = 1 - direction, inner = 1 + direction;
        P previous = x;
        for (int k = 0; k < count; k++)
        {
            P toOuter = Unsafe.Add(ref v, outer), pivot = P.MultiplyAdd(toOuter, previous, Unsafe.Add(ref v, 1));
            if (!P.IsUsable(pivot))
                return k;
            P inverse = P.Reciprocal(pivot);
            previous = -(inverse * Unsafe.Add(ref v, inner));
            f = inverse;
            Unsafe.Add(ref f, 1) = -(inverse * toOuter);
            Unsafe.Add(ref f, 2) = previous;
            v = ref Unsafe.Add(ref v, 3 * direction);
            f = ref Unsafe.Add(ref f, 3 * direction);
        }
        return -1;
    }

    /// <summary>Eliminates along a run of 2 x 2 blocks; see <see cref="Eliminate1"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate2(ref P v, ref P f, ref P x, int direction, int count)
    {
        int outer = 4 - 4 * direction, inner = 4 + 4 * direction;
        for (int k = 0; k < count; k++)
        {
            if (!SmallBlocks<P>.Eliminate2(
                ref Unsafe.Add(ref v, outer), ref Unsafe.Add(ref v, 4), ref Unsafe.Add(ref v, inner), ref x, ref f))
                return k;
            x = ref Unsafe.Add(ref f, 8);
            v = ref Unsafe.Add(ref v, 12 * direction);
            f = ref Unsafe.Add(ref f, 12 * direction);
        }
        return -1;
    }

    /// <summary>Eliminates along a run upward (v, f, x) and another downward (w, g, z) at once, which hides the latency of either.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static int EliminatePair2(ref P v, ref P f, ref P x, ref P w, ref P g, ref P z, int count)
    {
        for (int k = 0; k < count; k++)
        {
            bool upper = SmallBlocks<P>.Eliminate2(ref v, ref Unsafe.Add(ref v, 4), ref Unsafe.Add(ref v, 8), ref x, ref f);
            bool lower = SmallBlocks<P>.Eliminate2(ref Unsafe.Add(ref w, 8), ref Unsafe.Add(ref w, 4), ref w, ref z, ref g);
            if (!upper || !lower)
                return k;
            x = ref Unsafe.Add(ref f, 8);
            z = ref Unsafe.Add(ref g, 8);
            v = ref Unsafe.Add(ref v, 12);
            f = ref Unsafe.Add(ref f, 12);
            w = ref Unsafe.Add(ref w, -12);
            g = ref Unsafe.Add(ref g, -12);
        }
        return -1;
    }

    /// <summary>Eliminates along a run of 3 x 3 blocks; see <see cref="Eliminate1"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate3(ref P v, ref P f, ref P x, int direction, int count)
    {
        if (P.LaneCount == 1)
            return Triples.Eliminate(ref Number(ref v), ref Number(ref f), ref Number(ref x), direction, count);
        int outer = 9 - 9 * direction, inner = 9 + 9 * direction;
        for (int k = 0; k < count; k++)
        {
            if (!SmallBlocks<P>.Eliminate3(
                ref Unsafe.Add(ref v, outer), ref Unsafe.Add(ref v, 9), ref Unsafe.Add(ref v, inner), ref x, ref f))
                return k;
            x = ref Unsafe.Add(ref f, 18);
            v = ref Unsafe.Add(ref v, 27 * direction);
            f = ref Unsafe.Add(ref f, 27 * direction);
        }
        return -1;
    }

    /// <summary>The same along two runs of 3 x 3 blocks at once; see <see cref="EliminatePair2"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static int EliminatePair3(ref P v, ref P f, ref P x, ref P w, ref P g, ref P z, int count)
    {
        if (P.LaneCount == 1)
            return Triples.EliminatePair(ref Number(ref v), ref Number(ref f), ref Number(ref x), ref Number(ref w), ref Number(ref g), ref Number(ref z), count);
        for (int k = 0; k < count; k++)
        {
            bool upper = SmallBlocks<P>.Eliminate3(ref v, ref Unsafe.Add(ref v, 9), ref Unsafe.Add(ref v, 18), ref x, ref f);
            bool lower = SmallBlocks<P>.Eliminate3(ref Unsafe.Add(ref w, 18), ref Unsafe.Add(ref w, 9), ref w, ref z, ref g);
            if (!upper || !lower)
                return k;
            x = ref Unsafe.Add(ref f, 18);
            z = ref Unsafe.Add(ref g, 18);
            v = ref Unsafe.Add(ref v, 27);
            f = ref Unsafe.Add(ref f, 27);
            w = ref Unsafe.Add(ref w, -27);
            g = ref Unsafe.Add(ref g, -27);
        }
        return -1;
    }

    /// <summary>y_l = D'^-1 b_l - (D'^-1 O) y_(l - direction) along a run of 1 x 1 blocks.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Inward1(ref P f, ref P a, int direction, int count)
    {
        P y0 = Unsafe.Add(ref a, -direction);
        for (int k = 0; k < count; k++)
        {
            y0 = P.MultiplyAdd(Unsafe.Add(ref f, 1), y0, f * a);
            a = y0;
            f = ref Unsafe.Add(ref f, 3 * direction);
            a = ref Unsafe.Add(ref a, direction);
        }
    }

    /// <summary>The same with 2 x 2 blocks; a and b are the two unknowns of a level.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Inward2(ref P f, ref P a, ref P b, int direction, int count)
    {
        P y0 = Unsafe.Add(ref a, -direction), y1 = Unsafe.Add(ref b, -direction);
        for (int k = 0; k < count; k++)
        {
            InwardStep2(ref f, ref a, ref b, ref y0, ref y1);
            f = ref Unsafe.Add(ref f, 12 * direction);
            a = ref Unsafe.Add(ref a, direction);
            b = ref Unsafe.Add(ref b, direction);
        }
    }

    /// <summary>A run upward (f, a, b) and one downward (g, c, d) at once.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void InwardPair2(ref P f, ref P a, ref P b, ref P g, ref P c, ref P d, int count)
    {
        P y0 = Unsafe.Add(ref a, -1), y1 = Unsafe.Add(ref b, -1), z0 = Unsafe.Add(ref c, 1), z1 = Unsafe.Add(ref d, 1);
        for (int k = 0; k < count; k++)
        {
            InwardStep2(ref f, ref a, ref b, ref y0, ref y1);
            InwardStep2(ref g, ref c, ref d, ref z0, ref z1);
            f = ref Unsafe.Add(ref f, 12);
            a = ref Unsafe.Add(ref a, 1);
            b = ref Unsafe.Add(ref b, 1);
            g = ref Unsafe.Add(ref g, -12);
            c = ref Unsafe.Add(ref c, -1);
            d = ref Unsafe.Add(ref d, -1);
        }
    }

    /// <summary>The same with 3 x 3 blocks.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Inward3(ref P f, ref P a, ref P b, ref P c, int direction, int count)
    {
        if (P.LaneCount == 1)
        {
            Triples.Inward(ref Number(ref f), ref Number(ref a), ref Number(ref b), ref Number(ref c), direction, count);
            return;
        }
        P y0 = Unsafe.Add(ref a, -direction), y1 = Unsafe.Add(ref b, -direction), y2 = Unsafe.Add(ref c, -direction);
        for (int k = 0; k < count; k++)
        {
            InwardStep3(ref f, ref a, ref b, ref c, ref y0, ref y1, ref y2);
            f = ref Unsafe.Add(ref f, 27 * direction);
            a = ref Unsafe.Add(ref a, direction);
            b = ref Unsafe.Add(ref b, direction);
            c = ref Unsafe.Add(ref c, direction);
        }
    }

    /// <summary>A run upward (f, a, b, c) and one downward (g, d, e, h) of 3 x 3 blocks at once.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void InwardPair3(ref P f, ref P a, ref P b, ref P c, ref P g, ref P d, ref P e, ref P h, int count)
    {
        if (P.LaneCount == 1)
        {
            Triples.InwardPair(ref Number(ref f), ref Number(ref a), ref Number(ref b), ref Number(ref c),
                ref Number(ref g), ref Number(ref d), ref Number(ref e), ref Number(ref h), count);
            return;
        }
        P y0 = Unsafe.Add(ref a, -1), y1 = Unsafe.Add(ref b, -1), y2 = Unsafe.Add(ref c, -1);
        P z0 = Unsafe.Add(ref d, 1), z1 = Unsafe.Add(ref e, 1), z2 = Unsafe.Add(ref h, 1);
        for (int k = 0; k < count; k++)
        {
            InwardStep3(ref f, ref Unsafe.Add(ref a, k), ref Unsafe.Add(ref b, k), ref Unsafe.Add(ref c, k), ref y0, ref y1, ref y2);
            InwardStep3(ref g, ref Unsafe.Add(ref d, -k), ref Unsafe.Add(ref e, -k), ref Unsafe.Add(ref h, -k), ref z0, ref z1, ref z2);
            f = ref Unsafe.Add(ref f, 27);
            g = ref Unsafe.Add(ref g, -27);
        }
    }

    /// <summary>x_l = y_l - (D'^-1 I) x_(l - direction) along a run of 1 x 1 blocks; x is the solution of the level before the first.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Outward1(ref P f, ref P a, ref P x, int direction, int count)
    {
        P x0 = x;
        for (int k = 0; k < count; k++)
        {
            x0 = P.MultiplyAdd(Unsafe.Add(ref f, 2), x0, a);
            a = x0;
            f = ref Unsafe.Add(ref f, 3 * direction);
            a = ref Unsafe.Add(ref a, direction);
        }
    }

    /// <summary>The same with 2 x 2 blocks; x and y are the two unknowns of the level before the first.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Outward2(ref P f, ref P a, ref P b, ref P x, ref P y, int direction, int count)
    {
        P x0 = x, x1 = y;
        for (int k = 0; k < count; k++)
        {
            OutwardStep2(ref f, ref a, ref b, ref x0, ref x1);
            f = ref Unsafe.Add(ref f, 12 * direction);
            a = ref Unsafe.Add(ref a, direction);
            b = ref Unsafe.Add(ref b, direction);
        }
    }

    /// <summary>A run downward (f, a, b) and one upward (g, c, d) at once, from the level (x, y) between them.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void OutwardPair2(ref P f, ref P a, ref P b, ref P g, ref P c, ref P d, ref P x, ref P y, int count)
    {
        P x0 = x, x1 = y, w0 = x, w1 = y;
        for (int k = 0; k < count; k++)
        {
            OutwardStep2(ref f, ref a, ref b, ref x0, ref x1);
            OutwardStep2(ref g, ref c, ref d, ref w0, ref w1);
            f = ref Unsafe.Add(ref f, -12);
            a = ref Unsafe.Add(ref a, -1);
            b = ref Unsafe.Add(ref b, -1);
            g = ref Unsafe.Add(ref g, 12);
            c = ref Unsafe.Add(ref c, 1);
            d = ref Unsafe.Add(ref d, 1);
        }
    }

    /// <summary>The same with 3 x 3 blocks.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Outward3(ref P f, ref P a, ref P b, ref P c, ref P x, ref P y, ref P z, int direction, int count)
    {
        P x0 = x, x1 = y, x2 = z;
        for (int k = 0; k < count; k++)
        {
            OutwardStep3(ref f, ref a, ref b, ref c, ref x0, ref x1, ref x2);
            f = ref Unsafe.Add(ref f, 27 * direction);
            a = ref Unsafe.Add(ref a, direction);
            b = ref Unsafe.Add(ref b, direction);
            c = ref Unsafe.Add(ref c, direction);
        }
    }

    /// <summary>A run downward (f, a, b, c) and one upward (g, d, e, h) of 3 x 3 blocks at once, from the level (x, y, z) between them.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void OutwardPair3(
        ref P f, ref P a, ref P b, ref P c, ref P g, ref P d, ref P e, ref P h, ref P x, ref P y, ref P z, int count)
    {
        P x0 = x, x1 = y, x2 = z, w0 = x, w1 = y, w2 = z;
        for (int k = 0; k < count; k++)
        {
            OutwardStep3(ref f, ref Unsafe.Add(ref a, -k), ref Unsafe.Add(ref b, -k), ref Unsafe.Add(ref c, -k), ref x0, ref x1, ref x2);
            OutwardStep3(ref g, ref Unsafe.Add(ref d, k), ref Unsafe.Add(ref e, k), ref Unsafe.Add(ref h, k), ref w0, ref w1, ref w2);
            f = ref Unsafe.Add(ref f, -27);
            g = ref Unsafe.Add(ref g, 27);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double Number(ref P entry) => ref Unsafe.As<P, double>(ref entry);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InwardStep2(ref P f, ref P a, ref P b, ref P y0, ref P y1)
    {
        P p0 = P.MultiplyAdd(f, a, Unsafe.Add(ref f, 1) * b);
        P p1 = P.MultiplyAdd(Unsafe.Add(ref f, 2), a, Unsafe.Add(ref f, 3) * b);
        P n0 = P.MultiplyAdd(Unsafe.Add(ref f, 5), y1, P.MultiplyAdd(Unsafe.Add(ref f, 4), y0, p0));
        P n1 = P.MultiplyAdd(Unsafe.Add(ref f, 7), y1, P.MultiplyAdd(Unsafe.Add(ref f, 6), y0, p1));
        a = y0 = n0;
        b = y1 = n1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutwardStep2(ref P f, ref P a, ref P b, ref P x0, ref P x1)
    {
        P n0 = P.MultiplyAdd(Unsafe.Add(ref f, 9), x1, P.MultiplyAdd(Unsafe.Add(ref f, 8), x0, a));
        P n1 = P.MultiplyAdd(Unsafe.Add(ref f, 11), x1, P.MultiplyAdd(Unsafe.Add(ref f, 10), x0, b));
        a = x0 = n0;
        b = x1 = n1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InwardStep3(ref P f, ref P a, ref P b, ref P c, ref P y0, ref P y1, ref P y2)
    {
        P p0 = P.MultiplyAdd(Unsafe.Add(ref f, 2), c, P.MultiplyAdd(Unsafe.Add(ref f, 1), b, f * a));
        P p1 = P.MultiplyAdd(Unsafe.Add(ref f, 5), c, P.MultiplyAdd(Unsafe.Add(ref f, 4), b, Unsafe.Add(ref f, 3) * a));
        P p2 = P.MultiplyAdd(Unsafe.Add(ref f, 8), c, P.MultiplyAdd(Unsafe.Add(ref f, 7), b, Unsafe.Add(ref f, 6) * a));
        P n0 = AddRow3(p0, ref Unsafe.Add(ref f, 9), y0, y1, y2);
        P n1 = AddRow3(p1, ref Unsafe.Add(ref f, 12), y0, y1, y2);
        P n2 = AddRow3(p2, ref Unsafe.Add(ref f, 15), y0, y1, y2);
        a = y0 = n0;
        b = y1 = n1;
        c = y2 = n2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutwardStep3(ref P f, ref P a, ref P b, ref P c, ref P x0, ref P x1, ref P x2)
    {
        P n0 = AddRow3(a, ref Unsafe.Add(ref f, 18), x0, x1, x2);
        P n1 = AddRow3(b, ref Unsafe.Add(ref f, 21), x0, x1, x2);
        P n2 = AddRow3(c, ref Unsafe.Add(ref f, 24), x0, x1, x2);
        a = x0 = n0;
        b = x1 = n1;
        c = x2 = n2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static P AddRow3(P sum, ref P f, P a, P b, P c) =>
        P.MultiplyAdd(Unsafe.Add(ref f, 2), c, P.MultiplyAdd(Unsafe.Add(ref f, 1), b, P.MultiplyAdd(f, a, sum)));
}
