using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Steps along 3 x 3 blocks, entry by entry; in plain numbers <see cref="NumberSteps3{P}"/> are faster.</summary>
internal ref struct Steps3<P> : IBlockSteps<P, Steps3<P>>
    where P : struct, IParameter<P>
{
    private const int Block = 9, Level = 3 * Block;

    // Entries, X of the level before, factor and right-hand side of the level to come.
    private ref P _v, _x, _f, _a, _b, _c;

    // The solution of the level before it.
    private P _0, _1, _2;

    public static int Size => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps3<P> StartElimination(ref P values, ref P factor, in RunPlace run) => new()
    {
        _v = ref Unsafe.Add(ref values, run.Values),
        _x = ref Unsafe.Add(ref factor, run.Before),
        _f = ref Unsafe.Add(ref factor, run.Factor),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps3<P> StartInward(ref P factor, ref P rhs, in RunPlace run, int direction) =>
        At(ref Unsafe.Add(ref factor, run.Factor), ref rhs, run, 0, direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps3<P> StartOutward(ref P factor, ref P rhs, in RunPlace run, int direction, int count) =>
        At(ref Unsafe.Add(ref factor, run.Factor + (count - 1) * Level), ref rhs, run, (1 - count) * direction, direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Eliminate(int direction)
    {
        bool isUsable = SmallBlocks<P>.Eliminate3(
            ref Unsafe.Add(ref _v, Block - Block * direction), ref Unsafe.Add(ref _v, Block),
            ref Unsafe.Add(ref _v, Block + Block * direction), ref _x, ref _f);
        _x = ref Unsafe.Add(ref _f, 2 * Block);
        _v = ref Unsafe.Add(ref _v, Level * direction);
        _f = ref Unsafe.Add(ref _f, Level);
        return isUsable;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Inward(int direction)
    {
        P a = P.MultiplyAdd(Unsafe.Add(ref _f, 2), _c, P.MultiplyAdd(Unsafe.Add(ref _f, 1), _b, _f * _a));
        P b = P.MultiplyAdd(Unsafe.Add(ref _f, 5), _c, P.MultiplyAdd(Unsafe.Add(ref _f, 4), _b, Unsafe.Add(ref _f, 3) * _a));
        P c = P.MultiplyAdd(Unsafe.Add(ref _f, 8), _c, P.MultiplyAdd(Unsafe.Add(ref _f, 7), _b, Unsafe.Add(ref _f, 6) * _a));
        GoOn(ref Unsafe.Add(ref _f, Block), a, b, c, direction, Level);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Outward(int direction) => GoOn(ref _f, _a, _b, _c, direction, -Level);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Steps3<P> At(ref P f, ref P rhs, in RunPlace run, int level, int direction)
    {
        ref P a = ref Unsafe.Add(ref rhs, run.A + level), b = ref Unsafe.Add(ref rhs, run.B + level),
            c = ref Unsafe.Add(ref rhs, run.C + level);
        return new()
        {
            _f = ref f,
            _a = ref a,
            _b = ref b,
            _c = ref c,
            _0 = Unsafe.Add(ref a, -direction),
            _1 = Unsafe.Add(ref b, -direction),
            _2 = Unsafe.Add(ref c, -direction),
        };
    }

    /// <summary>Adds the product of a block and the solution of the level before; the sum is that of this level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GoOn(ref P block, P a, P b, P c, int direction, int step)
    {
        a = AddRow(a, ref block);
        b = AddRow(b, ref Unsafe.Add(ref block, 3));
        c = AddRow(c, ref Unsafe.Add(ref block, 6));
        _a = _0 = a;
        _b = _1 = b;
        _c = _2 = c;
        _f = ref Unsafe.Add(ref _f, step);
        _a = ref Unsafe.Add(ref _a, direction);
        _b = ref Unsafe.Add(ref _b, direction);
        _c = ref Unsafe.Add(ref _c, direction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly P AddRow(P sum, ref P row) =>
        P.MultiplyAdd(Unsafe.Add(ref row, 2), _2, P.MultiplyAdd(Unsafe.Add(ref row, 1), _1, P.MultiplyAdd(row, _0, sum)));
}
