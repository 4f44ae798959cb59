using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Fig. 4A: where bubbles set in by two hypotheses, why they neither fail the device nor feed back; nothing of it without them.</summary>
public sealed class LongPulses : StudyCase
{
    public override string Id => "figures.long-pulses";

    public override string Title => "Longer pulses: onset of bubbles by two hypotheses, none without them; failure and cascade are out of reach";

    public override string Equation => "r_spot = Gamma_s k_spot (c_N/c_fix) e^{alpha u} max(0, E_S/E_on - 1)^2, transfer times 1 + chi n_b/n_ref\nr_bubble = S_H (f_d - f_b)/tau_grow, damage at ln f = ln p + b p/(RT), p = 100 MPa";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 4: steady up to 40 ns (calibrated to it), failure at 90 ns and a growing step (not reached)";

    public override bool Quick => false;

    public override Control Control { get; } = new("adsorbed hydrogen and gas exchange reversibly: the gas dissociates again");

    protected override string Library => "fig4a";

    protected override string Mistake => "interface.tafel_rate=1e6 1/s";

    public override ValidationOutcome Run(RunContext context)
    {
        StudyAnswer answer = Answer(context);
        var gas = new HydrogenGas();
        double damage = 1e3 * Math.Exp(gas.ExcludedVolume * 100e6 / (Avogadro * Boltzmann * 300));
        double atoms = 2 * damage * gas.HenryConstant * new DeviceGeometry().Area;
        return new(
            new Check("longest pulse without a bubble", "s", answer["longest_quiet"], Band.AtLeast(20e-9)),
            new Check("shortest pulse with a bubble", "s", answer["first_bubble"], Band.Between(30e-9, 50e-9)),
            new Check("largest fugacity over that of gas at 100 MPa", "1", answer["largest_fugacity"] / damage, Band.AtMost(1)),
            new Check("atoms injected in the longest train over those that such gas dissolves", "1", answer["supply"] / atoms, Band.AtMost(1)),
            new Check("molecules that went up a gradient of fugacity", "1", answer["uphill"], Band.AtMost(0)),
            new Check("growth of the step that the feedback adds", "1", answer["cascade"], Band.Shown),
            new Check("bubbles in a long train of 5 ns", "1", answer["long_train"], Band.AtMost(0)),
            new Check("trains with a bubble, hypotheses off", "1", answer["bubbles_off"], Band.AtMost(0)));
    }
}
