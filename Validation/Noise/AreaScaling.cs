using FvSolver.Cases.Noise;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Noise;

/// <summary>A hundred times the area: the mean stays, the scatter grows as its root.</summary>
public sealed class AreaScaling : ValidationCase
{
    public override string Id => "noise.area";

    public override string Title => "On a hundred times the area the mean per area is that of the continuum, and the scatter its root";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation => "X ~ A, sd ~ A^{1/2}";

    public override string Source => "independent parts of a device";

    public override Control Control { get; } = new("the scatter is taken to grow with the area, as a common cause would have it");

    public override ValidationOutcome Run(RunContext context)
    {
        double factor = context.Quick ? 10 : 100;
        NoisePoint point = Pulses.Point(10);
        NoiseStatistics one = Pulses.Run(context, point, context.Quick ? 1500 : 5000);
        NoiseStatistics many = Pulses.Run(context, point, context.Quick ? 400 : 800, new() { AreaFactor = factor });
        double scale = context.Perturbed ? factor : Math.Sqrt(factor);
        return new(
            new Check($"protons of a pulse on {factor} times the area", "1", many.Pulse.Mean / factor, LatticeReference.Step(point),
                Band.Relative(0.003)),
            new Check("scatter of the pulse over the root of the area", "1",
                many.Pulse.Deviation / scale, one.Pulse.Deviation, Band.Relative(0.1)),
            new Check("scatter of the reset over the root of the area", "1",
                many.Reset.Deviation / scale, one.Reset.Deviation, Band.Relative(0.1)));
    }
}
