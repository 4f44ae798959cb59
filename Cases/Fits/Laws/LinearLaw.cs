namespace FvSolver.Cases.Fits.Laws;

/// <summary>Straight line, y = y0 + slope x.</summary>
public sealed class LinearLaw : ILaw
{
    /// <inheritdoc/>
    public string Name => "linear";

    /// <inheritdoc/>
    public string Equation => "y = y0 + slope x";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["x"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } = [new("y0", "y"), new("slope", "y/x")];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x) => p[0] + p[1] * x[0];

    /// <inheritdoc/>
    public double[] Start(FitData data) => LogLinear.Solve([LogLinear.Ones(data.Count), data.Input(0)], data.Observed);
}
