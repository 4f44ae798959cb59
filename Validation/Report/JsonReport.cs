using FvSolver.Cases.Output;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Running;

namespace FvSolver.Validation.Report;

/// <summary>The results for programs: <c>validation.json</c>.</summary>
internal static class JsonReport
{
    /// <summary>The text of the file.</summary>
    public static string Write(IReadOnlyList<CaseResult> results, RunInfo info) => JsonText.Write(new
    {
        Program = OutputFile.Mark,
        info.Version,
        info.Started,
        info.Seconds,
        info.Selection,
        Passed = results.All(r => r.Passed),
        CasesPassed = results.Count(r => r.Run.Passed),
        Cases = results.Select(r => new
        {
            r.Case.Id,
            r.Case.Title,
            Group = r.Case.Group.ToString().ToLowerInvariant(),
            r.Case.Quick,
            r.Case.Equation,
            r.Case.Source,
            r.Run.Passed,
            r.Run.Seconds,
            r.Run.Error,
            Checks = Checks(r.Run),
            Notes = r.Run.Outcome?.Notes,
            Control = new { r.Case.Control.Mistake, Caught = r.MistakeCaught, r.ControlRun?.Error, Checks = Checks(r.ControlRun) },
        }),
    });

    private static object? Checks(ValidationRun? run) => run?.Outcome?.Checks.Select(c => new
    {
        c.Quantity,
        c.Unit,
        c.Computed,
        c.Expected,
        Error = c.Band.Error(c.Computed, c.Expected),
        Band = c.Band.ToString(),
        c.Band.Judged,
        c.Passed,
    });
}
