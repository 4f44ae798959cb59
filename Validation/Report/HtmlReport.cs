using System.Net;
using System.Reflection;
using System.Text;
using FvSolver.Cases.Plots;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Running;

namespace FvSolver.Validation.Report;

/// <summary>The report as one HTML page that needs nothing else: styles and figures are inside.</summary>
internal static class HtmlReport
{
    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<CaseResult> results, RunInfo info)
    {
        IGrouping<CaseGroup, CaseResult>[] groups = [.. results.GroupBy(r => r.Case.Group).OrderBy(g => g.Key)];
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Validation of FvSolver</title><style>{Style()}</style></head><body>
            <h1>Validation of FvSolver</h1>
            <p class="soft">Version {Encode(info.Version)},
            {info.Started:yyyy-MM-dd HH:mm} UTC, {Encode(info.Selection)}, {Numbers.Seconds(info.Seconds)}</p>
            {Verdict(results)}{Failures(results)}
            <p>Each case asks for a number that is known from elsewhere, says where it is known from, and names a mistake
            that must push the number out of its band. A suite that cannot fail shows nothing.</p>
            <table class="contents"><tbody>{string.Concat(groups.Select(Contents))}</tbody></table>
            {string.Concat(groups.Select(Section))}
            </body></html>
            """;
    }

    private static string Verdict(IReadOnlyList<CaseResult> results)
    {
        int passed = results.Count(r => r.Run.Passed), numbers = results.Sum(r => r.Run.Outcome?.Checks.Count(c => c.Band.Judged) ?? 0);
        int controls = results.Count(r => r.MistakeCaught != null), caught = results.Count(r => r.MistakeCaught == true);
        string mistakes = controls == 0 ? "mistakes not tried in this run" : $"{caught} of {controls} mistakes caught";
        return $"""
            <div class="verdict {Tone(results.All(r => r.Passed))}"><b>{passed} of {results.Count} cases pass</b>
            <span>{numbers} numbers judged, {mistakes}</span></div>
            """;
    }

    private static string Failures(IReadOnlyList<CaseResult> results) => string.Concat(results.Where(r => !r.Passed).Select(r =>
        $"""
        <p class="bad">{(r.Run.Passed ? "mistake not caught" : "fails")}: <a href="#{Encode(r.Case.Id)}">{Encode(r.Case.Title)}</a></p>
        """));

    private static string Contents(IGrouping<CaseGroup, CaseResult> group) =>
        $"""<tr><th colspan="2">{Name(group.Key)}</th></tr>""" + string.Concat(group.Select(r =>
            $"""<tr><td><a href="#{Encode(r.Case.Id)}">{Encode(r.Case.Title)}</a></td><td>{Badge(r.Run.Passed)}</td></tr>"""));

    private static string Section(IGrouping<CaseGroup, CaseResult> group) =>
        $"""<section><h2>{Name(group.Key)}</h2><p class="lead">{Lead(group.Key)}</p>{string.Concat(group.Select(Article))}</section>""";

    private static string Article(CaseResult result)
    {
        (ValidationCase item, ValidationRun run) = (result.Case, result.Run);
        var html = new StringBuilder();
        html.Append($"""
            <article id="{Encode(item.Id)}"><header><h3>{Encode(item.Title)}</h3>{Badge(run.Passed)}</header>
            <div class="id">{Encode(item.Id)} · {Numbers.Seconds(run.Seconds)}</div>
            """);
        html.Append($"""<div class="equation">{MathText.Equation(item.Equation)}</div>""");
        if (run.Error != null)
            html.Append($"""<p class="bad">{Encode(run.Error)}</p>""");
        if (run.Outcome is { } outcome)
        {
            html.Append("""
                <table class="numbers"><thead><tr><th>quantity</th><th class="n">computed</th><th class="n">expected</th>
                <th class="n">error</th><th class="n">band</th><th></th><th></th></tr></thead><tbody>
                """);
            html.AppendJoin("", outcome.Checks.Select(Row)).Append("</tbody></table>");
            html.AppendJoin("", outcome.Charts.Select(Picture));
            if (outcome.Notes.Count > 0)
                html.Append($"""<ul class="notes">{string.Concat(outcome.Notes.Select(n => $"<li>{MathText.Words(n)}</li>"))}</ul>""");
        }
        html.Append($"<dl><dt>source</dt><dd>{Encode(item.Source)}</dd><dt>fails "
            + $"when</dt><dd>{MathText.Words(item.Control.Mistake)}{Caught(result)}</dd></dl></article>");
        return html.ToString();
    }

    private static string Picture(Chart chart) =>
        $"""<figure><img alt="{Encode(chart.Title)}" src="data:image/svg+xml;base64,"""
            + Convert.ToBase64String(FigureImage.Svg(chart.ToFigure(), new(800, 540))) + "\"></figure>";

    private static string Row(Check check)
    {
        string unit = check.Unit == "1" ? "" : $""" <span class="soft">[{MathText.Words(check.Unit)}]</span>""";
        string badge = check.Band.Judged ? Badge(check.Passed) : "";
        return $"""
            <tr><td>{MathText.Words(check.Quantity)}{unit}</td>
            {Cell("computed", Numbers.Text(check.Computed))}{Cell("expected", Numbers.Text(check.Expected))}
            {Cell("error", check.Band.ErrorText(check.Computed, check.Expected))}{Cell("band", check.Band.ToString())}
            <td class="n">{Strip(check)}</td><td>{badge}</td></tr>
            """;
    }

    /// <summary>Where the number lies between the ends of its band.</summary>
    private static string Strip(Check check) => check.Band.Place(check.Computed, check.Expected) is { } place
        ? $"""<svg class="strip" viewBox="-40 -8 80 16" aria-hidden="true"><path class="frame" d="M-30 -5V5M30 -5V5M-30 0H30"/>"""
            + $"""<circle class="{(check.Passed ? "in" : "out")}" """
            + $"""cx="{Numbers.Coordinate(30 * Math.Clamp(place, -1.3, 1.3))}" r="4"/></svg>"""
        : "";

    private static string Cell(string label, string text) =>
        text.Length == 0 ? """<td class="n"></td>""" : $"""<td class="n" data-l="{label}">{Encode(text.Replace('-', '−'))}</td>""";

    private static string Caught(CaseResult result)
    {
        if (result.ControlRun is not { } run)
            return "";
        Check? worst = run.Outcome?.Checks.FirstOrDefault(c => !c.Passed);
        string what = worst is null
            ? run.Error is null ? "not caught" : $"no answer: {run.Error}"
            : $"caught: {worst.Quantity}: {Numbers.Text(worst.Computed)}{(worst.Unit == "1" ? "" : " " + worst.Unit)}";
        return $""" <span class="badge {Tone(result.MistakeCaught == true)}">{MathText.Words(what)}</span>""";
    }

    private static string Badge(bool passed) => $"""<span class="badge {Tone(passed)}">{(passed ? "pass" : "FAIL")}</span>""";

    private static string Tone(bool good) => good ? "good" : "bad";

    private static string Name(CaseGroup group) => group switch
    {
        CaseGroup.Mission => "The reduced law and its fit",
        CaseGroup.Limits => "Limits with known answers",
        CaseGroup.Verification => "Verification of the numerics",
        CaseGroup.Conservation => "Conservation",
        CaseGroup.Figures => "The paper's figures and arithmetic",
        CaseGroup.Noise => "One proton at a time",
        CaseGroup.Maps => "Pulse maps",
        _ => "The readable twin",
    };

    private static string Lead(CaseGroup group) => group switch
    {
        CaseGroup.Mission => "The two results that the solver exists for, with the conditions under which they hold.",
        CaseGroup.Limits => "Situations simple enough for the answer to be written down.",
        CaseGroup.Verification => "Are the equations solved right? Orders of convergence, and functions against references.",
        CaseGroup.Conservation => "What goes in is what is found, gate charge and energy included.",
        CaseGroup.Figures => "Numbers that the paper prints or implies, with the bands within which we ask for them.",
        CaseGroup.Maps => "Pulses as a function of the content before them: are they within the bounds that they come with?",
        CaseGroup.Noise => "Whole protons by kinetic Monte Carlo: does the continuum hold, and how much does a step scatter?",
        _ => "The same equations again in 200 plain lines, held against an independent solver and against ours.",
    };

    /// <summary>Style sheet of the pages.</summary>
    public static string Style()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
