namespace FvSolver.Cases.Fits.Calibration;

/// <summary>A solver parameter that a calibration may move.</summary>
/// <param name="Path">Path of the parameter, e.g. <c>psg.hop_distance</c>.</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Start">Start value [unit].</param>
/// <param name="Lower">Smallest allowed value [unit].</param>
/// <param name="Upper">Largest allowed value [unit].</param>
public sealed record CalibrationParameter(string Path, string Unit, double Start, double Lower, double Upper)
{
    /// <summary>True to work on the logarithm.</summary>
    public bool LogScale { get; init; }

    /// <summary>What is known beforehand, or null.</summary>
    public GaussianPrior? Prior { get; init; }
}
