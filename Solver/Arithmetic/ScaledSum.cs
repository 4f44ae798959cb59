using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>y += a x over rows of doubles, eight at a time; each entry is rounded once.</summary>
internal static class ScaledSum
{
    /// <summary>Adds a scaled row to another, without checks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref double y, double a, ref double x, nint count)
    {
        var factor = Vector512.Create(a);
        nint i = 0;
        for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref x, (nuint)i), Vector512.LoadUnsafe(ref y, (nuint)i))
                .StoreUnsafe(ref y, (nuint)i);
        for (; i < count; i++)
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(a, Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
    }
}
