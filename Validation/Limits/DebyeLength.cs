using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Limits;

/// <summary>Debye length of PSG, and how few protons sit between the electrodes.</summary>
public sealed class DebyeLength : ValidationCase
{
    public override string Id => "limits.debye-length";

    public override string Title => "The protons of PSG screen within 0.14 nm, thin against the film";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "lambda = √(eps kT / (q^2 c_fix))";

    public override string Source => "Debye and Hückel for one mobile species over a fixed background";

    public override Control Control { get; } = new("both signs of charge are taken as mobile, a factor of √2");

    public override ValidationOutcome Run(RunContext context)
    {
        var psg = new Electrolyte();
        double species = context.Perturbed ? 2 : 1;
        double length = Math.Sqrt(Constants.VacuumPermittivity * psg.RelativePermittivity * Constants.ThermalVoltage(300)
            / (species * Constants.ElementaryCharge * psg.FixedChargeDensity));
        return new(
            new Check("Debye length", "nm", length * 1e9, 0.1386, Band.Relative(2e-3)),
            new Check("film over Debye length", "1", psg.Thickness / length, Band.Shown),
            new Check("protons in the film at rest", "1",
                psg.FixedChargeDensity * new DeviceGeometry().Area * psg.FilmThickness, Band.Shown));
    }
}
