using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Hopping;

/// <summary>Apparent distance when the barrier does not fall linearly with the field.</summary>
public sealed class HopLaws : ValidationCase
{
    public override string Id => "mission.hop-laws";

    public override string Title => "A barrier that rounds off lowers the apparent hopping distance";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation =>
        "a_app = 2 kT/q d ln(rate)/dE; washboard: a (2/pi) [arccos s - s/((1 - s^2) m)], s = E/E_c, E_c = pi E_m/(q a), m = E_m/kT";

    public override string Source =>
        "Kramers escape over the barrier E_m [√(1-s^2) - s arccos s] with the prefactor √(1-s^2), at the mean field of the grid, 0.85 V/nm";

    public override Control Control { get; } = new("the barrier is 0.2 eV higher");

    public override ValidationOutcome Run(RunContext context)
    {
        double Apparent(HopLaw law) => SinglePulseFit.Measure(CalibrationRules.Resolve(new Device
        {
            Psg = new() { Thickness = 10e-9, HopLaw = law, MigrationBarrier = context.Perturbed ? 0.58 : 0.38 },
        }), cancel: context.Cancel).Distance * 1e10;
        Electrolyte psg = new();
        double s = 0.85e9 / (Math.PI * psg.MigrationBarrier / psg.HopDistance), m = psg.MigrationBarrier / Constants.ThermalVoltage(300);
        double sinh = Apparent(HopLaw.Sinh);
        return new(
            new Check("apparent distance, washboard over sinh, 10 nm", "1", Apparent(HopLaw.Washboard) / sinh,
                2 / Math.PI * (Math.Acos(s) - s / (1 - s * s) / m), Band.Relative(0.05)),
            new Check("apparent distance, saturating over sinh, 10 nm", "1", Apparent(HopLaw.Saturating) / sinh, Band.Shown),
            new Check("apparent distance, sinh, 10 nm", "Å", sinh, Band.Shown));
    }
}
