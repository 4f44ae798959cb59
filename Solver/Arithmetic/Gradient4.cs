using System.Runtime.CompilerServices;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Derivatives by four local unknowns.</summary>
public readonly struct Gradient4<P>(P d0, P d1, P d2, P d3) : IGradient<Gradient4<P>, P>
    where P : struct, IParameter<P>
{
    public readonly P D0 = d0;
    public readonly P D1 = d1;
    public readonly P D2 = d2;
    public readonly P D3 = d3;

    public static Gradient4<P> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient4<P> operator +(Gradient4<P> a, Gradient4<P> b) =>
        new(a.D0 + b.D0, a.D1 + b.D1, a.D2 + b.D2, a.D3 + b.D3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient4<P> operator -(Gradient4<P> a, Gradient4<P> b) =>
        new(a.D0 - b.D0, a.D1 - b.D1, a.D2 - b.D2, a.D3 - b.D3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient4<P> operator -(Gradient4<P> a) =>
        new(-a.D0, -a.D1, -a.D2, -a.D3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient4<P> operator *(Gradient4<P> a, P b) =>
        new(a.D0 * b, a.D1 * b, a.D2 * b, a.D3 * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient4<P> Combine(Gradient4<P> a, P s, Gradient4<P> b, P t) =>
        new(a.D0 * s + b.D0 * t, a.D1 * s + b.D1 * t, a.D2 * s + b.D2 * t, a.D3 * s + b.D3 * t);

    /// <summary>Unit derivative by one of the unknowns.</summary>
    /// <param name="index">0 to 3.</param>
    public static Gradient4<P> Seed(int index)
    {
        P one = P.From(1), zero = default;
        return new(index == 0 ? one : zero, index == 1 ? one : zero, index == 2 ? one : zero, index == 3 ? one : zero);
    }
}
