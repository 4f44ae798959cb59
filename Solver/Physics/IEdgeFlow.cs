using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>What flows along an edge as a function of what is at its ends; positive from left to right.</summary>
/// <typeparam name="P">Type of parameters.</typeparam>
public interface IEdgeFlow<P>
    where P : struct, IParameter<P>
{
    /// <summary>What the flow needs of an edge.</summary>
    /// <param name="length">h [m].</param>
    /// <param name="area">A [m^2].</param>
    /// <param name="factor">Factor on the rate.</param>
    EdgeFactors<P> Edge(P length, P area, P factor);

    /// <summary>Flux times area.</summary>
    /// <param name="left">Density on the left.</param>
    /// <param name="right">Density on the right.</param>
    /// <param name="drop">Drop of the potential, left less right [V].</param>
    /// <param name="inverseThermalVoltage">q/kT on the edge [1/V].</param>
    /// <param name="edge">The edge.</param>
    T Evaluate<T>(T left, T right, T drop, T inverseThermalVoltage, EdgeFactors<P> edge)
        where T : struct, IReal<T, P>;

    /// <summary>The same with its derivatives.</summary>
    /// <param name="left">Density on the left.</param>
    /// <param name="right">Density on the right.</param>
    /// <param name="drop">Drop of the potential, left less right [V].</param>
    /// <param name="inverseThermalVoltage">q/kT on the edge [1/V].</param>
    /// <param name="edge">The edge.</param>
    /// <param name="slopes">Derivatives; that with respect to q/kT only where temperature varies.</param>
    P Evaluate(P left, P right, P drop, P inverseThermalVoltage, EdgeFactors<P> edge, out FlowSlopes<P> slopes);
}
