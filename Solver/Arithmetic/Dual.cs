using System.Runtime.CompilerServices;

namespace FvSolver.Solver.Arithmetic;

/// <summary>A number with its derivatives by a few local unknowns: forward automatic differentiation.</summary>
/// <typeparam name="P">Number type of value and derivatives.</typeparam>
/// <typeparam name="G">Derivatives.</typeparam>
[method: MethodImpl(Compilation.Operator)]
public readonly struct Dual<P, G>(P value, G slope) : IReal<Dual<P, G>, P>
    where P : struct, IParameter<P>
    where G : struct, IGradient<G, P>
{
    /// <summary>The value.</summary>
    public readonly P Value = value;

    /// <summary>Its derivatives.</summary>
    public readonly G Slope = slope;

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Constant(P value) => new(value, G.Zero);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> From(double value) => new(P.From(value), G.Zero);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator +(Dual<P, G> a, Dual<P, G> b) => new(a.Value + b.Value, a.Slope + b.Slope);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator -(Dual<P, G> a, Dual<P, G> b) => new(a.Value - b.Value, a.Slope - b.Slope);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator *(Dual<P, G> a, Dual<P, G> b) =>
        new(a.Value * b.Value, G.Combine(a.Slope, b.Value, b.Slope, a.Value));

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator /(Dual<P, G> a, Dual<P, G> b)
    {
        P inverse = P.Reciprocal(b.Value);
        P ratio = a.Value * inverse;
        return new(ratio, G.Combine(a.Slope, inverse, b.Slope, -(ratio * inverse)));
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator -(Dual<P, G> a) => new(-a.Value, -a.Slope);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator +(Dual<P, G> a, P b) => new(a.Value + b, a.Slope);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator -(Dual<P, G> a, P b) => new(a.Value - b, a.Slope);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator *(Dual<P, G> a, P b) => new(a.Value * b, a.Slope * b);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator +(Dual<P, G> a, double b) => new(a.Value + P.From(b), a.Slope);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> operator *(Dual<P, G> a, double b) => a * P.From(b);

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Reciprocal(Dual<P, G> x)
    {
        P inverse = P.Reciprocal(x.Value);
        return new(inverse, x.Slope * -(inverse * inverse));
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Exp(Dual<P, G> x)
    {
        P value = P.Exp(x.Value);
        return new(value, x.Slope * value);
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Expm1(Dual<P, G> x)
    {
        P value = P.Expm1(x.Value);
        return new(value, x.Slope * (value + 1.0));
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Log(Dual<P, G> x) => new(P.Log(x.Value), x.Slope * P.Reciprocal(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Sqrt(Dual<P, G> x)
    {
        P value = P.Sqrt(x.Value);
        P zero = default;
        return new(value, x.Slope * (P.Exceeds(value, zero) * 0.5 / P.Max(value, P.From(double.Epsilon))));
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Abs(Dual<P, G> x) => new(P.Abs(x.Value), x.Slope * P.Sign(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Max(Dual<P, G> x, P bound) => new(P.Max(x.Value, bound), x.Slope * P.Exceeds(x.Value, bound));

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Sinhc(Dual<P, G> x)
    {
        P value = P.Sinhc(x.Value, out P slope);
        return new(value, x.Slope * slope);
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> Bernoulli(Dual<P, G> u, out Dual<P, G> mirrored)
    {
        P value = P.Bernoulli(u.Value, out P m);
        P slope = P.BernoulliSlope(u.Value, value, m);
        mirrored = new(m, u.Slope * (slope + 1.0));
        return new(value, u.Slope * slope);
    }

    [MethodImpl(Compilation.Operator)]
    public static Dual<P, G> FittedDifference(Dual<P, G> x, Dual<P, G> u, Dual<P, G> a, Dual<P, G> b)
    {
        // By the four partial derivatives: numbers that carry all slopes through every product take twice the arithmetic.
        P value = P.FittedDifference(x.Value, u.Value, a.Value, b.Value, out P byX, out P byU, out P byA, out P byB);
        return new(value, G.Combine(a.Slope, byA, b.Slope, byB) + G.Combine(x.Slope, byX, u.Slope, byU));
    }

    public static Dual<P, G> Erfc(Dual<P, G> x) =>
        new(P.Erfc(x.Value), x.Slope * (P.Exp(-(x.Value * x.Value)) * (-2 / Math.Sqrt(Math.PI))));

    public override string ToString() => $"{Value} {{{Slope}}}";
}
