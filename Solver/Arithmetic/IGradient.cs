namespace FvSolver.Solver.Arithmetic;

/// <summary>Partial derivatives by a few local unknowns: a short vector with named entries, which
/// the compiler keeps in registers.</summary>
public interface IGradient<G, P>
    where G : struct, IGradient<G, P>
    where P : struct, IParameter<P>
{
    /// <summary>All derivatives zero.</summary>
    static abstract G Zero { get; }

    /// <summary>Most local unknowns.</summary>
    static abstract int Capacity { get; }

    /// <summary>One of the derivatives.</summary>
    /// <param name="index">0 to <see cref="Capacity"/> - 1.</param>
    P this[int index] { get; }

    /// <summary>Unit derivative by one of the unknowns.</summary>
    /// <param name="index">0 to <see cref="Capacity"/> - 1.</param>
    static abstract G Seed(int index);

    static abstract G operator +(G a, G b);

    static abstract G operator -(G a, G b);

    static abstract G operator -(G a);

    static abstract G operator *(G a, P b);

    /// <summary>a s + b t.</summary>
    static abstract G Combine(G a, P s, G b, P t);
}
