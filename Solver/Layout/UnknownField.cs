namespace FvSolver.Solver.Layout;

/// <summary>A field of unknowns.</summary>
/// <param name="Start">First unknown; -1 where the device does not have the field.</param>
/// <param name="Count">Number of unknowns.</param>
/// <param name="Name">Words for it: what it is and where.</param>
/// <param name="AtRest">Value in the state of rest: uniform protons, no field, reference coverage and composition, gate at its rest
/// voltage.</param>
/// <param name="Scale">Typical size: rest density, thermal voltage, four volts of depletion, a kelvin, what one pulse moves.</param>
public sealed record UnknownField(int Start, int Count, string Name, double AtRest, double Scale);
