using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Potential of PdHx in equilibrium with 3 % hydrogen.</summary>
public sealed class PalladiumPotential : ValidationCase
{
    /// <inheritdoc/>
    public override string Id => "figures.palladium-potential";

    /// <inheritdoc/>
    public override string Title => "3 % hydrogen puts Pd at +45 mV, close to its two-phase plateau";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Figures;

    /// <inheritdoc/>
    public override string Equation => "U_Pd = (kT/2q) ln(1/p), p in bar";

    /// <inheritdoc/>
    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022): 3 % H2 in N2; plateau of PdHx +0.05 V: F. A. Lewis, The Palladium Hydrogen System (1967)";

    /// <inheritdoc/>
    public override Control Control { get; } = new("one electron per H2 instead of two");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        double electrons = context.Perturbed ? 1 : 2;
        double potential = ThermalVoltage(300) / electrons * Math.Log(1 / 0.03);
        return new(new Check("U_Pd", "mV", potential * 1e3, new GateMetal().EquilibriumPotential * 1e3, Band.Absolute(1)));
    }
}
