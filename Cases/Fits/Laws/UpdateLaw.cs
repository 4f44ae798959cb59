using System.Globalization;

namespace FvSolver.Cases.Fits.Laws;

/// <summary>Potentiation or depression by equal pulses, y = y_0 + d (1 - exp(-k n))/k: NeuroSim's law, with A = 1/k and B = d/k.</summary>
public sealed class UpdateLaw : ILaw
{
    /// <inheritdoc/>
    public string Name => "update";

    /// <inheritdoc/>
    public string Equation => "y = y_0 + d (1 - exp(-k n))/k";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["pulse"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } = [new("y_0", "y"), new("d", "y"), new("k", "1")];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x) => p[0] + p[1] * Pulses(p[2], x[0]);

    /// <inheritdoc/>
    /// <remarks>Through the first and the last value, with the curvature that comes nearest to the others.</remarks>
    public double[] Start(FitData data)
    {
        (double N, double Y)[] points = [.. data.Input(0).Zip(data.Observed).Select(p => (p.First, p.Second)).OrderBy(p => p.First)];
        double first = points[0].N, span = points[^1].N - first, change = points[^1].Y - points[0].Y;
        if (span == 0 || change == 0)
            return [points[0].Y, 0, 0];
        IEnumerable<(double, double)> shares = points.Select(p => ((p.N - first) / span, p.Y));
        double k = NeuroSimNonlinearity.Of(shares, points[0].Y, points[^1].Y).Curvature / span;
        double atZero = change / Pulses(k, span) * Math.Exp(k * first);
        return [points[0].Y - atZero * Pulses(k, first), atZero, k];
    }

    /// <inheritdoc/>
    /// <remarks>NeuroSim counts pulses of both directions from the lowest value: the label changes its sign with theirs.</remarks>
    public string Remark(IReadOnlyList<double> values, FitData data)
    {
        double[] pulses = data.Input(0);
        double span = pulses.Max() - pulses.Min(), curvature = values[2] * span;
        if (!double.IsFinite(curvature) || double.IsNaN(values[1]))
            return "";
        double label = Math.Sign(values[1]) * new NeuroSimNonlinearity(curvature).Label;
        return string.Create(CultureInfo.InvariantCulture,
            $"NeuroSim: A = {1 / values[2]:g5} pulses, label {label:0.00} over {span:g5} pulses {(values[1] < 0 ? "down" : "up")}");
    }

    // (1 - exp(-k n))/k: as many pulses of the first step bring as much.
    private static double Pulses(double k, double n) => Math.Abs(k * n) < 1e-5 ? n * (1 - k * n / 2) : (1 - Math.Exp(-k * n)) / k;
}
