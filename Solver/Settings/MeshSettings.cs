using FvSolver.Materials;

namespace FvSolver.Solver.Settings;

/// <summary>Where the nodes of PSG are in a 1-D stack.</summary>
public enum PsgNodes
{
    /// <summary>Smoothly graded, with given cells at both ends: the continuum.</summary>
    Graded,

    /// <summary>Graded by a hyperbolic tangent of the strength <see cref="MeshSettings.TanhStrength"/>.</summary>
    Tanh,

    /// <summary>On planes exactly one hopping distance apart: the master equation of hops. The film's thickness is rounded to whole hops.</summary>
    Lattice,
}

/// <summary>Control volumes of the 1-D stack.</summary>
public sealed record MeshSettings
{
    /// <summary>Cells of PSG between the compact layers.</summary>
    [Quantity("N_PSG", "1", Kind.Estimate, "converged to 1e-3 of a pulse and of a train", Min = 8, Max = 100000)]
    public int PsgCells { get; init; } = 60;

    /// <summary>First cell of PSG at the gate [m]; at most 0.8 of an equal cell is used.</summary>
    [Quantity("h_gate", "m", Kind.Estimate, "least error of a train at 60 cells", Min = 0, ExclusiveMin = true)]
    public double PsgFirstCellGate { get; init; } = 0.15e-9;

    /// <summary>First cell of PSG at the channel [m]; at most 0.8 of an equal cell is used.</summary>
    [Quantity("h_channel", "m", Kind.Estimate, "the accumulation layer of a charged channel; least error of a train at 60 cells", Min = 0, ExclusiveMin = true)]
    public double PsgFirstCellChannel { get; init; } = 0.015e-9;

    /// <summary>Cells of WO3, the first of two lattice planes with one in its node's volume.</summary>
    [Quantity("N_WO3", "1", Kind.Estimate, "as the reference solver", Min = 2, Max = 100000)]
    public int Wo3Cells { get; init; } = 16;

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
