namespace FvSolver.Solver.Physics;

/// <summary>What a flow needs of an edge.</summary>
/// <param name="Conductance">Factor on the flow; its unit is that of the law.</param>
/// <param name="HopsPerTwoLengths">a/(2h), for hops only.</param>
/// <param name="Across">(a E/2)^2 of the field E across the edge [V^2], for hops that follow the whole field.</param>
public readonly record struct EdgeFactors<P>(P Conductance, P HopsPerTwoLengths, P Across = default)
    where P : struct;
