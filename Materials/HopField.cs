namespace FvSolver.Materials;

/// <summary>Which field sets the rate of a hop in a cross-section.</summary>
public enum HopField
{
    /// <summary>The whole field: glass has no axes, and the current runs along the field.</summary>
    Whole,

    /// <summary>The component along each edge: hops on a lattice with axes along the film and down.</summary>
    Component,
}
