using System.CommandLine;
using FvSolver.Cases.Files;
using FvSolver.Cases.Output;
using Spectre.Console;

namespace FvSolver.Cases.CommandLine;

/// <summary>The command <c>info RESULT</c>.</summary>
public static class InfoCommand
{
    /// <summary>Makes the command. Its errors are <see cref="OutputException"/>s, which the root turns into exit code 2.</summary>
    public static Command Create()
    {
        var result = new Argument<string>("RESULT") { Description = "result file of a run (.h5)" };
        var command = new Command("info", "Says what a result file holds.") { result };
        var json = new JsonOption(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(result);
            Result content = ResultFile.Read(path);
            if (json.Write(parsed, () => ResultJson.Of(content, path)))
                return 0;
            IReadOnlyList<SummaryRow> rows = [.. ResultSummary.Rows(content, path)
                .Select(r => r with { Name = PlainText.Line(r.Name), Value = PlainText.Line(r.Value), Remark = PlainText.Line(r.Remark) })];
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
                AnsiConsole.Write(Table(rows));
            else
                Print(rows, output);
            return 0;
        });
        return command;
    }

    /// <summary>Rows as a table for a terminal.</summary>
    public static Table Table(IReadOnlyList<SummaryRow> rows)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders()
            .AddColumn(new TableColumn("").NoWrap()).AddColumn("").AddColumn("");
        foreach (IGrouping<string, SummaryRow> section in rows.GroupBy(r => r.Section))
        {
            table.AddRow(new Text(section.Key, new Style(decoration: Decoration.Bold)), Text.Empty, Text.Empty);
            foreach (SummaryRow row in section)
                table.AddRow(new Text("  " + row.Name), new Text(row.Value), new Text(row.Remark, new Style(Color.Grey)));
        }
        return table;
    }

    /// <summary>Rows as plain lines, which are never broken: for files, pipes and scripts.</summary>
    public static void Print(IReadOnlyList<SummaryRow> rows, TextWriter output)
    {
        foreach (IGrouping<string, SummaryRow> section in rows.GroupBy(r => r.Section))
        {
            output.WriteLine(section.Key);
            foreach (SummaryRow row in section)
                output.WriteLine($"  {row.Name,-22} {row.Value}{(row.Remark.Length > 0 ? $"  ({row.Remark})" : "")}");
        }
    }
}
