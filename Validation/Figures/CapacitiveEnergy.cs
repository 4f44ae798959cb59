using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>C V^2 of a pulse.</summary>
public sealed class CapacitiveEnergy : ValidationCase
{
    public override string Id => "figures.capacitive-energy";

    public override string Title => "A driver without recovery loses C V² = 2.6 fJ a pulse";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "C = eps A / d\nE = C V^2";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022): about 2.5 fJ and 26 aF";

    public override Control Control { get; } = new("half of C V^2, the energy stored instead of the energy drawn");

    public override ValidationOutcome Run(RunContext context)
    {
        var device = new Device();
        double capacitance = VacuumPermittivity * device.Psg.RelativePermittivity * device.Geometry.Area / device.Psg.Thickness;
        return new(
            new Check("C", "aF", capacitance * 1e18, 26, Band.Absolute(0.5)),
            new Check("C V^2 at 10 V", "fJ", (context.Perturbed ? 0.5 : 1) * capacitance * 100 * 1e15, 2.5, Band.Between(2.4, 2.7)));
    }
}
