using FvSolver.Cases.Input;
using FvSolver.Materials;
using Spectre.Console;

namespace FvSolver.Cases.CommandLine;

/// <summary>Parameters of a case as tables on a terminal.</summary>
internal static class ParameterTable
{
    /// <summary>Writes one table a section to the console.</summary>
    public static void Write(CaseDefinition definition, bool meaning)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{definition.SourceName}[/]: {definition.Title}");
        AnsiConsole.MarkupLineInterpolated($"preset [bold]{definition.Preset.Name}[/]: {definition.Preset.Title}");
        foreach (string note in definition.Notes)
            AnsiConsole.MarkupLineInterpolated($"[yellow]note[/]: {note}");
        foreach (IGrouping<string, ParameterValue> section in ShowCommand.Sections(definition))
        {
            Table table = new Table { Border = TableBorder.Rounded, Expand = true }
                .AddColumn(new TableColumn(Markup.Escape(section.Key)).NoWrap())
                .AddColumn(new TableColumn("value").NoWrap())
                .AddColumn(new TableColumn("kind").NoWrap())
                .AddColumn(meaning ? "meaning (reference)" : "reference");
            foreach (ParameterValue value in section)
            {
                string style = value.Kind == Kind.User ? "bold green" : "default";
                table.AddRow(
                    Markup.Escape(value.Path[(section.Key.Length + 1)..]),
                    $"[{style}]{Markup.Escape(ShowCommand.Shown(value))}[/]",
                    $"[{style}]{ShowCommand.Origin(value)}[/]",
                    Markup.Escape(ShowCommand.Remark(value, meaning)));
            }
            AnsiConsole.Write(table);
        }
    }
}
