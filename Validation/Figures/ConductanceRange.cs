using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Range of conductance from the protons a pulse brings.</summary>
public sealed class ConductanceRange : ValidationCase
{
    public override string Id => "figures.conductance-range";

    public override string Title => "1000 pulses of 9.4 protons bring the film near the 20x range";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "1000 N/(L W) = Gamma_s [theta(R y_ref) - theta_0] + (R - 1) y_ref C_max d_W, theta/(1-theta) ~ y";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2A: 20x; band as for the full model";

    public override Control Control { get; } = new("the film holds twice as much hydrogen at rest");

    public override ValidationOutcome Run(RunContext context)
    {
        var device = new Device();
        double area = device.Geometry.Area, rest = device.Interface.RestCoverage;
        double held = device.Wo3.RestComposition * device.Wo3.SiteDensity * area * device.Wo3.Thickness * (context.Perturbed ? 2 : 1);
        double Coverage(double range)
        {
            double ratio = range * rest / (1 - rest);
            return device.Interface.SiteDensity * area * (ratio / (1 + ratio) - rest);
        }

        double found = 20;
        for (int i = 0; i < 50; i++)
            found = 1 + (1000 * 9.4 - Coverage(found)) / held;
        return new(
            new Check("range", "1", found, 20, Band.Between(17, 23)),
            new Check("hydrogen in the film at rest", "1", held, Band.Shown),
            new Check("share of the coverage in what 1000 pulses bring", "1", Coverage(found) / 9400, Band.Shown))
        {
            Notes = ["An upper estimate: in the full model a few per cent of what Pd gives stays in PSG while the gate is open."],
        };
    }
}
