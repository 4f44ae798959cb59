using System.CommandLine;
using System.CommandLine.Completions;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary>The arguments by which commands name a case: <c>CASE [--set path=value ...]</c>.</summary>
public sealed class CaseArguments
{
    private readonly Argument<string> _case;

    private readonly Option<string[]> _set = new("--set", "-s")
    {
        Description = "Change one value: path=value, e.g. psg.thickness=5nm, protocol.0.amplitude=\"9 V\", preset=n2. May be repeated.",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _force = ForceOption.Create();

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="usual">Case that is taken when none is named; null when one must be.</param>
    public CaseArguments(Command command, string? usual = null)
    {
        _case = new("CASE")
        {
            Description = "A case file (TOML), or the name of a case of the library ('fv list')"
                + (usual is null ? "." : $"; {usual} when none is named."),
            HelpName = "CASE",
        };
        if (usual is not null)
            _case.DefaultValueFactory = _ => usual;
        _case.CompletionSources.Add(_ => [.. CaseLibrary.Names.Select(name => new CompletionItem(name))]);
        _set.CompletionSources.Add(_ => [.. Keys.Select(key => new CompletionItem(key + "=")),
            .. PresetLibrary.Names.Select(name => new CompletionItem("preset=" + name))]);
        command.Arguments.Add(_case);
        command.Options.Add(_set);
        command.Options.Add(_force);
    }

    /// <summary>Every parameter and setting, for completions.</summary>
    internal static IEnumerable<string> Keys =>
        ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters).Select(p => p.Path);

    /// <summary>True when the user insists: on values that are not plausible, and on replacing files of others.</summary>
    public bool IsForced(ParseResult arguments) => arguments.GetValue(_force);

    /// <summary>Refuses outputs that would replace the case itself.</summary>
    /// <exception cref="OutputException">One of them is the case file.</exception>
    public void RequireApart(ParseResult arguments, IEnumerable<string> outputs)
    {
        if (File.Exists(Name(arguments)))
            foreach (string output in outputs)
                OutputFile.RequireApart(output, Name(arguments));
    }

    /// <summary>The case as the user named it.</summary>
    public string Name(ParseResult arguments) => arguments.GetValue(_case)!;

    /// <summary>Reads and checks the case.</summary>
    /// <exception cref="InputException">It does not exist or is not valid.</exception>
    public CaseDefinition Read(ParseResult arguments) =>
        CaseReader.Read(Name(arguments), arguments.GetValue(_set), arguments.GetValue(_force));
}
