using FvSolver.Solver.Settings;
using MathNet.Numerics.Statistics;

namespace FvSolver.Validation.Bench;

/// <summary>What a workload took, in one of its variants.</summary>
public sealed record Measurement
{
    /// <summary>Id of the workload.</summary>
    public required string Workload { get; init; }

    /// <summary>What distinguishes this from other measurements of the workload.</summary>
    public required string Variant { get; init; }

    /// <summary>Seconds of each round by the clock.</summary>
    public required double[] RoundSeconds { get; init; }

    /// <summary>Median of the rounds [s].</summary>
    public double Seconds => Median(RoundSeconds);

    /// <summary>Fastest round [s].</summary>
    public double FastestSeconds => RoundSeconds.Min();

    /// <summary>Least processor time of a round [s]; null for other programs.</summary>
    public double? ProcessorSeconds { get; init; }

    /// <summary>Pulses with their rests in one round; 0 where there are none.</summary>
    public long Pulses { get; init; }

    /// <summary>Milliseconds a pulse and device: of the median round.</summary>
    public double? MillisecondsPerPulse => Pulses > 0 ? 1e3 * Seconds / Pulses : null;

    /// <summary>Unknowns of the system.</summary>
    public int? Unknowns { get; init; }

    /// <summary>Accepted steps in one round.</summary>
    public long? Steps { get; init; }

    /// <summary>Rejected steps in one round.</summary>
    public long? Rejections { get; init; }

    /// <summary>Factorisations in one round.</summary>
    public long? Factorisations { get; init; }

    /// <summary>Where the time went, or null.</summary>
    public TimeShares? Shares { get; init; }

    /// <summary>Time integration method.</summary>
    public string? Method { get; init; }

    /// <summary>Relative tolerance.</summary>
    public double? RelativeTolerance { get; init; }

    /// <summary>Largest relative error of the hydrogen that a pulse brings into the channel, against a converged run.</summary>
    public double? ErrorMax { get; init; }

    /// <summary>Median of these errors.</summary>
    public double? ErrorMedian { get; init; }

    /// <summary>Bytes allocated on the managed heap per accepted step.</summary>
    public double? BytesPerStep { get; init; }

    /// <summary>Name of the linear solver.</summary>
    public string? LinearSolver { get; init; }

    /// <summary>Time of this over the time of what the note names; null where there is nothing to compare with.</summary>
    public double? Ratio { get; init; }

    /// <summary>What the ratio or the error refers to, and what else must be known.</summary>
    public string? Note { get; init; }

    /// <summary>Median of numbers.</summary>
    public static double Median(IEnumerable<double> values) => Statistics.Median(values);

    /// <summary>Measurements of variants of one work, with the time of each over that of the first.</summary>
    /// <param name="workload">Id of the workload.</param>
    /// <param name="variants">Names of the variants.</param>
    /// <param name="times">Rounds of each.</param>
    /// <param name="pulses">Pulses in one round.</param>
    /// <param name="settings">Settings of the devices.</param>
    /// <param name="note">What a ratio means, in words.</param>
    public static IEnumerable<Measurement> Against(
        string workload, IReadOnlyList<string> variants, Timing[][] times, long pulses, SolverSettings settings, Func<double, string> note)
    {
        for (int v = 0; v < variants.Count; v++)
        {
            double[] seconds = [.. times[v].Select(t => t.Seconds)];
            // Round by round: runs that stand side by side suffer alike from what else the machine does.
            double ratio = Median(times[v].Zip(times[0], (t, first) => t.Seconds / first.Seconds));
            yield return new()
            {
                Workload = workload,
                Variant = variants[v],
                RoundSeconds = seconds,
                ProcessorSeconds = times[v].Min(t => t.ProcessorSeconds),
                Pulses = pulses,
                Method = settings.Method.ToString(),
                RelativeTolerance = settings.RelativeTolerance,
                Ratio = v == 0 ? null : ratio,
                Note = v == 0 ? null : note(ratio),
            };
        }
    }
}
