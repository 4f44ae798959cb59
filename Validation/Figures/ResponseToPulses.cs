using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Fig. 2A by the full model: range, straightness, symmetry, return, protons and energies.</summary>
public sealed class ResponseToPulses : ValidationCase
{
    public override string Id => "figures.response-to-pulses";

    public override string Title => "1000 pulses up and 1000 down: range, straightness, symmetry, return and energy of Fig. 2A";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation =>
        "G = (W/L) q mu_e integral of C dz\nE_p = integral of V_G I_G dt over the clamped pulse\nE_c = (DeltaQ_M/DeltaV) V^2 of the "
            + "rising edge";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2A and text: 20x from 88 Mohm, nearly linear and symmetric; about 15 aJ and "
            + "2.5 fJ a pulse";

    public override Control Control { get; } = new(
        "the pulses down have the amplitude of those up, -10 V, and the read is of an oxide with eps_r = 4.5");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = new();
        UpAndDown run = context.Perturbed
            ? UpAndDown.Measure(device with { Psg = device.Psg with { RelativePermittivity = 4.5 } }, -10, 300, context.Cancel)
            : context.Once("up-and-down", () => UpAndDown.Measure(device, cancel: context.Cancel));
        double[] steps = run.Steps, up = steps[..run.Up];
        double[] pulse = [.. Enumerable.Range(0, run.Conductance.Length).Where(i => i % 20 == 0).Select(i => (double)i)];
        return new(
            new Check("base resistance", "Mohm", 1e-6 / run.Conductance[0], 88, Band.Relative(1e-6)),
            new Check("range", "1", run.Range.High / run.Range.Low, 20, Band.Between(17, 23)),
            new Check("largest over smallest step up", "1", up.Max() / up.Min(), Band.Between(1, 1.35)),
            new Check("step down against step up at equal conductance", "1", run.Asymmetry, Band.AtMost(0.1)),
            new Check("left after the way down, share of the range", "1", run.Remainder, 0, Band.Absolute(0.02)),
            new Check("protons given by Pd a pulse, mean of the way up", "1", run.Given[run.Up] / run.Up, 9.4, Band.Between(8, 11)),
            new Check("proton energy a pulse, mean of the way up", "aJ", 1e18 * run.ProtonEnergy[..run.Up].Average(), 15,
                Band.Between(13, 18)),
            new Check("C V^2 of a pulse up", "fJ", 1e15 * run.CapacitiveEnergy[0], 2.5, Band.Between(2.4, 2.7)))
        {
            Charts =
            [
                new("Conductance at the reads", "pulse", "conductance [nS]",
                    new Curve("model", CurveStyle.Markers, pulse, [.. pulse.Select(i => 1e9 * run.Conductance[(int)i])]),
                    new Curve("straight line", CurveStyle.Line, [0, run.Up, 2 * run.Up],
                        [1e9 * run.Range.Low, 1e9 * run.Range.High, 1e9 * run.Range.Low])),
                new("Step against conductance", "conductance [nS]", "step [pS]",
                    new Curve("up", CurveStyle.Markers, [.. pulse.Where(i => i < run.Up).Select(i => 1e9 * run.Conductance[(int)i])],
                        [.. pulse.Where(i => i < run.Up).Select(i => 1e12 * steps[(int)i])]),
                    new Curve("down, sign changed", CurveStyle.Dashed,
                        [.. pulse.Where(i => i >= run.Up && i < 2 * run.Up).Select(i => 1e9 * run.Conductance[(int)i])],
                        [.. pulse.Where(i => i >= run.Up && i < 2 * run.Up).Select(i => -1e12 * steps[(int)i])])),
            ],
            Notes = ["Steps down are compared with steps up over the middle 90 % of the range."],
        };
    }
}
