using FvSolver.Materials;
using FvSolver.Validation.Report;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Gain of the hop rate by the field.</summary>
public sealed class RateGain : ValidationCase
{
    /// <inheritdoc/>
    public override string Id => "figures.rate-gain";

    /// <inheritdoc/>
    public override string Title => "1 V/nm speeds hopping up by six orders of magnitude over 1 mV/nm";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Figures;

    /// <inheritdoc/>
    public override string Equation => "gain = sinh(x_1)/sinh(x_0), x = q a E/(2 kT)";

    /// <inheritdoc/>
    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022): six orders of magnitude at room temperature";

    /// <inheritdoc/>
    public override Control Control { get; } = new("the barrier is lowered by a quarter of q a E instead of half");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        double a = new Electrolyte().HopDistance, share = context.Perturbed ? 0.25 : 0.5;
        double X(double field) => share * a * field / ThermalVoltage(300);
        double[] fields = [.. Enumerable.Range(0, 31).Select(i => Math.Pow(10, 6 + i / 10.0))];
        double[] gain = [.. fields.Select(e => Math.Sinh(X(e)) / Math.Sinh(X(1e6)))];
        return new(
            new Check("gain", "1", gain[^1], 2.9e6, Band.Between(1e6, 1e7)),
            new Check("gain, independent calculation", "1", gain[^1], 2.9e6, Band.Relative(0.02)))
        {
            Charts =
            [
                new("Rate over rate at 1 mV/nm", "field [V/nm]", "gain",
                    new Curve("hopping", Mark.Points, [.. fields.Select(e => e / 1e9)], gain),
                    new Curve("ohmic", Mark.Line, [.. fields.Select(e => e / 1e9)], [.. fields.Select(e => e / 1e6)])) { LogX = true, LogY = true },
            ],
        };
    }
}
