using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Offset between gate voltage and electrochemical scale.</summary>
public sealed class GateOffset : ValidationCase
{
    /// <inheritdoc/>
    public override string Id => "figures.gate-offset";

    /// <inheritdoc/>
    public override string Title => "The offset that puts the rest state at +0.75 V";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Figures;

    /// <inheritdoc/>
    public override string Equation => "V_off = V_rest - U_Pd + U_W(y_ref)\nU_W(y) = U_0 - g_W y - n kT/q ln(y/(1-y))";

    /// <inheritdoc/>
    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2A: +10 V and -8.5 V move equal charge; the origin of the offset is unknown";

    /// <inheritdoc/>
    public override Control Control { get; } = new("the potential of Pd is added instead of taken off");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        var device = new Device();
        double rest = (10 - 8.5) / 2;
        if (context.Perturbed)
            device = device with { Pd = device.Pd with { EquilibriumPotential = -device.Pd.EquilibriumPotential } };
        return new(
            new Check("V_off", "V", CalibrationRules.GateOffset(device), 1.057, Band.Absolute(5e-4)),
            new Check("V_rest", "V", device.Gate.RestVoltage, rest, Band.Absolute(1e-12)));
    }
}
