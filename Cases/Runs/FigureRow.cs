namespace FvSolver.Cases.Runs;

/// <summary>One figure of a run beside the paper's.</summary>
/// <param name="Name">Name of the figure in the result file.</param>
/// <param name="Label">Words for the table.</param>
/// <param name="Value">Computed value.</param>
/// <param name="Unit">SI unit as text.</param>
/// <param name="Text">Value as shown.</param>
/// <param name="Paper">The paper's value or what it should be compared with, as shown; may be empty.</param>
public sealed record FigureRow(string Name, string Label, double Value, string Unit, string Text, string Paper);
