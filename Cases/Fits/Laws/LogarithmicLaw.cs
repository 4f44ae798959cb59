namespace FvSolver.Cases.Fits.Laws;

/// <summary>A law fitted on logarithms: ln|y| = ln|f(x; p)|, which weighs relative errors alike.</summary>
/// <remarks>Give it data through <see cref="Data"/>, which also turns sigma into sigma/|y|.</remarks>
public sealed class LogarithmicLaw(ILaw inner) : ILaw
{
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
    public double[] Start(FitData data) => inner.Start(new FitData(
        [.. Enumerable.Range(0, data.InputCount).Select(data.Input)], [.. data.Observed.Select(Math.Exp)]));

    /// <summary>The logarithms of data.</summary>
    /// <exception cref="ArgumentException">A value is zero.</exception>
    public static FitData Data(FitData data)
    {
        int zero = Array.IndexOf(data.Observed, 0);
        if (zero >= 0)
            throw new ArgumentException($"Datum {zero + 1} is 0: it has no logarithm.");
        return new FitData(
            [.. Enumerable.Range(0, data.InputCount).Select(data.Input)],
            [.. data.Observed.Select(y => Math.Log(Math.Abs(y)))],
            data.Sigma?.Select((s, i) => s / Math.Abs(data.Observed[i])).ToArray());
    }
}
