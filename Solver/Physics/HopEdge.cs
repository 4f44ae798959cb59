namespace FvSolver.Solver.Physics;

/// <summary>What the flux of protons needs of an edge.</summary>
/// <param name="HopsPerTwoLengths">a/(2h).</param>
/// <param name="Conductance">a^2 A/h [m^3], times Gamma0 [1/s] in an isothermal device.</param>
public readonly record struct HopEdge<P>(P HopsPerTwoLengths, P Conductance);
