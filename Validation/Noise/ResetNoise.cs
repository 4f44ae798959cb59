using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Noise;

/// <summary>Scatter that remains on the metal when the gate opens.</summary>
public sealed class ResetNoise : ValidationCase
{
    public override string Id => "noise.reset";

    public override string Title => "Opening the gate freezes kT C of the whole film, to which the pulse's own scatter adds";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation => "Var(X) = kT C/q^2, C = eps A/d";

    public override string Source => "equipartition at fixed protons: no double layer can follow the electrons";

    public override Control Control { get; } = new("the compact layer at the gate is taken for C");

    public override ValidationOutcome Run(RunContext context)
    {
        int pulses = context.Quick ? 5000 : 20_000;
        NoiseStatistics hold = Pulses.Run(context, Pulses.Point(double.NaN, hold: 10e-9), pulses);
        NoiseStatistics pulse = Pulses.Run(context, Pulses.Point(10, hold: 10e-9), pulses);
        double volts = context.Perturbed ? hold.Film.VoltagePerCharge[0] : hold.Film.TotalVoltagePerCharge;
        double theory = Constants.ThermalVoltage(300) / volts;
        return new(
            new Check("variance after a hold of 10 ns", "1", hold.Step.Variance, theory, Band.Relative(0.05)),
            new Check("variance after a pulse of 10 V and the hold", "1", pulse.Step.Variance, theory + pulse.RamoFano * pulse.Pulse.Mean,
                Band.Relative(0.05)),
            new Check("mean charge of the hold", "1", hold.Step.Mean, 0, Band.Absolute(3 * hold.Step.MeanError)));
    }
}
