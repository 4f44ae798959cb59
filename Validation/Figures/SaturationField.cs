using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Field at which the migration barrier is gone.</summary>
public sealed class SaturationField : ValidationCase
{
    public override string Id => "figures.saturation-field";

    public override string Title => "The migration barrier of 0.38 eV vanishes at 1.36 V/nm, above the device's 1 V/nm";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "E = 2 E_m/(q a)";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022): 0.38 eV, 5.6 angstrom, about 1 V/nm, breakdown from 0.8 to 1.5 V/nm";

    public override Control Control { get; } = new("the whole of q a E lowers the barrier");

    public override ValidationOutcome Run(RunContext context)
    {
        double field = (context.Perturbed ? 1 : 2) * new Electrolyte().MigrationBarrier / 5.6e-10;
        return new(
            new Check("field", "V/nm", field / 1e9, 1.36, Band.Absolute(0.005)),
            new Check("over the field of a pulse of 10 V", "1", field / 1e9, Band.AtLeast(1)));
    }
}
