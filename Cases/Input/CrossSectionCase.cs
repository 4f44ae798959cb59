using FvSolver.Mesh;

namespace FvSolver.Cases.Input;

/// <summary>The cross-section of a case as data: what <c>[cross_section]</c> says.</summary>
public sealed record CrossSectionCase
{
    /// <summary>Named rectangles, the later over the earlier; empty when the mesh comes from a file.</summary>
    public IReadOnlyList<SectionRectangle> Rectangles { get; init; } = [];

    /// <summary>Ratio of neighbouring cells.</summary>
    public double Growth { get; init; } = 1.3;

    /// <summary>Largest cell along x [m].</summary>
    public double CellX { get; init; }

    /// <summary>Factor by which every cell is smaller than the drawing says; a first cell of the channel, a lattice plane, stays.</summary>
    public double Refinement { get; init; } = 1;

    /// <summary>Positions towards which cells get smaller along x.</summary>
    public IReadOnlyList<FineLine> FineX { get; init; } = [];

    /// <summary>Thickness of the electrolyte along x over its nominal one, or null.</summary>
    public Func<double, double>? Film { get; init; }

    /// <summary>Site energies frozen in space, or null.</summary>
    public SiteEnergies? Energies { get; init; }

    /// <summary>Spots where protons hop faster.</summary>
    public IReadOnlyList<Pinhole> Pinholes { get; init; } = [];

    /// <summary>Mesh of Gmsh that takes the place of rectangles, or null.</summary>
    public string? GmshFile { get; init; }

    /// <summary>How that file is understood; its depth is the width of the device.</summary>
    public GmshOptions? Gmsh { get; init; }

    /// <summary>The table as written, for messages.</summary>
    public required TableReader Table { get; init; }
}

/// <summary>A rectangle with the cells down the stack that it asks for.</summary>
/// <param name="Shape">The rectangle.</param>
/// <param name="Cell">Largest cell [m].</param>
/// <param name="EdgeCell">Cells at its upper and lower side [m].</param>
public sealed record SectionRectangle(Rectangle Shape, double Cell, double EdgeCell);

/// <summary>Energies of the sites of PSG, random in space and frozen in time; they multiply hop rates by e^(-E/kT).</summary>
/// <param name="Rms">Root mean square [eV].</param>
/// <param name="Correlation">Correlation length: the covariance falls as e^(-(r/l)^2) [m].</param>
/// <param name="Seed">Seed.</param>
public sealed record SiteEnergies(double Rms, double Correlation, int Seed);

/// <summary>A spot of PSG where hop rates are multiplied.</summary>
/// <param name="Position">Its middle [m].</param>
/// <param name="Width">Its width [m].</param>
/// <param name="Factor">Factor on the hop rate.</param>
public sealed record Pinhole(double Position, double Width, double Factor);
