using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Hydrogen molecules that a long pulse can make.</summary>
public sealed class MoleculesPerPulse : ValidationCase
{
    public override string Id => "figures.molecules-per-pulse";

    public override string Title => "A 90 ns pulse carries at most 84 H2, so bubbles are local or built up";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "N(H_2) = J A t/(2 q)";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022): 90 ns at the current density of 30 nA over 0.75 µm²";

    public override Control Control { get; } = new("one proton per molecule");

    public override ValidationOutcome Run(RunContext context)
    {
        double molecules = 4.0e4 * new DeviceGeometry().Area * 90e-9 / ((context.Perturbed ? 1 : 2) * ElementaryCharge);
        return new(new Check("molecules, all protons recombined", "1", molecules, 84, Band.Absolute(0.5)));
    }
}
