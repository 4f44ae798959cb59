namespace FvSolver.Cases.Fits.Laws;

/// <summary>
/// Current that follows a sinh and is limited by something in series: 1/y = 1/(A sinh(v)) + sign(v)/y_max, v = (V - V_rest)/V_s.
/// </summary>
/// <remarks>The ceiling stands for an interface or a reservoir that passes no more than y_max; V_s = 2kTd/(q a).</remarks>
public sealed class CeilingSinhLaw : ILaw
{
    /// <inheritdoc/>
    public string Name => "sinh-ceiling";

    /// <inheritdoc/>
    public string Equation => "y = s / (1 + |s|/y_max), s = A sinh((V - V_rest)/V_s)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["voltage"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } =
    [
        new("A", "y") { Lower = 0, LogScale = true },
        new("V_s", "V") { Lower = 1e-3, Upper = 100, LogScale = true },
        new("V_rest", "V") { Lower = -10, Upper = 10 },
        new("y_max", "y") { Lower = 0, LogScale = true },
    ];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x)
    {
        double v = (x[0] - p[2]) / p[1];
        if (Math.Abs(v) > 700)
            return Math.Sign(v) * p[3];
        double s = p[0] * Math.Sinh(v);
        return s / (1 + Math.Abs(s) / p[3]);
    }

    /// <inheritdoc/>
    /// <remarks>V_rest from the change of sign; slope and prefactor from the lower half of the
    /// positive branch, below the ceiling.</remarks>
    public double[] Start(FitData data)
    {
        (double V, double Y)[] points = [.. data.Input(0).Zip(data.Observed).Select(p => (p.First, p.Second)).OrderBy(p => p.First)];
        double rest = 0;
        for (int i = 1; i < points.Length; i++)
            if (points[i - 1].Y < 0 && points[i].Y >= 0)
                rest = points[i - 1].V - points[i - 1].Y * (points[i].V - points[i - 1].V) / (points[i].Y - points[i - 1].Y);
        double top = points.Max(p => Math.Abs(p.Y));
        (double V, double Y)[] rising = [.. points.Where(p => p.Y != 0 && Math.Abs(p.Y) <= 0.5 * top)];
        if (rising.Length < 2)
            rising = [.. points.Where(p => p.Y != 0)];
        if (rising.Length == 0)
            return [1, 1, rest, 1];
        double[] line = LogLinear.Solve(
            [LogLinear.Ones(rising.Length), [.. rising.Select(p => Math.Abs(p.V - rest))]],
            [.. rising.Select(p => Math.Log(Math.Abs(p.Y)))]);
        return [2 * Math.Exp(line[0]), 1 / Math.Max(line[1], 0.05), rest, 3 * top];
    }
}
