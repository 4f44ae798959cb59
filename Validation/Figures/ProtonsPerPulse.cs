using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Current, energy and protons of a pulse by scaling the large device's current with area.</summary>
public sealed class ProtonsPerPulse : ValidationCase
{
    public override string Id => "figures.protons-per-pulse";

    public override string Title => "15 aJ is 9.4 protons over 10 V, by the paper's own scaling";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "J = I/A\nN = J A t/q\nE = J A t V";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022): 30 nA on 750 nm x 1000 nm at 10 V, about 15 aJ for 5 ns on 50 nm x 150 nm";

    public override Control Control { get; } = new("the current of the large device is not scaled to the area of the small one");

    public override ValidationOutcome Run(RunContext context)
    {
        double density = 30e-9 / (750e-9 * 1000e-9);
        double area = context.Perturbed ? 750e-9 * 1000e-9 : new DeviceGeometry().Area;
        double charge = density * area * 5e-9;
        return new(
            new Check("current density", "A/m^2", density, 4.0e4, Band.Relative(1e-9)),
            new Check("current of the small device", "nA", density * area * 1e9, 0.3, Band.Relative(1e-9)),
            new Check("protons a pulse", "1", charge / ElementaryCharge, 9.4, Band.Absolute(0.05)),
            new Check("energy a pulse", "aJ", charge * 10 * 1e18, 15, Band.Relative(1e-9)));
    }
}
