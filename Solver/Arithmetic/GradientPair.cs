using System.Runtime.CompilerServices;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Derivatives by twice as many local unknowns as a gradient holds: two of them in a row.</summary>
[method: MethodImpl(Compilation.Operator)]
public readonly struct GradientPair<G, P>(G low, G high) : IGradient<GradientPair<G, P>, P>
    where G : struct, IGradient<G, P>
    where P : struct, IParameter<P>
{
    private readonly G _low = low, _high = high;

    /// <inheritdoc/>
    public P this[int index] => index < G.Capacity ? _low[index] : _high[index - G.Capacity];

    public static int Capacity => 2 * G.Capacity;

    public static GradientPair<G, P> Zero => default;

    [MethodImpl(Compilation.Operator)]
    public static GradientPair<G, P> operator +(GradientPair<G, P> a, GradientPair<G, P> b) => new(a._low + b._low, a._high + b._high);

    [MethodImpl(Compilation.Operator)]
    public static GradientPair<G, P> operator -(GradientPair<G, P> a, GradientPair<G, P> b) => new(a._low - b._low, a._high - b._high);

    [MethodImpl(Compilation.Operator)]
    public static GradientPair<G, P> operator -(GradientPair<G, P> a) => new(-a._low, -a._high);

    [MethodImpl(Compilation.Operator)]
    public static GradientPair<G, P> operator *(GradientPair<G, P> a, P b) => new(a._low * b, a._high * b);

    [MethodImpl(Compilation.Operator)]
    public static GradientPair<G, P> Combine(GradientPair<G, P> a, P s, GradientPair<G, P> b, P t) =>
        new(G.Combine(a._low, s, b._low, t), G.Combine(a._high, s, b._high, t));

    /// <inheritdoc/>
    public static GradientPair<G, P> Seed(int index) =>
        index < G.Capacity ? new(G.Seed(index), G.Zero) : new(G.Zero, G.Seed(index - G.Capacity));
}
