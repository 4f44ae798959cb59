namespace FvSolver.Solver.Arithmetic;

/// <summary>Numbers without derivatives, with what dual numbers need to know of the functions' slopes.</summary>
/// <remarks>
/// A type of parameters is also an <see cref="IReal{T,P}"/> over itself; the two interfaces are kept apart so that
/// operators in generic code have one meaning only.
/// </remarks>
public interface IParameter<P> : IElementary<P>
    where P : struct, IParameter<P>
{
    /// <summary>a b + c, rounded once.</summary>
    static abstract P MultiplyAdd(P a, P b, P c);

    /// <summary>Larger of two numbers.</summary>
    static abstract P Max(P x, P bound);

    /// <summary>B'(u), from u and the pair B(u), B(-u).</summary>
    static abstract P BernoulliSlope(P u, P value, P mirrored);

    /// <summary>sinh(x)/x and its derivative.</summary>
    static abstract P Sinhc(P x, out P slope);

    /// <summary><see cref="IElementary{T}.FittedDifference"/> and its derivatives.</summary>
    static abstract P FittedDifference(P x, P u, P a, P b, out P byX, out P byU, out P byA, out P byB);

    /// <summary>One number per lane; a type with one lane takes the first.</summary>
    static abstract P FromLanes(ReadOnlySpan<double> lanes);

    /// <summary>Number of lanes.</summary>
    static abstract int LaneCount { get; }

    /// <summary>The number in one lane.</summary>
    static abstract double Lane(P x, int lane);

    /// <summary>1 for x >= 0, -1 else.</summary>
    static abstract P Sign(P x);

    /// <summary>1 where x exceeds a bound, 0 else.</summary>
    static abstract P Exceeds(P x, P bound);

    /// <summary>True when every lane is finite and not zero, as a pivot must be.</summary>
    static abstract bool IsUsable(P x);
}
