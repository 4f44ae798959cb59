namespace FvSolver.Cases.Fits.Calibration;

/// <summary>Runs the solver with parameters by path and returns figures by name; it may be called from several threads.</summary>
/// <remarks>A run that fails may throw <see cref="ArithmeticException"/>: the trial is then rejected.</remarks>
public delegate IReadOnlyDictionary<string, double> CalibrationRun(IReadOnlyDictionary<string, double> parameters,
    CancellationToken cancellation);

/// <summary>A target beside what the calibrated runs give.</summary>
/// <param name="Target">The target.</param>
/// <param name="Result">Figure of the calibrated runs [unit].</param>
public sealed record MetTarget(CalibrationTarget Target, double Result)
{
    /// <summary>(result - value)/sigma.</summary>
    public double Deviation => (Result - Target.Value) / Target.Sigma;
}

/// <summary>Outcome of a calibration.</summary>
/// <param name="Fit">Parameters with standard errors, correlations, profiles and warnings.</param>
/// <param name="Targets">Targets beside results.</param>
/// <param name="Runs">Number of times the runs were evaluated.</param>
public sealed record CalibrationResult(FitResult Fit, IReadOnlyList<MetTarget> Targets, int Runs);

/// <summary>Adjusts solver parameters so that a set of runs meets named targets.</summary>
public sealed class Calibrator
{
    private readonly IReadOnlyList<CalibrationParameter> _parameters;
    private readonly IReadOnlyList<CalibrationTarget> _targets;
    private readonly CalibrationRun _run;

    /// <exception cref="ArgumentException">A name appears twice, or a sigma is not positive; one line.</exception>
    public Calibrator(IReadOnlyList<CalibrationParameter> parameters, IReadOnlyList<CalibrationTarget> targets, CalibrationRun run)
    {
        _parameters = parameters;
        _targets = targets;
        _run = run;
        foreach (string name in Twice(parameters.Select(p => p.Path)))
            throw new ArgumentException($"Parameter '{name}' is named twice.");
        foreach (string name in Twice(targets.Select(t => t.Name)))
            throw new ArgumentException($"Target '{name}' is named twice.");
        if (targets.FirstOrDefault(t => !(t.Sigma > 0)) is { } bad)
            throw new ArgumentException($"Target '{bad.Name}': sigma is {bad.Sigma:g6} {bad.Unit}; it must be positive.");
    }

    /// <summary>Calibrates.</summary>
    /// <param name="options">
    /// Settings of the fit; sigmas are taken as absolute. <see cref="FitOptions.DifferenceStep"/> must be well above the
    /// noise of the runs (their tolerance).
    /// </param>
    /// <param name="progress">Told after each evaluation: its number and the sum of squares.</param>
    /// <param name="cancellation">Ends the calibration with <see cref="OperationCanceledException"/>.</param>
    public CalibrationResult Run(FitOptions options, Action<int, double>? progress = null, CancellationToken cancellation = default)
    {
        int runs = 0;
        double[] Evaluate(double[] p)
        {
            cancellation.ThrowIfCancellationRequested();
            var named = new Dictionary<string, double>();
            for (int j = 0; j < p.Length; j++)
                named[_parameters[j].Path] = p[j];
            IReadOnlyDictionary<string, double> figures = _run(named, cancellation);
            double[] values = [.. _targets.Select(t => figures.TryGetValue(t.Name, out double v)
                ? v
                : throw new InvalidOperationException($"The runs report no '{t.Name}'; they report {string.Join(", ", figures.Keys)}."))];
            int number = Interlocked.Increment(ref runs);
            progress?.Invoke(number, values.Zip(_targets, (v, t) => Math.Pow((v - t.Value) / t.Sigma, 2)).Sum());
            return values;
        }
        FitResult fit = Fit.Run(new FitProblem
        {
            Parameters = [.. _parameters.Select(p => new FitParameter(p.Path, p.Unit)
            {
                Lower = p.Lower,
                Upper = p.Upper,
                LogScale = p.LogScale,
                Prior = p.Prior,
            })],
            Start = [.. _parameters.Select(p => p.Start)],
            Model = Evaluate,
            Observed = [.. _targets.Select(t => t.Value)],
            Sigma = [.. _targets.Select(t => t.Sigma)],
        }, options with { AbsoluteSigma = true });
        return new CalibrationResult(fit, [.. _targets.Select((t, i) => new MetTarget(t, fit.Fitted[i]))], runs);
    }

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);
}
