using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace FvSolver.Cases.Fits;

/// <summary>Fits a law or any vector model to data.</summary>
public static class Fit
{
    /// <summary>Largest residual over the fitted value from which the law does not describe the data.</summary>
    private const double Poor = 1;

    /// <summary>Fits a closed-form law.</summary>
    /// <param name="law">The law, with its parameters, their bounds and start values.</param>
    /// <param name="data">Data with the inputs that the law names.</param>
    /// <param name="options">Settings, or null for the defaults.</param>
    /// <exception cref="ArgumentException">Data, bounds or names do not fit the law; one line.</exception>
    public static FitResult Run(ILaw law, FitData data, FitOptions? options = null)
    {
        options ??= new FitOptions();
        return law.IsOfLogarithms ? OfLogarithms(law, data, options) : OfValues(law, data, options);
    }

    /// <summary>The fit of ln|y|, told in terms of y.</summary>
    private static FitResult OfLogarithms(ILaw law, FitData data, FitOptions options)
    {
        FitResult fit = OfValues(law, Logarithms(data), options);
        double[] fitted = [.. fit.Fitted.Zip(data.Observed, (ln, y) => Math.CopySign(Math.Exp(ln), y))];
        return fit with { Fitted = fitted, Residuals = [.. data.Observed.Zip(fitted, (y, f) => y - f)] };
    }

    /// <summary>The logarithms of data.</summary>
    private static FitData Logarithms(FitData data)
    {
        int zero = Array.IndexOf(data.Observed, 0);
        if (zero >= 0)
            throw new ArgumentException($"Datum {zero + 1} is 0: it has no logarithm.");
        return new FitData(
            [.. Enumerable.Range(0, data.InputCount).Select(data.Input)],
            [.. data.Observed.Select(y => Math.Log(Math.Abs(y)))],
            data.Sigma?.Select((s, i) => s / Math.Abs(data.Observed[i])).ToArray());
    }

    private static FitResult OfValues(ILaw law, FitData data, FitOptions options)
    {
        if (data.Count == 0)
            throw new ArgumentException("There are no data to fit.");
        if (data.InputCount != law.Inputs.Count)
            throw new ArgumentException(
                $"Law '{law.Name}' needs the inputs {string.Join(", ", law.Inputs)}; the data have {data.InputCount}.");
        string[] names = [.. law.Parameters.Select(p => p.Name)];
        foreach (string given in options.Start.Keys.Concat(options.Fixed).Concat(options.Bounds.Keys).Concat(options.Priors.Keys))
            if (!names.Contains(given))
                throw new ArgumentException($"Law '{law.Name}' has no parameter '{given}'; it has {string.Join(", ", names)}.");
        FitParameter[] parameters = [.. law.Parameters.Select(p => p with
        {
            Fixed = options.Fixed.Contains(p.Name),
            Lower = options.Bounds.TryGetValue(p.Name, out var b) ? b.Lower : p.Lower,
            Upper = options.Bounds.TryGetValue(p.Name, out var c) ? c.Upper : p.Upper,
            Prior = options.Priors.GetValueOrDefault(p.Name),
        })];
        double[] start = law.Start(data);
        for (int j = 0; j < start.Length; j++)
            start[j] = options.Start.TryGetValue(names[j], out double given)
                ? given
                : Math.Clamp(start[j], parameters[j].Lower, parameters[j].Upper);
        return Run(new FitProblem
        {
            Parameters = parameters,
            Start = start,
            Model = p => data.Evaluate(law, p),
            Observed = data.Observed,
            Sigma = data.Sigma,
        }, options);
    }

    /// <summary>Fits a vector model.</summary>
    /// <exception cref="ArgumentException">The parts of the problem do not fit together; one line.</exception>
    /// <exception cref="FitFailure">The model cannot be evaluated where it must be, or no step lowers the misfit; one line.</exception>
    public static FitResult Run(FitProblem problem, FitOptions? options = null)
    {
        try
        {
            return Solve(problem, options);
        }
        catch (NonConvergenceException)
        {
            throw new FitFailure(
                "What the data determine cannot be told: derivatives of the model span too many orders; is a point of the data far off?");
        }
    }

    private static FitResult Solve(FitProblem problem, FitOptions? options)
    {
        options ??= new FitOptions();
        if (!(options.ConfidenceLevel > 0 && options.ConfidenceLevel < 1))
            throw new ArgumentException($"The confidence level is {options.ConfidenceLevel:g6}; it must lie between 0 and 1.");
        var squares = new LeastSquares(problem, options);
        Minimum minimum = squares.Minimise(problem.Start, new HashSet<int>());
        int n = problem.Parameters.Count;
        int known = problem.Observed.Count + problem.Parameters.Count(p => p is { Fixed: false, Prior: not null });
        int freedom = known - minimum.Active.Length;
        // Residuals are in units of the data's rms when there are no sigmas; chi2/dof takes that unit out again.
        double variance = options.AbsoluteSigma && problem.Sigma is not null
            ? 1
            : freedom > 0 ? minimum.SumOfSquares / (squares.Unit * squares.Unit) / freedom : 0;
        var warnings = new List<string>();
        (double[] errors, double[,] covariance) = Errors(problem, squares, minimum, variance, warnings);
        double quantile = Quantile(options, problem, freedom);
        var fitted = new FittedParameter[n];
        for (int j = 0; j < n; j++)
        {
            FitParameter parameter = problem.Parameters[j];
            double value = minimum.Values[j], slope = squares.Scale(j).OuterSlope(value), w = squares.Scale(j).Inner(value);
            double reach = quantile * errors[j];
            bool held = !minimum.Active.Contains(j);
            fitted[j] = new FittedParameter(parameter, value, held ? 0 : errors[j] * slope,
                held ? value : squares.Scale(j).Outer(w - reach), held ? value : squares.Scale(j).Outer(w + reach), held)
            {
                Rise = minimum.OnBound[j] != 0 ? squares.Rise(minimum, j) : null,
            };
            if (minimum.OnBound[j] != 0)
                warnings.Add(
                    $"Parameter '{parameter.Name}' sits on its {(minimum.OnBound[j] < 0 ? "lower" : "upper")} bound {value:g6} "
                        + $"{parameter.Unit}; the others were fitted with it held there.");
        }
        double worst = problem.Observed.Zip(minimum.Fitted, (y, f) => y == f ? 0 : Math.Abs((y - f) / f)).Max();
        // With errors in the data's own unit the deviations say that, and a datum may be 0.
        if (!options.AbsoluteSigma && !(worst < Poor))
            warnings.Add($"The law does not describe the data: the worst point is {100 * worst:g3} % off.");
        if (!minimum.Converged)
            warnings.Add($"The fit did not converge in {options.MaxIterations} iterations.");
        if (freedom == 0 && !options.AbsoluteSigma)
            warnings.Add("There are as many parameters as data: standard errors cannot be estimated.");
        return new FitResult
        {
            Parameters = fitted,
            Fitted = minimum.Fitted,
            Residuals = [.. problem.Observed.Zip(minimum.Fitted, (y, f) => y - f)],
            Covariance = covariance,
            Correlation = Correlate(covariance),
            SumOfSquares = minimum.SumOfSquares,
            DegreesOfFreedom = freedom,
            Converged = minimum.Converged,
            Iterations = minimum.Iterations,
            Warnings = warnings,
            Bootstrap = options.Bootstrap is { } b ? Bootstrap.Run(problem, options, b, minimum) : null,
            Profiles = options.ProfilePoints > 0 ? MisfitProfile.Run(problem, options, squares, minimum, errors, variance, quantile) : [],
        };
    }

    /// <summary>Standard errors of w, and covariance of the parameters, from the singular values of the Jacobian.</summary>
    private static (double[] Errors, double[,] Covariance) Errors(
        FitProblem problem, LeastSquares squares, Minimum minimum, double variance, List<string> warnings)
    {
        int n = problem.Parameters.Count, m = minimum.Active.Length;
        var errors = new double[n];
        var covariance = new double[n, n];
        if (m == 0)
            return (errors, covariance);
        // Unit columns first, so that the judgement of rank does not depend on the parameters' scales.
        double[] norm = [.. Enumerable.Range(0, m).Select(k => minimum.Jacobian.Column(k).L2Norm())];
        Matrix<double> scaled = minimum.Jacobian.Clone();
        for (int k = 0; k < m; k++)
            if (norm[k] > 0)
                scaled.SetColumn(k, scaled.Column(k) / norm[k]);
        if (scaled.Enumerate().Any(x => !double.IsFinite(x)))
            throw new FitFailure(
                "The model has no finite derivative at its best: give other bounds, or look for a point far off in the data.");
        var svd = scaled.Svd();
        bool Weak(int i) => i >= svd.S.Count || svd.S[i] < 1e-8 * svd.S[0];
        for (int a = 0; a < m; a++)
        {
            int j = minimum.Active[a];
            bool undetermined = norm[a] == 0
                || Enumerable.Range(0, m).Any(i => Weak(i) && Math.Abs(svd.VT[i, a]) > 1e-3);
            for (int c = 0; c < m; c++)
            {
                double sum = 0;
                for (int i = 0; i < m; i++)
                    if (!Weak(i))
                        sum += svd.VT[i, a] * svd.VT[i, c] / (svd.S[i] * svd.S[i]);
                int l = minimum.Active[c];
                if (norm[a] > 0 && norm[c] > 0)
                    covariance[j, l] = variance * sum / (norm[a] * norm[c])
                        * squares.Scale(j).OuterSlope(minimum.Values[j]) * squares.Scale(l).OuterSlope(minimum.Values[l]);
            }
            errors[j] = Math.Sqrt(covariance[j, j]) / squares.Scale(j).OuterSlope(minimum.Values[j]);
            if (!undetermined)
                continue;
            errors[j] = double.PositiveInfinity;
            warnings.Add($"The data do not determine parameter '{problem.Parameters[j].Name}'.");
        }
        return (errors, covariance);
    }

    private static double Quantile(FitOptions options, FitProblem problem, int freedom)
    {
        double tail = 0.5 + options.ConfidenceLevel / 2;
        if (options.AbsoluteSigma && problem.Sigma is not null)
            return Normal.InvCDF(0, 1, tail);
        return freedom > 0 ? StudentT.InvCDF(0, 1, freedom, tail) : double.PositiveInfinity;
    }

    private static double[,] Correlate(double[,] covariance)
    {
        int n = covariance.GetLength(0);
        var correlation = new double[n, n];
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++)
            {
                double scale = Math.Sqrt(covariance[j, j] * covariance[k, k]);
                correlation[j, k] = j == k ? 1 : scale > 0 ? covariance[j, k] / scale : 0;
            }
        return correlation;
    }
}
