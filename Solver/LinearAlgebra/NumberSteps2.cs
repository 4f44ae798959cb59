using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Steps along 2 x 2 blocks in plain numbers, whose elimination waits for less than that of <see cref="Steps2{P}"/>.</summary>
/// <remarks>
/// A level hands on Y = adj(D') I and s = -1 / det D' instead of X = s Y: with D' = D + s (O Y) the products of the next level run beside
/// the division. Lanes are not bound by latency, and with them this would not stay in registers.
/// </remarks>
internal ref struct NumberSteps2<P> : IBlockSteps<P, NumberSteps2<P>>
    where P : struct, IParameter<P>
{
    private const int Block = 4, Level = 3 * Block;

    // Entries and factor of the level to come in an elimination.
    private ref P _v, _f;

    // Y by rows, and s.
    private P _0, _1, _2, _3, _scale;

    private Steps2<P> _solution;

    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NumberSteps2<P> StartElimination(ref P values, ref P factor, in RunPlace run)
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
            _scale = P.From(1),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NumberSteps2<P> StartInward(ref P factor, ref P rhs, in RunPlace run, int direction) =>
        new() { _solution = Steps2<P>.StartInward(ref factor, ref rhs, in run, direction) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NumberSteps2<P> StartOutward(ref P factor, ref P rhs, in RunPlace run, int direction, int count) =>
        new() { _solution = Steps2<P>.StartOutward(ref factor, ref rhs, in run, direction, count) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Eliminate(int direction)
    {
        ref P o = ref Unsafe.Add(ref _v, Block - Block * direction), d = ref Unsafe.Add(ref _v, Block),
            n = ref Unsafe.Add(ref _v, Block + Block * direction);
        P o0 = o, o1 = Unsafe.Add(ref o, 1), o2 = Unsafe.Add(ref o, 2), o3 = Unsafe.Add(ref o, 3);
        P s0 = P.MultiplyAdd(_scale, P.MultiplyAdd(o1, _2, o0 * _0), d);
        P s1 = P.MultiplyAdd(_scale, P.MultiplyAdd(o1, _3, o0 * _1), Unsafe.Add(ref d, 1));
        P s2 = P.MultiplyAdd(_scale, P.MultiplyAdd(o3, _2, o2 * _0), Unsafe.Add(ref d, 2));
        P s3 = P.MultiplyAdd(_scale, P.MultiplyAdd(o3, _3, o2 * _1), Unsafe.Add(ref d, 3));
        P c1 = -s1, c2 = -s2, determinant = P.MultiplyAdd(s0, s3, c1 * s2);
        P n0 = n, n1 = Unsafe.Add(ref n, 1), n2 = Unsafe.Add(ref n, 2), n3 = Unsafe.Add(ref n, 3);
        _0 = P.MultiplyAdd(s3, n0, c1 * n2);
        _1 = P.MultiplyAdd(s3, n1, c1 * n3);
        _2 = P.MultiplyAdd(c2, n0, s0 * n2);
        _3 = P.MultiplyAdd(c2, n1, s0 * n3);
        P scale = P.Reciprocal(determinant);
        _scale = -scale;
        P i0 = s3 * scale, i1 = c1 * scale, i2 = c2 * scale, i3 = s0 * scale;
        P m0 = -i0, m1 = -i1, m2 = -i2, m3 = -i3;
        _f = i0;
        Unsafe.Add(ref _f, 1) = i1;
        Unsafe.Add(ref _f, 2) = i2;
        Unsafe.Add(ref _f, 3) = i3;
        Unsafe.Add(ref _f, 4) = P.MultiplyAdd(m0, o0, m1 * o2);
        Unsafe.Add(ref _f, 5) = P.MultiplyAdd(m0, o1, m1 * o3);
        Unsafe.Add(ref _f, 6) = P.MultiplyAdd(m2, o0, m3 * o2);
        Unsafe.Add(ref _f, 7) = P.MultiplyAdd(m2, o1, m3 * o3);
        Unsafe.Add(ref _f, 8) = _0 * _scale;
        Unsafe.Add(ref _f, 9) = _1 * _scale;
        Unsafe.Add(ref _f, 10) = _2 * _scale;
        Unsafe.Add(ref _f, 11) = _3 * _scale;
        _v = ref Unsafe.Add(ref _v, Level * direction);
        _f = ref Unsafe.Add(ref _f, Level);
        return P.IsUsable(determinant);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Inward(int direction) => _solution.Inward(direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Outward(int direction) => _solution.Outward(direction);
}
