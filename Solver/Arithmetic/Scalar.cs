using System.Runtime.CompilerServices;

namespace FvSolver.Solver.Arithmetic;

/// <summary>One double.</summary>
[method: MethodImpl(Compilation.Operator)]
public readonly struct Scalar(double value) : IParameter<Scalar>, IReal<Scalar, Scalar>
{
    /// <summary>The number.</summary>
    public readonly double Value = value;

    [MethodImpl(Compilation.Operator)]
    public static implicit operator double(Scalar a) => a.Value;

    [MethodImpl(Compilation.Operator)]
    public static explicit operator Scalar(double a) => new(a);

    [MethodImpl(Compilation.Operator)]
    public static Scalar Constant(Scalar value) => value;

    [MethodImpl(Compilation.Operator)]
    public static Scalar From(double value) => new(value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator +(Scalar a, Scalar b) => new(a.Value + b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator -(Scalar a, Scalar b) => new(a.Value - b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator *(Scalar a, Scalar b) => new(a.Value * b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator /(Scalar a, Scalar b) => new(a.Value / b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator -(Scalar a) => new(-a.Value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator +(Scalar a, double b) => new(a.Value + b);

    [MethodImpl(Compilation.Operator)]
    public static Scalar operator *(Scalar a, double b) => new(a.Value * b);

    [MethodImpl(Compilation.Operator)]
    public static Scalar Reciprocal(Scalar x) => new(1 / x.Value);

    [MethodImpl(Compilation.Operator)]
    public static Scalar Exp(Scalar x) => new(Math.Exp(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Expm1(Scalar x) => new(SpecialFunctions.Expm1(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Log(Scalar x) => new(Math.Log(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Sqrt(Scalar x) => new(Math.Sqrt(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Abs(Scalar x) => new(Math.Abs(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Max(Scalar x, Scalar bound) => new(Math.Max(x.Value, bound.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Sinhc(Scalar x) => new(SpecialFunctions.Sinhc(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Bernoulli(Scalar u, out Scalar mirrored)
    {
        double value = SpecialFunctions.Bernoulli(u.Value, out double m);
        mirrored = new(m);
        return new(value);
    }

    [MethodImpl(Compilation.Operator)]
    public static Scalar FittedDifference(Scalar x, Scalar u, Scalar a, Scalar b)
    {
        Scalar value = Bernoulli(u, out Scalar mirrored);
        return Sinhc(x) * (mirrored * a - value * b);
    }

    [MethodImpl(Compilation.Operator)]
    public static Scalar FittedDifference(Scalar x, Scalar u, Scalar a, Scalar b, out Scalar byX, out Scalar byU, out Scalar byA,
        out Scalar byB)
    {
        Scalar shape = Sinhc(x, out Scalar shapeSlope), value = Bernoulli(u, out Scalar mirrored);
        Scalar slope = BernoulliSlope(u, value, mirrored), drift = mirrored * a - value * b;
        (byX, byU) = (shapeSlope * drift, shape * (a + slope * (a - b)));
        (byA, byB) = (shape * mirrored, -(shape * value));
        return shape * drift;
    }

    [MethodImpl(Compilation.Operator)]
    public static Scalar MultiplyAdd(Scalar a, Scalar b, Scalar c) => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar BernoulliSlope(Scalar u, Scalar value, Scalar mirrored) =>
        new(SpecialFunctions.BernoulliSlope(u.Value, value.Value, mirrored.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Sinhc(Scalar x, out Scalar slope)
    {
        double value = SpecialFunctions.Sinhc(x.Value, out double s);
        slope = new(s);
        return new(value);
    }

    [MethodImpl(Compilation.Operator)]
    public static Scalar Sign(Scalar x) => new(Math.CopySign(1, x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Scalar Exceeds(Scalar x, Scalar bound) => new(x.Value > bound.Value ? 1 : 0);

    public static bool IsUsable(Scalar x) => double.IsFinite(x.Value) && x.Value != 0;

    public static Scalar FromLanes(ReadOnlySpan<double> lanes) => new(lanes[0]);

    public static int LaneCount => 1;

    [MethodImpl(Compilation.Operator)]
    public static double Lane(Scalar x, int lane) => x.Value;

    public static Scalar Erfc(Scalar x) => new(ErrorFunction.Complementary(x.Value));

    public override string ToString() => Value.ToString("R");
}
