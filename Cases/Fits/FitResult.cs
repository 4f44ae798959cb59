namespace FvSolver.Cases.Fits;

/// <summary>Value of one parameter after a fit.</summary>
/// <param name="Parameter">What it is.</param>
/// <param name="Value">Best value [unit].</param>
/// <param name="StandardError">Standard error [unit]; 0 when held, infinite when the data do not determine it.</param>
/// <param name="Lower">Lower end of the confidence interval [unit].</param>
/// <param name="Upper">Upper end of the confidence interval [unit].</param>
/// <param name="Held">True when the parameter was fixed or sits on a bound.</param>
public sealed record FittedParameter(
    FitParameter Parameter, double Value, double StandardError, double Lower, double Upper, bool Held)
{
    /// <summary>Name of the parameter.</summary>
    public string Name => Parameter.Name;

    /// <summary>How the misfit rises from a bound on which the fit ended; null when it ended inside, or was fixed.</summary>
    public BoundRise? Rise { get; init; }
}

/// <summary>Half the sum of squares inwards from a bound, g u + h u²/2, with the other parameters following.</summary>
/// <param name="Slope">g [1 over the unit of the parameter, or of its logarithm where it is fitted so].</param>
/// <param name="Curvature">h [the square of that].</param>
public readonly record struct BoundRise(double Slope, double Curvature);

/// <summary>Outcome of a fit.</summary>
public sealed record FitResult
{
    /// <summary>Parameters in order.</summary>
    public required IReadOnlyList<FittedParameter> Parameters { get; init; }

    /// <summary>Model at the best parameters, one value per datum.</summary>
    public required double[] Fitted { get; init; }

    /// <summary>Data less model, one value per datum [unit of the data].</summary>
    public required double[] Residuals { get; init; }

    /// <summary>Covariance of the parameters [product of units]; zero rows for held ones.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Correlation of the parameters; zero rows for held ones, 1 on the diagonal.</summary>
    public required double[,] Correlation { get; init; }

    /// <summary>Weighted sum of squares, priors included; [unit of the data squared] without sigmas.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>Number of data and priors less the number of free parameters.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>True when the minimisation met its tolerances.</summary>
    public required bool Converged { get; init; }

    /// <summary>Iterations of the minimisations.</summary>
    public required int Iterations { get; init; }

    /// <summary>Parameters on a bound, undetermined parameters and other trouble, in words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Bootstrap, if asked for.</summary>
    public BootstrapResult? Bootstrap { get; init; }

    /// <summary>Profiles of the misfit, one per free parameter, if asked for.</summary>
    public IReadOnlyList<MisfitProfile> Profiles { get; init; } = [];

    /// <summary>Variance of a datum of unit weight, SumOfSquares / DegreesOfFreedom.</summary>
    public double ReducedSumOfSquares => DegreesOfFreedom > 0 ? SumOfSquares / DegreesOfFreedom : 0;

    /// <summary>Largest |residual| / |fitted value|.</summary>
    public double WorstRelativeResidual => Residuals.Zip(Fitted, (r, f) => r == 0 ? 0 : Math.Abs(r / f)).Max();

    /// <summary>The parameter of a name.</summary>
    public FittedParameter this[string name] => Parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no parameter '{name}'; there are {string.Join(", ", Parameters.Select(p => p.Name))}.");

    /// <summary>Best values in order.</summary>
    public double[] Values => [.. Parameters.Select(p => p.Value)];
}
