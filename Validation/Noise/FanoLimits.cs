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
        Device frozen = ReferenceSets.Frozen;
        Device ten = frozen with { Psg = frozen.Psg with { Thickness = 10 * frozen.Psg.HopDistance } };
        // So dense that a charge that moves is answered by the field more than by the densities.
        Device five = frozen with { Psg = frozen.Psg with { Thickness = 5 * frozen.Psg.HopDistance, FixedChargeDensity = 4e26 } };
        foreach (bool isFixed in new[] { true, false })
        {
            string field = isFixed ? "fixed field" : "field of the charges";
            NoiseSettings On(double areaFactor) => new()
            {
                Ends = FilmEnds.Reservoirs,
                Options = new() { FixedField = isFixed },
                AreaFactor = areaFactor,
            };
            // A relative band and two standard errors of what was simulated.
            void Judge(string what, NoiseStatistics s, double theory, double band) => checks.Add(new($"Fano factor, {what}, {field}", "1",
                s.Pulse.Fano, theory, Band.Relative(band + 2 * s.Pulse.FanoError / theory)));

            foreach (double volts in new[] { 0.3, 3.0 })
            {
                double share = 0.1, theory = share / Math.Tanh(share * volts / (2 * Constants.ThermalVoltage(300)));
                Judge($"{volts} V over ten hops, 0.02 hops a proton", Hops(context, ten, volts, 0.02, On(isFixed ? 1 : 0.2), 20_000),
                    context.Perturbed ? 1 : theory, 0.04);
            }
            // One proton must hardly move the field: on a small area its charge alone, 0.7 kT/q over a hop, gives 0.21.
            NoiseStatistics many = Hops(context, five, 3, 20, On(isFixed ? 0.1 : 0.3), 10_000);
            const double links = 5, hops = 20;
            double whole = 1 - (links * links - 1) / (3 * links * hops);
            Judge("3 V over five hops, 20 hops a proton", many, isFixed || context.Perturbed ? whole : 1 / links, 0.1);
            if (isFixed)
                checks.Add(new("Fano factor, 3 V over five hops, 20 hops a proton, against whole charges", "1", many.Pulse.Fano, 1,
                    Band.Relative(0.1)));
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
