using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Electrons that the gate's field asks for, and those that the film has.</summary>
public sealed class GateImageCharge : ValidationCase
{
    public override string Id => "figures.gate-image-charge";

    public override string Title => "At -8.5 V the field asks for three times the electrons that the film holds at rest";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "n = eps (V_rest - V)/(q d)\nn_film = y_ref C_max d_W";

    public override string Source => "Gauss' law; independent calculation: 2.0e17 and 6e16 m^-2";

    public override Control Control { get; } = new("the rest voltage is taken off with the wrong sign");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = ReferenceSets.Frozen;
        double drop = 8.5 + (context.Perturbed ? -1 : 1) * device.Gate.RestVoltage;
        double asked = VacuumPermittivity * device.Psg.RelativePermittivity * drop / (ElementaryCharge * device.Psg.Thickness);
        double held = device.Wo3.RestComposition * device.Wo3.SiteDensity * device.Wo3.Thickness;
        return new(
            new Check("electrons per area that the field asks for", "m^-2", asked, 2.0e17, Band.Relative(0.01)),
            new Check("electrons per area that the film holds", "m^-2", held, 6.1e16, Band.Relative(0.01)));
    }
}
