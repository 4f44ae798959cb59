using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Fig. 4A: why no pulse up to 100 ns makes a bubble by the second law and classical
/// nucleation, whatever the hypothesis.</summary>
public sealed class LongPulses : StudyCase
{
    public override string Id => "figures.long-pulses";

    public override string Title => "Longer pulses: supply, fugacity and barrier put bubbles, failure and cascade out of reach";

    public override string Equation =>
        "p e^{b p/kT} = f_d, W = 16 pi gamma^3 s/(3 (p - p_0)^2), J = n_d sqrt(2 gamma/(pi m)) e^{-W/kT}\n"
        + "f_d < N_Pd/(2 A S_H)";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Fig. 4: steady up to 40 ns, failure at 90 ns and a growing step (none is "
            + "reached); bound of the supply by hand";

    public override bool Quick => false;

    public override Control Control { get; } = new("a wall with hardly any tension, 0.001 J/m^2: bubbles nucleate");

    protected override string Library => "fig4a";

    protected override string Mistake => "gas.surface_tension=0.001 J/m^2";

    public override ValidationOutcome Run(RunContext context)
    {
        StudyAnswer answer = Answer(context);
        // All that the longest train brings, dissolved in 0.5 nm: fugacity, pressure and barrier by hand.
        var gas = new HydrogenGas();
        double bound = answer["supply"] / (2 * new DeviceGeometry().Area * 2.4e24 * 0.5e-9),
            covolume = 15.84e-6 / (Avogadro * Boltzmann * 300);
        double pressure = bound * PascalPerBar;
        for (int i = 0; i < 50; i++)
            pressure = bound * PascalPerBar * Math.Exp(-covolume * pressure);
        double barrier = 16 * Math.PI * Math.Pow(gas.SurfaceTension, 3) * gas.ShapeFactor
            / (3 * Math.Pow(pressure - gas.FilmPressure, 2) * Boltzmann * 300);
        return new(
            new Check("largest fugacity over that of the whole supply", "1", answer["fugacity_remote"] / bound, Band.AtMost(1)),
            new Check("fugacity of the whole supply over what nucleates", "1", bound / answer["fugacity_needed"], Band.AtMost(1)),
            new Check("barrier at the whole supply over kT", "1", answer["supply_barrier"], barrier, Band.Relative(1e-6)),
            new Check("expected nuclei, last hop not thermalised", "1", answer["hazard_remote"], Band.AtMost(1e-30)),
            new Check("expected nuclei, crowding", "1", answer["hazard_crowding"], Band.AtMost(1e-30)),
            new Check("expected nuclei, reversible steps", "1", answer["hazard_reversible"], Band.AtMost(1e-30)),
            new Check("expected nuclei in a long train of 5 ns", "1", answer["long_train"], Band.AtMost(1e-30)),
            new Check("molecules that went up a gradient of fugacity", "1", answer["uphill"], Band.AtMost(0)),
            new Check("change of the train at 90 ns over that by reversible steps, last hop not thermalised", "1", answer["change_remote"],
                1, Band.Absolute(0.1)),
            new Check("change of the train at 90 ns over that by reversible steps, crowding", "1", answer["change_crowding"],
                Band.AtMost(1.1)),
            new Check("surface tension at which half of the devices fail at 90 ns", "J/m^2", answer["tension_needed"], Band.Shown));
    }
}
