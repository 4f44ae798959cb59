using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Noise;

/// <summary>Fano factors of a film between ideal interfaces, where they are known.</summary>
public sealed class FanoLimits : ValidationCase
{
    public override string Id => "noise.fano";

    public override string Title =>
        "Short pulses scatter less than whole charges do, (a/d) coth(q a V/2kTd); long ones as whole charges, unless the field follows";

    public override CaseGroup Group => CaseGroup.Noise;

    public override string Equation =>
        "F = (a/d) coth(q a V/2kTd) for few hops a proton\nF = 1 - (N^2 - 1)/(3 N h) for h hops a proton over N links in a fixed field, "
            + "1/N where the field follows";

    public override string Source =>
        "independent hops seen through the electrodes (Ramo), protons that are on their way at either end counted in part; a chain of "
            + "equal junctions";

    public override bool Quick => false;

    public override Control Control { get; } = new("every proton counts as one: 1/sqrt(N)");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        Device device = ReferenceSets.Frozen;
        double hop = device.Psg.HopDistance, x = 0.1 / (2 * Constants.ThermalVoltage(300));
        // So dense that a charge that moves is answered by the field more than by the densities.
        Device thin = device with { Psg = device.Psg with { Thickness = 5 * hop, FixedChargeDensity = 4e26 } };
        device = device with { Psg = device.Psg with { Thickness = 10 * hop } };
        foreach (bool isFixed in new[] { true, false })
        {
            string field = isFixed ? "fixed field" : "field of the charges";
            var settings = new NoiseSettings
            {
                Ends = FilmEnds.Reservoirs,
                Options = new() { FixedField = isFixed },
                AreaFactor = isFixed ? 1 : 0.2,
            };
            foreach (double volts in new[] { 0.3, 3.0 })
            {
                double theory = 0.1 / Math.Tanh(x * volts);
                NoiseStatistics s = Hops(context, device, volts, 0.02, settings, context.Quick ? 2500 : 20_000);
                checks.Add(new($"Fano factor, {volts} V, 0.02 hops a proton, {field}", "1", s.Pulse.Fano, context.Perturbed ? 1 : theory,
                    Band.Relative(0.04 + 2 * s.Pulse.FanoError / theory)));
            }
            // One proton must hardly move the field: on a small area its charge alone, 0.7 kT/q over a hop, gives 0.21.
            NoiseStatistics many = Hops(
                context, thin, 3, 20, settings with { AreaFactor = isFixed ? 0.1 : 0.3 }, context.Quick ? 500 : 2500);
            checks.Add(new($"Fano factor, 3 V over five hops, 20 hops a proton, {field}", "1", many.Pulse.Fano,
                !isFixed ? context.Perturbed ? 1 : 0.2 : 1 - (5 * 5 - 1) / (3.0 * 5 * 20),
                Band.Relative(0.1 + 2 * many.Pulse.FanoError / many.Pulse.Fano)));
        }
        return new(checks);
    }

    /// <summary>A rectangular pulse in which a proton hops this often on average.</summary>
    private static NoiseStatistics Hops(RunContext context, Device device, double volts, double hops, NoiseSettings settings, int pulses)
    {
        double x = device.Psg.HopDistance * volts / device.Psg.Thickness / (2 * Constants.ThermalVoltage(300));
        double rate = 2 * HopRate.At(device.Psg, 300) * Math.Cosh(x), width = hops / rate;
        var point = new NoisePoint
        {
            Device = device,
            Amplitude = device.Gate.RestVoltage + volts,
            Width = width,
            Edge = width * 1e-4,
        };
        return Pulses.Run(context, point, pulses, settings);
    }
}
