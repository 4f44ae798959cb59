using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Several series on one interval, evaluated together: T_k(t) of a point is worked out once for all of them.</summary>
/// <remarks>T_k = 2 T_2 T_(k-2) - T_|k-4|: odd and even ones do not wait for one another. Each value is the same whichever points and
/// series are beside it.</remarks>
internal sealed class SeriesBank
{
    // Points that go together, in vectors of four.
    private const int Block = 16, Lanes = 4, Vectors = Block / Lanes;

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
        int count = 2;
        foreach (int s in which)
            count = Math.Max(count, _coefficients[s].Length);
        // One more than an even number of them is written.
        Span<Vector256<double>> polynomials = stackalloc Vector256<double>[(count + 1) * Vectors];
        Span<double> points = stackalloc double[Block], values = stackalloc double[Block];
        for (int i = 0; i < u.Length; i += Block)
        {
            int own = Math.Min(Block, u.Length - i);
            u.Slice(i, own).CopyTo(points);
            ReadOnlySpan<Vector256<double>> x = MemoryMarshal.Cast<double, Vector256<double>>(points);
            Vector256<double> scale = Vector256.Create(_scale), shift = Vector256.Create(_shift);
            for (int v = 0; v < Vectors; v++)
                Polynomials(Vector256.FusedMultiplyAdd(x[v], scale, shift), count, ref polynomials[v]);
            for (int s = 0; s < which.Length; s++)
            {
                Sum(_coefficients[which[s]], ref polynomials[0], MemoryMarshal.Cast<double, Vector256<double>>(values));
                values[..own].CopyTo(into[s].AsSpan(i));
            }
        }
    }

    /// <summary>T_k at four points.</summary>
    [MethodImpl(Compilation.Operator)]
    private static void Polynomials(Vector256<double> t, int count, ref Vector256<double> into)
    {
        Vector256<double> one = Vector256<double>.One, second = Vector256.FusedMultiplyAdd(t + t, t, -one), twice = second + second;
        // T_-2 = T_2, T_-1 = T_1.
        (Vector256<double> even, Vector256<double> evenBefore, Vector256<double> odd, Vector256<double> oddBefore) = (one, second, t, t);
        for (int k = 0; k < count; k += 2)
        {
            Unsafe.Add(ref into, k * Vectors) = even;
            Unsafe.Add(ref into, (k + 1) * Vectors) = odd;
            (even, evenBefore) = (Vector256.FusedMultiplyAdd(twice, even, -evenBefore), even);
            (odd, oddBefore) = (Vector256.FusedMultiplyAdd(twice, odd, -oddBefore), odd);
        }
    }

    [MethodImpl(Compilation.Operator)]
    private static void Sum(double[] c, ref Vector256<double> polynomials, Span<Vector256<double>> sums)
    {
        Vector256<double> p = Vector256.Create(c[0]), q = p, r = p, s = p;
        for (int k = 1; k < c.Length; k++)
        {
            Vector256<double> factor = Vector256.Create(c[k]);
            p = Vector256.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, k * Vectors), p);
            q = Vector256.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, k * Vectors + 1), q);
            r = Vector256.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, k * Vectors + 2), r);
            s = Vector256.FusedMultiplyAdd(factor, Unsafe.Add(ref polynomials, k * Vectors + 3), s);
        }
        (sums[0], sums[1], sums[2], sums[3]) = (p, q, r, s);
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
