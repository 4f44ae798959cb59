using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Noise;

/// <summary>Pulses of the frozen first calibration, one proton at a time; the gate opens at the last instant of the edge.</summary>
internal static class Pulses
{
    /// <summary>A point of it.</summary>
    public static NoisePoint Point(double amplitude, double width = 5e-9, double temperature = 300, double content = 1, double hold = 0) =>
        new()
        {
            Device = ReferenceSets.Frozen with { Heat = ReferenceSets.Frozen.Heat with { AmbientTemperature = temperature } },
            Amplitude = amplitude,
            Width = width,
            Edge = ReferenceSets.Frozen.Gate.EdgeTime,
            Hold = hold,
            Content = content,
        };

    /// <summary>Simulates a point on one thread: the suite has others.</summary>
    public static NoiseStatistics Run(RunContext context, NoisePoint point, int pulses, NoiseSettings? settings = null) =>
        new NoiseRun([point], (settings ?? new()) with { Pulses = pulses, Workers = 1 }).Run(cancel: context.Cancel)[0];

    /// <summary>A mean held against another: a relative band and two standard errors.</summary>
    public static Check Mean(string quantity, SampleMoments sample, double expected, double band) =>
        new(quantity, "1", sample.Mean, expected, Band.Relative(band + 2 * sample.MeanError / Math.Abs(expected)));
}
