namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Where the first level of a run of equal blocks is found.</summary>
/// <param name="Values">Its entries of the matrix.</param>
/// <param name="Factor">Its factor; in the pass outward, its X in the factor.</param>
/// <param name="Before">X of the level before it, in the factor.</param>
/// <param name="A">Its first unknown.</param>
/// <param name="B">Its second unknown, if it has one.</param>
/// <param name="C">Its third unknown, if it has one.</param>
internal readonly record struct RunPlace(int Values, int Factor, int Before, int A, int B, int C);
