using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv list</c>: cases and presets that come with the program.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List the cases and presets that come with the program.");
        var json = new JsonOption(command);
        command.SetAction(arguments =>
        {
            if (json.Write(arguments, () => new
            {
                Cases = CaseLibrary.Names.Select(name => new { Name = name, Title = CaseLibrary.Title(name) }),
                Presets = PresetLibrary.Names.Select(name => new { Name = name, PresetReader.Describe(name).Title }),
            }))
                return ExitCode.Success;
            TextWriter output = arguments.InvocationConfiguration.Output;
            output.WriteLine("cases (fv run NAME, fv show NAME)");
            foreach (string name in CaseLibrary.Names)
                output.WriteLine($"  {name,-16} {CaseLibrary.Title(name)}");
            output.WriteLine();
            output.WriteLine("presets (preset = \"NAME\" in a case, or --set preset=NAME)");
            foreach (string name in PresetLibrary.Names)
                output.WriteLine($"  {name,-16} {PresetReader.Describe(name).Title}");
            return ExitCode.Success;
        });
        return command;
    }
}
