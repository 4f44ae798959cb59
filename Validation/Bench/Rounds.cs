using System.Diagnostics;

namespace FvSolver.Validation.Bench;

/// <summary>Runs variants in turn, A B A B ..., so that a drift of the machine's speed meets all of them alike.</summary>
public static class Rounds
{
    /// <summary>Times of each variant.</summary>
    /// <param name="count">Rounds.</param>
    /// <param name="cancel">Ends the work between two runs.</param>
    /// <param name="variants">What to time; each says itself how long it took.</param>
    public static Timing[][] Run(int count, CancellationToken cancel, params Func<Timing>[] variants)
    {
        var times = new Timing[variants.Length][];
        for (int v = 0; v < variants.Length; v++)
            times[v] = new Timing[count];
        for (int round = 0; round < count; round++)
            for (int v = 0; v < variants.Length; v++)
            {
                cancel.ThrowIfCancellationRequested();
                times[v][round] = variants[v]();
            }
        return times;
    }

    /// <summary>Times an action by the clock and by the processor time of this process.</summary>
    public static Timing Time(Action action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}

/// <summary>Time of one run.</summary>
/// <param name="Seconds">By the clock [s].</param>
/// <param name="ProcessorSeconds">Processor time [s]; not a number for another program.</param>
public readonly record struct Timing(double Seconds, double ProcessorSeconds);
