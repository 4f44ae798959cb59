using FvSolver.Validation.Checks;
using Spectre.Console;

namespace FvSolver.Validation.Running;

/// <summary>Shows how far the suite is: a bar on a terminal, one line a case elsewhere.</summary>
internal static class Progress
{
    /// <summary>Runs the work with a function to call as each case ends.</summary>
    public static IReadOnlyList<CaseResult> Follow(IAnsiConsole console, int count,
        Func<Action<CaseResult>, IReadOnlyList<CaseResult>> work)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            int done = 0;
            return work(r => console.Profile.Out.Writer.WriteLine(
                $"[{++done}/{count}] {Word(r)} {r.Case.Id} {Numbers.Seconds(r.Run.Seconds)}"));
        }
        return console.Progress().AutoClear(true).Start(progress =>
        {
            ProgressTask bar = progress.AddTask("validation", maxValue: count);
            return work(r =>
            {
                if (!r.Passed)
                    console.MarkupLineInterpolated($"[red]{Word(r)}[/] {r.Case.Id}");
                bar.Description = Markup.Escape(r.Case.Id);
                bar.Increment(1);
            });
        });
    }

    private static string Word(CaseResult result) => result.Passed ? "pass" : "FAIL";
}
