namespace FvSolver.Cases.Runs;

/// <summary>A run that the integrator could not finish; the message is one line with time, step, unknown and saved state.</summary>
public sealed class RunFailure(string message, Exception cause) : Exception(message, cause);
