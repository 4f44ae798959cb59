namespace FvSolver.Cases.Compact;

/// <summary>State of the compact model, per gate area [C/m^2]; zero at rest.</summary>
/// <param name="Film">D, displacement charge over the film.</param>
/// <param name="Interface">q_R, protons held at the channel's side of the film.</param>
/// <param name="Inserted">H, hydrogen in coverage and channel beyond rest.</param>
public readonly record struct CompactState(double Film, double Interface, double Inserted);
