namespace FvSolver.Cases.Fits;

/// <summary>A fit that comes to no result: the model cannot be evaluated where it must be, or no step lowers the misfit.</summary>
/// <param name="message">One line: where, why, and what may help.</param>
public sealed class FitFailure(string message) : InvalidOperationException(message);
