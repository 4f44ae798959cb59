using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>The Fermi-Dirac integral F_1/2(eta) = (2/sqrt(pi)) int_0^inf x^(1/2)/(1 + e^(x - eta)) dx, and its inverse.</summary>
/// <remarks>
/// With s = ln(1 + e^eta), F = s sqrt(R(s)): F is e^eta for eta below 0 and (4/(3 sqrt(pi))) eta^(3/2) far above, so that R runs from 1
/// to 16 s/(9 pi), and in between it is analytic. R is a rational function, fitted to the integral by the trapezoidal rule (which
/// converges exponentially); all its coefficients are positive. Relative error of F at most 1.3e-10 for eta up to 3000; where e^eta is
/// below 1e-16 the rounding of s adds to it.
/// </remarks>
public static class FermiIntegral
{
    // Of Newton's method, which doubles the digits with each: enough for f up to 1000.
    private const int Iterations = 8;

    // R = P/Q, highest power first.
    private static ReadOnlySpan<double> Numerator =>
    [
        2.1704810036784084e-08, 3.7164549031341825e-07, 6.218299760550447e-06, 8.041688710258673e-05, 0.000838137431538209,
        0.006768981494606259, 0.04168054178481354, 0.18929516906751176, 0.5870543201401938, 1.0,
    ];

    private static ReadOnlySpan<double> Denominator =>
    [
        3.835556538517553e-08, 6.567517530264101e-07, 1.0894021600702886e-05, 0.00014048473600055027, 0.0014543875713426766,
        0.011596634525788165, 0.0705641101734052, 0.294161093794849, 1.0,
    ];

    /// <summary>F_1/2(eta).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Half<T, P>(T eta)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P>
    {
        T s = T.Max(eta, default) + T.Log(T.Exp(-T.Abs(eta)) + 1.0);
        return s * T.Sqrt(Ratio(s));
    }

    /// <summary>F_1/2(eta) and its derivative.</summary>
    /// <remarks>dF/deta = (ds/deta) [sqrt(R) + s R'/(2 sqrt(R))], ds/deta = 1 - e^-s.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P Half<P>(P eta, out P slope)
        where P : struct, IParameter<P>
    {
        P decay = P.Exp(-P.Abs(eta)), s = P.Max(eta, default) + P.Log(decay + 1.0);
        ReadOnlySpan<double> above = Numerator, below = Denominator;
        P p = P.From(above[0]), q = P.From(below[0]), byS = default, qByS = default;
        for (int k = 1; k < below.Length; k++)
        {
            (byS, qByS) = (P.MultiplyAdd(byS, s, p), P.MultiplyAdd(qByS, s, q));
            (p, q) = (P.MultiplyAdd(p, s, P.From(above[k])), P.MultiplyAdd(q, s, P.From(below[k])));
        }
        (byS, p) = (P.MultiplyAdd(byS, s, p), P.MultiplyAdd(p, s, P.From(above[^1])));
        P inverse = P.Reciprocal(q), ratio = p * inverse, root = P.Sqrt(ratio);
        // e^eta/(1 + e^eta), by the e^-|eta| at hand.
        P share = P.Exceeds(eta, default), logistic = (share + (-share + 1.0) * decay) / (decay + 1.0);
        slope = logistic * (root + s * (byS - ratio * qByS) * inverse / root * 0.5);
        return s * root;
    }

    /// <summary>F_1/2^-1(f) - ln f, 0 where f vanishes.</summary>
    /// <remarks>ln[(e^s - 1)/s] - ln(R)/2 with s sqrt(R(s)) = f, by Newton's method from above, which f as a convex function of s never
    /// leaves.</remarks>
    /// <param name="f">Value, 0 or more.</param>
    public static T Degeneracy<T, P>(T f)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P>
    {
        T s = f;
        for (int i = 0; i < Iterations; i++)
        {
            T p = T.From(Numerator[0]), q = T.From(Denominator[0]), byS = T.From(0), qByS = T.From(0);
            for (int k = 1; k < Numerator.Length; k++)
                (byS, p) = (byS * s + p, p * s + Numerator[k]);
            for (int k = 1; k < Denominator.Length; k++)
                (qByS, q) = (qByS * s + q, q * s + Denominator[k]);
            T ratio = p / q, root = T.Sqrt(ratio);
            s -= (s * root - f) / (root + s * (byS - ratio * qByS) / (q * root) * 0.5);
        }
        return -T.Log(T.Bernoulli(s, out _)) - T.Log(Ratio(s)) * 0.5;
    }

    /// <summary>(F/s)^2 by s = ln(1 + e^eta).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ratio<T>(T s)
        where T : struct, IElementary<T>
    {
        // Side by side: each step of one alone would wait for the step before.
        ReadOnlySpan<double> above = Numerator, below = Denominator;
        T p = T.From(above[0]), q = T.From(below[0]);
        for (int k = 1; k < below.Length; k++)
        {
            p = p * s + T.From(above[k]);
            q = q * s + T.From(below[k]);
        }
        return (p * s + T.From(above[^1])) / q;
    }

    /// <summary>eta with F_1/2(eta) = f, to rounding of F's own error.</summary>
    /// <param name="f">Value, greater than 0.</param>
    public static double InverseHalf(double f)
    {
        // In s, by Newton's method on ln F: its slope lies between 1/s and 3/(2 s).
        double s = Math.Max(f, Math.Pow(0.75 * Math.Sqrt(Math.PI) * f, 2.0 / 3));
        for (int i = 0; i < 60; i++)
        {
            Dual<Scalar, Gradient4<Scalar>> at = new(new(s), Gradient4<Scalar>.Seed(0));
            Dual<Scalar, Gradient4<Scalar>> value = at * Dual<Scalar, Gradient4<Scalar>>.Sqrt(Ratio(at));
            double step = Math.Log(value.Value / f) * value.Value / (value.Slope.D0 * s);
            s *= Math.Exp(-step);
            if (Math.Abs(step) < 1e-15)
                break;
        }
        return s + Math.Log(-Scalar.Expm1(new(-s)).Value);
    }
}
