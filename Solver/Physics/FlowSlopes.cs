namespace FvSolver.Solver.Physics;

/// <summary>Derivatives of what flows along an edge.</summary>
/// <param name="ByLeft">With respect to the density on the left.</param>
/// <param name="ByRight">With respect to the density on the right.</param>
/// <param name="ByDrop">With respect to the drop of the potential, left less right.</param>
/// <param name="ByInverse">With respect to q/kT on the edge.</param>
/// <param name="ByAcross">With respect to <see cref="EdgeFactors{P}.Across"/>, for hops that follow the whole field.</param>
public readonly record struct FlowSlopes<P>(P ByLeft, P ByRight, P ByDrop, P ByInverse, P ByAcross = default)
    where P : struct;
