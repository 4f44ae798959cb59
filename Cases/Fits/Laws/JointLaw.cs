using FvSolver.Materials;

namespace FvSolver.Cases.Fits.Laws;

/// <summary>
/// The paper's joint law of a step in pulse amplitude and width, A t^beta sinh(q a V / 2kTd)
/// (onen2022, Fig. 3A); V is the amplitude itself.
/// </summary>
/// <remarks>
/// The paper's way is unweighted least squares on the step. The hopping distance that it returns is the apparent one.
/// For a fit of logarithms wrap it in <see cref="LogarithmicLaw"/>.
/// </remarks>
/// <param name="thickness">Film thickness d [m].</param>
/// <param name="temperature">Temperature T [K].</param>
public sealed class JointLaw(double thickness, double temperature = 300) : ILaw
{
    private readonly double _slope = 1 / (2 * Constants.ThermalVoltage(temperature) * thickness);

    /// <inheritdoc/>
    public string Name => "joint";

    /// <inheritdoc/>
    public string Equation => "step = A t^beta sinh(q a V / (2 k T d))";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["amplitude", "width"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } =
    [
        new("A", "step s^-beta") { Lower = 0, LogScale = true },
        new("beta", "1") { Lower = -5, Upper = 10 },
        new("a", "m") { Lower = 1e-12, Upper = 1e-8, LogScale = true },
    ];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x) =>
        p[0] * Math.Pow(x[1], p[1]) * Math.Sinh(p[2] * x[0] * _slope);

    /// <inheritdoc/>
    /// <remarks>Where sinh is half an exponential the logarithm of the step is linear in ln t and |V|.</remarks>
    public double[] Start(FitData data)
    {
        int[] used = [.. Enumerable.Range(0, data.Count).Where(i => data.Observed[i] != 0 && data.Row(i)[1] > 0 && data.Row(i)[0] != 0)];
        if (used.Length == 0)
            return [1, 1, 5e-10];
        double[] lnStep = [.. used.Select(i => Math.Log(Math.Abs(data.Observed[i])))];
        double[] lnTime = [.. used.Select(i => Math.Log(data.Row(i)[1]))];
        double[] volt = [.. used.Select(i => Math.Abs(data.Row(i)[0]))];
        double[] line = LogLinear.Solve([LogLinear.Ones(used.Length), lnTime, volt], lnStep);
        double a = Math.Clamp(line[2] / _slope, 1e-11, 5e-9);
        // With beta and a at hand ln A is a mean.
        double lnA = used.Select((_, k) => lnStep[k] - line[1] * lnTime[k] - LnSinh(a * volt[k] * _slope)).Average();
        return [Math.Exp(Math.Clamp(lnA, -600, 600)), line[1], a];
    }

    private static double LnSinh(double x) => x + Math.Log((1 - Math.Exp(-2 * x)) / 2);
}
