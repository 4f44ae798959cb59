namespace FvSolver.Solver.Kinetic;

/// <summary>What explicit point charges feel of each other, of themselves and of what is frozen in the film.</summary>
public sealed record PointOptions
{
    /// <summary>Side of the square cell that is repeated laterally [m]; rounded to whole hops.</summary>
    public double Cell { get; init; } = 20e-9;

    /// <summary>True for the potentials of point charges with their images; false leaves the mean field of planes.</summary>
    public bool Pairs { get; init; } = true;

    /// <summary>True for the attraction of each proton by its own images.</summary>
    public bool OwnImage { get; init; }

    /// <summary>True for point-like counter-charges frozen in the middle of lattice cubes; false for uniform ones.</summary>
    public bool CounterCharges { get; init; }

    /// <summary>Width of a Gaussian distribution of site energies that are frozen in [eV].</summary>
    public double SiteDisorder { get; init; }

    /// <summary>True to shift both interfaces by what binds protons to the film, so that at rest it is as full as without.</summary>
    public bool KeepsContent { get; init; } = true;

    /// <summary>Relaxation times of the film between two pulses, in moves toward the equilibrium with the gate open.</summary>
    public int Relaxations { get; init; } = 5;

    /// <summary>The same before the first pulse.</summary>
    public int FirstRelaxations { get; init; } = 100;
}
