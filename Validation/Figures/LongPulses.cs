using FvSolver.Cases.Studies;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Fig. 4A: where bubbles set in, fail the device and feed back, by two hypotheses; nothing of it without them.</summary>
public sealed class LongPulses : StudyCase
{
    public override string Id => "figures.long-pulses";

    public override string Title => "Longer pulses: onset of bubbles, failure and cascade by two hypotheses, none without them";

    public override string Equation => "r_spot = Gamma_s k_spot (c_N/c_fix) e^{alpha u} max(0, E_S/E_on - 1)^2, transfer times 1 + chi n_b/n_ref";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 4: steady up to 40 ns, failure at 90 ns (calibrated to it)";

    public override bool Quick => false;

    public override Control Control { get; } = new("adsorbed hydrogen and gas exchange reversibly: the gas dissociates again");

    protected override string Library => "fig4a";

    protected override string Mistake => "interface.tafel_rate=1e6 1/s";

    public override ValidationOutcome Run(RunContext context)
    {
        StudyAnswer answer = Answer(context);
        return new(
            new Check("longest pulse without a bubble", "s", answer["longest_quiet"], Band.AtLeast(20e-9)),
            new Check("shortest pulse with a bubble", "s", answer["first_bubble"], Band.Between(30e-9, 50e-9)),
            new Check("shortest pulse that fails", "s", answer["failure"], Band.AtMost(100e-9)),
            new Check("growth of the step over that with feedback off", "1", answer["cascade"], Band.AtLeast(3)),
            new Check("bubbles in a long train of 5 ns", "1", answer["long_train"], Band.AtMost(0)),
            new Check("trains with a bubble, hypotheses off", "1", answer["bubbles_off"], Band.AtMost(0)));
    }
}
