using System.Net;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Validation.Report;
using FvSolver.Validation.Running;

namespace FvSolver.Validation.Claims;

/// <summary>The page of claims: what the paper says, row by row, and whether the model bears it out.</summary>
internal static class ClaimsPage
{
    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<Claim> claims, IReadOnlyList<CaseResult> results, RunInfo info) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{OutputFile.Mark}: claims of the paper</title><style>{HtmlReport.Style()}</style></head><body>
        <h1>Claims of the paper</h1>
        <p class="soft">Version {Encode(info.Version)}, {info.Started:yyyy-MM-dd HH:mm} UTC, {Encode(info.Selection)}</p>
        <p>Onen et al., Science 377, 539 (2022). Input: a parameter in other words. Calibrated: parameters were chosen so that it comes out.
        Follows: computed from parameters that were not chosen for it. {Count(claims, results)}</p>
        <table class="numbers"><thead>
        <tr><th>claim</th><th>paper</th><th>computed</th><th>kind</th><th>verdict</th><th>case</th><th>remark</th></tr></thead>
        <tbody>
        {string.Join('\n', claims.Select(c => Row(c, results)))}
        </tbody></table></body></html>
        """;

    private static string Row(Claim claim, IReadOnlyList<CaseResult> results)
    {
        string verdict = claim.Verdict(results), kind = claim.CaseId is null ? "" : ParameterNames.Choice(claim.Kind);
        string tone = verdict == "met" ? "good" : verdict is "not met" or "contradicted" ? "bad" : "";
        string link = claim.CaseId is { } id ? $"""<a href="validation.html#{Encode(id)}">{Encode(id)}</a>""" : "";
        return $"""
            <tr><td>{Encode(claim.Statement)}</td><td>{Encode(claim.Paper)}</td><td>{Encode(claim.Computed(results))}</td>
            <td>{kind}</td><td><span class="badge {tone}">{verdict}</span></td><td>{link}</td><td>{Encode(claim.Note)}</td></tr>
            """;
    }

    private static string Count(IReadOnlyList<Claim> claims, IReadOnlyList<CaseResult> results) =>
        string.Join(", ", claims.GroupBy(c => c.Verdict(results)).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}")) + ".";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
