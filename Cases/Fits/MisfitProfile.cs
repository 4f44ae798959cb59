namespace FvSolver.Cases.Fits;

/// <summary>Misfit along one parameter, the others fitted anew at each value: which parameters the data determine, and which not.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Values">Values of the parameter, increasing [unit]; the best value is among them.</param>
/// <param name="Misfit">
/// Increase of the sum of squares over its minimum, divided by the variance of a datum of unit weight: for a linear model
/// ((p - p_best)/SE)^2.
/// </param>
/// <param name="Lower">Lower end of the profile's confidence interval [unit]; minus infinity when the
/// profile does not rise enough on that side.</param>
/// <param name="Upper">Upper end of the profile's confidence interval [unit]; infinity when the
/// profile does not rise enough on that side.</param>
public sealed record MisfitProfile(string Name, double[] Values, double[] Misfit, double Lower, double Upper)
{
    /// <summary>True when the profile rises enough on both sides.</summary>
    public bool Determined => double.IsFinite(Lower) && double.IsFinite(Upper);

    internal static IReadOnlyList<MisfitProfile> Run(
        FitProblem problem, FitOptions options, LeastSquares squares, Minimum best, double[] errors, double variance, double quantile)
    {
        var profiles = new List<MisfitProfile>();
        double scale = variance > 0 ? squares.Unit * squares.Unit * variance : 1;
        foreach (int j in best.Active)
        {
            ParameterScale axis = squares.Scale(j);
            double centre = axis.Inner(best.Values[j]);
            // An undetermined parameter has no standard error: look over a decade, or once its size.
            double step = options.ProfileReach * (double.IsFinite(errors[j]) && errors[j] > 0 ? errors[j] : 1) / options.ProfilePoints;
            var points = new SortedDictionary<double, double> { [centre] = 0 };
            foreach (int side in (int[])[-1, 1])
            {
                double[] from = best.Values;
                for (int k = 1; k <= options.ProfilePoints; k++)
                {
                    double w = axis.Clamp(centre + side * k * step);
                    if (points.ContainsKey(w))
                        break;
                    double[] start = [.. from];
                    start[j] = axis.Outer(w);
                    try
                    {
                        Minimum found = squares.Minimise(start, new HashSet<int> { j });
                        from = found.Values;
                        points[w] = (found.SumOfSquares - best.SumOfSquares) / scale;
                    }
                    catch (InvalidOperationException)
                    {
                        break;
                    }
                }
            }
            double[] ws = [.. points.Keys], misfit = [.. points.Values];
            int at = Array.IndexOf(ws, centre);
            profiles.Add(new MisfitProfile(problem.Parameters[j].Name, [.. ws.Select(axis.Outer)], misfit,
                Crossing(ws, misfit, at, -1, quantile, axis) ?? double.NegativeInfinity,
                Crossing(ws, misfit, at, 1, quantile, axis) ?? double.PositiveInfinity));
        }
        return profiles;
    }

    /// <summary>Where the root of the misfit, which is nearly straight, crosses the quantile.</summary>
    private static double? Crossing(double[] w, double[] misfit, int from, int side, double quantile, ParameterScale axis)
    {
        for (int i = from; i + side >= 0 && i + side < w.Length; i += side)
        {
            double a = Math.Sqrt(Math.Max(0, misfit[i])), b = Math.Sqrt(Math.Max(0, misfit[i + side]));
            if (a <= quantile && b >= quantile && b > a)
                return axis.Outer(w[i] + (w[i + side] - w[i]) * (quantile - a) / (b - a));
        }
        return null;
    }
}
