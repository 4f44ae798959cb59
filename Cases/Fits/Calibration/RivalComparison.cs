using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>A calibrated rival: what its parameters were allowed to be, and where they ended.</summary>
/// <param name="Name">Name of its targets.</param>
/// <param name="Parameters">Parameters with bounds and priors.</param>
/// <param name="Result">The calibration.</param>
/// <param name="Predictions">Figures of further measurements at the best parameters, by name.</param>
public sealed record Rival(
    string Name, IReadOnlyList<CalibrationParameter> Parameters, CalibrationResult Result, IReadOnlyDictionary<string, double> Predictions)
{
    /// <summary>Number of parameters that were free to the end.</summary>
    public int FreeParameters => Result.Fit.Parameters.Count(p => !p.Held);

    /// <summary>Logarithm of the evidence by Laplace's approximation, but for a constant that rivals of the same targets share.</summary>
    /// <remarks>
    /// ln Z = -S/2 + sum of ln(prior density) + (m/2) ln 2 pi + (1/2) ln det C over the m free parameters, in the logarithm of those on a
    /// logarithmic scale; S is the misfit with priors, C the covariance. A parameter that ended on a bound, from which S/2 rises as
    /// g u + h u²/2, adds ln of the integral of exp(-g u - h u²/2) over u > 0. A parameter without a prior is as likely anywhere
    /// within its bounds; the bounds of one with a prior limit the search, not the prior. MacKay, Neural Computation 4, 415 (1992).
    /// </remarks>
    public double LogEvidence
    {
        get
        {
            int[] free = [.. Enumerable.Range(0, Parameters.Count).Where(j => !Result.Fit.Parameters[j].Held)];
            double Scale(int j) => Parameters[j].LogScale ? Result.Fit.Parameters[j].Value : 1;
            var covariance = Matrix<double>.Build.Dense(free.Length, free.Length,
                (i, k) => Result.Fit.Covariance[free[i], free[k]] / (Scale(free[i]) * Scale(free[k])));
            double volume = free.Length == 0 ? 0 : covariance.Cholesky().DeterminantLn / 2;
            return -Result.Fit.SumOfSquares / 2 + Parameters.Sum(LogPriorPeak) + free.Length * Math.Log(2 * Math.PI) / 2 + volume
                + Result.Fit.Parameters.Sum(p => p.Rise is { } rise ? LogWidth(rise) : 0);
        }
    }

    /// <summary>ln of the integral of exp(-g u - h u²/2) over u > 0: sqrt(pi/2h) e^(x²) erfc x, x = g/sqrt(2h), and 1/g far out.</summary>
    private static double LogWidth(BoundRise rise)
    {
        double x = rise.Slope / Math.Sqrt(2 * rise.Curvature);
        return x < 20
            ? Math.Log(Math.PI / (2 * rise.Curvature)) / 2 + x * x + Math.Log(SpecialFunctions.Erfc(x))
            : -Math.Log(rise.Slope) - 1 / (2 * x * x);
    }

    private static double LogPriorPeak(CalibrationParameter p) => -Math.Log(p.Prior is { } prior
        ? prior.Sigma * Math.Sqrt(2 * Math.PI)
        : p.LogScale ? Math.Log(p.Upper / p.Lower) : p.Upper - p.Lower);
}

/// <summary>Rivals on the same targets, and the measurement that would tell them apart.</summary>
public static class RivalComparison
{
    /// <summary>Writes the comparison.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="rivals">At least two, the first is the reference.</param>
    /// <param name="measurements">Further measurements with the error that each would have.</param>
    public static void Write(TextWriter text, IReadOnlyList<Rival> rivals, IReadOnlyList<CalibrationTarget> measurements)
    {
        text.WriteLine();
        text.WriteLine($"{"target",-30}  {"asked for",12}  {"+-",10}" + string.Concat(rivals.Select(r => $"  {r.Name,25}")));
        foreach (CalibrationTarget t in rivals[0].Result.Targets.Select(t => t.Target))
            text.WriteLine($"{t.Name,-30}  {FitReport.Text(t.Value, 5),12}  {FitReport.Text(t.Sigma, 3),10}"
                + string.Concat(rivals.Select(r => $"  {Met(r, t.Name),25}")));
        text.WriteLine();
        text.WriteLine($"{"rival",-20}  {"misfit",10}  {"parameters",10}  {"free",5}  {"ln evidence",12}  against {rivals[0].Name}");
        foreach (Rival rival in rivals)
            text.WriteLine(
                $"{rival.Name,-20}  {rival.Result.Fit.SumOfSquares,10:g4}  {rival.Parameters.Count,10}  {rival.FreeParameters,5}  "
                + $"{rival.LogEvidence,12:f2}  {rival.LogEvidence - rivals[0].LogEvidence:+0.00;-0.00;0.00}");
        foreach (Rival rival in rivals)
            text.WriteLine($"priors of {rival.Name}: {string.Join("; ", rival.Parameters.Select(PriorText))}");
        foreach (Rival other in rivals.Skip(1))
        {
            foreach ((CalibrationTarget m, double apart) in Separations(rivals[0], other, measurements))
                text.WriteLine($"{m.Name}: {FitReport.Text(rivals[0].Predictions[m.Name], 5)} by {rivals[0].Name}, "
                    + $"{FitReport.Text(other.Predictions[m.Name], 5)} {m.Unit} by {other.Name}: {apart:g3} standard errors apart");
            if (Separations(rivals[0], other, measurements) is [var (best, most), ..])
                text.WriteLine($"{rivals[0].Name} and {other.Name} would be told apart best by {best.Name}, at {most:g3} standard errors");
        }
    }

    /// <summary>Measurements by how far apart two rivals predict them, in standard errors, the farthest first.</summary>
    public static IReadOnlyList<(CalibrationTarget Measurement, double Apart)> Separations(
        Rival a, Rival b, IReadOnlyList<CalibrationTarget> measurements) =>
    [
        .. measurements.Where(m => a.Predictions.ContainsKey(m.Name) && b.Predictions.ContainsKey(m.Name))
            .Select(m => (m, Math.Abs(a.Predictions[m.Name] - b.Predictions[m.Name]) / m.Sigma))
            .OrderByDescending(p => p.Item2),
    ];

    private static string Met(Rival rival, string target) => rival.Result.Targets.FirstOrDefault(t => t.Target.Name == target) is { } met
        ? $"{FitReport.Text(met.Result, 5)} ({met.Deviation:+0.0;-0.0;0.0} sigma)"
        : "";

    private static string PriorText(CalibrationParameter p) => p switch
    {
        { Prior: { } prior, LogScale: true } => $"ln {p.Path} = ln {prior.Mean:g4} +- {prior.Sigma:g3}",
        { Prior: { } prior } => $"{p.Path} = {prior.Mean:g4} +- {prior.Sigma:g3}",
        { LogScale: true } => $"ln {p.Path} flat from ln {p.Lower:g4} to ln {p.Upper:g4}",
        _ => $"{p.Path} flat from {p.Lower:g4} to {p.Upper:g4}",
    };
}
