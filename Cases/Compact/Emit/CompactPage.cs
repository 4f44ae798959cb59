using System.Net;
using System.Text;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Plots;
using FvSolver.Materials;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes a page in HTML, one file with its pictures inside: validity, the fit beside the
/// readings, the parameters with their errors.</summary>
public static class CompactPage
{
    private const string Style = """
        :root{color-scheme:light dark;--fg:#1c2024;--bg:#fbfbf9;--soft:#5b6570;--rule:#d9dde1}
        @media(prefers-color-scheme:dark){:root{--fg:#e4e7ea;--bg:#14171a;--soft:#9aa5b0;--rule:#343b42}}
        body{margin:0 auto;padding:1rem;max-width:50rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
        h1{font-size:1.5rem;line-height:1.2}h2{font-size:1.2rem;margin-top:2rem}
        /* On a phone a figure scrolls, as tables do, so that its labels stay legible. */
        img{display:block;width:100%;min-width:36rem;height:auto;margin:.8rem 0;border-radius:.4rem}
        .wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
        th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
        th{color:var(--soft);font-weight:500}td:first-child{white-space:nowrap}
        td.t{white-space:normal;min-width:12rem}.soft{color:var(--soft)}
        """;

    /// <summary>The page.</summary>
    public static string Write(CompactIdentificationResult result)
    {
        CompactParameterTable table = result.Table;
        var text = new StringBuilder($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(table.Name)}: compact model</title><style>{Style}</style></head><body>
            <h1>Compact model: {Encode(table.Name)}</h1>

            """.ReplaceLineEndings("\n"));
        if (table.Validity is { } v)
        {
            Table(text, "Where it holds", ["quantity", "from", "to"],
                Range("amplitude down [V]", v.Down), Range("amplitude up [V]", v.Up), Range("width [s]", v.PulseWidth),
                Range("composition over rest", v.Composition),
                Range("temperature [K]", v.Temperature), Range("rest after a pulse [s]", v.Rest));
            text.Append($"<p>Worst fitted step within these: {Percent(v.WorstStep)} off.</p>\n<ul "
                + $"class=\"soft\">{string.Concat(v.Reasons.Select(r => $"<li>{Encode(r)}</li>"))}</ul>\n");
        }
        if (table.Checks.Count > 0)
            Table(text, "Trains that were not fitted", ["train", "worst step", "charge left at the end"],
                [.. table.Checks.Select(c => (string[])[c.Train, Percent(c.WorstStep) + " off",
                    Percent(c.ChargeReturn) + " of the way off"])]);
        foreach (string warning in table.Warnings)
            text.Append($"<p><b>Warning:</b> {Encode(warning)}</p>\n");
        text.Append("<h2>The fit beside the readings</h2>\n<p class=\"soft\">Points are read, lines are the model.</p>\n");
        foreach (FigureSpec figure in CompactFigures.Of(result))
        {
            byte[] png = FigureImage.Png(figure, new PictureSize(960, figure.Panels.Count > 1 ? 1100 : 640));
            text.Append($"<div class=\"wide\"><img alt=\"{Encode(figure.Title)}\" ")
                .Append($"src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"></div>\n");
        }
        Table(text, "Parameters", ["symbol", "value", "standard error", "unit", "kind", "meaning"],
            [.. table.Parameters.Select(p => (string[])[p.Symbol, NumberText.Short(p.Value),
                p.StandardError is { } e ? NumberText.Short(e, 2) : "", p.Unit, p.Kind.ToString().ToLowerInvariant(), p.Meaning])]);
        if (table.Scatter.Count > 0)
            Table(text, "Scatter of a step in the middle of the range", ["name", "value", "standard error", "unit", "kind", "meaning"],
                [.. table.Scatter.Select(s => (string[])[s.Name, NumberText.Short(s.Value, 4),
                    s.StandardError is { } e ? NumberText.Short(e, 2) : "",
                    s.Unit, s.Kind.ToString().ToLowerInvariant(), $"{s.Meaning}; {s.Origin}"])]);
        Table(text, "Experiments", ["experiment", "steps", "mean error", "worst error"],
            [.. result.Steps.GroupBy(s => s.Experiment).Select(g => (string[])
            [g.Key, $"{g.Count()}", Percent(g.Average(s => s.RelativeError)),
                Percent(g.MaxBy(s => Math.Abs(s.RelativeError))!.RelativeError)])]);
        return text.Append("</body></html>\n").ToString();
    }

    private static string[] Range(string name, CompactRange range) => [name, NumberText.Short(range.From), NumberText.Short(range.To)];

    private static void Table(StringBuilder text, string title, string[] head, params string[][] rows)
    {
        text.Append($"<h2>{Encode(title)}</h2>\n<div "
            + $"class=\"wide\"><table><tr>{string.Concat(head.Select(h => $"<th>{Encode(h)}</th>"))}</tr>\n");
        foreach (string[] row in rows)
            text.Append("<tr>")
                .AppendJoin("", row.Select(c => $"<td{(c.Length > 24 ? " class=\"t\"" : "")}>{Encode(c)}</td>"))
                .Append("</tr>\n");
        text.Append("</table></div>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(NumberText.Line(text));

    private static string Percent(double share) => NumberText.Short(100 * share, 3) + " %";
}
