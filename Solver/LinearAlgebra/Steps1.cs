using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Steps along 1 x 1 blocks.</summary>
/// <remarks>A level of an elimination hands on the factors of X; see <see cref="NumberSteps2{P}"/>.</remarks>
internal ref struct Steps1<P> : IBlockSteps<P, Steps1<P>>
    where P : struct, IParameter<P>
{
    private const int Level = 3;

    // Entries, factor and right-hand side of the level to come.
    private ref P _v, _f, _a;

    // I and s, of which X = s I is made; or the solution of the level before it, in the first.
    private P _before, _scale;

    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps1<P> StartElimination(ref P values, ref P factor, in RunPlace run) => new()
    {
        _v = ref Unsafe.Add(ref values, run.Values),
        _f = ref Unsafe.Add(ref factor, run.Factor),
        _before = Unsafe.Add(ref factor, run.Before),
        _scale = P.From(1),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps1<P> StartInward(ref P factor, ref P rhs, in RunPlace run, int direction) =>
        At(ref Unsafe.Add(ref factor, run.Factor), ref Unsafe.Add(ref rhs, run.A), direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Steps1<P> StartOutward(ref P factor, ref P rhs, in RunPlace run, int direction, int count) =>
        At(ref Unsafe.Add(ref factor, run.Factor + (count - 1) * Level), ref Unsafe.Add(ref rhs, run.A - (count - 1) * direction),
            direction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Eliminate(int direction)
    {
        P toOuter = Unsafe.Add(ref _v, 1 - direction), pivot = P.MultiplyAdd(_scale, toOuter * _before, Unsafe.Add(ref _v, 1));
        P inverse = P.Reciprocal(pivot);
        _before = Unsafe.Add(ref _v, 1 + direction);
        _scale = -inverse;
        _f = inverse;
        Unsafe.Add(ref _f, 1) = _scale * toOuter;
        Unsafe.Add(ref _f, 2) = _scale * _before;
        _v = ref Unsafe.Add(ref _v, Level * direction);
        _f = ref Unsafe.Add(ref _f, Level);
        return P.IsUsable(pivot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Inward(int direction)
    {
        _before = P.MultiplyAdd(Unsafe.Add(ref _f, 1), _before, _f * _a);
        _a = _before;
        _f = ref Unsafe.Add(ref _f, Level);
        _a = ref Unsafe.Add(ref _a, direction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Outward(int direction)
    {
        _before = P.MultiplyAdd(_f, _before, _a);
        _a = _before;
        _f = ref Unsafe.Add(ref _f, -Level);
        _a = ref Unsafe.Add(ref _a, direction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Steps1<P> At(ref P f, ref P a, int direction) =>
        new() { _f = ref f, _a = ref a, _before = Unsafe.Add(ref a, -direction) };
}
