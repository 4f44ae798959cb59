using FvSolver.Cases.Studies;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Fig. 2C in a tenth of its length: cycles between two bounds of conductance, with heat,
/// gas and the hypotheses of Fig. 4.</summary>
public sealed class CyclingEndurance : StudyCase
{
    public override string Id => "figures.endurance";

    public override string Title => "1e4 pulses in cycles: as many pulses a half-cycle at the end as at the start, and no bubble";

    public override string Equation => "pulses of a half-cycle in cycle k over those in cycle 2";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2C: 1e5 pulses without degradation";

    public override bool Quick => false;

    public override Control Control { get; } = new("two cycles in place of six, too few pulses to say anything");

    protected override string Library => "fig2c";

    protected override IReadOnlyList<string> Settings => ["protocol.0.count=6"];

    protected override string Mistake => "protocol.0.count=2";

    public override ValidationOutcome Run(RunContext context)
    {
        StudyAnswer answer = Answer(context);
        return new(
            new Check("pulses", "1", answer["pulses"], Band.AtLeast(1e4)),
            new Check("change of pulses up from cycle 2 to the last", "1", answer["change_up"], Band.Between(-0.02, 0.02)),
            new Check("change of pulses down from cycle 2 to the last", "1", answer["change_down"], Band.Between(-0.02, 0.02)),
            new Check("pulse with the first bubble, -1 for none", "1", answer["bubbles"], Band.AtMost(-1)));
    }
}
