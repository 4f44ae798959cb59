namespace FvSolver.Solver.Edges;

/// <summary>What a group of edges has at its ends.</summary>
internal struct EdgeEnds<W>
{
    /// <summary>Density on the left [m^-3].</summary>
    public W Left;

    /// <summary>Density on the right [m^-3].</summary>
    public W Right;

    /// <summary>Drop of the electric potential, left less right [V]; right less left for a negative charge.</summary>
    public W Drop;

    /// <summary>q/kT at the mean temperature of both ends [1/V].</summary>
    public W InverseThermalVoltage;
}

/// <summary>Where the ends of edges are taken from.</summary>
internal interface IEdgeSource<W>
{
    /// <summary>The ends of a group of edges; groups are asked for one after the other.</summary>
    EdgeEnds<W> Take(nint e);
}
