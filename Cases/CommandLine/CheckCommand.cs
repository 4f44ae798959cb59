using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv check</c>: says whether a case is valid, and what is special about it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Check a case without running it.");
        var arguments = new CaseArguments(command);
        var json = new JsonOption(command);
        command.SetAction(parsed =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            // What only building finds: a mesh that does not fit, a solver that is not installed, a study with a wrong key.
            // An automatic mesh is chosen by running pulses, so any stands for it.
            CaseRun.CreateDevice(definition.Mesh.PsgCells.IsAuto
                ? definition with { Mesh = definition.Mesh with { PsgCells = MeshSettings.ReferenceCells } } : definition);
            if (definition.Study is not null)
                StudyCatalogue.Read(definition);
            int set = definition.Parameters.Count(p => p.Kind == Kind.User);
            double? pulses = definition.Protocol.Count > 0 ? ProtocolRunner.CountPulses(definition.Protocol) : null;
            if (json.Write(parsed, () => new
            {
                Case = definition.SourceName,
                Valid = true,
                definition.Title,
                Preset = definition.Preset.Name,
                SetByUser = set,
                Pulses = pulses,
                Study = definition.Study is { } study ? new TableReader(study, "study").OptionalText("type") : null,
                definition.Notes,
            }))
                return ExitCode.Success;
            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"{definition.SourceName} is valid: {definition.Title}");
            output.WriteLine(
                $"preset {definition.Preset.Name}, {set} values set by the user, "
                    + $"{(pulses is { } count ? $"at most {count} pulses" : "a study")}");
            foreach (string note in definition.Notes)
                output.WriteLine(note);
            return ExitCode.Success;
        });
        return command;
    }
}
