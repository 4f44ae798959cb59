using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Steps along 3 x 3 blocks in plain numbers, a row or column of a block in one vector.</summary>
/// <remarks>
/// The fourth lane holds what follows in memory; nothing reads it. The rows of X = -D'^-1 I stay in registers for the next
/// level. With the rows s_i of D' the columns of its inverse are s_1 x s_2, s_2 x s_0 and s_0 x s_1 over the determinant, by which
/// the products are divided at the end: the division runs beside them. Of the factor D'^-1 and -D'^-1 O, which the pass inward
/// multiplies by vectors, are kept by columns, X by rows: the pass outward goes entry by entry, as that of <see cref="Steps3{P}"/>.
/// </remarks>
internal ref struct NumberSteps3<P> : IBlockSteps<P, NumberSteps3<P>>
    where P : struct, IParameter<P>
{
    private const int Block = 9, Level = 3 * Block;

    // Entries, factor and right-hand side of the level to come.
    private ref double _v, _f, _a, _b, _c;

    // Rows of X; or the solution of the level before it, in the first.
    private Vector256<double> _0, _1, _2;

    private Steps3<P> _outward;

    public static int Size => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NumberSteps3<P> StartElimination(ref P values, ref P factor, in RunPlace run)
    {
        Load(ref Number(ref factor, run.Before), out var x0, out var x1, out var x2);
        return new()
        {
            _v = ref Number(ref values, run.Values),
            _f = ref Number(ref factor, run.Factor),
            _0 = x0,
            _1 = x1,
            _2 = x2,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NumberSteps3<P> StartInward(ref P factor, ref P rhs, in RunPlace run, int direction)
    {
        ref double a = ref Number(ref rhs, run.A), b = ref Number(ref rhs, run.B), c = ref Number(ref rhs, run.C);
        return new()
        {
            _f = ref Number(ref factor, run.Factor),
            _a = ref a,
            _b = ref b,
            _c = ref c,
            _0 = Vector256.Create(Unsafe.Add(ref a, -direction), Unsafe.Add(ref b, -direction), Unsafe.Add(ref c, -direction), 0),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NumberSteps3<P> StartOutward(ref P factor, ref P rhs, in RunPlace run, int direction, int count) =>
        new() { _outward = Steps3<P>.StartOutward(ref factor, ref rhs, run, direction, count) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Eliminate(int direction)
    {
        ref double outer = ref Unsafe.Add(ref _v, Block - Block * direction);
        Load(ref Unsafe.Add(ref _v, Block), out var d0, out var d1, out var d2);
        Vector256<double> s0 = Schur(d0, ref outer), s1 = Schur(d1, ref Unsafe.Add(ref outer, 3)),
            s2 = Schur(d2, ref Unsafe.Add(ref outer, 6));
        Vector256<double> l0 = Left(s0), l1 = Left(s1), l2 = Left(s2), r0 = Right(s0), r1 = Right(s1), r2 = Right(s2);
        Vector256<double> c0 = l1 * r2 - r1 * l2, c1 = l2 * r0 - r2 * l0, c2 = l0 * r1 - r0 * l1;
        var terms = s0 * c0;
        double determinant = terms.GetElement(0) + terms.GetElement(1) + terms.GetElement(2);
        Load(ref Unsafe.Add(ref _v, Block + Block * direction), out var i0, out var i1, out var i2);
        var minus = Vector256.Create(-1 / determinant);
        var scale = -minus;
        _0 = Row(First(c0), First(c1), First(c2), i0, i1, i2) * minus;
        _1 = Row(Second(c0), Second(c1), Second(c2), i0, i1, i2) * minus;
        _2 = Row(Third(c0), Third(c1), Third(c2), i0, i1, i2) * minus;
        // Each store of four ends in the place that the next one begins with.
        (c0 * scale).StoreUnsafe(ref _f);
        (c1 * scale).StoreUnsafe(ref _f, 3);
        (c2 * scale).StoreUnsafe(ref _f, 6);
        (Column(c0, c1, c2, ref outer) * minus).StoreUnsafe(ref _f, Block);
        (Column(c0, c1, c2, ref Unsafe.Add(ref outer, 1)) * minus).StoreUnsafe(ref _f, Block + 3);
        (Column(c0, c1, c2, ref Unsafe.Add(ref outer, 2)) * minus).StoreUnsafe(ref _f, Block + 6);
        _0.StoreUnsafe(ref _f, 2 * Block);
        _1.StoreUnsafe(ref _f, 2 * Block + 3);
        StoreThree(_2, ref Unsafe.Add(ref _f, 2 * Block + 6));
        _v = ref Unsafe.Add(ref _v, Level * direction);
        _f = ref Unsafe.Add(ref _f, Level);
        return double.IsFinite(determinant) && determinant != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Inward(int direction)
    {
        var own = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref _f, 6), Vector256.Create(_c), Vector256.FusedMultiplyAdd(
            Vector256.LoadUnsafe(ref _f, 3), Vector256.Create(_b), Vector256.LoadUnsafe(ref _f) * Vector256.Create(_a)));
        // Three products side by side: each level waits for the one before it.
        _0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref _f, Block), First(_0), own)
            + Vector256.LoadUnsafe(ref _f, Block + 3) * Second(_0) + Vector256.LoadUnsafe(ref _f, Block + 6) * Third(_0);
        _a = _0.ToScalar();
        _b = _0.GetElement(1);
        _c = _0.GetElement(2);
        _f = ref Unsafe.Add(ref _f, Level);
        _a = ref Unsafe.Add(ref _a, direction);
        _b = ref Unsafe.Add(ref _b, direction);
        _c = ref Unsafe.Add(ref _c, direction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Outward(int direction) => _outward.Outward(direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double Number(ref P array, int place) => ref Unsafe.As<P, double>(ref Unsafe.Add(ref array, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreThree(Vector256<double> v, ref double target)
    {
        v.GetLower().StoreUnsafe(ref target);
        Unsafe.Add(ref target, 2) = v.GetUpper().ToScalar();
    }

    /// <summary>A column of the product of a block, given by its columns, with a row-major one of which
    /// the column's first entry is given.</summary>
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

    /// <summary>A row of D + O X, of which the first entry of the row of O is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector256<double> Schur(Vector256<double> row, ref double o) =>
        Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref o, 2)), _2, Vector256.FusedMultiplyAdd(
            Vector256.Create(Unsafe.Add(ref o, 1)), _1, Vector256.FusedMultiplyAdd(Vector256.Create(o), _0, row)));

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
