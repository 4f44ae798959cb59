namespace FvSolver.Solver.LinearAlgebra;

/// <summary>A pass of <see cref="BlockTridiagonal{P}"/> over its levels, by the neighbours with which a
/// level must be alike to be taken in a run.</summary>
internal enum Pass
{
    /// <summary>From the ends to the middle, both neighbours.</summary>
    Elimination,

    /// <summary>From the ends to the middle, the outer neighbour.</summary>
    Inward,

    /// <summary>From the middle to the ends, the inner neighbour.</summary>
    Outward,
}
