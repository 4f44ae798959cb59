namespace FvSolver.Solver.Arithmetic;

/// <summary>
/// Real arithmetic in which the physics is written once: plain numbers give the residual, dual numbers the exact
/// Jacobian, lanes several edges or several devices at a time.
/// </summary>
/// <typeparam name="T">The type itself.</typeparam>
/// <typeparam name="P">Type of parameters: the number type without derivatives.</typeparam>
public interface IReal<T, P> : IElementary<T>
    where T : struct, IReal<T, P>
    where P : struct, IParameter<P>
{
    /// <summary>A parameter, as a number without derivative.</summary>
    static abstract T Constant(P value);

    static abstract T operator +(T a, P b);

    static abstract T operator -(T a, P b);

    static abstract T operator *(T a, P b);

    /// <summary>Larger of a number and a parameter.</summary>
    static abstract T Max(T x, P bound);
}
