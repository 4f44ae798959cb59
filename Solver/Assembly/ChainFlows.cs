using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using static FvSolver.Solver.Time.VectorMath;

namespace FvSolver.Solver.Assembly;

/// <summary>Linear flows along a chain of nodes, for numbers and lanes alike: both are rows of doubles in memory.</summary>
/// <remarks>For n nodes there are n + 1 flows: place i is the flow into node i, place i + 1 that out of it; the first and the last are 0.</remarks>
internal static class ChainFlows
{
    /// <summary>Flows between neighbours, (x_i - x_(i+1)) g_i.</summary>
    /// <param name="flows">Flows; the first and the last are left as they are.</param>
    /// <param name="x">State.</param>
    /// <param name="start">Unknown of the first node.</param>
    /// <param name="conductance">g, one for each pair of neighbours.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static void Between<P>(P[] flows, P[] x, int start, P[] conductance)
        where P : struct, IParameter<P>
    {
        int lanes = P.LaneCount, length = conductance.Length * lanes;
        Span<double> target = Doubles(flows).Slice(lanes, length);
        ReadOnlySpan<double> nodes = Doubles(x).Slice(start * lanes, length + lanes), factors = Doubles(conductance);
        ref double t = ref MemoryMarshal.GetReference(target);
        ref double left = ref MemoryMarshal.GetReference(nodes);
        ref double g = ref MemoryMarshal.GetReference(factors);
        int i = 0;
        for (; i <= length - Vector512<double>.Count; i += Vector512<double>.Count)
            ((Vector512.LoadUnsafe(ref left, (nuint)i) - Vector512.LoadUnsafe(ref left, (nuint)(i + lanes)))
                * Vector512.LoadUnsafe(ref g, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        for (; i < length; i++)
            target[i] = (nodes[i] - nodes[i + lanes]) * factors[i];
    }

    /// <summary>Adds to each node the flow into it less the flow out of it.</summary>
    /// <param name="rate">Rates.</param>
    /// <param name="start">Row of the first node.</param>
    /// <param name="flows">Flows.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static void AddTo<P>(P[] rate, int start, P[] flows)
        where P : struct, IParameter<P>
    {
        int lanes = P.LaneCount, length = (flows.Length - 1) * lanes;
        Span<double> target = Doubles(rate).Slice(start * lanes, length);
        ReadOnlySpan<double> flow = Doubles(flows);
        ref double t = ref MemoryMarshal.GetReference(target);
        ref double f = ref MemoryMarshal.GetReference(flow);
        int i = 0;
        for (; i <= length - Vector512<double>.Count; i += Vector512<double>.Count)
            (Vector512.LoadUnsafe(ref t, (nuint)i) + (Vector512.LoadUnsafe(ref f, (nuint)i) - Vector512.LoadUnsafe(ref f, (nuint)(i + lanes))))
                .StoreUnsafe(ref t, (nuint)i);
        for (; i < length; i++)
            target[i] += flow[i] - flow[i + lanes];
    }

    /// <summary>Both at once: adds the flows (x_i - x_(i+1)) g_i between neighbours to the rates of both.</summary>
    /// <param name="rate">Rates.</param>
    /// <param name="x">State.</param>
    /// <param name="start">Unknown of the first node.</param>
    /// <param name="conductance">g, one for each pair of neighbours.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static void Add<P>(P[] rate, P[] x, int start, P[] conductance)
        where P : struct, IParameter<P>
    {
        int lanes = P.LaneCount, length = conductance.Length * lanes;
        Span<double> target = Doubles(rate).Slice(start * lanes, length + lanes);
        ReadOnlySpan<double> nodes = Doubles(x).Slice(start * lanes, length + lanes), factors = Doubles(conductance);
        ref double t = ref MemoryMarshal.GetReference(target);
        ref double left = ref MemoryMarshal.GetReference(nodes);
        ref double g = ref MemoryMarshal.GetReference(factors);
        var before = Vector512<double>.Zero;
        int i = 0;
        for (; i <= length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var flow = (Vector512.LoadUnsafe(ref left, (nuint)i) - Vector512.LoadUnsafe(ref left, (nuint)(i + lanes))) * Vector512.LoadUnsafe(ref g, (nuint)i);
            var into = lanes == 1 ? Behind(flow, before) : before;
            (Vector512.LoadUnsafe(ref t, (nuint)i) + (into - flow)).StoreUnsafe(ref t, (nuint)i);
            before = flow;
        }
        if (lanes > 1)
        {
            (Vector512.LoadUnsafe(ref t, (nuint)i) + before).StoreUnsafe(ref t, (nuint)i);
            return;
        }
        double last = before.GetElement(Vector512<double>.Count - 1);
        for (; i < length; i++)
        {
            double flow = (nodes[i] - nodes[i + 1]) * factors[i];
            target[i] += last - flow;
            last = flow;
        }
        target[length] += last;
    }
}
