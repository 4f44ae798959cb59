using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>One figure of a run beside the paper's.</summary>
/// <param name="Name">Name of the figure in the result file.</param>
/// <param name="Figure">Value, unit, meaning, kind and numerical error.</param>
/// <param name="Text">Value as shown.</param>
/// <param name="Paper">The paper's value or what it should be compared with, as shown; may be empty.</param>
public sealed record FigureRow(string Name, Figure Figure, string Text, string Paper);
