namespace FvSolver.Validation.Checks;

/// <summary>A deliberate mistake that must make a case fail: the proof that the case can fail.</summary>
/// <param name="Mistake">The mistake in words, e.g. <c>the rest voltage is not taken off</c>.</param>
public sealed record Control(string Mistake);
