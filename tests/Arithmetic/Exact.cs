namespace FvSolver.Tests.Arithmetic;

/// <summary>Functions to about 100 decimal digits, from their series, as references.</summary>
internal static class Exact
{
    private static readonly Wide Ln2 = LogarithmOfTwo();

    /// <summary>pi = 16 arctan(1/5) - 4 arctan(1/239) (Machin).</summary>
    public static readonly Wide Pi = 16 * ArcTangentOfInverse(5) - 4 * ArcTangentOfInverse(239);

    public static Wide Exp(Wide x)
    {
        int k = (int)Math.Round((x / Ln2).ToDouble());
        return Wide.Scale(1 + Taylor(x - k * Ln2), k);
    }

    public static Wide Expm1(Wide x) => Wide.Abs(x) < 0.4 ? Taylor(x) : Exp(x) - 1;

    public static Wide Bernoulli(Wide u) => u.IsZero ? 1 : u / Expm1(u);

    public static Wide BernoulliSlope(Wide u)
    {
        if (Wide.Abs(u) < 1e-40)
            return Wide.Scale(-1, -1) + u / 6;
        Wide e = Expm1(u);
        return (e - u * (e + 1)) / (e * e);
    }

    public static Wide Sinhc(Wide x)
    {
        if (x.IsZero)
            return 1;
        Wide a = Wide.Abs(x), e = Expm1(a);
        return (e + e / (e + 1)) / (2 * a);
    }

    public static Wide SinhcSlope(Wide x)
    {
        if (Wide.Abs(x) < 1e-40)
            return x / 3;
        Wide e = Exp(x);
        return ((e + 1 / e) / 2 - Sinhc(x)) / x;
    }

    /// <summary>By the series of erf up to 8, where 100 bits cancel, and by the continued fraction beyond.</summary>
    public static Wide Erfc(Wide x) => x < 8 ? ErfcBySeries(x) : ErfcByFraction(x);

    public static Wide ErfcSlope(Wide x) => -2 / Wide.Sqrt(Pi) * Exp(-x * x);

    public static Wide ErfcBySeries(Wide x)
    {
        if (x < -8)
            return 2 - ErfcByFraction(-x);
        Wide term = x, sum = x;
        for (int n = 1; n < 700; n++)
        {
            term = term * 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 1 - 2 / Wide.Sqrt(Pi) * Exp(-x * x) * sum;
    }

    public static Wide ErfcByFraction(Wide x)
    {
        Wide fraction = x;
        for (int n = 600; n > 0; n--)
            fraction = x + Wide.Scale(n, -1) / fraction;
        return Exp(-x * x) / (Wide.Sqrt(Pi) * fraction);
    }

    /// <summary>(computed - exact)/exact; 0 when both are 0.</summary>
    public static double RelativeError(double computed, Wide exact) =>
        exact.IsZero ? computed == 0 ? 0 : double.PositiveInfinity : Math.Abs(((computed - exact) / exact).ToDouble());

    public static double AbsoluteError(double computed, Wide exact) => Math.Abs((computed - exact).ToDouble());

    /// <summary>Relative to the exact value or to 1, whichever is larger.</summary>
    public static double MixedError(double computed, Wide exact) =>
        Wide.Abs(exact) < 1 ? AbsoluteError(computed, exact) : RelativeError(computed, exact);

    /// <summary>e^r - 1 for |r| below 0.4.</summary>
    private static Wide Taylor(Wide r)
    {
        Wide term = r, sum = r;
        for (int n = 2; n < 80; n++)
        {
            term = term * r / n;
            sum += term;
        }
        return sum;
    }

    /// <summary>ln 2 = 2 artanh(1/3).</summary>
    private static Wide LogarithmOfTwo()
    {
        Wide power = (Wide)2 / 3, sum = power;
        for (int n = 1; n < 140; n++)
        {
            power /= 9;
            sum += power / (2 * n + 1);
        }
        return sum;
    }

    private static Wide ArcTangentOfInverse(int x)
    {
        Wide power = (Wide)1 / x, sum = power;
        for (int n = 1; n < 100; n++)
        {
            power = -power / (x * x);
            sum += power / (2 * n + 1);
        }
        return sum;
    }
}
