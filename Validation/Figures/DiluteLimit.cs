using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Figures;

/// <summary>The paper's own activation energy needs a film that is almost empty of protons.</summary>
public sealed class DiluteLimit : ValidationCase
{
    public override string Id => "figures.dilute-limit";

    public override string Title => "0.38 eV and 30 nA together mean less than one mobile proton in the film";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "J = 2 q a nu exp(-E_a/kT) c_fix sinh( q a (V - V_rest) / (2 kT d) )";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022): E_a 0.38 eV, a 5.6 angstrom, 30 nA over 750 nm x 1000 nm at 10 V";

    public override Control Control { get; } = new("0.38 eV is combined with 1e25 m^-3");

    public override ValidationOutcome Run(RunContext context)
    {
        double density = context.Perturbed ? 1e25 : 4.8e21;
        Device device = ReferenceSets.Frozen;
        Electrolyte psg = device.Psg with { HopDistance = 5.6e-10, FixedChargeDensity = density, BulkCurrentDensity = 4e4 };
        return new(
            new Check("E_a from the current density", "eV", CalibrationRules.HopActivationEnergy(device with { Psg = psg }), 0.38,
                Band.Absolute(2e-3)),
            new Check("mobile protons in the film", "1", density * device.Geometry.Area * psg.Thickness, Band.AtMost(1)));
    }
}
