using System.Diagnostics;
using FvSolver.Solver.Observe;
using Spectre.Console;

namespace FvSolver.Cases.Runs;

/// <summary>Shows how far a run is: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal static class RunProgress
{
    private const double LineInterval = 5;

    public static T Watch<T>(IAnsiConsole console, TextWriter text, CaseRun run, Func<Action<CaseRun>?, T> body)
    {
        var clock = Stopwatch.StartNew();
        int first = run.Pulses;
        double last = 0;
        if (!console.Profile.Capabilities.Interactive)
        {
            return body(r =>
            {
                double now = clock.Elapsed.TotalSeconds;
                if (now - last < LineInterval)
                    return;
                last = now;
                text.WriteLine(Describe(r, first, now));
                text.Flush();
            });
        }
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting", maxValue: Math.Max(1, run.PulsesAtMost));
                return body(r =>
                {
                    double now = clock.Elapsed.TotalSeconds;
                    if (now - last < 0.1)
                        return;
                    last = now;
                    task.Value = r.Pulses;
                    task.Description = $"pulse {r.Pulses}, {r.Recorder.Readout.Conductance * 1e9:g4} nS";
                });
            });
    }

    private static string Describe(CaseRun run, int first, double seconds)
    {
        int done = run.Pulses - first;
        string left = done > 0 ? $", about {seconds / done * (run.PulsesAtMost - run.Pulses):f0} s left" : "";
        return $"pulse {run.Pulses} of at most {run.PulsesAtMost}, {run.Recorder.Readout.Conductance * 1e9:g4} nS{left}";
    }
}
