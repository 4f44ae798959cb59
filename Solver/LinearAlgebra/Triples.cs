using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Sweeps along runs of 3 x 3 blocks in plain numbers, a row or column of a block in one vector; see <see cref="BlockRuns{P}"/>.</summary>
/// <remarks>
/// The fourth lane holds what follows in memory; nothing reads it. The rows of X = -D'^-1 I stay in registers for the next
/// level. With the rows s_i of D' the columns of its inverse are s_1 x s_2, s_2 x s_0 and s_0 x s_1 over the determinant, by which
/// the products are divided at the end: the division runs beside them. Of the factor D'^-1 and -D'^-1 O, which the sweep inward
/// multiplies by vectors, are kept by columns, X by rows.
/// </remarks>
internal static class Triples
{
    private const int Block = 9, Level = 27;

    /// <summary>Eliminates along one run; arguments and result as in <see cref="BlockRuns{P}.Eliminate3"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate(ref double v, ref double f, ref double x, int direction, int count)
    {
        Load(ref x, out var x0, out var x1, out var x2);
        int outer = Block - Block * direction, inner = Block + Block * direction;
        for (int k = 0; k < count; k++)
        {
            if (!Step(ref Unsafe.Add(ref v, outer), ref Unsafe.Add(ref v, Block), ref Unsafe.Add(ref v, inner), ref f, ref x0, ref x1, ref x2))
                return k;
            v = ref Unsafe.Add(ref v, Level * direction);
            f = ref Unsafe.Add(ref f, Level * direction);
        }
        return -1;
    }

    /// <summary>Eliminates along a run upward and another downward at once; see <see cref="BlockRuns{P}.EliminatePair3"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static int EliminatePair(ref double v, ref double f, ref double x, ref double w, ref double g, ref double z, int count)
    {
        Load(ref x, out var x0, out var x1, out var x2);
        Load(ref z, out var z0, out var z1, out var z2);
        for (int k = 0; k < count; k++)
        {
            bool upper = Step(ref v, ref Unsafe.Add(ref v, Block), ref Unsafe.Add(ref v, 2 * Block), ref f, ref x0, ref x1, ref x2);
            bool lower = Step(ref Unsafe.Add(ref w, 2 * Block), ref Unsafe.Add(ref w, Block), ref w, ref g, ref z0, ref z1, ref z2);
            if (!upper || !lower)
                return k;
            v = ref Unsafe.Add(ref v, Level);
            f = ref Unsafe.Add(ref f, Level);
            w = ref Unsafe.Add(ref w, -Level);
            g = ref Unsafe.Add(ref g, -Level);
        }
        return -1;
    }

    /// <summary>D' = D + O X; D'^-1, -D'^-1 O and -D'^-1 I go to the factor, the last also to X.</summary>
    /// <returns>False when the block is singular.</returns>
    [MethodImpl(Compilation.HotLoop)]
    private static bool Step(
        ref double outer, ref double diagonal, ref double inner, ref double factor,
        ref Vector256<double> x0, ref Vector256<double> x1, ref Vector256<double> x2)
    {
        Load(ref diagonal, out var d0, out var d1, out var d2);
        Vector256<double> s0 = Schur(d0, ref outer, x0, x1, x2), s1 = Schur(d1, ref Unsafe.Add(ref outer, 3), x0, x1, x2);
        Vector256<double> s2 = Schur(d2, ref Unsafe.Add(ref outer, 6), x0, x1, x2);
        Vector256<double> l0 = Left(s0), l1 = Left(s1), l2 = Left(s2), r0 = Right(s0), r1 = Right(s1), r2 = Right(s2);
        Vector256<double> c0 = l1 * r2 - r1 * l2, c1 = l2 * r0 - r2 * l0, c2 = l0 * r1 - r0 * l1;
        var terms = s0 * c0;
        double determinant = terms.GetElement(0) + terms.GetElement(1) + terms.GetElement(2);
        var scale = Vector256.Create(1 / determinant);

        Load(ref inner, out var i0, out var i1, out var i2);
        var minus = -scale;
        // Each store of four ends in the place that the next one begins with.
        (c0 * scale).StoreUnsafe(ref factor);
        (c1 * scale).StoreUnsafe(ref factor, 3);
        (c2 * scale).StoreUnsafe(ref factor, 6);
        (Column(c0, c1, c2, ref outer) * minus).StoreUnsafe(ref factor, Block);
        (Column(c0, c1, c2, ref Unsafe.Add(ref outer, 1)) * minus).StoreUnsafe(ref factor, Block + 3);
        (Column(c0, c1, c2, ref Unsafe.Add(ref outer, 2)) * minus).StoreUnsafe(ref factor, Block + 6);
        x0 = Row(First(c0), First(c1), First(c2), i0, i1, i2) * minus;
        x1 = Row(Second(c0), Second(c1), Second(c2), i0, i1, i2) * minus;
        x2 = Row(Third(c0), Third(c1), Third(c2), i0, i1, i2) * minus;
        x0.StoreUnsafe(ref factor, 2 * Block);
        x1.StoreUnsafe(ref factor, 2 * Block + 3);
        StoreThree(x2, ref Unsafe.Add(ref factor, 2 * Block + 6));
        return double.IsFinite(determinant) && determinant != 0;
    }

    /// <summary>y_l = D'^-1 b_l + (-D'^-1 O) y_(l - direction) along a run; arguments as in <see cref="BlockRuns{P}.Inward3"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Inward(ref double f, ref double a, ref double b, ref double c, int direction, int count)
    {
        var before = Gather(ref a, ref b, ref c, -direction);
        for (int k = 0; k < count; k++)
        {
            int l = k * direction;
            before = InwardStep(ref f, Unsafe.Add(ref a, l), Unsafe.Add(ref b, l), Unsafe.Add(ref c, l), before);
            Scatter(before, ref a, ref b, ref c, l);
            f = ref Unsafe.Add(ref f, Level * direction);
        }
    }

    /// <summary>A run upward (f, a, b, c) and one downward (g, d, e, h) at once; see <see cref="BlockRuns{P}.InwardPair3"/>.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void InwardPair(
        ref double f, ref double a, ref double b, ref double c, ref double g, ref double d, ref double e, ref double h, int count)
    {
        Vector256<double> before = Gather(ref a, ref b, ref c, -1), after = Gather(ref d, ref e, ref h, 1);
        for (int k = 0; k < count; k++)
        {
            before = InwardStep(ref f, Unsafe.Add(ref a, k), Unsafe.Add(ref b, k), Unsafe.Add(ref c, k), before);
            after = InwardStep(ref g, Unsafe.Add(ref d, -k), Unsafe.Add(ref e, -k), Unsafe.Add(ref h, -k), after);
            Scatter(before, ref a, ref b, ref c, k);
            Scatter(after, ref d, ref e, ref h, -k);
            f = ref Unsafe.Add(ref f, Level);
            g = ref Unsafe.Add(ref g, -Level);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Gather(ref double a, ref double b, ref double c, int level) =>
        Vector256.Create(Unsafe.Add(ref a, level), Unsafe.Add(ref b, level), Unsafe.Add(ref c, level), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(Vector256<double> v, ref double a, ref double b, ref double c, int level)
    {
        Unsafe.Add(ref a, level) = v.ToScalar();
        Unsafe.Add(ref b, level) = v.GetElement(1);
        Unsafe.Add(ref c, level) = v.GetElement(2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> InwardStep(ref double f, double a, double b, double c, Vector256<double> before)
    {
        var own = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref f, 6), Vector256.Create(c), Vector256.FusedMultiplyAdd(
            Vector256.LoadUnsafe(ref f, 3), Vector256.Create(b), Vector256.LoadUnsafe(ref f) * Vector256.Create(a)));
        // Three products side by side: each level waits for the one before it.
        return Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref f, Block), First(before), own)
            + Vector256.LoadUnsafe(ref f, Block + 3) * Second(before) + Vector256.LoadUnsafe(ref f, Block + 6) * Third(before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreThree(Vector256<double> v, ref double target)
    {
        v.GetLower().StoreUnsafe(ref target);
        Unsafe.Add(ref target, 2) = v.GetUpper().ToScalar();
    }

    /// <summary>A column of the product of a block, given by its columns, with a row-major one of which the column's first entry is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Column(Vector256<double> c0, Vector256<double> c1, Vector256<double> c2, ref double o) =>
        Row(Vector256.Create(o), Vector256.Create(Unsafe.Add(ref o, 3)), Vector256.Create(Unsafe.Add(ref o, 6)), c0, c1, c2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref double block, out Vector256<double> r0, out Vector256<double> r1, out Vector256<double> r2)
    {
        r0 = Vector256.LoadUnsafe(ref block);
        r1 = Vector256.LoadUnsafe(ref block, 3);
        r2 = Vector256.LoadUnsafe(ref block, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Schur(Vector256<double> row, ref double o, Vector256<double> x0, Vector256<double> x1, Vector256<double> x2) =>
        Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref o, 2)), x2, Vector256.FusedMultiplyAdd(
            Vector256.Create(Unsafe.Add(ref o, 1)), x1, Vector256.FusedMultiplyAdd(Vector256.Create(o), x0, row)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Row(
        Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> r0, Vector256<double> r1, Vector256<double> r2) =>
        Vector256.FusedMultiplyAdd(c, r2, Vector256.FusedMultiplyAdd(b, r1, a * r0));

    /// <summary>(y, z, x) of (x, y, z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Left(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(1L, 2, 0, 3));

    /// <summary>(z, x, y) of (x, y, z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Right(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(2L, 0, 1, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> First(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(0L, 0, 0, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Second(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(1L, 1, 1, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Third(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(2L, 2, 2, 2));
}
