using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Steps along 2 x 2 blocks.</summary>
internal ref struct Steps2<P> : IBlockSteps<P, Steps2<P>>
    where P : struct, IParameter<P>
{
    private const int Block = 4, Level = 3 * Block;

    // Entries, factor and right-hand side of the level to come.
    private ref P _v, _f, _a, _b;

    // X by rows; or the solution of the level before it, in the first two.
    private P _0, _1, _2, _3;

    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps2<P> StartElimination(ref P values, ref P factor, in RunPlace run)
    {
        ref P x = ref Unsafe.Add(ref factor, run.Before);
        return new()
        {
            _v = ref Unsafe.Add(ref values, run.Values),
            _f = ref Unsafe.Add(ref factor, run.Factor),
            _0 = x,
            _1 = Unsafe.Add(ref x, 1),
            _2 = Unsafe.Add(ref x, 2),
            _3 = Unsafe.Add(ref x, 3),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps2<P> StartInward(ref P factor, ref P rhs, in RunPlace run, int direction) =>
        At(ref Unsafe.Add(ref factor, run.Factor), ref Unsafe.Add(ref rhs, run.A), ref Unsafe.Add(ref rhs, run.B), direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps2<P> StartOutward(ref P factor, ref P rhs, in RunPlace run, int direction, int count)
    {
        int last = (1 - count) * direction;
        return At(
            ref Unsafe.Add(ref factor, run.Factor + (count - 1) * Level), ref Unsafe.Add(ref rhs, run.A + last),
            ref Unsafe.Add(ref rhs, run.B + last), direction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Eliminate(int direction)
    {
        ref P o = ref Unsafe.Add(ref _v, Block - Block * direction), d = ref Unsafe.Add(ref _v, Block),
            n = ref Unsafe.Add(ref _v, Block + Block * direction);
        P o0 = o, o1 = Unsafe.Add(ref o, 1), o2 = Unsafe.Add(ref o, 2), o3 = Unsafe.Add(ref o, 3);
        P s0 = P.MultiplyAdd(o1, _2, P.MultiplyAdd(o0, _0, d));
        P s1 = P.MultiplyAdd(o1, _3, P.MultiplyAdd(o0, _1, Unsafe.Add(ref d, 1)));
        P s2 = P.MultiplyAdd(o3, _2, P.MultiplyAdd(o2, _0, Unsafe.Add(ref d, 2)));
        P s3 = P.MultiplyAdd(o3, _3, P.MultiplyAdd(o2, _1, Unsafe.Add(ref d, 3)));
        // The two products of the determinant have opposite signs (Debye screening adds to conduction): no cancellation.
        P determinant = P.MultiplyAdd(s0, s3, -(s1 * s2));
        P scale = P.Reciprocal(determinant), minus = -scale;
        P i0 = s3 * scale, i1 = s1 * minus, i2 = s2 * minus, i3 = s0 * scale;
        P m0 = -i0, m1 = -i1, m2 = -i2, m3 = -i3;
        P n0 = n, n1 = Unsafe.Add(ref n, 1), n2 = Unsafe.Add(ref n, 2), n3 = Unsafe.Add(ref n, 3);
        _0 = P.MultiplyAdd(m0, n0, m1 * n2);
        _1 = P.MultiplyAdd(m0, n1, m1 * n3);
        _2 = P.MultiplyAdd(m2, n0, m3 * n2);
        _3 = P.MultiplyAdd(m2, n1, m3 * n3);
        _f = i0;
        Unsafe.Add(ref _f, 1) = i1;
        Unsafe.Add(ref _f, 2) = i2;
        Unsafe.Add(ref _f, 3) = i3;
        Unsafe.Add(ref _f, 4) = P.MultiplyAdd(m0, o0, m1 * o2);
        Unsafe.Add(ref _f, 5) = P.MultiplyAdd(m0, o1, m1 * o3);
        Unsafe.Add(ref _f, 6) = P.MultiplyAdd(m2, o0, m3 * o2);
        Unsafe.Add(ref _f, 7) = P.MultiplyAdd(m2, o1, m3 * o3);
        Unsafe.Add(ref _f, 8) = _0;
        Unsafe.Add(ref _f, 9) = _1;
        Unsafe.Add(ref _f, 10) = _2;
        Unsafe.Add(ref _f, 11) = _3;
        _v = ref Unsafe.Add(ref _v, Level * direction);
        _f = ref Unsafe.Add(ref _f, Level);
        return P.IsUsable(determinant);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Inward(int direction)
    {
        P a = P.MultiplyAdd(_f, _a, Unsafe.Add(ref _f, 1) * _b);
        P b = P.MultiplyAdd(Unsafe.Add(ref _f, 2), _a, Unsafe.Add(ref _f, 3) * _b);
        GoOn(ref Unsafe.Add(ref _f, Block), a, b, direction, Level);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Outward(int direction) => GoOn(ref _f, _a, _b, direction, -Level);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Steps2<P> At(ref P f, ref P a, ref P b, int direction) =>
        new() { _f = ref f, _a = ref a, _b = ref b, _0 = Unsafe.Add(ref a, -direction), _1 = Unsafe.Add(ref b, -direction) };

    /// <summary>Adds the product of a block and the solution of the level before; the sum is that of this level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GoOn(ref P block, P a, P b, int direction, int step)
    {
        a = P.MultiplyAdd(Unsafe.Add(ref block, 1), _1, P.MultiplyAdd(block, _0, a));
        b = P.MultiplyAdd(Unsafe.Add(ref block, 3), _1, P.MultiplyAdd(Unsafe.Add(ref block, 2), _0, b));
        _a = _0 = a;
        _b = _1 = b;
        _f = ref Unsafe.Add(ref _f, step);
        _a = ref Unsafe.Add(ref _a, direction);
        _b = ref Unsafe.Add(ref _b, direction);
    }
}
