using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace FvSolver.Cases.Fits;

/// <summary>Where a minimisation ended.</summary>
/// <param name="Values">Parameters [unit of each].</param>
/// <param name="Fitted">Model there.</param>
/// <param name="SumOfSquares">Weighted sum of squares with priors.</param>
/// <param name="OnBound">For each parameter -1 or +1 when it was held at its lower or upper bound, else 0.</param>
/// <param name="Jacobian">Weighted residuals' derivatives to w of each free, unheld parameter;
/// columns follow <paramref name="Active"/>.</param>
/// <param name="Active">Indices of the parameters that were free to the end.</param>
/// <param name="Converged">True when the tolerances were met.</param>
/// <param name="Iterations">Iterations.</param>
internal sealed record Minimum(
    double[] Values, double[] Fitted, double SumOfSquares, int[] OnBound, Matrix<double> Jacobian, int[] Active, bool Converged,
    int Iterations);

/// <summary>Weighted nonlinear least squares with bounds and priors, by Levenberg and Marquardt (MathNet).</summary>
/// <remarks>
/// The minimiser sees weighted residuals of order one and scaled parameters, since its tolerances are absolute.
/// A parameter that ends on a bound is held there and the rest refitted; if the misfit then falls towards the inside it is freed again.
/// </remarks>
internal sealed class LeastSquares
{
    private const double RejectedResidual = 1e8;

    /// <summary>Evaluations of the model per iteration that no fit that gets anywhere needs.</summary>
    private const long MostEvaluations = 1000;

    private readonly FitProblem _problem;
    private readonly FitOptions _options;
    private readonly ParameterScale[] _scale;
    private readonly double[] _weight;
    private long _evaluations;

    /// <param name="problem">What is fitted.</param>
    /// <param name="options">Settings.</param>
    /// <param name="multiplicity">How often each datum counts (bootstrap of pairs), or null for once.</param>
    public LeastSquares(FitProblem problem, FitOptions options, IReadOnlyList<int>? multiplicity = null)
    {
        problem.Check();
        _problem = problem;
        _options = options;
        double size = Math.Sqrt(problem.Observed.Sum(y => y * y) / problem.Observed.Count);
        Unit = problem.Sigma is null && size > 0 ? size : 1;
        _weight = new double[problem.Observed.Count];
        for (int i = 0; i < _weight.Length; i++)
            _weight[i] = Math.Sqrt(multiplicity?[i] ?? 1) / (problem.Sigma?[i] ?? Unit);
        _scale = [.. Enumerable.Range(0, problem.Parameters.Count).Select(j => new ParameterScale(problem.Parameters[j], Size(j)))];
    }

    /// <summary>
    /// Size of a parameter: that of its start value, unless the start is zero or so near it that the model does not feel it;
    /// then the size at which the model moves by a thousandth of the data.
    /// </summary>
    private double Size(int j)
    {
        FitParameter parameter = _problem.Parameters[j];
        double start = _problem.Start[j], range = parameter.Upper - parameter.Lower;
        if (parameter.LogScale || parameter.Fixed)
            return start == 0 ? 1 : Math.Abs(start);
        if (double.IsFinite(range))
            return Math.Max(Math.Abs(start), 1e-3 * range);
        double size = start != 0 ? Math.Abs(start) : 1;
        double norm = Math.Sqrt(_problem.Observed.Select((y, i) => y * y * _weight[i] * _weight[i]).Sum());
        double[] p = [.. _problem.Start];
        double[] here = Try(p);
        double Effect(double step)
        {
            p[j] = Math.Clamp(start + step, parameter.Lower, parameter.Upper);
            double[] moved = Try(p);
            return Math.Sqrt(moved.Zip(here, (a, b) => a - b).Select((d, i) => d * d * _weight[i] * _weight[i]).Sum());
        }
        double effect = Effect(size);
        if (!(effect <= 1e-9 * norm))
            return size;
        for (int k = 0; k < 12 && effect < 1e-3 * norm; k++)
            effect = Effect(size *= 100);
        return size;
    }

    /// <summary>Unit of the residuals when there are no sigmas: the rms of the data.</summary>
    public double Unit { get; }

    /// <summary>The model, or NaN where it cannot be evaluated: the comparisons of <see cref="Size"/> are then false.</summary>
    private double[] Try(double[] p)
    {
        try
        {
            return _problem.Model(p);
        }
        catch (ArithmeticException)
        {
            return [double.NaN];
        }
    }

    public ParameterScale Scale(int j) => _scale[j];

    /// <summary>Minimises from the given values; parameters of <paramref name="held"/> stay where they are.</summary>
    public Minimum Minimise(IReadOnlyList<double> start, IReadOnlySet<int> held)
    {
        double[] w = [.. start.Select((p, j) => _scale[j].Inner(p))];
        int n = w.Length, iterations = 0;
        var onBound = new int[n];
        bool converged = true;
        for (int round = 0; ; round++)
        {
            int[] active = [.. Enumerable.Range(0, n).Where(j => !_problem.Parameters[j].Fixed && !held.Contains(j) && onBound[j] == 0)];
            if (active.Length > 0)
                converged = Descend(w, active, ref iterations);
            bool changed = false;
            if (round < 4)
                changed = HoldOrFree(w, active, onBound, held);
            if (changed)
                continue;
            double[] fitted = Evaluate(w, active, out double[] residuals, throwOnFailure: true);
            Matrix<double> jacobian = Jacobian(w, active, residuals);
            double sum = residuals.Sum(r => r * r) * Unit * Unit;
            return new Minimum(Outer(w), fitted, sum, onBound, jacobian, active, converged, iterations);
        }
    }

    /// <summary>How the misfit rises inwards from the bound on which a parameter ended.</summary>
    public BoundRise Rise(Minimum minimum, int j)
    {
        double[] w = [.. minimum.Values.Select((p, k) => _scale[k].Inner(p))];
        Evaluate(w, [], out double[] residuals, throwOnFailure: true);
        Vector<double> slope = Jacobian(w, [j], residuals).Column(0);
        // What the free parameters, following, do not take back.
        Vector<double> left = minimum.Active.Length == 0 ? slope
            : slope - minimum.Jacobian * minimum.Jacobian.QR().Solve(slope);
        double inward = -minimum.OnBound[j] * (_problem.Parameters[j].LogScale ? 1 : 1 / _scale[j].OuterSlope(minimum.Values[j]));
        return new(inward * slope.DotProduct(Vector<double>.Build.Dense(residuals)), inward * inward * left.DotProduct(left));
    }

    private bool Descend(double[] w, int[] active, ref int iterations)
    {
        Vector<double> u = Vector<double>.Build.Dense(active.Length, k => _scale[active[k]].ToFree(w[active[k]]));
        Evaluate(w, active, out double[] first, throwOnFailure: true);
        void Place(Vector<double> free)
        {
            for (int k = 0; k < active.Length; k++)
                w[active[k]] = _scale[active[k]].FromFree(free[k]);
        }
        var objective = ObjectiveFunction.NonlinearModel(
            (free, _) =>
            {
                Place(free);
                Evaluate(w, active, out double[] residuals, throwOnFailure: false);
                return Vector<double>.Build.Dense(residuals);
            },
            (free, _) =>
            {
                Place(free);
                Evaluate(w, active, out double[] residuals, throwOnFailure: false);
                Matrix<double> jacobian = Jacobian(w, active, residuals);
                for (int k = 0; k < active.Length; k++)
                    jacobian.SetColumn(k, jacobian.Column(k) * _scale[active[k]].FreeSlope(free[k]));
                return jacobian;
            },
            Vector<double>.Build.Dense(first.Length, i => i),
            Vector<double>.Build.Dense(first.Length));
        NonlinearMinimizationResult result = new LevenbergMarquardtMinimizer(
            gradientTolerance: 1e-12, stepTolerance: _options.StepTolerance, functionTolerance: 1e-30,
            maximumIterations: _options.MaxIterations)
            .FindMinimum(objective, u);
        Place(result.MinimizingPoint);
        iterations += result.Iterations;
        return result.ReasonForExit is not (ExitCondition.ExceedIterations or ExitCondition.InvalidValues or ExitCondition.None);
    }

    /// <summary>Holds parameters that ended on a bound, frees held ones where the misfit falls towards the inside.</summary>
    private bool HoldOrFree(double[] w, int[] active, int[] onBound, IReadOnlySet<int> held)
    {
        bool changed = false;
        foreach (int j in active)
        {
            onBound[j] = _scale[j].OnLower(w[j]) ? -1 : _scale[j].OnUpper(w[j]) ? 1 : 0;
            if (onBound[j] == 0)
                continue;
            w[j] = _scale[j].Clamp(_scale[j].Inner(onBound[j] < 0 ? _problem.Parameters[j].Lower : _problem.Parameters[j].Upper));
            changed = true;
        }
        if (changed)
            return true;
        int[] bound = [.. Enumerable.Range(0, w.Length).Where(j => onBound[j] != 0 && !held.Contains(j))];
        if (bound.Length == 0)
            return false;
        Evaluate(w, bound, out double[] residuals, throwOnFailure: true);
        Matrix<double> slope = Jacobian(w, bound, residuals);
        for (int k = 0; k < bound.Length; k++)
        {
            double gradient = slope.Column(k).DotProduct(Vector<double>.Build.Dense(residuals));
            if (gradient * onBound[bound[k]] > 1e-8 * Math.Max(1e-12, residuals.Sum(r => r * r)))
            {
                onBound[bound[k]] = 0;
                changed = true;
            }
        }
        return changed;
    }

    private double[] Outer(double[] w) => [.. w.Select((x, j) => _problem.Parameters[j].Fixed ? _problem.Start[j] : _scale[j].Outer(x))];

    /// <summary>Model and weighted residuals (model less data, then priors).</summary>
    private double[] Evaluate(double[] w, int[] active, out double[] residuals, bool throwOnFailure)
    {
        _options.Cancel.ThrowIfCancellationRequested();
        // The minimiser looks for a step that lowers the misfit for as long as there are numbers between; some data have none.
        if (Interlocked.Increment(ref _evaluations) > MostEvaluations * Math.Max(1, _options.MaxIterations))
            throw new FitFailure(
                $"The fit comes to no end: no step from {Describe(Outer(w))} lowers the misfit; give other start values or bounds, or "
                    + "look for a point far off in the data.");
        int n = _weight.Length;
        double[] p = Outer(w);
        double[] y;
        string? failure = null;
        try
        {
            y = _problem.Model(p);
            if (y.Length != n)
                throw new InvalidOperationException($"The model returned {y.Length} values for {n} data.");
            for (int i = 0; i < n && failure is null; i++)
                if (!double.IsFinite(y[i]))
                    failure = $"value {i + 1} is {y[i]}";
        }
        catch (ArithmeticException exception)
        {
            y = new double[n];
            failure = exception.Message;
        }
        if (failure is not null && throwOnFailure)
            throw new FitFailure($"The model cannot be evaluated at {Describe(p)}: {failure}.");
        var list = new List<double>(n + active.Length);
        for (int i = 0; i < n; i++)
            list.Add(failure is null ? (y[i] - _problem.Observed[i]) * _weight[i] : RejectedResidual);
        foreach (int j in Enumerable.Range(0, w.Length))
        {
            FitParameter parameter = _problem.Parameters[j];
            if (parameter is { Prior: { } prior, Fixed: false })
            {
                double distance = parameter.LogScale ? Math.Log(p[j] / prior.Mean) : p[j] - prior.Mean;
                list.Add(distance / prior.Sigma);
            }
        }
        residuals = [.. list];
        return y;
    }

    /// <summary>Central differences of the weighted residuals to w; one-sided where a side fails or a bound is near.</summary>
    private Matrix<double> Jacobian(double[] w, int[] active, double[] centre)
    {
        var columns = new double[active.Length][];
        Parallel.For(0, active.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Threads) }, k =>
        {
            int j = active[k];
            double h = _options.DifferenceStep * Math.Max(1, Math.Abs(w[j]));
            double[]? up = Side(w, active, j, h, out double upAt), down = Side(w, active, j, -h, out double downAt);
            double span = (up is null ? w[j] : upAt) - (down is null ? w[j] : downAt);
            if (span == 0)
                throw new FitFailure(
                    $"The model cannot be evaluated on either side of {Describe(Outer(w))} along '{_problem.Parameters[j].Name}'.");
            double[] high = up ?? centre, low = down ?? centre;
            columns[k] = [.. high.Zip(low, (a, b) => (a - b) / span)];
        });
        // When every parameter sits on a bound there is nothing to differentiate with respect to.
        return columns.Length > 0 ? Matrix<double>.Build.DenseOfColumns(columns) : Matrix<double>.Build.Dense(centre.Length, 1);
    }

    private double[]? Side(double[] w, int[] active, int j, double h, out double at)
    {
        double[] moved = [.. w];
        at = moved[j] = _scale[j].Clamp(w[j] + h);
        if (at == w[j])
            return null;
        Evaluate(moved, active, out double[] residuals, throwOnFailure: false);
        return residuals.Length > 0 && residuals[0] == RejectedResidual ? null : residuals;
    }

    private string Describe(double[] p) => string.Join(", ", p.Select((x, j) => $"{_problem.Parameters[j].Name} = {x:g6}"));
}
