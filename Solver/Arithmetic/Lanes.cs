using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Eight doubles that are computed together: eight edges of one device, or eight devices.</summary>
/// <remarks>On processors without 512-bit registers the runtime splits each operation into narrower ones.</remarks>
[method: MethodImpl(Compilation.Operator)]
public readonly struct Lanes(Vector512<double> value) : IParameter<Lanes>, IReal<Lanes, Lanes>
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 8;

    /// <summary>The numbers.</summary>
    public readonly Vector512<double> Value = value;

    /// <summary>The number in one lane.</summary>
    public double this[int lane] => Value.GetElement(lane);

    [MethodImpl(Compilation.Operator)]
    public static Lanes Constant(Lanes value) => value;

    [MethodImpl(Compilation.Operator)]
    public static Lanes From(double value) => new(Vector512.Create(value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator +(Lanes a, Lanes b) => new(a.Value + b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator -(Lanes a, Lanes b) => new(a.Value - b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator *(Lanes a, Lanes b) => new(a.Value * b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator /(Lanes a, Lanes b) => new(a.Value / b.Value);

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator -(Lanes a) => new(-a.Value);

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator +(Lanes a, double b) => new(a.Value + Vector512.Create(b));

    [MethodImpl(Compilation.Operator)]
    public static Lanes operator *(Lanes a, double b) => new(a.Value * b);

    [MethodImpl(Compilation.Operator)]
    public static Lanes Reciprocal(Lanes x) => new(Vector512<double>.One / x.Value);

    [MethodImpl(Compilation.Operator)]
    public static Lanes Exp(Lanes x) => new(SpecialFunctions.Exp(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Expm1(Lanes x) => new(SpecialFunctions.Expm1(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Log(Lanes x) => new(SpecialFunctions.Log(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Sqrt(Lanes x) => new(Vector512.Sqrt(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Abs(Lanes x) => new(Vector512.Abs(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Max(Lanes x, Lanes bound) => new(Vector512.MaxNative(bound.Value, x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Sinhc(Lanes x) => new(SpecialFunctions.Sinhc(x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Bernoulli(Lanes u, out Lanes mirrored)
    {
        var value = SpecialFunctions.Bernoulli(u.Value, out var m);
        mirrored = new(m);
        return new(value);
    }

    [MethodImpl(Compilation.Operator)]
    public static Lanes FittedDifference(Lanes x, Lanes u, Lanes a, Lanes b) =>
        new(SpecialFunctions.FittedDifference(x.Value, u.Value, a.Value, b.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes FittedDifference(Lanes x, Lanes u, Lanes a, Lanes b, out Lanes byX, out Lanes byU, out Lanes byA, out Lanes byB)
    {
        var value = SpecialFunctions.FittedDifference(x.Value, u.Value, a.Value, b.Value, out var slopeX, out var slopeU, out var slopeA,
            out var slopeB);
        (byX, byU, byA, byB) = (new(slopeX), new(slopeU), new(slopeA), new(slopeB));
        return new(value);
    }

    [MethodImpl(Compilation.Operator)]
    public static Lanes MultiplyAdd(Lanes a, Lanes b, Lanes c) =>
        new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes BernoulliSlope(Lanes u, Lanes value, Lanes mirrored) =>
        new(SpecialFunctions.BernoulliSlope(u.Value, value.Value, mirrored.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Sinhc(Lanes x, out Lanes slope)
    {
        var value = SpecialFunctions.Sinhc(x.Value, out var s);
        slope = new(s);
        return new(value);
    }

    [MethodImpl(Compilation.Operator)]
    public static Lanes Sign(Lanes x) => new(Vector512.CopySign(Vector512<double>.One, x.Value));

    [MethodImpl(Compilation.Operator)]
    public static Lanes Exceeds(Lanes x, Lanes bound) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(x.Value, bound.Value), Vector512<double>.One, Vector512<double>.Zero));

    public static bool IsUsable(Lanes x) =>
        Vector512.LessThanAll(Vector512.Abs(x.Value), Vector512.Create(double.PositiveInfinity))
        && !Vector512.EqualsAny(x.Value, Vector512<double>.Zero);

    public static Lanes FromLanes(ReadOnlySpan<double> lanes) => new(Vector512.Create<double>(lanes));

    public static int LaneCount => Count;

    [MethodImpl(Compilation.Operator)]
    public static double Lane(Lanes x, int lane) => x.Value.GetElement(lane);

    public static Lanes Erfc(Lanes x) => Each(x, ErrorFunction.Complementary);

    /// <summary>A function without a vector form, lane by lane; only the optional laws use it.</summary>
    private static Lanes Each(Lanes x, Func<double, double> function)
    {
        Span<double> lanes = stackalloc double[Count];
        x.Value.CopyTo(lanes);
        for (int i = 0; i < Count; i++)
            lanes[i] = function(lanes[i]);
        return new(Vector512.Create<double>(lanes));
    }

    /// <summary>Puts numbers into one lane of an array of as many.</summary>
    [MethodImpl(Compilation.HotLoop)]
    internal static void SetLane(Lanes[] target, int lane, Scalar[] numbers)
    {
        Span<double> all = MemoryMarshal.Cast<Lanes, double>(target.AsSpan(0, numbers.Length));
        for (int i = 0; i < numbers.Length; i++)
            all[i * Count + lane] = numbers[i].Value;
    }

    /// <summary>The numbers in one lane of an array.</summary>
    [MethodImpl(Compilation.HotLoop)]
    internal static void CopyLane(Lanes[] source, int lane, Scalar[] numbers)
    {
        ReadOnlySpan<double> all = MemoryMarshal.Cast<Lanes, double>(source.AsSpan(0, numbers.Length));
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = new(all[i * Count + lane]);
    }

    public override string ToString() => Value.ToString();
}
