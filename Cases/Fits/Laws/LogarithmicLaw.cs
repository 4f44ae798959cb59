namespace FvSolver.Cases.Fits.Laws;

/// <summary>A law fitted on logarithms: ln|y| = ln|f(x; p)|, which weighs relative errors alike.</summary>
/// <remarks><see cref="Fit"/> takes the logarithms of the data itself; sigma becomes sigma/|y|.</remarks>
public sealed class LogarithmicLaw(ILaw inner) : ILaw
{
    /// <inheritdoc/>
    public bool IsOfLogarithms => true;

    /// <inheritdoc/>
    public string Name => inner.Name + "-log";

    /// <inheritdoc/>
    public string Equation => $"logarithm of: {inner.Equation}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs => inner.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters => inner.Parameters;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x) => Math.Log(Math.Abs(inner.Evaluate(p, x)));

    /// <inheritdoc/>
    public string Remark(IReadOnlyList<double> values, FitData data) => inner.Remark(values, data);

    /// <inheritdoc/>
    public double[] Start(FitData data) => inner.Start(new FitData(
        [.. Enumerable.Range(0, data.InputCount).Select(data.Input)], [.. data.Observed.Select(Math.Exp)]));
}
