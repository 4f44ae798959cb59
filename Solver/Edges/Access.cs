using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Edges;

/// <summary>How a loop over edges reads and writes arrays: some edges of one device at a time, or one edge of several devices.</summary>
internal interface IAccess<P, W>
    where P : struct, IParameter<P>
    where W : struct, IParameter<W>, IReal<W, W>
{
    /// <summary>Edges taken at a time.</summary>
    static abstract int Count { get; }

    /// <summary>Consecutive entries from an index behind a place on.</summary>
    static abstract W Get(ref P place, nint index);

    /// <summary>Writes consecutive entries from an index behind a place on.</summary>
    static abstract void Put(ref P place, nint index, W value);

    /// <summary>Entries of the places one back: those of a group moved on by one, behind the last of the group before.</summary>
    static abstract W Behind(W now, W before);

    /// <summary>0 in the first entries of a group from an index on, if the group before has them as well: groups begin at
    /// multiples of their size, but for the last.</summary>
    static abstract W Own(W value, nint index);

    /// <summary>Adds to consecutive entries from an index behind a place on what is the group's own.</summary>
    static abstract void Add(ref P place, nint index, W value);

    /// <summary>Entries whose places behind the first stand one after the other.</summary>
    static abstract W Gather(ref P first, ref int places);

    /// <summary>The last entry.</summary>
    static abstract P Last(W value);

    /// <summary>Sum of the entries.</summary>
    static abstract P Sum(W value);

    /// <summary>A parameter in every place.</summary>
    static abstract W Broadcast(P value);
}

/// <summary>One edge at a time.</summary>
internal readonly struct OneEdge<P> : IAccess<P, P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Get(ref P place, nint index) => Unsafe.Add(ref place, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(ref P place, nint index, P value) => Unsafe.Add(ref place, index) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Behind(P now, P before) => before;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Own(P value, nint index) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref P place, nint index, P value) => Unsafe.Add(ref place, index) += value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Gather(ref P first, ref int places) => Unsafe.Add(ref first, places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Last(P value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Sum(P value) => value;

    public static P Broadcast(P value) => value;
}

/// <summary>Eight edges of one device at a time.</summary>
internal readonly struct EightEdges : IAccess<Scalar, Lanes>
{
    public static int Count => Lanes.Count;

    [MethodImpl(Compilation.Operator)]
    public static Lanes Get(ref Scalar place, nint index) =>
        new(Vector512.LoadUnsafe(ref Unsafe.As<Scalar, double>(ref place), (nuint)index));

    [MethodImpl(Compilation.Operator)]
    public static void Put(ref Scalar place, nint index, Lanes value) =>
        value.Value.StoreUnsafe(ref Unsafe.As<Scalar, double>(ref place), (nuint)index);

    [MethodImpl(Compilation.Operator)]
    public static Lanes Behind(Lanes now, Lanes before) => new(VectorMath.Behind(now.Value, before.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Own(Lanes value, nint index)
    {
        nint shared = -index & (Count - 1);
        return shared == 0 ? value : new(Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512<double>.Indices, Vector512.Create((double)shared)), Vector512<double>.Zero, value.Value));
    }

    [MethodImpl(Compilation.Operator)]
    public static void Add(ref Scalar place, nint index, Lanes value) => Put(ref place, index, Get(ref place, index) + Own(value, index));

    public static Lanes Gather(ref Scalar first, ref int places)
    {
        ref double numbers = ref Unsafe.As<Scalar, double>(ref first);
        return new(Vector512.Create(
            Unsafe.Add(ref numbers, places), Unsafe.Add(ref numbers, Unsafe.Add(ref places, 1)),
            Unsafe.Add(ref numbers, Unsafe.Add(ref places, 2)), Unsafe.Add(ref numbers, Unsafe.Add(ref places, 3)),
            Unsafe.Add(ref numbers, Unsafe.Add(ref places, 4)), Unsafe.Add(ref numbers, Unsafe.Add(ref places, 5)),
            Unsafe.Add(ref numbers, Unsafe.Add(ref places, 6)), Unsafe.Add(ref numbers, Unsafe.Add(ref places, 7))));
    }

    [MethodImpl(Compilation.Operator)]
    public static Scalar Last(Lanes value) => new(value.Value.GetElement(Lanes.Count - 1));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Sum(Lanes value) => new(Vector512.Sum(value.Value));

    public static Lanes Broadcast(Scalar value) => Lanes.From(value.Value);
}
