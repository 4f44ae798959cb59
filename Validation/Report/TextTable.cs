using FvSolver.Validation.Checks;
using FvSolver.Validation.Running;

namespace FvSolver.Validation.Report;

/// <summary>The results as an aligned table for a terminal or a log.</summary>
internal static class TextTable
{
    private static readonly string[] s_heads = ["", "case", "quantity", "computed", "expected", "error", "band", "time"];

    /// <summary>One line a number, with a first line of headings; a case without an answer gets its error.</summary>
    public static IEnumerable<(bool? Passed, string Text)> Lines(IReadOnlyList<CaseResult> results)
    {
        (bool? Passed, string[] Cells)[] rows = [(null, s_heads), .. results.SelectMany(Rows)];
        // The last two columns may hold an error message: they do not set the width of the others.
        int[] widths = [.. s_heads.Select((_, i) => rows.Max(r => r.Cells.Length > i ? r.Cells[i].Length : 0))];
        return rows.Select(r => (r.Passed, string.Join("  ",
            r.Cells.Select((c, i) => i is >= 3 and <= 5 ? c.PadLeft(widths[i]) : c.PadRight(widths[i]))).TrimEnd()));
    }

    private static IEnumerable<(bool?, string[])> Rows(CaseResult result)
    {
        if (result.Run.Outcome is not { } outcome)
        {
            yield return (false, ["FAIL", result.Case.Id, result.Run.Error ?? ""]);
            yield break;
        }
        foreach (Check c in outcome.Checks)
            yield return (c.Band.Judged ? c.Passed : null,
            [
                c.Band.Judged ? c.Passed ? "pass" : "FAIL" : "",
                result.Case.Id,
                c.Unit == "1" ? c.Quantity : $"{c.Quantity} [{c.Unit}]",
                Numbers.Text(c.Computed),
                Numbers.Text(c.Expected),
                c.Band.ErrorText(c.Computed, c.Expected),
                c.Band.ToString(),
                Numbers.Seconds(result.Run.Seconds),
            ]);
        if (result.MistakeCaught is { } caught)
            yield return (caught, [caught ? "pass" : "FAIL", result.Case.Id,
                $"{(caught ? "caught" : "NOT caught")}: {result.Case.Control.Mistake}"
                    + (result.ControlRun!.Error is { } e ? $" ({e})" : "")]);
    }
}
