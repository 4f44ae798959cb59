namespace FvSolver.Cases.Fits.Laws;

/// <summary>Power law in time, y = A t^beta.</summary>
public sealed class PowerLaw : ILaw
{
    /// <inheritdoc/>
    public string Name => "power";

    /// <inheritdoc/>
    public string Equation => "y = A t^beta";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["time"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } =
    [
        new("A", "y s^-beta") { Lower = 0, LogScale = true },
        new("beta", "1") { Lower = -10, Upper = 10 },
    ];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x) => p[0] * Math.Pow(x[0], p[1]);

    /// <inheritdoc/>
    public double[] Start(FitData data)
    {
        int[] used = [.. Enumerable.Range(0, data.Count).Where(i => data.Observed[i] > 0 && data.Row(i)[0] > 0)];
        if (used.Length < 2)
            return [1, 1];
        double[] line = LogLinear.Solve(
            [LogLinear.Ones(used.Length), [.. used.Select(i => Math.Log(data.Row(i)[0]))]],
            [.. used.Select(i => Math.Log(data.Observed[i]))]);
        return [Math.Exp(line[0]), line[1]];
    }
}
