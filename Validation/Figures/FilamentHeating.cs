using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>Heating of a filamentary device by spreading resistance.</summary>
public sealed class FilamentHeating : ValidationCase
{
    public override string Id => "figures.filament-heating";

    public override string Title => "A filament of 10 nm runs near 500 K at 10 µW; this device does not";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "T - T_amb = P/(4 k r)";

    public override string Source =>
        "isothermal disc on a half space: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 8.2; onen2022: Onen et al., "
            + "Science 377, 539 (2022): filaments reach about 500 K";

    public override Control Control { get; } = new("the resistance of a sphere in full space, 1/(4 pi k r)");

    public override ValidationOutcome Run(RunContext context)
    {
        const double Power = 10e-6, Radius = 10e-9;
        var heat = new HeatPath();
        double rise = Power / (4 * (context.Perturbed ? Math.PI : 1) * heat.OxideConductivity * Radius);
        // The proton current of this device at 10 V, through the oxide below its channel.
        double ours = 0.3e-9 * 10 * heat.OxideThickness / (heat.OxideConductivity * new DeviceGeometry().Area);
        return new(
            new Check("rise of the filament", "K", rise, 185, Band.Absolute(0.5)),
            new Check("temperature of the filament", "K", heat.AmbientTemperature + rise, 500, Band.Absolute(25)),
            new Check("steady rise of this device at 0.3 nA, 10 V", "K", ours, Band.AtMost(2)));
    }
}
