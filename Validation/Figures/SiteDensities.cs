using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Densities of sites from mass densities.</summary>
public sealed class SiteDensities : ValidationCase
{
    public override string Id => "figures.site-densities";

    public override string Title => "Insertion sites of WO3 and atoms of Pd follow from the mass densities";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "N = rho N_A / M";

    public override string Source => "WO3 7.16 g/cm³, 231.84 g/mol, one site per W; Pd 12.0 g/cm³, 106.42 g/mol";

    public override Control Control { get; } = new("the molar mass of W is taken for that of WO3");

    public override ValidationOutcome Run(RunContext context) => new(
        new Check("C_max", "m^-3", 7.16e6 * Avogadro / (context.Perturbed ? 183.84 : 231.84), new Channel().SiteDensity,
            Band.Relative(2e-3)),
        new Check("N_Pd", "m^-3", 12.0e6 * Avogadro / 106.42, new GateMetal().AtomDensity, Band.Relative(2e-3)));
}
