namespace FvSolver.Cases.Fits.Calibration;

/// <summary>A figure that the calibrated runs shall meet.</summary>
/// <param name="Name">Name, as the run reports it.</param>
/// <param name="Value">Value to meet [unit].</param>
/// <param name="Sigma">How well it must be met: one standard deviation [unit].</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Reference">Where the value comes from.</param>
public sealed record CalibrationTarget(string Name, double Value, double Sigma, string Unit, string Reference);
