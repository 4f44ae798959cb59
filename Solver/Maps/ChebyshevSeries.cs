using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Maps;

/// <summary>A function of one variable as a sum of Chebyshev polynomials on an interval, evaluated by Clenshaw's recurrence.</summary>
/// <remarks>
/// f(u) = sum c_k T_k(t), t = (2u - a - b)/(b - a); b_k = 2 t b_(k+1) - b_(k+2) + c_k (Clenshaw, Math. Tables Aids Comput. 9, 118, 1955).
/// Outside of the interval the sum grows without bound: callers stay inside.
/// </remarks>
public sealed class ChebyshevSeries
{
    private readonly double[] _coefficients;
    private readonly double _scale, _shift;

    /// <summary>A series on [low, high].</summary>
    /// <param name="low">Lower end a.</param>
    /// <param name="high">Upper end b.</param>
    /// <param name="coefficients">c_0, c_1, ...; at least one.</param>
    public ChebyshevSeries(double low, double high, double[] coefficients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(coefficients.Length, 1);
        (Low, High, _coefficients) = (low, high, coefficients);
        (_scale, _shift) = high > low ? (2 / (high - low), -(low + high) / (high - low)) : (0, 0);
    }

    /// <summary>Lower end of the interval.</summary>
    public double Low { get; }

    /// <summary>Upper end of the interval.</summary>
    public double High { get; }

    /// <summary>c_0, c_1, ...</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Magnitude of the last two coefficients: how well the function is resolved.</summary>
    public double Tail => Math.Abs(_coefficients[^1]) + (_coefficients.Length > 1 ? Math.Abs(_coefficients[^2]) : 0);

    /// <summary>Nodes at which <see cref="Through"/> takes its values: zeros of T_n, rising.</summary>
    public static double[] Nodes(double low, double high, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (low + high) / 2 - (high - low) / 2 * Math.Cos(Math.PI * (i + 0.5) / count))];

    /// <summary>The interpolant through values at <see cref="Nodes"/>.</summary>
    public static ChebyshevSeries Through(double low, double high, ReadOnlySpan<double> values)
    {
        int n = values.Length;
        var c = new double[n];
        for (int k = 0; k < n; k++)
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
                sum += values[n - 1 - i] * Math.Cos(Math.PI * k * (i + 0.5) / n);
            c[k] = sum * (k == 0 ? 1.0 : 2.0) / n;
        }
        return new(low, high, c);
    }

    /// <summary>The interpolant of a function, its tail cut where what is left is below a bound.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="function">The function.</param>
    /// <param name="count">Nodes.</param>
    /// <param name="cut">Largest sum of magnitudes of the coefficients that are left out.</param>
    public static ChebyshevSeries Of(double low, double high, Func<double, double> function, int count, double cut)
    {
        double[] c = Through(low, high, [.. Nodes(low, high, count).Select(function)])._coefficients;
        int kept = c.Length;
        for (double left = 0; kept > 1 && left + Math.Abs(c[kept - 1]) < cut; kept--)
            left += Math.Abs(c[kept - 1]);
        return new(low, high, c[..kept]);
    }

    /// <summary>Value at a point.</summary>
    public double At(double u) => Clenshaw(_coefficients, Math.FusedMultiplyAdd(u, _scale, _shift));

    /// <summary>The derivative as a series of its own.</summary>
    public ChebyshevSeries Derivative()
    {
        int n = _coefficients.Length;
        var d = new double[Math.Max(1, n - 1)];
        for (int k = n - 1; k > 0; k--)
            d[k - 1] = (k + 1 < d.Length ? d[k + 1] : 0) + 2 * k * _coefficients[k];
        d[0] *= 0.5;
        return new(Low, High, [.. d.Select(x => x * _scale)]);
    }

    /// <summary>Values at many points; each is the same whichever points are beside it.</summary>
    public void At(ReadOnlySpan<double> u, Span<double> values)
    {
        ReadOnlySpan<Vector512<double>> x = MemoryMarshal.Cast<double, Vector512<double>>(u);
        Span<Vector512<double>> y = MemoryMarshal.Cast<double, Vector512<double>>(values[..u.Length]);
        int i = 0;
        for (; i + 3 < x.Length; i += 4)
            (y[i], y[i + 1], y[i + 2], y[i + 3]) = At(x[i], x[i + 1], x[i + 2], x[i + 3]);
        for (; i < x.Length; i++)
            y[i] = At(x[i]);
        int rest = u.Length % Vector512<double>.Count;
        if (rest == 0)
            return;
        Span<double> last = stackalloc double[Vector512<double>.Count];
        u[^rest..].CopyTo(last);
        At(Vector512.Create<double>(last)).CopyTo(last);
        last[..rest].CopyTo(values.Slice(u.Length - rest, rest));
    }

    /// <summary>Sum of c_k T_k(t): even terms, and odd ones over t, as two sums in 2 t^2 - 1, each half as long.</summary>
    /// <param name="c">Coefficients.</param>
    /// <param name="t">Where.</param>
    /// <param name="stride">How far a coefficient is from the next.</param>
    internal static double Clenshaw(ReadOnlySpan<double> c, double t, int stride = 1)
    {
        int n = (c.Length + stride - 1) / stride, j = (n - 1) / 2, pair = 2 * stride, at = pair * j;
        double even1 = c[at], even2 = 0, odd1 = n % 2 == 0 ? c[at + stride] : 0, odd2 = 0;
        if (j == 0)
            return Math.FusedMultiplyAdd(t, odd1, even1);
        double s = Math.FusedMultiplyAdd(2 * t, t, -1), twice = 2 * s;
        for (at -= pair; at > 0; at -= pair)
        {
            (even1, even2) = (Math.FusedMultiplyAdd(twice, even1, c[at] - even2), even1);
            (odd1, odd2) = (Math.FusedMultiplyAdd(twice, odd1, c[at + stride] - odd2), odd1);
        }
        // T_1 = t, T_3 = t (2s - 1).
        double odd = Math.FusedMultiplyAdd(twice - 1, odd1, c[stride] - odd2);
        return Math.FusedMultiplyAdd(t, odd, Math.FusedMultiplyAdd(s, even1, c[0] - even2));
    }

    /// <summary>Sums of c_k T_k(t) side by side.</summary>
    internal static Vector512<double> Clenshaw(ReadOnlySpan<Vector512<double>> c, Vector512<double> t)
    {
        Vector512<double> b1 = Vector512<double>.Zero, b2 = b1, twice = t + t;
        for (int k = c.Length - 1; k > 0; k--)
            (b1, b2) = (Vector512.FusedMultiplyAdd(twice, b1, c[k] - b2), b1);
        return Vector512.FusedMultiplyAdd(t, b1, c[0] - b2);
    }

    /// <summary>Derivatives of the sums with respect to t, by the recurrence differentiated.</summary>
    internal static Vector512<double> Slope(ReadOnlySpan<Vector512<double>> c, Vector512<double> t)
    {
        Vector512<double> b1 = Vector512<double>.Zero, b2 = b1, d1 = b1, d2 = b1, twice = t + t;
        for (int k = c.Length - 1; k > 0; k--)
        {
            (d1, d2) = (Vector512.FusedMultiplyAdd(twice, d1, b1 + b1 - d2), d1);
            (b1, b2) = (Vector512.FusedMultiplyAdd(twice, b1, c[k] - b2), b1);
        }
        return Vector512.FusedMultiplyAdd(t, d1, b1 - d2);
    }

    internal Vector512<double> At(Vector512<double> u)
    {
        Vector512<double> t = Vector512.FusedMultiplyAdd(u, Vector512.Create(_scale), Vector512.Create(_shift)), twice = t + t;
        Vector512<double> b1 = Vector512<double>.Zero, b2 = b1;
        for (int k = _coefficients.Length - 1; k > 0; k--)
            (b1, b2) = (Vector512.FusedMultiplyAdd(twice, b1, Vector512.Create(_coefficients[k]) - b2), b1);
        return Vector512.FusedMultiplyAdd(t, b1, Vector512.Create(_coefficients[0]) - b2);
    }

    /// <summary>The same at four groups of points side by side, which hides the latency of the recurrence.</summary>
    internal (Vector512<double> P, Vector512<double> Q, Vector512<double> R, Vector512<double> S) At(
        Vector512<double> p, Vector512<double> q, Vector512<double> r, Vector512<double> s)
    {
        Vector512<double> scale = Vector512.Create(_scale), shift = Vector512.Create(_shift), zero = Vector512<double>.Zero;
        p = Vector512.FusedMultiplyAdd(p, scale, shift);
        q = Vector512.FusedMultiplyAdd(q, scale, shift);
        r = Vector512.FusedMultiplyAdd(r, scale, shift);
        s = Vector512.FusedMultiplyAdd(s, scale, shift);
        (Vector512<double> p2, Vector512<double> q2, Vector512<double> r2, Vector512<double> s2) = (p + p, q + q, r + r, s + s);
        Vector512<double> pa = zero, pb = zero, qa = zero, qb = zero, ra = zero, rb = zero, sa = zero, sb = zero, c;
        double[] all = _coefficients;
        for (int k = all.Length - 1; k > 0; k--)
        {
            c = Vector512.Create(all[k]);
            (pa, pb) = (Vector512.FusedMultiplyAdd(p2, pa, c - pb), pa);
            (qa, qb) = (Vector512.FusedMultiplyAdd(q2, qa, c - qb), qa);
            (ra, rb) = (Vector512.FusedMultiplyAdd(r2, ra, c - rb), ra);
            (sa, sb) = (Vector512.FusedMultiplyAdd(s2, sa, c - sb), sa);
        }
        c = Vector512.Create(all[0]);
        return (
            Vector512.FusedMultiplyAdd(p, pa, c - pb), Vector512.FusedMultiplyAdd(q, qa, c - qb),
            Vector512.FusedMultiplyAdd(r, ra, c - rb), Vector512.FusedMultiplyAdd(s, sa, c - sb));
    }
}
