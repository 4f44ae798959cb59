namespace FvSolver.Solver.Physics;

/// <summary>What a flow needs of an edge.</summary>
/// <param name="Conductance">Factor on the flow; its unit is that of the law.</param>
/// <param name="HopsPerTwoLengths">a/(2h), for hops only.</param>
public readonly record struct EdgeFactors<P>(P Conductance, P HopsPerTwoLengths);
