using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Rule for E_a: the bulk law gives the calibrated current density at +10 V.</summary>
public sealed class BulkLaw : ValidationCase
{
    public override string Id => "figures.bulk-law";

    public override string Title => "The hop rate follows from the bulk current density by its rule";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "J = 2 q a Gamma_0 c_fix sinh( q a (V - V_rest) / (2 kT d) )\nGamma_0 = nu exp(-E_a/kT)";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), eq. 1 with the rest voltage taken off; expected values from an independent "
            + "calculation";

    public override Control Control { get; } = new("the whole 10 V is put over the film, without the rest voltage taken off");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = ReferenceSets.Frozen;
        Electrolyte psg = CalibrationRules.Resolve(device with
        {
            Psg = device.Psg with { ActivationEnergy = double.NaN },
            Gate = device.Gate with { RestVoltage = context.Perturbed ? 0 : device.Gate.RestVoltage },
        }).Psg;
        double rate = HopRate.At(psg, 300);
        double x = psg.HopDistance * (10 - device.Gate.RestVoltage) / (2 * ThermalVoltage(300) * 10e-9);
        return new(
            new Check("Gamma_0 at 300 K", "1/s", rate, 637.5328, Band.Relative(1e-6)),
            new Check("E_a", "eV", psg.ActivationEnergy, 0.6069, Band.Absolute(5e-5)),
            new Check("bulk law at +10 V over 10 nm", "A/m^2",
                2 * ElementaryCharge * psg.HopDistance * rate * psg.FixedChargeDensity * Math.Sinh(x), 6.5e4, Band.Relative(1e-9)));
    }
}
