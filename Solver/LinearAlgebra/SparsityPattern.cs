namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Which entries of a square matrix may differ from zero, and how its unknowns line up.</summary>
/// <param name="Size">Number of unknowns.</param>
/// <param name="Rows">Row of each entry.</param>
/// <param name="Columns">Column of each entry.</param>
/// <param name="Level">
/// Level of each unknown. Entries join unknowns of the same or of adjacent levels, except for those of the border:
/// in 1-D the level counts nodes down the stack, in 2-D columns of the grid. -1 marks a border unknown, coupled to many.
/// </param>
/// <param name="Scale">Natural size of each unknown, by which a solver that pivots scales its columns.</param>
public sealed record SparsityPattern(int Size, int[] Rows, int[] Columns, int[] Level, double[] Scale);
