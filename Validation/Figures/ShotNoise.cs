using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Scatter of a pulse by the number of its protons.</summary>
public sealed class ShotNoise : ValidationCase
{
    public override string Id => "figures.shot-noise";

    public override string Title => "9.4 protons scatter by a third from pulse to pulse";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "s(N)/N = N^{-1/2}";

    public override string Source => "Poisson statistics of independent hops; what a mean-field model cannot show";

    public override Control Control { get; } = new("the scatter of the mean of ten pulses is taken for that of one");

    public override ValidationOutcome Run(RunContext context)
    {
        double protons = 4.0e4 * new DeviceGeometry().Area * 5e-9 / ElementaryCharge;
        double pulses = context.Perturbed ? 10 : 1;
        return new(
            new Check("scatter of one pulse", "1", 1 / Math.Sqrt(protons * pulses), 0.33, Band.Absolute(0.005)),
            new Check("scatter of the mean of 1000 pulses", "1", 1 / Math.Sqrt(protons * 1000), Band.Shown));
    }
}
