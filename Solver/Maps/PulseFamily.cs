using System.Globalization;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Maps;

/// <summary>Pulses that one map serves: equal edges, hold and rest, amplitudes on one side of rest, widths within an interval.</summary>
/// <param name="LeastAmplitude">Smallest amplitude [V].</param>
/// <param name="MostAmplitude">Largest amplitude [V].</param>
/// <param name="LeastWidth">Shortest width [s].</param>
/// <param name="MostWidth">Longest width [s].</param>
/// <param name="Edge">Rise and fall time [s].</param>
/// <param name="Hold">Time at the base before the gate opens [s]; null takes the device's.</param>
/// <param name="Rest">Time with the gate open after the pulse [s].</param>
public sealed record PulseFamily(
    double LeastAmplitude, double MostAmplitude, double LeastWidth, double MostWidth, double Edge, double? Hold, double Rest)
{
    /// <summary>Amplitudes closer than this to the rest voltage are left to direct pulses [V]: a step
    /// that may vanish has no logarithm.</summary>
    public const double LeastDrive = 1;

    /// <summary>Most variables beside the content.</summary>
    public const int MostVariables = 2;

    // More different values than this are an interval, fewer each a map of their own.
    private const int FewValues = 2;

    /// <summary>True when amplitudes differ.</summary>
    public bool HasAmplitudes => MostAmplitude > LeastAmplitude;

    /// <summary>True when widths differ.</summary>
    public bool HasWidths => MostWidth > LeastWidth;

    /// <summary>Variables beside the content.</summary>
    public int Variables => (HasAmplitudes ? 1 : 0) + (HasWidths ? 1 : 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Range(LeastAmplitude, MostAmplitude, 1)} V, {Range(LeastWidth, MostWidth, 1e9)} ns, rest {Rest:g4} s");

    private static string Range(double low, double high, double factor) => high > low
        ? string.Create(CultureInfo.InvariantCulture, $"{low * factor:g4} to {high * factor:g4}")
        : (low * factor).ToString("g4", CultureInfo.InvariantCulture);

    /// <summary>True when a pulse is one of them.</summary>
    public bool Has(double amplitude, double width) =>
        amplitude >= LeastAmplitude && amplitude <= MostAmplitude && width >= LeastWidth && width <= MostWidth;

    /// <summary>The variables of a pulse in [-1, 1]: amplitude, then the logarithm of the width.</summary>
    public void Place(double amplitude, double width, Span<double> variables)
    {
        int next = 0;
        if (HasAmplitudes)
            variables[next++] = (2 * amplitude - LeastAmplitude - MostAmplitude) / (MostAmplitude - LeastAmplitude);
        if (HasWidths)
            variables[next] = 2 * Math.Log(width / LeastWidth) / Math.Log(MostWidth / LeastWidth) - 1;
    }

    /// <summary>Amplitude and width at variables in [-1, 1].</summary>
    public (double Amplitude, double Width) At(ReadOnlySpan<double> variables)
    {
        int next = 0;
        double amplitude = HasAmplitudes
            ? 0.5 * (LeastAmplitude + MostAmplitude) + 0.5 * (MostAmplitude - LeastAmplitude) * variables[next++]
            : LeastAmplitude;
        double width = HasWidths ? LeastWidth * Math.Pow(MostWidth / LeastWidth, 0.5 * (variables[next] + 1)) : LeastWidth;
        return (Math.Clamp(amplitude, LeastAmplitude, MostAmplitude), Math.Clamp(width, LeastWidth, MostWidth));
    }

    /// <summary>The pulse as a train of one.</summary>
    public PulseTrain Train(double amplitude, double width) =>
        new() { Amplitudes = [amplitude], Widths = [width], Edge = Edge, Hold = Hold, Count = 1, Rest = Rest };

    /// <summary>The families of a protocol's trains, each with its number of pulses at most.</summary>
    /// <param name="steps">The protocol.</param>
    /// <param name="restVoltage">Rest voltage of the gate [V].</param>
    /// <param name="edge">Edge time of the device [s].</param>
    public static IReadOnlyList<PulseFamily> Of(IReadOnlyList<ProtocolStep> steps, double restVoltage, double edge)
    {
        var families = new List<PulseFamily>();
        foreach (var group in Trains(steps).GroupBy(t => (Edge: t.Edge ?? edge, t.Hold, Pause: t.Rest)))
            foreach (bool up in new[] { true, false })
            {
                var pulses = group.SelectMany(Pulses).Distinct()
                    .Where(p => up ? p.Amplitude >= restVoltage + LeastDrive : p.Amplitude <= restVoltage - LeastDrive).ToList();
                if (pulses.Count == 0)
                    continue;
                double[] amplitudes = [.. pulses.Select(p => p.Amplitude).Distinct().Order()],
                    widths = [.. pulses.Select(p => p.Width).Distinct().Order()];
                PulseFamily Within(double a, double b, double c, double d) =>
                    new(a, b, c, d, group.Key.Edge, group.Key.Hold, group.Key.Pause);
                if (pulses.Count <= FewValues)
                    families.AddRange(pulses.Select(p => Within(p.Amplitude, p.Amplitude, p.Width, p.Width)));
                else if (widths.Length <= FewValues)
                    families.AddRange(widths.Select(w => Within(
                        pulses.Where(p => p.Width == w).Min(p => p.Amplitude), pulses.Where(p => p.Width == w).Max(p => p.Amplitude), w,
                        w)));
                else
                    families.Add(Within(amplitudes[0], amplitudes[^1], widths[0], widths[^1]));
            }
        return families;
    }

    private static IEnumerable<PulseTrain> Trains(IReadOnlyList<ProtocolStep> steps) => steps.SelectMany(step => step switch
    {
        PulseTrain train => [train],
        Repeat repeat => Trains(repeat.Steps),
        _ => (IEnumerable<PulseTrain>)[],
    });

    private static IEnumerable<(double Amplitude, double Width)> Pulses(PulseTrain train)
    {
        // What repeats after both lists have come round has been seen.
        long period = Math.Min(train.Count, (long)train.Amplitudes.Count * train.Widths.Count);
        if (train.Amplitudes.Count == train.Widths.Count || train.Amplitudes.Count == 1 || train.Widths.Count == 1)
            period = Math.Min(train.Count, Math.Max(train.Amplitudes.Count, train.Widths.Count));
        for (int k = 0; k < period; k++)
            yield return train.PulseAt((int)k);
    }
}
