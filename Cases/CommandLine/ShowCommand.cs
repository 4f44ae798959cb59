using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv show</c>: every resolved parameter of a case with its origin.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Show every parameter of a case: value, unit, where the value comes from.");
        var arguments = new CaseArguments(command);
        var plain = new Option<bool>("--plain") { Description = "Lines of text without colours or frames, as when the output is not a terminal." };
        var meaning = new Option<bool>("--meaning") { Description = "Say what each parameter is, beside where its value comes from." };
        command.Options.Add(plain);
        command.Options.Add(meaning);
        command.SetAction(parsed =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            TextWriter output = parsed.InvocationConfiguration.Output;
            bool terminal = !Console.IsOutputRedirected && ReferenceEquals(output, Console.Out);
            if (terminal && !parsed.GetValue(plain))
                ParameterTable.Write(definition, parsed.GetValue(meaning));
            else
                WritePlain(definition, output, parsed.GetValue(meaning));
            return ExitCode.Success;
        });
        return command;
    }

    private static void WritePlain(CaseDefinition definition, TextWriter output, bool meaning)
    {
        output.WriteLine($"{definition.SourceName}: {definition.Title}");
        output.WriteLine($"preset {definition.Preset.Name}: {definition.Preset.Title}");
        foreach (string note in definition.Notes)
            output.WriteLine($"note: {note}");
        foreach (IGrouping<string, ParameterValue> section in Sections(definition))
        {
            output.WriteLine();
            output.WriteLine($"[{section.Key}]");
            foreach (ParameterValue value in section)
                output.WriteLine($"{value.Path,-36}  {Shown(value),-20}  {Origin(value),-10}  {Remark(value, meaning)}".TrimEnd());
        }
    }

    /// <summary>Parameters by section.</summary>
    public static IEnumerable<IGrouping<string, ParameterValue>> Sections(CaseDefinition definition) =>
        definition.Parameters.GroupBy(value => value.Path[..value.Path.IndexOf('.')]);

    /// <summary>Value with unit.</summary>
    public static string Shown(ParameterValue value) => value.Value switch
    {
        double number => QuantityText.Format(number, value.Unit),
        NumberList { Values.Count: > 0 } list => string.Join(", ", list.Values.Select(v => QuantityText.Format(v, value.Unit))),
        NumberList => "none",
        _ => value.ValueText,
    };

    /// <summary>Kind as a word.</summary>
    public static string Origin(ParameterValue value) => ParameterNames.Choice(value.Kind);

    /// <summary>Reference, with the meaning in front if asked for.</summary>
    public static string Remark(ParameterValue value, bool meaning)
    {
        if (!meaning)
            return value.Reference;
        Parameter? parameter = ParameterCatalogue.Device.Find(value.Path) ?? RunSettings.Catalogue.Find(value.Path);
        return $"{parameter?.Description} ({value.Reference})";
    }
}
