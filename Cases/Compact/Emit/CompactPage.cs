using System.Text;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes a page in Markdown: the parameters with their errors, and the fit beside the readings.</summary>
public static class CompactPage
{
    /// <summary>The page.</summary>
    public static string Write(CompactIdentificationResult result)
    {
        CompactParameterTable table = result.Table;
        var text = new StringBuilder($"# Compact model: {NumberText.Line(table.Name)}\n\n");
        text.Append("| symbol | value | standard error | unit | kind | meaning |\n|---|---|---|---|---|---|\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"| {p.Symbol} | {NumberText.Short(p.Value)} | {(p.StandardError is { } e ? NumberText.Short(e, 2) : "")} | {p.Unit} | {p.Kind.ToString().ToLowerInvariant()} | {p.Meaning} |\n");
        if (table.Validity is { } v)
        {
            static string Range(CompactRange r, string unit) => $"{NumberText.Short(r.From)} to {NumberText.Short(r.To)}{unit}";
            text.Append($"\nValid for amplitudes of {Range(v.Amplitude, " V")}, widths of {Range(v.PulseWidth, " s")}, compositions of {Range(v.Composition, " times rest")}, temperatures of {Range(v.Temperature, " K")}, rests of {Range(v.Rest, " s")}.\n");
        }
        foreach (string warning in table.Warnings)
            text.Append($"\n**Warning:** {NumberText.Line(warning)}\n");
        text.Append("\n| experiment | steps | mean error | worst error |\n|---|---|---|---|\n");
        foreach (var group in result.Steps.GroupBy(s => s.Experiment))
            text.Append($"| {group.Key} | {group.Count()} | {Percent(group.Average(s => s.RelativeError))} | {Percent(group.MaxBy(s => Math.Abs(s.RelativeError))!.RelativeError)} |\n");
        text.Append("\n| experiment | pulse | step read [S] | step of the model [S] | error |\n|---|---|---|---|---|\n");
        foreach (CompactStep s in result.Steps)
            text.Append($"| {s.Experiment} | {s.Pulse + 1} | {NumberText.Short(s.Read, 5)} | {NumberText.Short(s.Predicted, 5)} | {Percent(s.RelativeError)} |\n");
        return text.ToString();
    }

    private static string Percent(double share) => NumberText.Short(100 * share, 3) + " %";
}
