namespace FvSolver.Solver.Maps;

/// <summary>Which part of its isotherm the gate's metal is on; between parts the physics has a
/// corner, which no polynomial crosses.</summary>
public enum ReservoirBranch
{
    /// <summary>Activity of an infinite reservoir.</summary>
    Constant,

    /// <summary>Two phases: the activity is 1 whatever has been given.</summary>
    Plateau,

    /// <summary>Richer than the plateau: the activity follows what has been given.</summary>
    Above,

    /// <summary>Poorer than the plateau.</summary>
    Below,
}
