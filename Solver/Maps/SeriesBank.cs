using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Several series on one interval, evaluated together: T_k(t) of a point is worked out once for all of them.</summary>
/// <remarks>T_k = 2 T_2 T_(k-2) - T_|k-4|: odd and even ones do not wait for one another. Each value is the same whichever points and
/// series are beside it.</remarks>
internal sealed class SeriesBank
{
    // Points that go together, in vectors of eight.
    private const int Block = 32, Lanes = 8, Vectors = Block / Lanes;

    // T_k that are worked out in a row.
    private const int Group = 2;

    // Coefficients at the end that together are less than this of all change no value.
    private const double Cut = 1e-17;

    private readonly double[][] _coefficients;
    private readonly double _scale, _shift;

    /// <summary>A bank of series on [low, high].</summary>
    public SeriesBank(double low, double high, IEnumerable<ChebyshevSeries> series)
    {
        _coefficients = [.. series.Select(s => Kept(s.Coefficients))];
        (_scale, _shift) = (2 / (high - low), -(low + high) / (high - low));
    }

    /// <summary>Values of some of the series at points.</summary>
    /// <param name="which">Numbers of the series.</param>
    /// <param name="u">Points in the interval.</param>
    /// <param name="into">Takes the values of each series, from the start of its array.</param>
    public void At(ReadOnlySpan<int> which, ReadOnlySpan<double> u, ReadOnlySpan<double[]> into)
    {
        int count = 0;
        foreach (int s in which)
            count = Math.Max(count, _coefficients[s].Length);
        count = (count + Group - 1) / Group * Group;
        // One more, so that they can begin on a line of the cache.
        Span<Vector512<double>> room = stackalloc Vector512<double>[count * Vectors + 1];
        ref Vector512<double> polynomials = ref AlignedArray.OnLine(room);
        Span<double> points = stackalloc double[Block], values = stackalloc double[Block];
        for (int i = 0; i < u.Length; i += Block)
        {
            int own = Math.Min(Block, u.Length - i);
            u.Slice(i, own).CopyTo(points);
            for (int v = 0; v < Vectors; v += 2)
                Polynomials(ref points[v * Lanes], count, ref Unsafe.Add(ref polynomials, v));
            for (int s = 0; s < which.Length; s++)
            {
                Span<double> target = into[s].AsSpan(i);
                bool isWhole = target.Length >= Block;
                Sum(_coefficients[which[s]], ref polynomials, ref (isWhole ? target : values)[0]);
                if (!isWhole)
                    values[..own].CopyTo(target);
            }
        }
    }

    /// <summary>T_k at twice eight points, side by side: each waits for two before it.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Polynomials(ref double points, int count, ref Vector512<double> into)
    {
        Vector512<double> scale = Vector512.Create(_scale), shift = Vector512.Create(_shift), one = Vector512<double>.One,
            s = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref points), scale, shift),
            t = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref points, Lanes), scale, shift),
            s2 = Vector512.FusedMultiplyAdd(s + s, s, -one), t2 = Vector512.FusedMultiplyAdd(t + t, t, -one);
        // T_-2 = T_2, T_-1 = T_1.
        (Vector512<double> sEven, Vector512<double> sLastEven, Vector512<double> sOdd, Vector512<double> sLastOdd) = (one, s2, s, s);
        (Vector512<double> tEven, Vector512<double> tLastEven, Vector512<double> tOdd, Vector512<double> tLastOdd) = (one, t2, t, t);
        (s, t) = (s2 + s2, t2 + t2);
        for (int k = 0; k < count; k += Group)
        {
            (into, Unsafe.Add(ref into, Vectors)) = (sEven, sOdd);
            (Unsafe.Add(ref into, 1), Unsafe.Add(ref into, Vectors + 1)) = (tEven, tOdd);
            (sEven, sLastEven) = (Vector512.FusedMultiplyAdd(s, sEven, -sLastEven), sEven);
            (tEven, tLastEven) = (Vector512.FusedMultiplyAdd(t, tEven, -tLastEven), tEven);
            (sOdd, sLastOdd) = (Vector512.FusedMultiplyAdd(s, sOdd, -sLastOdd), sOdd);
            (tOdd, tLastOdd) = (Vector512.FusedMultiplyAdd(t, tOdd, -tLastOdd), tOdd);
            into = ref Unsafe.Add(ref into, 2 * Vectors);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private static void Sum(double[] c, ref Vector512<double> polynomials, ref double sums)
    {
        Vector512<double> p = Vector512.Create(c[0]), q = p, r = p, s = p;
        for (int k = 1; k < c.Length; k++)
        {
            polynomials = ref Unsafe.Add(ref polynomials, Vectors);
            Vector512<double> factor = Vector512.Create(c[k]);
            p = Vector512.FusedMultiplyAdd(factor, polynomials, p);
            q = Vector512.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, 1), q);
            r = Vector512.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, 2), r);
            s = Vector512.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, 3), s);
        }
        p.StoreUnsafe(ref sums);
        q.StoreUnsafe(ref sums, Lanes);
        r.StoreUnsafe(ref sums, 2 * Lanes);
        s.StoreUnsafe(ref sums, 3 * Lanes);
    }

    private static double[] Kept(ReadOnlySpan<double> coefficients)
    {
        double all = 0, left = 0;
        foreach (double c in coefficients)
            all += Math.Abs(c);
        int kept = coefficients.Length;
        for (; kept > 1 && left + Math.Abs(coefficients[kept - 1]) <= Cut * all; kept--)
            left += Math.Abs(coefficients[kept - 1]);
        return [.. coefficients[..kept]];
    }
}
