namespace FvSolver.Cases.Fits.Laws;

/// <summary>Retention by a stretched exponential (Kohlrausch), y = y_inf + (y_0 - y_inf) exp(-(t/tau)^beta).</summary>
public sealed class StretchedExponentialLaw : ILaw
{
    /// <inheritdoc/>
    public string Name => "stretched-exponential";

    /// <inheritdoc/>
    public string Equation => "y = y_inf + (y_0 - y_inf) exp(-(t/tau)^beta)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["time"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } =
    [
        new("y_0", "y"),
        new("y_inf", "y"),
        new("tau", "s") { Lower = 0, LogScale = true },
        new("beta", "1") { Lower = 0.05, Upper = 2 },
    ];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x) =>
        p[1] + (p[0] - p[1]) * Math.Exp(-Math.Pow(Math.Max(0, x[0]) / p[2], p[3]));

    /// <inheritdoc/>
    /// <remarks>
    /// y_0 and y_inf are the first and the last value, the last moved out a little; tau and beta then lie on the line
    /// ln(-ln((y - y_inf)/(y_0 - y_inf))) against ln t.
    /// </remarks>
    public double[] Start(FitData data)
    {
        (double T, double Y)[] points = [.. data.Input(0).Zip(data.Observed).Select(p => (p.First, p.Second)).OrderBy(p => p.First)];
        double first = points[0].Y, last = points[^1].Y - 0.02 * (points[0].Y - points[^1].Y);
        var lnT = new List<double>();
        var lnL = new List<double>();
        foreach ((double t, double y) in points)
        {
            double share = first == last ? 1 : (y - last) / (first - last);
            if (t > 0 && share > 0.02 && share < 0.98)
            {
                lnT.Add(Math.Log(t));
                lnL.Add(Math.Log(-Math.Log(share)));
            }
        }
        double span = points[^1].T > 0 ? points[^1].T : 1;
        if (lnT.Count < 2)
            return [first, last, span, 1];
        double[] line = LogLinear.Solve([LogLinear.Ones(lnT.Count), [.. lnT]], [.. lnL]);
        double beta = Math.Clamp(line[1], 0.2, 1.5);
        return [first, last, Math.Clamp(Math.Exp(-line[0] / beta), 1e-6 * span, 1e6 * span), beta];
    }
}
