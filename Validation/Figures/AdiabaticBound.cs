using FvSolver.Materials;
using FvSolver.Validation.Checks;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Figures;

/// <summary>Upper bound of the temperature rise of a pulse.</summary>
public sealed class AdiabaticBound : ValidationCase
{
    public override string Id => "figures.adiabatic-bound";

    public override string Title => "All of C V² in the films, with no heat lost, is 3.5 to 21 K";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "T - T_amb = C V^2 / ( A sum rho c d )";

    public override string Source => "energy balance without losses; shown beside the paper's 2 K as a bound, which a pulse does not reach";

    public override Control Control { get; } = new("the energy is counted twice, charging and discharging");

    public override ValidationOutcome Run(RunContext context)
    {
        var device = new Device();
        double energy = VacuumPermittivity * device.Psg.RelativePermittivity / device.Psg.Thickness * 100 * (context.Perturbed ? 2 : 1);
        double psg = device.Psg.HeatCapacity * device.Psg.Thickness;
        double stack = psg + device.Wo3.HeatCapacity * device.Wo3.Thickness + device.Pd.HeatCapacity * device.Pd.Thickness;
        return new(
            new Check("rise, heat in all films", "K", energy / stack, 3.5, Band.Absolute(0.1)),
            new Check("rise, heat in PSG alone", "K", energy / psg, 21, Band.Absolute(0.5)));
    }
}
