using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Time;

/// <summary>
/// What a stage starts from: its point y = u + sum of a_j k_j, and what the stages before it give to its right-hand side,
/// r = m (sum of c_j k_j), entry by entry.
/// </summary>
/// <remarks>One pass over all vectors; a system may take entries one by one instead where it needs them, see
/// <see cref="IStiffSystem{P}.AddStage"/>.</remarks>
public sealed class StageSums<P>
    where P : struct, IParameter<P>
{
    /// <summary>As many stages before another one as RODAS methods have: those that go in one pass.</summary>
    internal const int Fused = 5;

    internal StageSums(P[] mass, P[][] stages)
    {
        (Mass, Stages, State) = (mass, stages, []);
        (PointFactors, RateFactors) = (AlignedArray.Create<P>(stages.Length), AlignedArray.Create<P>(stages.Length));
    }

    /// <summary>Number of stages before this one.</summary>
    internal int Count { get; private set; }

    /// <summary>u.</summary>
    internal P[] State { get; private set; }

    /// <summary>m.</summary>
    internal P[] Mass { get; }

    /// <summary>k_j.</summary>
    internal P[][] Stages { get; }

    /// <summary>a_j.</summary>
    internal P[] PointFactors { get; }

    /// <summary>c_j.</summary>
    internal P[] RateFactors { get; }

    /// <summary>Goes to another stage: a is given, c in parts of a factor.</summary>
    [MethodImpl(Compilation.HotLoop)]
    internal void Set(P[] state, double[] a, double[] c, double factor)
    {
        (State, Count) = (state, c.Length);
        for (int j = 0; j < c.Length; j++)
            (PointFactors[j], RateFactors[j]) = (P.From(a[j]), P.From(c[j] * factor));
    }

    /// <summary>Forms all entries.</summary>
    /// <param name="point">y; none of the other vectors.</param>
    /// <param name="rate">r; none of the other vectors.</param>
    public void Form(P[] point, P[] rate) => Form(point, rate, 0, point.Length);

    /// <summary>Forms some entries.</summary>
    /// <param name="point">y; none of the other vectors.</param>
    /// <param name="rate">r; none of the other vectors.</param>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(Compilation.HotLoop)]
    internal void Form(P[] point, P[] rate, int start, int count)
    {
        Span<double> y = Part(point, start, count), r = Part(rate, start, count);
        int fused = y.Length < Vector512<double>.Count ? 0 : Math.Min(Count, Fused);
        if (fused > 0)
        {
            Form(point, rate, start, y.Length, fused);
        }
        else
        {
            Part(State, start, count).CopyTo(y);
            r.Clear();
        }
        for (int j = fused; j < Count; j++)
        {
            AddScaled(y, P.Lane(PointFactors[j], 0), Part(Stages[j], start, count));
            AddScaledProduct(r, P.Lane(RateFactors[j], 0), Part(Mass, start, count), Part(Stages[j], start, count));
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void Form(P[] point, P[] rate, int start, int doubles, int count)
    {
        ref double yi = ref Place(point, start), ri = ref Place(rate, start), ui = ref Place(State, start), mi = ref Place(Mass, start);
        ref double k0 = ref Place(Stages[0], start), k1 = ref Place(Stages[Math.Min(1, count - 1)], start);
        ref double k2 = ref Place(Stages[Math.Min(2, count - 1)], start), k3 = ref Place(Stages[Math.Min(3, count - 1)], start);
        ref double k4 = ref Place(Stages[Math.Min(4, count - 1)], start);
        P[] a = PointFactors, c = RateFactors;
        Vector512<double> a0 = At(a, 0), a1 = At(a, 1), a2 = At(a, 2), a3 = At(a, 3), a4 = At(a, 4);
        Vector512<double> c0 = At(c, 0), c1 = At(c, 1), c2 = At(c, 2), c3 = At(c, 3), c4 = At(c, 4);
        int end = doubles - Vector512<double>.Count;
        // The last vector overlaps the one before it: entries are stored, not added, so that this is harmless.
        for (int i = 0; ; i = Math.Min(i + Vector512<double>.Count, end))
        {
            var stage = Vector512.LoadUnsafe(ref k0, (nuint)i);
            var next = Vector512.FusedMultiplyAdd(a0, stage, Vector512.LoadUnsafe(ref ui, (nuint)i));
            var sum = c0 * stage;
            if (count > 1)
                AddTerm(Vector512.LoadUnsafe(ref k1, (nuint)i), a1, c1, ref next, ref sum);
            if (count > 2)
                AddTerm(Vector512.LoadUnsafe(ref k2, (nuint)i), a2, c2, ref next, ref sum);
            if (count > 3)
                AddTerm(Vector512.LoadUnsafe(ref k3, (nuint)i), a3, c3, ref next, ref sum);
            if (count > 4)
                AddTerm(Vector512.LoadUnsafe(ref k4, (nuint)i), a4, c4, ref next, ref sum);
            next.StoreUnsafe(ref yi, (nuint)i);
            (Vector512.LoadUnsafe(ref mi, (nuint)i) * sum).StoreUnsafe(ref ri, (nuint)i);
            if (i == end)
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<double> Part(P[] array, int start, int count) => Doubles(array).Slice(start * P.LaneCount, count * P.LaneCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double Place(P[] array, int start) => ref Unsafe.As<P, double>(ref AlignedArray.First(array, start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerm(Vector512<double> stage, Vector512<double> a, Vector512<double> c, ref Vector512<double> y,
        ref Vector512<double> r)
    {
        y = Vector512.FusedMultiplyAdd(a, stage, y);
        r = Vector512.FusedMultiplyAdd(c, stage, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(P[] factors, int j) => Vector512.Create(j < factors.Length ? P.Lane(factors[j], 0) : 0);
}
