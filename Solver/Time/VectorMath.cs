using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

/// <summary>Sums of vectors, for numbers and lanes alike: both are rows of doubles in memory.</summary>
internal static class VectorMath
{
    // As many stages before another one as RODAS methods have.
    private const int Fused = 5;

    /// <summary>The doubles behind an array of numbers or lanes.</summary>
    public static Span<double> Doubles<P>(P[] array)
        where P : struct => MemoryMarshal.Cast<P, double>(array.AsSpan());

    /// <summary>y += a x.</summary>
    [MethodImpl(Compilation.HotLoop)]
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

    /// <summary>What a stage starts from, in one pass over the stages before it: y = u + sum of a_j k_j and r = m (sum of c_j k_j), entry by entry.</summary>
    /// <param name="y">y; none of the other vectors.</param>
    /// <param name="r">r; none of the other vectors.</param>
    /// <param name="u">u.</param>
    /// <param name="m">m.</param>
    /// <param name="a">a, one for each stage before.</param>
    /// <param name="c">c, as many.</param>
    /// <param name="k">k.</param>
    /// <returns>True when every entry of the last of these stages is a finite number.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static bool StageSums<P>(P[] y, P[] r, P[] u, P[] m, ReadOnlySpan<double> a, ReadOnlySpan<double> c, P[][] k)
        where P : struct
    {
        Span<double> point = Doubles(y), sums = Doubles(r), factors = Doubles(m);
        int count = a.Length;
        if (count == 0)
        {
            u.CopyTo(y, 0);
            Array.Clear(r);
            return true;
        }
        if (count > Fused || point.Length < Vector512<double>.Count)
        {
            StageSums(y, r, u, m, a[..^1], c[..^1], k);
            P[] last = k[count - 1];
            AddScaled(point, a[^1], Doubles(last));
            AddScaledProduct(sums, c[^1], factors, Doubles(last));
            return IsFinite(Doubles(last));
        }
        ref double yi = ref MemoryMarshal.GetReference(point);
        ref double ri = ref MemoryMarshal.GetReference(sums);
        ref double ui = ref MemoryMarshal.GetReference(Doubles(u));
        ref double mi = ref MemoryMarshal.GetReference(factors);
        ref double k0 = ref MemoryMarshal.GetReference(Doubles(k[0]));
        ref double k1 = ref MemoryMarshal.GetReference(Doubles(k[Math.Min(1, count - 1)]));
        ref double k2 = ref MemoryMarshal.GetReference(Doubles(k[Math.Min(2, count - 1)]));
        ref double k3 = ref MemoryMarshal.GetReference(Doubles(k[Math.Min(3, count - 1)]));
        ref double k4 = ref MemoryMarshal.GetReference(Doubles(k[Math.Min(4, count - 1)]));
        Vector512<double> a0 = Vector512.Create(a[0]), a1 = At(a, 1), a2 = At(a, 2), a3 = At(a, 3), a4 = At(a, 4);
        Vector512<double> c0 = Vector512.Create(c[0]), c1 = At(c, 1), c2 = At(c, 2), c3 = At(c, 3), c4 = At(c, 4);
        // 0 times a number is 0, 0 times infinity or not a number is not a number.
        var zeros = Vector512<double>.Zero;
        int end = point.Length - Vector512<double>.Count;
        // The last vector overlaps the one before it: entries are stored, not added, so that this is harmless.
        for (int i = 0; ; i = Math.Min(i + Vector512<double>.Count, end))
        {
            var stage = Vector512.LoadUnsafe(ref k0, (nuint)i);
            var next = Vector512.FusedMultiplyAdd(a0, stage, Vector512.LoadUnsafe(ref ui, (nuint)i));
            var sum = c0 * stage;
            if (count > 1)
            {
                stage = Vector512.LoadUnsafe(ref k1, (nuint)i);
                next = Vector512.FusedMultiplyAdd(a1, stage, next);
                sum = Vector512.FusedMultiplyAdd(c1, stage, sum);
            }
            if (count > 2)
            {
                stage = Vector512.LoadUnsafe(ref k2, (nuint)i);
                next = Vector512.FusedMultiplyAdd(a2, stage, next);
                sum = Vector512.FusedMultiplyAdd(c2, stage, sum);
            }
            if (count > 3)
            {
                stage = Vector512.LoadUnsafe(ref k3, (nuint)i);
                next = Vector512.FusedMultiplyAdd(a3, stage, next);
                sum = Vector512.FusedMultiplyAdd(c3, stage, sum);
            }
            if (count > 4)
            {
                stage = Vector512.LoadUnsafe(ref k4, (nuint)i);
                next = Vector512.FusedMultiplyAdd(a4, stage, next);
                sum = Vector512.FusedMultiplyAdd(c4, stage, sum);
            }
            zeros = Vector512.FusedMultiplyAdd(stage, Vector512<double>.Zero, zeros);
            next.StoreUnsafe(ref yi, (nuint)i);
            (Vector512.LoadUnsafe(ref mi, (nuint)i) * sum).StoreUnsafe(ref ri, (nuint)i);
            if (i == end)
                return Vector512.Sum(zeros) == 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(ReadOnlySpan<double> coefficients, int j) => Vector512.Create(j < coefficients.Length ? coefficients[j] : 0);

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

    /// <summary>True when every entry is a finite number.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public static bool IsFinite(ReadOnlySpan<double> x)
    {
        ref double source = ref MemoryMarshal.GetReference(x);
        // 0 times a number is 0, 0 times infinity or not a number is not a number.
        var sum = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref source, (nuint)i), Vector512<double>.Zero, sum);
        double rest = Vector512.Sum(sum);
        for (; i < x.Length; i++)
            rest += x[i] * 0;
        return rest == 0;
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
            var size = Vector512.MaxNative(Vector512.Abs(Vector512.LoadUnsafe(ref u, (nuint)i)), Vector512.Abs(Vector512.LoadUnsafe(ref v, (nuint)i)));
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
