using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>The samples of fields that a picture shows, and the words for their times.</summary>
internal static class SampleTimes
{
    private const int Most = 7;

    /// <summary>At most seven samples at different times, the first and the last among them.</summary>
    public static int[] Choose(double[] times)
    {
        int[] all = [.. Enumerable.Range(0, times.Length).Where(i => i == 0 || times[i] > times[i - 1])];
        return all.Length <= Most ? all : [.. Enumerable.Range(0, Most).Select(k => all[k * (all.Length - 1) / (Most - 1)])];
    }

    /// <summary>The time since the start of the pulse that it is in, or of the run before the first.</summary>
    public static string Words(Result result, int sample)
    {
        double time = result.Record.Profiles.Times[sample];
        Table pulses = result.Record.Pulses;
        if (!pulses.Has("start") || time <= pulses["start"][0])
            return $"at {Typography.Quantity(time, "s")}";
        int pulse = pulses["start"].Count(s => s < time);
        string since = Typography.Quantity(time - pulses["start"][pulse - 1], "s");
        return pulses.Count == 1 ? $"{since} from the pulse" : $"pulse {pulses.PulseNumber(pulse - 1):0} + {since}";
    }
}
