using System.Diagnostics;
using Spectre.Console;

namespace FvSolver.Cases.Studies;

/// <summary>Shows how far a study is: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal static class StudyWatch
{
    private const double LineInterval = 5;

    public static T Show<T>(IAnsiConsole console, TextWriter text, Func<Action<StudyProgress>, T> body)
    {
        var clock = Stopwatch.StartNew();
        double last = 0;
        long total = 0;
        if (!console.Profile.Capabilities.Interactive)
        {
            return body(progress =>
            {
                // The next stage of a study has a pace of its own.
                if (total != progress.Total && total != 0)
                {
                    clock.Restart();
                    last = 0;
                }
                total = progress.Total;
                double now = clock.Elapsed.TotalSeconds;
                if (now - last < LineInterval)
                    return;
                last = now;
                text.WriteLine($"{progress.What}: {progress.Done} of {progress.Total}{Left(progress, now)}");
                text.Flush();
            });
        }
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting");
                return body(progress =>
                {
                    task.MaxValue = Math.Max(1, progress.Total);
                    task.Value = progress.Done;
                    task.Description = Markup.Escape(progress.What);
                });
            });
    }

    private static string Left(StudyProgress progress, double seconds)
    {
        long done = progress.Done - progress.Before;
        return done > 0 ? $", about {seconds / done * (progress.Total - progress.Done):f0} s left" : "";
    }
}
