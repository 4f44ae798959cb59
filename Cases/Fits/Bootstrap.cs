using MathNet.Numerics.Statistics;

namespace FvSolver.Cases.Fits;

/// <summary>Spread of the parameters over synthetic data sets.</summary>
/// <param name="Samples">One row a data set, one column a parameter [unit of each]; failed ones are left out.</param>
/// <param name="StandardErrors">Standard deviation of each column [unit of each].</param>
/// <param name="Lower">Lower percentile of each column at the confidence level.</param>
/// <param name="Upper">Upper percentile of each column at the confidence level.</param>
/// <param name="Failures">Number of data sets whose fit failed.</param>
public sealed record BootstrapResult(double[][] Samples, double[] StandardErrors, double[] Lower, double[] Upper, int Failures);

/// <summary>Bootstrap of a fit, by residuals or by pairs (Efron and Tibshirani, An Introduction to the Bootstrap, ch. 9).</summary>
internal static class Bootstrap
{
    public static BootstrapResult Run(FitProblem problem, FitOptions options, BootstrapOptions bootstrap, Minimum minimum)
    {
        int n = problem.Observed.Count, m = problem.Parameters.Count;
        var random = new Random(bootstrap.Seed);
        double[] sigma = [.. Enumerable.Range(0, n).Select(i => problem.Sigma?[i] ?? 1)];
        double[] residual = [.. Enumerable.Range(0, n).Select(i => (problem.Observed[i] - minimum.Fitted[i]) / sigma[i])];
        double mean = residual.Mean();
        // Fitted residuals are smaller than errors by sqrt((n - m)/n) on average.
        double inflate = n > minimum.Active.Length ? Math.Sqrt((double)n / (n - minimum.Active.Length)) : 1;
        var samples = new List<double[]>();
        int failures = 0;
        for (int s = 0; s < bootstrap.Count; s++)
        {
            int[] drawn = [.. Enumerable.Range(0, n).Select(_ => random.Next(n))];
            LeastSquares squares;
            if (bootstrap.Kind == BootstrapKind.Pairs)
            {
                var count = new int[n];
                foreach (int i in drawn)
                    count[i]++;
                squares = new LeastSquares(problem, options, count);
            }
            else
            {
                squares = new LeastSquares(new FitProblem
                {
                    Parameters = problem.Parameters,
                    Start = problem.Start,
                    Model = problem.Model,
                    Sigma = problem.Sigma,
                    Observed = [.. drawn.Select((i, k) => minimum.Fitted[k] + inflate * (residual[i] - mean) * sigma[k])],
                }, options);
            }
            try
            {
                Minimum found = squares.Minimise(minimum.Values, new HashSet<int>());
                if (found.Converged)
                    samples.Add(found.Values);
                else
                    failures++;
            }
            catch (InvalidOperationException)
            {
                failures++;
            }
        }
        double tail = (1 - options.ConfidenceLevel) / 2;
        double[] Over(Func<double[], double> figure) =>
            [.. Enumerable.Range(0, m).Select(j => figure([.. samples.Select(row => row[j])]))];
        return new BootstrapResult([.. samples], Over(c => c.StandardDeviation()),
            Over(c => c.Quantile(tail)), Over(c => c.Quantile(1 - tail)), failures);
    }
}
