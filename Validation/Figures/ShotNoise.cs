using FvSolver.Cases.Noise;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Noise;

namespace FvSolver.Validation.Figures;

/// <summary>Scatter of a write step of the reference pulse, computed proton by proton.</summary>
public sealed class ShotNoise : ValidationCase
{
    public override string Id => "figures.shot-noise";

    public override string Title => "A step of nine protons scatters by a quarter: little from the pulse, most from opening the gate";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "s_pulse^2 = |X| (a/d) coth(q a V/2kTd),  s_reset^2 = kT C/q^2";

    public override string Source => "S. Ramo, Proc. IRE 27, 584 (1939); equipartition at fixed protons";

    public override Control Control { get; } = new("every proton counts as one: 1/sqrt(N)");

    public override ValidationOutcome Run(RunContext context)
    {
        NoisePoint point = Pulses.Point(10);
        StepNoise noise = StepNoise.Of(Pulses.Run(context, point, context.Quick ? 4000 : 20_000));
        StepNoise theory = StepNoise.ClosedForm(point.Device, point.Amplitude, noise.Mean);
        double poisson = 1 / Math.Sqrt(noise.Mean);
        return new(
            new Check("scatter of the pulse over the step", "1", noise.RelativePulse, context.Perturbed ? poisson : theory.RelativePulse,
                Band.Relative(0.03 + 2 * noise.PulseError / noise.PulseDeviation)),
            new Check("scatter of the reset over the step", "1", noise.RelativeReset, theory.RelativeReset,
                Band.Relative(0.03 + 2 * noise.ResetError / noise.ResetDeviation)),
            new Check("scatter of the step over the step", "1", noise.Relative, context.Perturbed ? poisson : theory.Relative,
                Band.Relative(0.03 + 2 * noise.Error / noise.Deviation)));
    }
}
