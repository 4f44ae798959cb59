using System.CommandLine;
using System.CommandLine.Completions;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv show</c>: every resolved parameter of a case with its origin.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var command = new Command("show",
            "Show every parameter of a case: value, unit, where the value comes from; or all about one of them.");
        var arguments = new CaseArguments(command);
        var key = new Argument<string?>("KEY")
        {
            Description = "One parameter, e.g. psg.hop_distance: its meaning, range, sources and the laws in which it acts.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "KEY",
        };
        key.CompletionSources.Add(_ => [.. CaseArguments.Keys.Select(path => new CompletionItem(path))]);
        command.Arguments.Add(key);
        var plain = new Option<bool>("--plain")
        {
            Description =
            "Lines of text without colours or frames, as when the output is not a terminal."
        };
        var meaning = new Option<bool>("--meaning") { Description = "Say what each parameter is, beside where its value comes from." };
        command.Options.Add(plain);
        command.Options.Add(meaning);
        var protocol = new Option<bool>("--protocol") { Description = "Show what is done to the gate, step by step." };
        command.Options.Add(protocol);
        var json = new JsonOption(command);
        command.SetAction(parsed =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(key) is { } path)
            {
                ParameterCard card = ParameterCard.Of(definition, path);
                if (!json.Write(parsed, card.Json))
                    card.Write(output);
                return ExitCode.Success;
            }
            if (json.Write(parsed, () => Json(definition)))
                return ExitCode.Success;
            if (parsed.GetValue(protocol))
            {
                WriteProtocol(definition, output);
                return ExitCode.Success;
            }
            bool terminal = !Console.IsOutputRedirected && ReferenceEquals(output, Console.Out);
            if (terminal && !parsed.GetValue(plain))
                ParameterTable.Write(definition, parsed.GetValue(meaning));
            else
                WritePlain(definition, output, parsed.GetValue(meaning));
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteProtocol(CaseDefinition definition, TextWriter output)
    {
        output.WriteLine($"{definition.SourceName}: {definition.Title}");
        if (definition.Protocol.Count == 0)
            output.WriteLine(
                $"a study, {new TableReader(definition.Study!, "study").OptionalText("type")}: it pulses the device as its [study] table "
                    + "says");
        foreach (string line in ProtocolText.Lines(ProtocolText.Of(definition)))
            output.WriteLine(line);
    }

    private static object Json(CaseDefinition definition) => new
    {
        Case = definition.SourceName,
        definition.Title,
        Preset = new { definition.Preset.Name, definition.Preset.Title },
        definition.Notes,
        Parameters = definition.Parameters.Select(p => new
        {
            p.Path,
            p.Symbol,
            p.Unit,
            Value = JsonValue(p),
            Kind = Origin(p),
            p.Reference,
            Meaning = RunSettings.FindParameter(p.Path)?.Description ?? "",
        }),
        Protocol = ProtocolText.Of(definition).Select(StepJson),
    };

    /// <summary>A value for a document: a number, true or false, a list of numbers, or text as in a case file.</summary>
    public static object JsonValue(ParameterValue value) => value.Value switch
    {
        double or int or bool => value.Value,
        NumberList list => list.Values,
        CellCount { IsAuto: false } count => count.Number,
        _ => value.ValueText,
    };

    private static object StepJson(StepDescription step)
    {
        var keys = new Dictionary<string, object> { ["type"] = step.Type };
        foreach (StepValue value in step.Values)
            keys[value.Key] = value.Value;
        if (step.Steps.Count > 0)
            keys["steps"] = step.Steps.Select(StepJson);
        return keys;
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
        return $"{RunSettings.FindParameter(value.Path)?.Description} ({value.Reference})";
    }
}
