using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>
/// exp(x) - 1 and the functions that are built on it, for one double and for eight at a time.
/// </summary>
/// <remarks>
/// expm1: with k = round(x/ln 2) and r = x - k ln 2, |r| &lt; 0.347, e^x - 1 = 2^k (e^r - 1) + (2^k - 1). The polynomial r + r^2/2 + ...
/// of degree 11 is the best one for e^r - 1 (Remez): it is off by at most 2.6e-17 r. It is summed in pairs (Estrin), since the loops over
/// edges wait for it. Measured: at most 2 units in the last place on [-700, 700].
/// Beyond 709 the argument is clamped, so that nothing overflows to infinity over infinity.
/// </remarks>
internal static class SpecialFunctions
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const long RootHalfBits = 0x3FE6A09E667F3BCD;
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const double RoundingMagic = 6755399441055744.0;
    private const double Largest = 709.0, LargestOfTwo = 300.0;

    // Coefficients of e^r - 1, from that of r^2 on.
    private const double C2 = 0.5, C3 = 0.1666666666666668, C4 = 0.04166666666661966, C5 = 0.008333333333318997;
    private const double C6 = 0.001388888892065312, C7 = 0.00019841269894237357, C8 = 2.4801516155600332e-05;
    private const double C9 = 2.755723522582214e-06, C10 = 2.7622306611174014e-07, C11 = 2.511233020164144e-08;

    // Coefficients of (atanh(s)/s - 1)/s^2 by s^2.
    private const double L0 = 0.33333333333333673, L1 = 0.1999999999970698, L2 = 0.14285714371281205, L3 = 0.11111099276881823;
    private const double L4 = 0.09091782704092818, L5 = 0.07657010549323031, L6 = 0.07398130668727026;

    /// <summary>Below this |u| the derivative of Bernoulli's function is taken from its series.</summary>
    private const double BernoulliSeries = 0.25;

    /// <summary>Below this |x| the derivative of sinh(x)/x is taken from its series.</summary>
    private const double SinhcSeries = 0.3;

    /// <summary>Below this |x| and |u| the derivatives of <c>FittedDifference</c> are taken from series.</summary>
    private const double DriftSeries = 0.1;

    private const double Tiny = 1e-150;

    /// <summary>e^x - 1.</summary>
    [MethodImpl(Compilation.Operator)]
    public static double Expm1(double x)
    {
        double p = ExpParts(Math.Min(Math.Max(x, -Largest), Largest), out double power);
        return Math.FusedMultiplyAdd(power, p, power - 1);
    }

    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Expm1(Vector512<double> x) => Expm1Within(Clamped(x));

    /// <summary>e^x of many numbers; each is the same whichever numbers are beside it.</summary>
    public static void Exp(ReadOnlySpan<double> x, Span<double> values)
    {
        int i = 0;
        for (; i + Vector512<double>.Count <= x.Length; i += Vector512<double>.Count)
            Exp(Vector512.Create(x.Slice(i, Vector512<double>.Count))).CopyTo(values[i..]);
        if (i == x.Length)
            return;
        Span<double> last = stackalloc double[Vector512<double>.Count];
        x[i..].CopyTo(last);
        Exp(Vector512.Create<double>(last)).CopyTo(last);
        last[..(x.Length - i)].CopyTo(values[i..]);
    }

    /// <summary>e^x.</summary>
    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var p = ExpParts(Clamped(x), out var power);
        return Vector512.FusedMultiplyAdd(power, p, power);
    }

    /// <summary>ln x; not a number unless x is positive and finite.</summary>
    /// <remarks>
    /// With x = 2^k m, m between 1/sqrt(2) and sqrt(2), and s = (m - 1)/(m + 1), ln m = 2 (s + s^3/3 + s^5/5 + ...); |s| &lt; 0.172. The
    /// polynomial of degree 6 in s^2 is the best one for 1/3 + s^2/5 + ... (Remez): it is off by at most 1.2e-18 ln m. Measured: at most 2
    /// units in the last place.
    /// </remarks>
    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<long> bits = x.AsInt64();
        Vector512<long> exponent = Vector512.ShiftRightArithmetic(bits - Vector512.Create(RootHalfBits), 52);
        Vector512<double> m = (bits - Vector512.ShiftLeft(exponent, 52)).AsDouble(), k = Vector512.ConvertToDouble(exponent);
        Vector512<double> f = m - Vector512<double>.One, s = f / (m + Vector512<double>.One), z = s * s;
        var z2 = z * z;
        var p0 = Vector512.FusedMultiplyAdd(z, Vector512.Create(L1), Vector512.Create(L0));
        var p2 = Vector512.FusedMultiplyAdd(z, Vector512.Create(L3), Vector512.Create(L2));
        var p4 = Vector512.FusedMultiplyAdd(z, Vector512.Create(L5), Vector512.Create(L4));
        var p = Vector512.FusedMultiplyAdd(
            Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(L6), z2, p4), z2, p2), z2, p0);
        // 2 s = f - f s: the large part is exact.
        Vector512<double> small = Vector512.FusedMultiplyAdd(s + s, z * p,
            Vector512.FusedMultiplyAdd(k, Vector512.Create(Ln2Low), -(f * s)));
        Vector512<double> log = Vector512.FusedMultiplyAdd(k, Vector512.Create(Ln2High), f + small);
        var isUsable = Vector512.GreaterThanOrEqual(x, Vector512.Create(SmallestNormal))
            & Vector512.LessThanOrEqual(x, Vector512.Create(double.MaxValue));
        return Vector512.ConditionalSelect(isUsable, log, Vector512.Create(double.NaN));
    }

    /// <summary>e^x - 1 for x >= 0, where one clamp is enough.</summary>
    [MethodImpl(Compilation.Operator)]
    private static double Expm1OfPositive(double x)
    {
        double p = ExpParts(Math.Min(x, Largest), out double power);
        return Math.FusedMultiplyAdd(power, p, power - 1);
    }

    [MethodImpl(Compilation.Operator)]
    private static Vector512<double> Expm1OfPositive(Vector512<double> x) => Expm1Within(Vector512.Min(x, Vector512.Create(Largest)));

    /// <summary>e^x - 1 for |x| up to <see cref="Largest"/>.</summary>
    [MethodImpl(Compilation.Operator)]
    private static Vector512<double> Expm1Within(Vector512<double> x)
    {
        var p = ExpParts(x, out var power);
        return Vector512.FusedMultiplyAdd(power, p, power - Vector512<double>.One);
    }

    /// <summary>e^x - 1 and e^y - 1, step by step side by side: a processor looks ahead so far only,
    /// and each coefficient is loaded once.</summary>
    [MethodImpl(Compilation.Operator)]
    private static Vector512<double> Expm1Within(Vector512<double> x, Vector512<double> y, out Vector512<double> ofY)
    {
        Vector512<double> factor = Vector512.Create(Log2E), magic = Vector512.Create(RoundingMagic);
        Vector512<double> n = Vector512.FusedMultiplyAdd(x, factor, magic), m = Vector512.FusedMultiplyAdd(y, factor, magic);
        Vector512<double> k = n - magic, l = m - magic;
        factor = Vector512.Create(-Ln2High);
        Vector512<double> r = Vector512.FusedMultiplyAdd(k, factor, x), s = Vector512.FusedMultiplyAdd(l, factor, y);
        factor = Vector512.Create(-Ln2Low);
        r = Vector512.FusedMultiplyAdd(k, factor, r);
        s = Vector512.FusedMultiplyAdd(l, factor, s);
        Vector512<double> r2 = r * r, s2 = s * s, r4 = r2 * r2, s4 = s2 * s2;
        Vector512<double> c = Vector512.Create(C11), d = Vector512.Create(C10);
        Vector512<double> p = Vector512.FusedMultiplyAdd(r, c, d), q = Vector512.FusedMultiplyAdd(s, c, d);
        (c, d) = (Vector512.Create(C9), Vector512.Create(C8));
        Vector512<double> p8 = Vector512.FusedMultiplyAdd(r, c, d), q8 = Vector512.FusedMultiplyAdd(s, c, d);
        (c, d) = (Vector512.Create(C7), Vector512.Create(C6));
        p8 = Vector512.FusedMultiplyAdd(p8, r2, Vector512.FusedMultiplyAdd(r, c, d));
        q8 = Vector512.FusedMultiplyAdd(q8, s2, Vector512.FusedMultiplyAdd(s, c, d));
        (p, q) = (Vector512.FusedMultiplyAdd(p, r4, p8), Vector512.FusedMultiplyAdd(q, s4, q8));
        (c, d) = (Vector512.Create(C5), Vector512.Create(C4));
        (p8, q8) = (Vector512.FusedMultiplyAdd(r, c, d), Vector512.FusedMultiplyAdd(s, c, d));
        (c, d) = (Vector512.Create(C3), Vector512.Create(C2));
        p8 = Vector512.FusedMultiplyAdd(p8, r2, Vector512.FusedMultiplyAdd(r, c, d));
        q8 = Vector512.FusedMultiplyAdd(q8, s2, Vector512.FusedMultiplyAdd(s, c, d));
        (p, q) = (Vector512.FusedMultiplyAdd(p, r4, p8), Vector512.FusedMultiplyAdd(q, s4, q8));
        (p, q) = (Vector512.FusedMultiplyAdd(p, r2, r), Vector512.FusedMultiplyAdd(q, s2, s));
        var one = Vector512<double>.One;
        k = (Vector512.ShiftLeft(n.AsInt64(), 52) + one.AsInt64()).AsDouble();
        l = (Vector512.ShiftLeft(m.AsInt64(), 52) + one.AsInt64()).AsDouble();
        ofY = Vector512.FusedMultiplyAdd(l, q, l - one);
        return Vector512.FusedMultiplyAdd(k, p, k - one);
    }

    [MethodImpl(Compilation.Operator)]
    private static Vector512<double> Clamped(Vector512<double> x) =>
        Vector512.Min(Vector512.Max(x, Vector512.Create(-Largest)), Vector512.Create(Largest));

    /// <summary>Splits e^x = 2^k (1 + p) for |x| up to <see cref="Largest"/>: returns p, with 2^k in <paramref name="power"/>.</summary>
    [MethodImpl(Compilation.Operator)]
    private static double ExpParts(double x, out double power)
    {
        double magic = Math.FusedMultiplyAdd(x, Log2E, RoundingMagic);
        double k = magic - RoundingMagic;
        double r = Math.FusedMultiplyAdd(k, -Ln2Low, Math.FusedMultiplyAdd(k, -Ln2High, x));
        double r2 = r * r, r4 = r2 * r2;
        double p2 = Math.FusedMultiplyAdd(r, C3, C2), p4 = Math.FusedMultiplyAdd(r, C5, C4), p6 = Math.FusedMultiplyAdd(r, C7, C6);
        double p8 = Math.FusedMultiplyAdd(r, C9, C8), p10 = Math.FusedMultiplyAdd(r, C11, C10);
        double p = Math.FusedMultiplyAdd(
            Math.FusedMultiplyAdd(p10, r4, Math.FusedMultiplyAdd(p8, r2, p6)), r4, Math.FusedMultiplyAdd(p4, r2, p2));
        power = BitConverter.Int64BitsToDouble(
            (BitConverter.DoubleToInt64Bits(magic) << 52) + BitConverter.DoubleToInt64Bits(1.0));
        return Math.FusedMultiplyAdd(p, r2, r);
    }

    [MethodImpl(Compilation.Operator)]
    private static Vector512<double> ExpParts(Vector512<double> x, out Vector512<double> power)
    {
        var magic = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(RoundingMagic));
        var k = magic - Vector512.Create(RoundingMagic);
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2Low),
            Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2High), x));
        Vector512<double> r2 = r * r, r4 = r2 * r2;
        var p2 = Vector512.FusedMultiplyAdd(r, Vector512.Create(C3), Vector512.Create(C2));
        var p4 = Vector512.FusedMultiplyAdd(r, Vector512.Create(C5), Vector512.Create(C4));
        var p6 = Vector512.FusedMultiplyAdd(r, Vector512.Create(C7), Vector512.Create(C6));
        var p8 = Vector512.FusedMultiplyAdd(r, Vector512.Create(C9), Vector512.Create(C8));
        var p10 = Vector512.FusedMultiplyAdd(r, Vector512.Create(C11), Vector512.Create(C10));
        var p = Vector512.FusedMultiplyAdd(
            Vector512.FusedMultiplyAdd(p10, r4, Vector512.FusedMultiplyAdd(p8, r2, p6)), r4, Vector512.FusedMultiplyAdd(p4, r2, p2));
        power = (Vector512.ShiftLeft(magic.AsInt64(), 52) + Vector512.Create(1.0).AsInt64()).AsDouble();
        return Vector512.FusedMultiplyAdd(p, r2, r);
    }

    /// <summary>B(u) and B(-u), evaluated at |u| and swapped, so that neither is a difference of large numbers.</summary>
    [MethodImpl(Compilation.Operator)]
    public static double Bernoulli(double u, out double mirrored)
    {
        double a = Math.Max(Math.Abs(u), Tiny);
        double small = a / Expm1OfPositive(a);
        double large = small + a;
        mirrored = u < 0 ? small : large;
        return u < 0 ? large : small;
    }

    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Bernoulli(Vector512<double> u, out Vector512<double> mirrored)
    {
        var a = Vector512.Max(Vector512.Abs(u), Vector512.Create(Tiny));
        var small = a / Expm1OfPositive(a);
        var large = small + a;
        var negative = Vector512.LessThan(u, Vector512<double>.Zero);
        mirrored = Vector512.ConditionalSelect(negative, small, large);
        return Vector512.ConditionalSelect(negative, large, small);
    }

    /// <summary>B'(u) from u and the pair: (B(u)/u)(1 - B(-u)), by its series near 0, and -(1 + B'(|u|)) for u &lt; 0.</summary>
    [MethodImpl(Compilation.Operator)]
    public static double BernoulliSlope(double u, double value, double mirrored)
    {
        double a = Math.Abs(u);
        double small = Math.Min(value, mirrored), large = Math.Max(value, mirrored);
        double t = a * a;
        double series = -0.5 + a * (1.0 / 6 + t * (-1.0 / 180 + t * (1.0 / 5040 + t * (-1.0 / 151200 + t * (1.0 / 4790016)))));
        double slope = a < BernoulliSeries ? series : small / Math.Max(a, Tiny) * (1 - large);
        return u < 0 ? -1 - slope : slope;
    }

    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> BernoulliSlope(Vector512<double> u, Vector512<double> value, Vector512<double> mirrored)
    {
        var a = Vector512.Abs(u);
        var small = Vector512.MinNative(value, mirrored);
        var large = Vector512.MaxNative(value, mirrored);
        var t = a * a;
        var series = Vector512.Create(1.0 / 4790016);
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(-1.0 / 151200));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 5040));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(-1.0 / 180));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 6));
        series = Vector512.FusedMultiplyAdd(series, a, Vector512.Create(-0.5));
        var direct = small / Vector512.Max(a, Vector512.Create(Tiny)) * (Vector512<double>.One - large);
        var slope = Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(BernoulliSeries)), series, direct);
        return Vector512.ConditionalSelect(Vector512.LessThan(u, Vector512<double>.Zero), -Vector512<double>.One - slope, slope);
    }

    /// <summary>sinh(x)/x and its derivative from one exponential.</summary>
    [MethodImpl(Compilation.Operator)]
    public static double Sinhc(double x, out double slope)
    {
        double a = Math.Max(Math.Abs(x), Tiny);
        double e = Expm1OfPositive(a);
        double inverse = 1 / (e + 1);
        double value = 0.5 * (e + e * inverse) / a;
        double t = x * x;
        double series = x * (1.0 / 3 + t * (1.0 / 30 + t * (1.0 / 840 + t * (1.0 / 45360 + t * (1.0 / 3991680 + t * (1.0 / 518918400))))));
        double direct = Math.CopySign((0.5 * (e + 1 + inverse) - value) / a, x);
        slope = a < SinhcSeries ? series : direct;
        return value;
    }

    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Sinhc(Vector512<double> x, out Vector512<double> slope)
    {
        var a = Vector512.Max(Vector512.Abs(x), Vector512.Create(Tiny));
        var half = Vector512.Create(0.5);
        var e = Expm1OfPositive(a);
        var inverse = Vector512<double>.One / (e + Vector512<double>.One);
        var inverseA = Vector512<double>.One / a;
        var value = half * Vector512.FusedMultiplyAdd(e, inverse, e) * inverseA;
        var t = x * x;
        var series = Vector512.Create(1.0 / 518918400);
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 3991680));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 45360));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 840));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 30));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 3)) * x;
        var direct = Vector512.CopySign((half * (e + Vector512<double>.One + inverse) - value) * inverseA, x);
        slope = Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(SinhcSeries)), series, direct);
        return value;
    }

    /// <summary>sinh(x)/x.</summary>
    [MethodImpl(Compilation.Operator)]
    public static double Sinhc(double x)
    {
        double a = Math.Max(Math.Abs(x), Tiny);
        double e = Expm1OfPositive(a);
        return 0.5 * e * ((e + 2) / ((e + 1) * a));
    }

    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> Sinhc(Vector512<double> x)
    {
        var a = Vector512.Max(Vector512.Abs(x), Vector512.Create(Tiny));
        var e = Expm1OfPositive(a);
        return Vector512.Create(0.5) * e * ((e + Vector512.Create(2.0)) / ((e + Vector512<double>.One) * a));
    }

    /// <summary>sinh(x)/x [B(-u) a - B(u) b] with one division: S (a - b) + S (e^|u| - 1) times a for u >= 0,
    /// -b for u &lt; 0, S = B(|u|) sinh(x)/x.</summary>
    /// <remarks>The exponents are clamped at 300, so that products of two exponentials stay finite.</remarks>
    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> FittedDifference(Vector512<double> x, Vector512<double> u, Vector512<double> a, Vector512<double> b)
    {
        Vector512<double> tiny = Vector512.Create(Tiny), largest = Vector512.Create(LargestOfTwo);
        // The processor's own maximum and minimum give the second operand back when it is not a number.
        var step = Vector512.MinNative(largest, Vector512.MaxNative(tiny, Vector512.Abs(x)));
        var drive = Vector512.MaxNative(tiny, Vector512.Abs(u));
        var e = Expm1Within(step, Vector512.MinNative(largest, drive), out var excess);
        // 2 sinh(x) = e (e + 2)/(e + 1).
        var small = Vector512.FusedMultiplyAdd(e, e, e + e) * (drive * 0.5) / (Vector512.FusedMultiplyAdd(e, step, step) * excess);
        var upstream = Vector512.ConditionalSelect(Vector512.LessThan(u, Vector512<double>.Zero), -b, a);
        return Vector512.FusedMultiplyAdd(small * excess, upstream, small * (a - b));
    }

    /// <summary>The same with its derivatives, also with one division.</summary>
    [MethodImpl(Compilation.Operator)]
    public static Vector512<double> FittedDifference(
        Vector512<double> x, Vector512<double> u, Vector512<double> a, Vector512<double> b,
        out Vector512<double> byX, out Vector512<double> byU, out Vector512<double> byA, out Vector512<double> byB)
    {
        Vector512<double> tiny = Vector512.Create(Tiny), largest = Vector512.Create(LargestOfTwo), one = Vector512<double>.One,
            half = Vector512.Create(0.5);
        var size = Vector512.Abs(x);
        var step = Vector512.MinNative(largest, Vector512.MaxNative(tiny, size));
        var drive = Vector512.MaxNative(tiny, Vector512.Abs(u));
        var e = Expm1Within(step, Vector512.MinNative(largest, drive), out var excess);
        // e^|x| |x|, and 1 over it and over e^|u| - 1.
        var rise = Vector512.FusedMultiplyAdd(e, step, step);
        var inverse = one / (rise * excess);
        Vector512<double> inverseExcess = inverse * rise, inverseRise = inverse * excess, exponential = e + one;
        Vector512<double> shape = Vector512.FusedMultiplyAdd(e, e, e + e) * (half * inverseRise), small = drive * inverseExcess,
            large = small + drive;

        // d(sinh(x)/x)/dx = (cosh(x) - sinh(x)/x)/x.
        var t = step * step;
        var series = Vector512.FusedMultiplyAdd(t, Vector512.Create(1.0 / 45360), Vector512.Create(1.0 / 840));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 30));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 3)) * size;
        var cosh = Vector512.FusedMultiplyAdd(inverseRise, step, exponential) * half;
        var shapeSlope = Vector512.ConditionalSelect(Vector512.LessThan(step, Vector512.Create(DriftSeries)), series,
            (cosh - shape) * (inverseRise * exponential));

        // B'(|u|) = (1 - B(-|u|))/(e^|u| - 1).
        t = drive * drive;
        series = Vector512.FusedMultiplyAdd(t, Vector512.Create(-1.0 / 151200), Vector512.Create(1.0 / 5040));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(-1.0 / 180));
        series = Vector512.FusedMultiplyAdd(series, t, Vector512.Create(1.0 / 6));
        series = Vector512.FusedMultiplyAdd(series, drive, -half);
        var slope = Vector512.ConditionalSelect(Vector512.LessThan(drive, Vector512.Create(DriftSeries)), series,
            (one - large) * inverseExcess);

        var negative = Vector512.LessThan(u, Vector512<double>.Zero);
        slope = Vector512.ConditionalSelect(negative, -one - slope, slope);
        var difference = a - b;
        var drift = Vector512.FusedMultiplyAdd(drive, Vector512.ConditionalSelect(negative, -b, a), small * difference);
        byX = Vector512.CopySign(shapeSlope, x) * drift;
        byU = shape * Vector512.FusedMultiplyAdd(slope, difference, a);
        byA = shape * Vector512.ConditionalSelect(negative, small, large);
        byB = shape * -Vector512.ConditionalSelect(negative, large, small);
        return shape * drift;
    }
}
