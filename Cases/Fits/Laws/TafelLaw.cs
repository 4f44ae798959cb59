using FvSolver.Materials;

namespace FvSolver.Cases.Fits.Laws;

/// <summary>
/// Both Tafel lines of an interface, joined at low overpotential: j = j0 [exp(alpha_a eta/V_T) - exp(-alpha_c eta/V_T)].
/// </summary>
/// <remarks>
/// The slopes are alpha_a/V_T and alpha_c/V_T per unit of ln|j|; alpha_a + alpha_c = 1 for a one-electron step in detailed
/// balance, which a fit may find or not. Over several decades fit logarithms (<see cref="LogarithmicLaw"/>).
/// </remarks>
/// <param name="temperature">Temperature T [K].</param>
public sealed class TafelLaw(double temperature = 300) : ILaw
{
    private readonly double _thermalVoltage = Constants.ThermalVoltage(temperature);

    /// <inheritdoc/>
    public string Name => "tafel";

    /// <inheritdoc/>
    public string Equation => "j = j0 (exp(alpha_a eta/V_T) - exp(-alpha_c eta/V_T))";

    /// <inheritdoc/>
    public IReadOnlyList<string> Inputs { get; } = ["overpotential"];

    /// <inheritdoc/>
    public IReadOnlyList<FitParameter> Parameters { get; } =
    [
        new("j0", "A/m^2") { Lower = 0, LogScale = true },
        new("alpha_a", "1") { Lower = 0, Upper = 5 },
        new("alpha_c", "1") { Lower = 0, Upper = 5 },
    ];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> p, ReadOnlySpan<double> x)
    {
        double u = x[0] / _thermalVoltage;
        return p[0] * (Math.Exp(Math.Min(700, p[1] * u)) - Math.Exp(Math.Min(700, -p[2] * u)));
    }

    /// <inheritdoc/>
    /// <remarks>Lines through ln|j| beyond two thermal voltages on each side; a side without data takes alpha = 0.5.</remarks>
    public double[] Start(FitData data)
    {
        double[] Branch(int sign)
        {
            int[] far = [.. Enumerable.Range(0, data.Count)
                .Where(i => sign * data.Row(i)[0] > 2 * _thermalVoltage && sign * data.Observed[i] > 0)];
            return far.Length < 2 ? [] : LogLinear.Solve(
                [LogLinear.Ones(far.Length), [.. far.Select(i => sign * data.Row(i)[0] / _thermalVoltage)]],
                [.. far.Select(i => Math.Log(sign * data.Observed[i]))]);
        }
        double[] up = Branch(1), down = Branch(-1);
        double[] lnJ0 = [.. new[] { up, down }.Where(b => b.Length > 0).Select(b => b[0])];
        double j0 = lnJ0.Length > 0 ? Math.Exp(lnJ0.Average()) : Math.Max(1e-12, data.Observed.Max(Math.Abs));
        return [j0, up.Length > 0 ? up[1] : 0.5, down.Length > 0 ? down[1] : 0.5];
    }
}
