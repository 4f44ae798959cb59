namespace FvSolver.Cases.Fits;

/// <summary>One parameter of a fit: what it is, where it may lie and how it is scaled.</summary>
/// <param name="Name">Name, or the path of a solver parameter such as <c>psg.hop_distance</c>.</param>
/// <param name="Unit">SI unit as text; 1 when dimensionless.</param>
public sealed record FitParameter(string Name, string Unit)
{
    /// <summary>Smallest allowed value [unit].</summary>
    public double Lower { get; init; } = double.NegativeInfinity;

    /// <summary>Largest allowed value [unit].</summary>
    public double Upper { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// True when the fit works on ln p: for positive parameters that may be off by factors. Intervals are then
    /// symmetric in ln p, that is a factor up and down.
    /// </summary>
    public bool LogScale { get; init; }

    /// <summary>True to hold the parameter at its start value.</summary>
    public bool Fixed { get; init; }

    /// <summary>What is known beforehand, or null.</summary>
    public GaussianPrior? Prior { get; init; }

    /// <summary>Throws when bounds, scale, prior and start do not fit together.</summary>
    /// <exception cref="ArgumentException">One line: what, value, what is allowed.</exception>
    public void Check(double start)
    {
        if (!(Lower < Upper))
            throw new ArgumentException($"Parameter '{Name}': the lower bound {Lower:g6} must be below the upper bound {Upper:g6} {Unit}.");
        if (!double.IsFinite(start) || start < Lower || start > Upper)
            throw new ArgumentException(
                $"Parameter '{Name}': the start value {start:g6} must lie between {Lower:g6} and {Upper:g6} {Unit}.");
        if (LogScale && (start <= 0 || Lower < 0))
            throw new ArgumentException(
                $"Parameter '{Name}': a logarithmic scale needs positive values; start {start:g6}, lower bound {Lower:g6} {Unit}.");
        if (Prior is { } prior && !(prior.Sigma > 0 && (!LogScale || prior.Mean > 0)))
            throw new ArgumentException(
                $"Parameter '{Name}': the prior {prior.Mean:g6} +- {prior.Sigma:g6} needs a positive sigma, and a positive mean on a "
                    + "logarithmic scale.");
    }
}
