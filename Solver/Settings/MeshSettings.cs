using FvSolver.Materials;

namespace FvSolver.Solver.Settings;

/// <summary>Where the nodes of PSG are in a 1-D stack.</summary>
public enum PsgNodes
{
    /// <summary>Smoothly graded, with given cells at both ends: the continuum.</summary>
    Graded,

    /// <summary>Graded by a hyperbolic tangent of the strength <see cref="MeshSettings.TanhStrength"/>.</summary>
    Tanh,

    /// <summary>On planes exactly one hopping distance apart: the master equation of hops. The film's
    /// thickness is rounded to whole hops.</summary>
    Lattice,
}

/// <summary>Control volumes of the 1-D stack.</summary>
public sealed record MeshSettings
{
    /// <summary>Cells of PSG that <see cref="PsgFirstCellGate"/> and
    /// <see cref="PsgFirstCellChannel"/> belong to where nobody sets them.</summary>
    public const int ReferenceCells = 60;

    /// <summary>Cells of PSG between the compact layers.</summary>
    /// <remarks>Cases leave it to <c>auto</c> (see <c>MeshChoice</c>); who builds a device in C#
    /// gives a number or asks for the choice.</remarks>
    [Quantity("N_PSG", "1", Kind.Estimate, "auto: the smallest mesh whose first pulses agree with one twice as fine everywhere", Min = 8,
        Max = 100000)]
    public CellCount PsgCells { get; init; } = ReferenceCells;

    /// <summary>Largest difference between the automatic mesh and one twice as fine everywhere, of a first step or of 0.1 proton.</summary>
    [Quantity("tol_mesh", "1", Kind.Estimate, "an error of 1e-3, also where the mesh converges with its first order", Min = 1e-6,
        Max = 0.1)]
    public double Tolerance { get; init; } = 5e-4;

    /// <summary>Makes cells smaller by this factor, after all else is settled, for studies of convergence; lattice planes, and the first
    /// plane of WO3 without space charge, stay.</summary>
    [Quantity("refinement", "1", Kind.Estimate, "1: as settled; lattice planes, and the first plane of WO3 without space charge, stay",
        Min = 0.1, Max = 100)]
    public double Refinement { get; init; } = 1;

    /// <summary>First cell of PSG at the gate [m]; at most 0.8 of an equal cell is used.</summary>
    [Quantity("h_gate", "m", Kind.Estimate, "least error of a train at 60 cells; follows psg_cells", Min = 0, ExclusiveMin = true)]
    public double PsgFirstCellGate { get; init; } = 0.15e-9;

    /// <summary>First cell of PSG at the channel [m]; at most 0.8 of an equal cell is used.</summary>
    [Quantity("h_channel", "m", Kind.Estimate,
        "the accumulation layer of a charged channel; least error of a train at 60 cells; follows psg_cells", Min = 0, ExclusiveMin = true)]
    public double PsgFirstCellChannel { get; init; } = 0.015e-9;

    /// <summary>How much faster cells of PSG grow from the gate than from the channel, in proportion to the distance; 0 for a smooth
    /// grading between the first cells.</summary>
    [Quantity("r_growth", "1", Kind.Estimate, "0: a smooth two-sided grading", Min = 0, Max = 1000)]
    public double PsgGrowthRatio { get; init; }

    /// <summary>Cells of WO3, the first of two lattice planes with one in its node's volume.</summary>
    [Quantity("N_WO3", "1", Kind.Estimate, "as the reference solver", Min = 2, Max = 100000)]
    public int Wo3Cells { get; init; } = 16;

    /// <summary>Cells of WO3 with space charge, growing by a constant ratio from the first.</summary>
    [Quantity("N_film", "1", Kind.Estimate, "surface potential and charge within 0.4 %; 16 equal cells give 5.5 %", Min = 2, Max = 100000)]
    public int FilmCells { get; init; } = 24;

    /// <summary>First cell of WO3 with space charge [m].</summary>
    [Quantity("h_film", "m", Kind.Estimate, "a fraction of the electrons' screening length under a pulse", Min = 0, ExclusiveMin = true)]
    public double FilmFirstCell { get; init; } = 0.08e-9;

    /// <summary>True for equal cells in WO3 instead of a first volume of one lattice plane.</summary>
    [Quantity("uniform", "1", Kind.Estimate, "for comparison with other solvers")]
    public bool Wo3Uniform { get; init; }

    /// <summary>Where the nodes of PSG are.</summary>
    [Quantity("nodes_PSG", "1", Kind.Estimate, "lattice: the hopping master equation, see docs; tanh: for comparison with other solvers")]
    public PsgNodes Psg { get; init; } = PsgNodes.Graded;

    /// <summary>Strength of the tanh grading.</summary>
    [Quantity("b_tanh", "1", Kind.Estimate, "for comparison with other solvers", Min = 0, ExclusiveMin = true)]
    public double TanhStrength { get; init; } = 2.6;

    /// <summary>Cells of the gate metal, for heat.</summary>
    [Quantity("N_Pd", "1", Kind.Estimate, "heat only", Min = 1, Max = 100000)]
    public int PdCells { get; init; } = 4;

    /// <summary>Cells of the oxide, for heat.</summary>
    [Quantity("N_ox", "1", Kind.Estimate, "heat only; graded from the channel down", Min = 1, Max = 100000)]
    public int OxideCells { get; init; } = 16;
}
