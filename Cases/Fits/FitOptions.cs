namespace FvSolver.Cases.Fits;

/// <summary>How a bootstrap draws its synthetic data.</summary>
public enum BootstrapKind
{
    /// <summary>Fitted values plus standardised residuals drawn with replacement; the points stay where they are.</summary>
    Residuals,

    /// <summary>Whole points drawn with replacement.</summary>
    Pairs,
}

/// <summary>A bootstrap of a fit.</summary>
/// <param name="Kind">What is drawn.</param>
/// <param name="Count">Number of synthetic data sets.</param>
/// <param name="Seed">Seed; the same seed gives the same numbers.</param>
public sealed record BootstrapOptions(BootstrapKind Kind = BootstrapKind.Residuals, int Count = 500, int Seed = 1);

/// <summary>Settings of a fit.</summary>
public sealed record FitOptions
{
    /// <summary>Confidence level of all intervals, in (0, 1).</summary>
    public double ConfidenceLevel { get; init; } = 0.95;

    /// <summary>
    /// True when the sigmas of the data are standard deviations in the unit of the data: standard errors then follow from
    /// them and intervals are normal. False when they only weigh the points against each other: standard errors are scaled
    /// by the residuals' own scatter and intervals use Student's t.
    /// </summary>
    public bool AbsoluteSigma { get; init; }

    /// <summary>Ends the fit with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Largest number of iterations of each minimisation.</summary>
    public int MaxIterations { get; init; } = 500;

    /// <summary>Step of the finite differences, relative to the scale of each parameter; larger
    /// for a model with noise of its own.</summary>
    public double DifferenceStep { get; init; } = 1e-5;

    /// <summary>The minimisation ends when its step is below this, relative to the scaled parameters;
    /// larger for a model with noise of its own.</summary>
    public double StepTolerance { get; init; } = 1e-11;

    /// <summary>Threads that evaluate the columns of the Jacobian; more than 1 needs a model that may be called from several.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Start values by parameter name; parameters not named start where the law says.</summary>
    public IReadOnlyDictionary<string, double> Start { get; init; } = new Dictionary<string, double>();

    /// <summary>Names of parameters held at their start value.</summary>
    public IReadOnlyCollection<string> Fixed { get; init; } = [];

    /// <summary>Bounds by parameter name, in place of the law's.</summary>
    public IReadOnlyDictionary<string, (double Lower, double Upper)> Bounds { get; init; } = new Dictionary<string, (double, double)>();

    /// <summary>Priors by parameter name.</summary>
    public IReadOnlyDictionary<string, GaussianPrior> Priors { get; init; } = new Dictionary<string, GaussianPrior>();

    /// <summary>Bootstrap, or null for none.</summary>
    public BootstrapOptions? Bootstrap { get; init; }

    /// <summary>Points of the profile of the misfit on each side of the minimum; 0 for none.</summary>
    public int ProfilePoints { get; init; }

    /// <summary>Reach of the profile on each side, in standard errors (cut at the bounds).</summary>
    public double ProfileReach { get; init; } = 3;
}
