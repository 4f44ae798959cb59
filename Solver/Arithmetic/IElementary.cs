namespace FvSolver.Solver.Arithmetic;

/// <summary>Elementary operations and functions of a number type.</summary>
/// <remarks>
/// Functions whose textbook form loses digits (<see cref="Expm1"/>, <see cref="Sinhc(T)"/>, <see cref="Bernoulli"/>)
/// are primitives with derivatives of their own. Every member is abstract: a default body on a struct would box.
/// </remarks>
/// <typeparam name="T">The type itself.</typeparam>
public interface IElementary<T>
    where T : struct, IElementary<T>
{
    /// <summary>The same number in every lane, without derivative.</summary>
    static abstract T From(double value);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator -(T a);

    static abstract T operator +(T a, double b);

    static abstract T operator *(T a, double b);

    /// <summary>1/x.</summary>
    static abstract T Reciprocal(T x);

    /// <summary>e^x.</summary>
    static abstract T Exp(T x);

    /// <summary>e^x - 1, to a few units in the last place for every x.</summary>
    static abstract T Expm1(T x);

    /// <summary>Natural logarithm.</summary>
    static abstract T Log(T x);

    /// <summary>Square root; the derivative at 0 is taken as 0.</summary>
    static abstract T Sqrt(T x);

    /// <summary>Absolute value; the derivative at 0 is taken as that of +x.</summary>
    static abstract T Abs(T x);

    /// <summary>sinh(x)/x, 1 at x = 0.</summary>
    static abstract T Sinhc(T x);

    /// <summary>The pair B(u) = u/(e^u - 1) and B(-u) = B(u) + u.</summary>
    /// <param name="u">Argument.</param>
    /// <param name="mirrored">B(-u).</param>
    /// <returns>B(u).</returns>
    static abstract T Bernoulli(T u, out T mirrored);

    /// <summary>sinh(x)/x [B(-u) a - B(u) b]: the exponentially fitted difference of a and b.</summary>
    static abstract T FittedDifference(T x, T u, T a, T b);

    /// <summary>Complementary error function.</summary>
    static abstract T Erfc(T x);
}
