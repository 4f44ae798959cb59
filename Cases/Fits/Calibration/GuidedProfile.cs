namespace FvSolver.Cases.Fits.Calibration;

/// <summary>Misfit along one parameter, with the others moved to where the covariance expects them.</summary>
/// <remarks>
/// A full profile fits the others anew at each point; here they follow p_k + C_kj/C_jj (p_j' - p_j) (on the logarithm where
/// a parameter is fitted so), and the runs are done there. The misfit is that of real runs and an upper bound of the
/// profile; it is the parabola (p_j' - p_j)^2/C_jj where the model is linear.
/// </remarks>
/// <param name="Path">The parameter.</param>
/// <param name="Values">Its values [unit], ascending, the best one among them.</param>
/// <param name="Misfit">Sum of squares, priors included, less that of the best; NaN where a run failed.</param>
public sealed record GuidedProfile(string Path, double[] Values, double[] Misfit)
{
    /// <summary>Runs the profiles of all free parameters.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <param name="targets">Targets.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="run">The runs.</param>
    /// <param name="points">Points on each side, one standard error apart.</param>
    /// <param name="cancel">Ends it.</param>
    public static IReadOnlyList<GuidedProfile> Of(
        IReadOnlyList<CalibrationParameter> parameters, IReadOnlyList<CalibrationTarget> targets, FitResult fit, CalibrationRun run,
        int points, CancellationToken cancel)
    {
        int[] free = [.. Enumerable.Range(0, parameters.Count)
            .Where(j => !fit.Parameters[j].Held && double.IsFinite(fit.Parameters[j].StandardError))];
        double Slope(int k) => parameters[k].LogScale ? fit.Parameters[k].Value : 1;
        double[] Place(int j, int step) => [.. parameters.Select((p, k) =>
        {
            double move = step * fit.Covariance[k, j] / (fit.Parameters[j].StandardError * Slope(k));
            double value = p.LogScale ? fit.Parameters[k].Value * Math.Exp(move) : fit.Parameters[k].Value + move;
            return Math.Clamp(value, p.Lower, p.Upper);
        })];
        double Misfit(double[] place)
        {
            try
            {
                Dictionary<string, double> named = parameters.Zip(place).ToDictionary(p => p.First.Path, p => p.Second);
                return SumOfSquares(parameters, targets, run(named, cancel), place);
            }
            catch (ArithmeticException)
            {
                return double.NaN;
            }
        }
        (int J, int Step)[] jobs = [.. free.SelectMany(
            j => Enumerable.Range(-points, 2 * points + 1).Where(s => s != 0).Select(s => (j, s)))];
        var misfit = new double[jobs.Length];
        var values = new double[jobs.Length];
        Parallel.For(0, jobs.Length, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, i =>
        {
            double[] place = Place(jobs[i].J, jobs[i].Step);
            values[i] = place[jobs[i].J];
            misfit[i] = Misfit(place) - fit.SumOfSquares;
        });
        return [.. free.Select(j =>
        {
            var at = new List<(double Value, double Misfit)> { (fit.Parameters[j].Value, 0) };
            at.AddRange(jobs.Index().Where(x => x.Item.J == j).Select(x => (values[x.Index], misfit[x.Index])));
            at.Sort();
            return new GuidedProfile(parameters[j].Path, [.. at.Select(p => p.Value)], [.. at.Select(p => p.Misfit)]);
        })];
    }

    /// <summary>Sum of squares over the variances of targets and priors.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <param name="targets">Targets.</param>
    /// <param name="figures">What a run gives, by the name of the target.</param>
    /// <param name="place">Values of the parameters.</param>
    public static double SumOfSquares(
        IReadOnlyList<CalibrationParameter> parameters, IReadOnlyList<CalibrationTarget> targets,
        IReadOnlyDictionary<string, double> figures, double[] place)
    {
        double sum = targets.Sum(t => Math.Pow((figures[t.Name] - t.Value) / t.Sigma, 2));
        for (int k = 0; k < place.Length; k++)
            if (parameters[k].Prior is { } prior)
                sum += Math.Pow((parameters[k].LogScale ? Math.Log(place[k] / prior.Mean) : place[k] - prior.Mean) / prior.Sigma, 2);
        return sum;
    }
}
