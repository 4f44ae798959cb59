using System.Globalization;
using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>One line of a summary.</summary>
/// <param name="Section">Heading it belongs to.</param>
/// <param name="Name">What is stated.</param>
/// <param name="Value">Its value with unit.</param>
/// <param name="Remark">What it means; may be empty.</param>
public sealed record SummaryRow(string Section, string Name, string Value, string Remark = "");

/// <summary>What a result file holds, in words and numbers, for <c>fv info</c>.</summary>
public static class ResultSummary
{
    /// <summary>The rows, section by section.</summary>
    /// <param name="result">What was read.</param>
    /// <param name="path">The file, for its size; null when there is none.</param>
    public static IReadOnlyList<SummaryRow> Rows(Result result, string? path = null)
    {
        var rows = new List<SummaryRow>();
        void Add(string section, string name, string value, string remark = "")
        {
            if (value.Length > 0)
                rows.Add(new SummaryRow(section, name, value, remark));
        }

        Add("origin", "title", result.Header.Title);
        Add("origin", "created", result.Header.Created.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Add("origin", "command", result.Header.CommandLine);
        Add("origin", "code version", result.Header.CodeVersion);
        Add("origin", "parameters", $"{result.Parameters.Count}", Kinds(result.Parameters));
        Add("origin", "checkpoint", result.Checkpoint is null ? "none" : "yes",
            result.Checkpoint is null ? "" : "the run can be resumed or continued");

        AddPulses(result.Record.Pulses, Add);
        foreach ((string name, Figure figure) in result.Record.Figures)
            Add("figures", name, Text(figure.Value, figure.Unit), figure.LongName);
        foreach (FigureSpec figure in result.Plots)
            Add("pictures", figure.Name, figure.Title);
        for (int i = 0; i < result.Record.Warnings.Count; i++)
            Add("warnings", $"{i + 1}", result.Record.Warnings[i]);

        Add("sizes", "series", $"{result.Record.Series.Columns.Count} columns x {result.Record.Series.Count} rows");
        Add("sizes", "pulses", $"{result.Record.Pulses.Columns.Count} columns x {result.Record.Pulses.Count} rows");
        foreach (ProfileField field in result.Record.Profiles.Fields)
            Add("sizes", $"profiles/{field.Name}", $"{field.Samples.Count} samples x {field.Position.Length} nodes", field.LongName);
        if (path is not null)
            Add("sizes", "file", $"{new FileInfo(path).Length / 1e6:F2} MB");
        return rows;
    }

    private static void AddPulses(Table pulses, Action<string, string, string, string> add)
    {
        add("pulses", "number", $"{pulses.Count}", "");
        if (pulses.Count == 0)
            return;
        HashSet<string> names = [.. pulses.Columns.Select(c => c.Name)];
        if (names.IsSupersetOf(["conductance_before", "conductance_after"]))
        {
            double first = pulses["conductance_before"][0], last = pulses["conductance_after"][^1];
            double low = Math.Min(first, pulses["conductance_after"].Min()), high = Math.Max(first, pulses["conductance_after"].Max());
            add("pulses", "conductance", $"{Text(low, "S")} to {Text(high, "S")}", $"range {high / low:F1} x");
            add("pulses", "return", Text(last, "S"), high > low ? $"{100 * (last - first) / (high - low):F2} % of the range from the start"
                : "");
        }
        foreach (Column column in pulses.Columns)
        {
            if (column.Name.StartsWith("conductance", StringComparison.Ordinal) && column.Name != "conductance_step"
                || column.Name == "start")
                continue;
            IReadOnlyList<double> values = pulses[column.Name];
            double low = values.Min(), high = values.Max();
            add("pulses", column.Name, low == high ? Text(low, column.Unit) : $"{Text(low, column.Unit)} to {Text(high, column.Unit)}",
                low == high ? "all" : $"mean {Text(values.Average(), column.Unit)}");
        }
    }

    private static string Kinds(IReadOnlyList<StoredParameter> parameters) =>
        string.Join(", ", parameters.GroupBy(p => p.Kind).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}"));

    /// <summary>A value with a prefix where the unit is a plain one that takes them.</summary>
    internal static string Text(double value, string unit) => unit switch
    {
        "1" or "" => Typography.Number(value, "G4"),
        "S" or "V" or "A" or "s" or "C" or "J" or "m" or "Pa" => Typography.Quantity(value, unit),
        _ => $"{Typography.Number(value, "G4")} {Typography.Unit(unit)}",
    };
}
