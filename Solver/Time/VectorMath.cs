using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

/// <summary>Sums of vectors, for numbers and lanes alike: both are rows of doubles in memory.</summary>
internal static class VectorMath
{
    /// <summary>The doubles behind an array of numbers or lanes.</summary>
    public static Span<double> Doubles<P>(P[] array)
        where P : struct => MemoryMarshal.Cast<P, double>(array.AsSpan());

    /// <summary>Entries moved on by one, behind the last of the vector before.</summary>
    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Behind(Vector512<double> now, Vector512<double> before) => Avx512F.IsSupported
        ? Avx512F.AlignRight64(now.AsInt64(), before.AsInt64(), 7).AsDouble()
        : Vector512.Shuffle(now, Vector512.Create(0L, 0, 1, 2, 3, 4, 5, 6)).WithElement(0, before.GetElement(7));

    /// <summary>y += a x.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x) =>
        ScaledSum.Add(ref MemoryMarshal.GetReference(y), a, ref MemoryMarshal.GetReference(x[..y.Length]), y.Length);

    /// <summary>y += a m x, entry by entry.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void AddScaledProduct(Span<double> y, double a, ReadOnlySpan<double> m, ReadOnlySpan<double> x)
    {
        ref double target = ref MemoryMarshal.GetReference(y);
        ref double left = ref MemoryMarshal.GetReference(m);
        ref double right = ref MemoryMarshal.GetReference(x);
        var factor = Vector512.Create(a);
        int i = 0;
        for (; i <= y.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(factor * Vector512.LoadUnsafe(ref left, (nuint)i), Vector512.LoadUnsafe(ref right, (nuint)i),
                Vector512.LoadUnsafe(ref target, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < y.Length; i++)
            y[i] = Math.FusedMultiplyAdd(a * m[i], x[i], y[i]);
    }

    /// <summary>y = a x; y may be x.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static void Scale(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        ref double target = ref MemoryMarshal.GetReference(y);
        ref double source = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= y.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            (Vector512.LoadUnsafe(ref source, (nuint)i) * a).StoreUnsafe(ref target, (nuint)i);
        for (; i < y.Length; i++)
            y[i] = a * x[i];
    }

    /// <summary>Sum of the entries, in each lane.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static P Total<P>(P[] x)
        where P : struct, IParameter<P>
    {
        P total = default;
        int i = 0;
        if (P.LaneCount == 1)
        {
            ReadOnlySpan<double> source = Doubles(x);
            ref double s = ref MemoryMarshal.GetReference(source);
            var sum = Vector512<double>.Zero;
            for (; i <= source.Length - Vector512<double>.Count; i += Vector512<double>.Count)
                sum += Vector512.LoadUnsafe(ref s, (nuint)i);
            total = P.From(Vector512.Sum(sum));
        }
        for (; i < x.Length; i++)
            total += x[i];
        return total;
    }

    /// <summary>The shortest range of entries, to a multiple of eight, outside of which all are 0.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static Range NonZero(ReadOnlySpan<double> x)
    {
        ref double source = ref MemoryMarshal.GetReference(x);
        int first = 0, end = x.Length, width = Vector512<double>.Count;
        while (first <= end - width && Vector512.EqualsAll(Vector512.LoadUnsafe(ref source, (nuint)first), Vector512<double>.Zero))
            first += width;
        while (end - width >= first && Vector512.EqualsAll(Vector512.LoadUnsafe(ref source, (nuint)(end - width)), Vector512<double>.Zero))
            end -= width;
        return first..end;
    }

    /// <summary>
    /// Weighted root mean square of an error: sqrt(sum (e w)^2 / n) with w = m/(rtol (s + max(|u|, |v|))), where the mark m is
    /// 1 for unknowns that count and 0 for the others.
    /// </summary>
    /// <param name="error">Error e.</param>
    /// <param name="before">State u before the step.</param>
    /// <param name="after">State v after it.</param>
    /// <param name="scale">Floor s of the size of each unknown.</param>
    /// <param name="mark">m.</param>
    /// <param name="rtol">Relative tolerance.</param>
    /// <param name="largest">The largest error of a single unknown relative to its size, m |e|/(s + max(|u|, |v|)).</param>
    [MethodImpl(Compilation.HotLoop)]
    public static double ErrorNorm(
        ReadOnlySpan<double> error, ReadOnlySpan<double> before, ReadOnlySpan<double> after,
        ReadOnlySpan<double> scale, ReadOnlySpan<double> mark, double rtol, out double largest)
    {
        ref double e = ref MemoryMarshal.GetReference(error);
        ref double u = ref MemoryMarshal.GetReference(before);
        ref double v = ref MemoryMarshal.GetReference(after);
        ref double s = ref MemoryMarshal.GetReference(scale);
        ref double m = ref MemoryMarshal.GetReference(mark);
        Vector512<double> sums = Vector512<double>.Zero, most = Vector512<double>.Zero;
        int i = 0;
        for (; i <= error.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var size = Vector512.MaxNative(Vector512.Abs(Vector512.LoadUnsafe(ref u, (nuint)i)),
                Vector512.Abs(Vector512.LoadUnsafe(ref v, (nuint)i)));
            var term = Vector512.LoadUnsafe(ref e, (nuint)i) * Vector512.LoadUnsafe(ref m, (nuint)i)
                / (size + Vector512.LoadUnsafe(ref s, (nuint)i));
            sums = Vector512.FusedMultiplyAdd(term, term, sums);
            most = Vector512.MaxNative(most, Vector512.Abs(term));
        }
        double sum = Vector512.Sum(sums);
        largest = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
            largest = Math.Max(largest, most.GetElement(lane));
        for (; i < error.Length; i++)
        {
            double term = error[i] * mark[i] / (Math.Max(Math.Abs(before[i]), Math.Abs(after[i])) + scale[i]);
            sum += term * term;
            largest = Math.Max(largest, Math.Abs(term));
        }
        return Math.Sqrt(sum / error.Length) / rtol;
    }

    /// <summary>Takes an error from what it is the error of, with what <see cref="ErrorNorm"/> needs of it in each lane.</summary>
    /// <param name="after">v, from which the error is taken.</param>
    /// <param name="error">Error e.</param>
    /// <param name="before">State u before the step.</param>
    /// <param name="scale">Floor s of the size of each unknown.</param>
    /// <param name="mark">0 for unknowns that do not count.</param>
    /// <param name="sum">Sum of (e/(s + max(|u|, |v|)))^2; no number when an entry of e is none.</param>
    /// <param name="most">The largest |e|/(s + max(|u|, |v|)).</param>
    [MethodImpl(Compilation.HotLoop)]
    public static void Complete<P>(P[] after, P[] error, P[] before, double[] scale, double[] mark, out P sum, out P most)
        where P : struct, IParameter<P>
    {
        P squares = default, largest = default, others = default;
        for (int u = 0; u < mark.Length; u++)
        {
            P e = error[u], value = after[u] - e;
            after[u] = value;
            if (mark[u] == 0)
            {
                // Infinity times 0 is not a number.
                others += e * 0;
                continue;
            }
            P term = e / (P.Max(P.Abs(before[u]), P.Abs(value)) + P.From(scale[u]));
            squares = P.MultiplyAdd(term, term, squares);
            largest = P.Max(largest, P.Abs(term));
        }
        (sum, most) = (squares + others, largest);
    }

    /// <summary>Sum of (f/(m (s + |u|)))^2 in each lane over the unknowns that count.</summary>
    /// <param name="rate">f.</param>
    /// <param name="mass">m.</param>
    /// <param name="state">u.</param>
    /// <param name="scale">s.</param>
    /// <param name="mark">0 for unknowns that do not count.</param>
    [MethodImpl(Compilation.HotLoop)]
    public static P RelativeSquares<P>(P[] rate, P[] mass, P[] state, double[] scale, double[] mark)
        where P : struct, IParameter<P>
    {
        P sum = default;
        for (int u = 0; u < mark.Length; u++)
        {
            if (mark[u] == 0)
                continue;
            P relative = rate[u] / (mass[u] * (P.Abs(state[u]) + P.From(scale[u])));
            sum = P.MultiplyAdd(relative, relative, sum);
        }
        return sum;
    }

    /// <summary>Inner product, in each lane.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static P Product<P>(ReadOnlySpan<P> x, ReadOnlySpan<P> y)
        where P : struct, IParameter<P>
    {
        if (P.LaneCount == 1)
            return P.From(Dot(MemoryMarshal.Cast<P, double>(x), MemoryMarshal.Cast<P, double>(y)));
        P first = default, second = default;
        int u = 0;
        for (; u < x.Length - 1; u += 2)
        {
            first = P.MultiplyAdd(x[u], y[u], first);
            second = P.MultiplyAdd(x[u + 1], y[u + 1], second);
        }
        return u < x.Length ? P.MultiplyAdd(x[u], y[u], first + second) : first + second;
    }

    /// <summary>Largest lane of a number that is not negative.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static double LargestLane<P>(P x)
        where P : struct, IParameter<P>
    {
        double largest = 0;
        for (int lane = 0; lane < P.LaneCount; lane++)
            largest = Math.Max(largest, P.Lane(x, lane));
        return largest;
    }

    /// <summary>Inner product.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double a = ref MemoryMarshal.GetReference(x);
        ref double b = ref MemoryMarshal.GetReference(y);
        Vector512<double> first = Vector512<double>.Zero, second = Vector512<double>.Zero;
        int i = 0, width = Vector512<double>.Count;
        for (; i <= x.Length - 2 * width; i += 2 * width)
        {
            first = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)i), Vector512.LoadUnsafe(ref b, (nuint)i), first);
            second = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref a, (nuint)(i + width)), Vector512.LoadUnsafe(ref b, (nuint)(i + width)), second);
        }
        if (i <= x.Length - width)
        {
            first = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)i), Vector512.LoadUnsafe(ref b, (nuint)i), first);
            i += width;
        }
        double sum = i > 0 ? Vector512.Sum(first + second) : 0;
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
