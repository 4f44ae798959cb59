namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Which entries of a square matrix may differ from zero, and how its unknowns line up.</summary>
/// <param name="Size">Number of unknowns.</param>
/// <param name="Rows">Row of each entry.</param>
/// <param name="Columns">Column of each entry.</param>
/// <param name="Level">
/// Level of each unknown, for a solver that goes along a line of levels: there entries join unknowns of the same or of adjacent ones.
/// </param>
/// <param name="Scale">Natural size of each unknown, by which a solver that pivots scales its columns.</param>
public sealed record SparsityPattern(int Size, int[] Rows, int[] Columns, int[] Level, double[] Scale);
