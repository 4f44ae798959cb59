using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Range of conductance from the protons a pulse brings.</summary>
public sealed class ConductanceRange : ValidationCase
{
    public override string Id => "figures.conductance-range";

    public override string Title => "1000 pulses of 9.4 protons bring the film near the 20x range";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "G_max/G_min = 1 + 1000 N / (y_ref C_max L W d_W)";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2A: 20x; band as for the full model";

    public override Control Control { get; } = new("the film holds twice as much hydrogen at rest");

    public override ValidationOutcome Run(RunContext context)
    {
        var device = new Device();
        double held = device.Wo3.RestComposition * device.Wo3.SiteDensity * device.Geometry.Area * device.Wo3.Thickness
            * (context.Perturbed ? 2 : 1);
        return new(
            new Check("range", "1", 1 + 1000 * 9.4 / held, 20, Band.Between(17, 23)),
            new Check("hydrogen in the film at rest", "1", held, Band.Shown))
        {
            Notes = ["An upper estimate: in the full model about a tenth of what Pd gives stays in PSG or on the interface while the gate "
                + "is open."],
        };
    }
}
