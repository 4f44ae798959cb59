using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Time;

/// <summary>Sums of vectors, for numbers and lanes alike: both are rows of doubles in memory.</summary>
internal static class VectorMath
{
    /// <summary>The doubles behind an array of numbers or lanes.</summary>
    public static Span<double> Doubles<P>(P[] array)
        where P : struct => MemoryMarshal.Cast<P, double>(array.AsSpan());

    /// <summary>y += a x.</summary>
    public static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        ref double target = ref MemoryMarshal.GetReference(y);
        ref double source = ref MemoryMarshal.GetReference(x);
        var factor = Vector512.Create(a);
        int i = 0;
        for (; i <= y.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref source, (nuint)i), Vector512.LoadUnsafe(ref target, (nuint)i))
                .StoreUnsafe(ref target, (nuint)i);
        for (; i < y.Length; i++)
            y[i] = Math.FusedMultiplyAdd(a, x[i], y[i]);
    }

    /// <summary>y += m x, entry by entry.</summary>
    public static void AddProduct(Span<double> y, ReadOnlySpan<double> m, ReadOnlySpan<double> x)
    {
        ref double target = ref MemoryMarshal.GetReference(y);
        ref double left = ref MemoryMarshal.GetReference(m);
        ref double right = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= y.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref left, (nuint)i), Vector512.LoadUnsafe(ref right, (nuint)i),
                Vector512.LoadUnsafe(ref target, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < y.Length; i++)
            y[i] = Math.FusedMultiplyAdd(m[i], x[i], y[i]);
    }

    /// <summary>y = -x.</summary>
    public static void Negate(Span<double> y, ReadOnlySpan<double> x)
    {
        ref double target = ref MemoryMarshal.GetReference(y);
        ref double source = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= y.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            (-Vector512.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < y.Length; i++)
            y[i] = -x[i];
    }
}
