using FvSolver.Cases.Compact.Model;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Compact;

/// <summary>Conductance over a staircase of equal pulses up, and of equal pulses down until it is
/// back: what array simulators need.</summary>
public sealed record UpdateCurve
{
    /// <summary>Conductance before the first and after each pulse up, strictly rising [S].</summary>
    public required IReadOnlyList<double> Up { get; init; }

    /// <summary>Conductance before the first and after each pulse down, strictly falling from the last of
    /// <see cref="Up"/> to its first, to the bit [S].</summary>
    public required IReadOnlyList<double> Down { get; init; }

    /// <summary>Amplitude of the pulses up [V].</summary>
    public required double UpAmplitude { get; init; }

    /// <summary>Amplitude of the pulses down [V].</summary>
    public required double DownAmplitude { get; init; }

    /// <summary>Width of all pulses [s].</summary>
    public required double Width { get; init; }

    /// <summary>Mean number of protons that a pulse moves.</summary>
    public required double ProtonsPerPulse { get; init; }

    /// <summary>Lowest conductance [S].</summary>
    public double Min => Up[0];

    /// <summary>Highest conductance [S].</summary>
    public double Max => Up[^1];

    /// <summary>A curve from readings; the way down is cut where it is back at the start, its last value set to the start.</summary>
    /// <exception cref="ArgumentException">The readings do not rise, do not fall, or do not come back.</exception>
    public static UpdateCurve Of(
        IReadOnlyList<double> up, IReadOnlyList<double> down, double upAmplitude, double downAmplitude, double width,
        double protonsPerPulse)
    {
        for (int i = 1; i < up.Count; i++)
            if (!(up[i] > up[i - 1]))
                throw new ArgumentException($"Pulse {i} up does not raise the conductance: {up[i - 1]:g6} to {up[i]:g6} S.");
        var back = new List<double> { up[^1] };
        foreach (double g in down)
        {
            if (!(g < back[^1]))
                throw new ArgumentException($"Pulse {back.Count} down does not lower the conductance: {back[^1]:g6} to {g:g6} S.");
            if (g <= up[0])
                break;
            back.Add(g);
        }
        double step = back.Count > 1 ? back[^2] - back[^1] : 0;
        if (back[^1] - up[0] > 2 * step)
            throw new ArgumentException(
                $"The pulses down end at {back[^1]:g6} S, above the start of {up[0]:g6} S: more of them are needed.");
        // The last step is the shorter one left; a sliver of one is added to the step before it.
        if (back[^1] - up[0] < 0.5 * step && back.Count > 2)
            back[^1] = up[0];
        else
            back.Add(up[0]);
        return new UpdateCurve
        {
            Up = up,
            Down = back,
            UpAmplitude = upAmplitude,
            DownAmplitude = downAmplitude,
            Width = width,
            ProtonsPerPulse = protonsPerPulse,
        };
    }

    /// <summary>The curve of a compact model from rest.</summary>
    /// <param name="table">Model.</param>
    /// <param name="upAmplitude">Amplitude up [V].</param>
    /// <param name="downAmplitude">Amplitude down [V].</param>
    /// <param name="width">Width [s].</param>
    /// <param name="count">Pulses up.</param>
    /// <param name="rest">Rest after each pulse [s].</param>
    public static UpdateCurve Of(CompactParameterTable table, double upAmplitude, double downAmplitude, double width, int count,
        double rest = 1)
    {
        var run = new CompactRun(new CompactModel(table.Values()), table.Geometry, 1e-5);
        PulseTrain Train(double amplitude, int pulses) => new() { Amplitudes = [amplitude], Widths = [width], Count = pulses, Rest = rest };
        double start = run.Conductance;
        IReadOnlyList<CompactPulse> up = run.Run([Train(upAmplitude, count)]);
        IReadOnlyList<CompactPulse> down = run.Run(
            [Train(downAmplitude, 2 * count) with { Until = new(StopQuantity.Conductance, start, Above: false) }]);
        return Of([start, .. up.Select(p => p.Conductance)], [.. down.Select(p => p.Conductance)], upAmplitude, downAmplitude, width,
            up.Concat(down).Average(p => Math.Abs(p.Protons)));
    }

    /// <summary>Step up at a conductance [S], by linear interpolation of the steps over their middles.</summary>
    public double StepUp(double conductance) => Step(Up, conductance);

    /// <summary>Step down at a conductance, positive [S].</summary>
    public double StepDown(double conductance) => Step([.. Down.Reverse()], conductance);

    private static double Step(IReadOnlyList<double> rising, double at)
    {
        double Middle(int i) => (rising[i] + rising[i + 1]) / 2;
        int last = rising.Count - 2, k = 0;
        while (k < last - 1 && Middle(k + 1) < at)
            k++;
        if (last == 0)
            return rising[1] - rising[0];
        double share = Math.Clamp((at - Middle(k)) / (Middle(k + 1) - Middle(k)), -1, 2);
        return (1 - share) * (rising[k + 1] - rising[k]) + share * (rising[k + 2] - rising[k + 1]);
    }
}
