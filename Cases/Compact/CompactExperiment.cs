using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Compact;

/// <summary>A protocol whose readings identify the compact model, run on a device at rest.</summary>
/// <param name="Name">Name.</param>
/// <param name="Protocol">Protocol; one reading a pulse.</param>
/// <param name="Temperature">Ambient temperature [K].</param>
public sealed record CompactExperiment(string Name, IReadOnlyList<ProtocolStep> Protocol, double Temperature)
{
    /// <summary>
    /// For long trains whose rests end in equilibrium: about this many pulses are predicted, each from the equilibrium at
    /// the conductance measured before it. 0 predicts the whole protocol from rest.
    /// </summary>
    public int Sampled { get; init; }

    /// <summary>Pulses at the start that only bring the channel to a composition: not fitted. Needs <see cref="Sampled"/>.</summary>
    public int Filling { get; init; }

    /// <summary>How much less well than others its steps need to be met: a factor on their sigma.</summary>
    public double Slack { get; init; } = 1;

    /// <summary>Steps smaller than this share of the largest single-pulse step count as that share in their sigma.</summary>
    public double Floor { get; init; } = 0.02;

    /// <summary>Pulse trains of the protocol, in order; repeats written out.</summary>
    internal IEnumerable<PulseTrain> Trains => Flatten(Protocol).OfType<PulseTrain>();

    private static IEnumerable<ProtocolStep> Flatten(IEnumerable<ProtocolStep> steps) => steps.SelectMany(s =>
        s is Repeat repeat ? Enumerable.Repeat(Flatten(repeat.Steps), repeat.Count).SelectMany(x => x) : [s]);

    /// <summary>
    /// The experiments that determine the model: single pulses over amplitude and width, the same on filled channels, a staircase
    /// up and down, trains with rests too short for equilibrium, and temperature.
    /// </summary>
    /// <param name="device">The device; the field goes up to 1.1 V/nm.</param>
    /// <param name="pulses">Pulses up and pulses down in the staircase.</param>
    public static IReadOnlyList<CompactExperiment> Default(Device device, int pulses = 1000)
    {
        double top = 1e9 * device.Psg.Thickness, rest = device.Gate.RestVoltage, ambient = device.Heat.AmbientTemperature;
        // Equal and opposite fields about the rest voltage.
        double down = 2 * rest - top;
        var list = new List<CompactExperiment>();
        foreach (double share in (double[])[0.7, 0.8, 0.9, 1, 1.1])
            foreach (double width in (double[])[3e-9, 8e-9, 20e-9])
            {
                // The corner of the grid moves as much as the coverage holds: it is met, but not at the cost of the rest.
                double slack = share > 1 && width > 10e-9 ? 3 : 1;
                list.Add(new($"up {share:0.0} {width:0e0}", [Train(rest + share * (top - rest), width, 1, 1)], ambient) { Slack = slack });
                list.Add(new($"down {share:0.0} {width:0e0}", [Train(rest + share * (down - rest), width, 1, 1)],
                    ambient)
                { Slack = slack });
            }
        list.Add(new("staircase", [Train(top, 5e-9, pulses, 1), Train(down, 5e-9, pulses, 1)], ambient) { Sampled = 40 });
        PulseTrain[] grid = [.. from share in (double[])[0.8, 0.9, 1, 1.1]
                                from width in share > 1 ? (double[])[5e-9] : [5e-9, 20e-9]
                                from end in (double[])[top, down]
                                select Train(rest + share * (end - rest), width, 1, 1)];
        foreach (int count in (int[])[20, 60, 170])
            list.Add(new($"filled {count}", [Train(top, 20e-9, count, 1), .. grid], ambient) { Filling = count, Sampled = grid.Length });
        // A film that has not relaxed is not in the model: these steps say how fast the charge moves on, not how much.
        list.Add(new("rest 1e-4", [Train(top, 10e-9, 4, 1e-4), Train(down, 10e-9, 4, 1e-4)], ambient) { Slack = 5, Floor = 1 });
        foreach (double wait in (double[])[1e-3, 3e-3, 1e-2])
            list.Add(new($"rest {wait:0e0}", [Train(top, 10e-9, 4, wait), Train(down, 10e-9, 4, wait)], ambient));
        foreach (double shift in (double[])[-20, 20, 40])
            list.Add(new($"temperature {shift:+0;-0} K", [Train(top, 5e-9, 1, 1), Train(down, 5e-9, 1, 1)], ambient + shift));
        return list;
    }

    /// <summary>
    /// Trains of other amplitudes, widths, counts and rests than any of <see cref="Default"/>, to try the model on: 9.5 and -8 V,
    /// 10.5 and -8.8 V, 9.7 and -8.2 V on the default device.
    /// </summary>
    public static IReadOnlyList<CompactExperiment> Unseen(Device device)
    {
        double top = 1e9 * device.Psg.Thickness, rest = device.Gate.RestVoltage;
        CompactExperiment Pair(double up, double down, double width, int count, double wait)
        {
            double high = rest + up * (top - rest), low = rest - down * (top - rest);
            return new(FormattableString.Invariant($"{count} x {high:0.0} V, {count} x {low:0.0} V, {1e9 * width:0} ns, rest {wait:g3} s"),
                [Train(high, width, count, wait), Train(low, width, count, wait)], device.Heat.AmbientTemperature);
        }
        return [Pair(0.946, 0.946, 4e-9, 20, 1e-3), Pair(1.054, 1.032, 12e-9, 20, 0.3), Pair(0.968, 0.968, 14e-9, 150, 0.03)];
    }

    private static PulseTrain Train(double amplitude, double width, int count, double rest) =>
        new() { Amplitudes = [amplitude], Widths = [width], Count = count, Rest = rest };
}

/// <summary>What is read after a pulse and its rest.</summary>
/// <param name="Conductance">Conductance [S].</param>
/// <param name="GateVoltage">Gate voltage [V]; NaN when it is not known.</param>
/// <param name="Protons">Protons that the gate gave in pulse and rest; NaN when it is not known.
/// Conductances alone give ratios of charges only.</param>
public sealed record CompactReading(double Conductance, double GateVoltage = double.NaN, double Protons = double.NaN)
{
    /// <summary>Readings from the table of pulses of a run.</summary>
    public static IReadOnlyList<CompactReading> FromPulses(Table pulses) =>
        [.. pulses["conductance_after"].Zip(pulses["gate_voltage"], pulses["protons_from_pd"])
            .Select(r => new CompactReading(r.First, r.Second, r.Third))];

    /// <summary>Readings as numbers, three each, to be kept.</summary>
    internal static double[] ToNumbers(IEnumerable<CompactReading> readings) =>
        [.. readings.SelectMany(r => (double[])[r.Conductance, r.GateVoltage, r.Protons])];

    /// <summary>Readings from these numbers.</summary>
    internal static IReadOnlyList<CompactReading> FromNumbers(double[] numbers) =>
        [.. numbers.Chunk(3).Select(r => new CompactReading(r[0], r[1], r[2]))];
}

/// <summary>Where readings come from: the solver, or a measurement. One reading a pulse.</summary>
public delegate IReadOnlyList<CompactReading> CompactSource(CompactExperiment experiment);
