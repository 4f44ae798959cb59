using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flow J = sigma A (u_L - u_R)/h proportional to the difference of its ends: heat, and
/// hydrogen with a constant coefficient.</summary>
public readonly struct LinearFlow<P> : IEdgeFlow<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Flux over gradient, with the unit of the law.</summary>
    public required P Conductivity { get; init; }

    /// <summary>The flow of a device's material.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="conductivity">Flux over gradient.</param>
    public static LinearFlow<P> Of(Pack<P> pack, Func<Device, double> conductivity) => new() { Conductivity = pack(conductivity) };

    /// <inheritdoc/>
    public EdgeFactors<P> Edge(P length, P area, P factor) => new(Conductivity * area / length * factor, default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, EdgeFactors<P> edge)
        where T : struct, IReal<T, P> => (left - right) * edge.Conductance;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes)
    {
        slopes = new(edge.Conductance, -edge.Conductance, default, default);
        return (left - right) * edge.Conductance;
    }
}
