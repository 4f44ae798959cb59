using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Base conductance from the electron mobility.</summary>
public sealed class BaseConductance : ValidationCase
{
    public override string Id => "figures.base-conductance";

    public override string Title => "The electron mobility by rule gives back 88 Mohm, 11.4 nS";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "G = (W/L) q mu_e y_ref C_max d_W";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2A: 88 Mohm";

    public override Control Control { get; } = new("length and width of the channel are exchanged");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = CalibrationRules.Resolve(new Device());
        (double length, double width) = (device.Geometry.Length, device.Geometry.Width);
        double squares = context.Perturbed ? width / length : length / width;
        double conductance = ElementaryCharge * device.Wo3.ElectronMobility * device.Wo3.RestComposition * device.Wo3.SiteDensity
            * device.Wo3.Thickness / squares;
        return new(
            new Check("base resistance", "Mohm", 1e-6 / conductance, 88, Band.Relative(1e-9)),
            new Check("base conductance", "nS", conductance * 1e9, 11.4, Band.Absolute(0.05)),
            new Check("electron mobility", "cm^2/(V s)", device.Wo3.ElectronMobility * 1e4, Band.Shown));
    }
}
