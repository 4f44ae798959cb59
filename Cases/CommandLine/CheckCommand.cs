using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv check</c>: says whether a case is valid, and what is special about it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Check a case without running it.");
        var arguments = new CaseArguments(command);
        command.SetAction(parsed =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            // What only building finds: a mesh that does not fit, a solver that is not installed, a study with a wrong key.
            if (definition.Study is null)
                CaseRun.CreateDevice(definition);
            else
                StudyCatalogue.Read(definition);
            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"{definition.SourceName} is valid: {definition.Title}");
            output.WriteLine($"preset {definition.Preset.Name}, {definition.Parameters.Count(p => p.Kind == Kind.User)} values set by the user, "
                + (definition.Protocol.Count > 0 ? $"at most {ProtocolRunner.CountPulses(definition.Protocol)} pulses" : "a study"));
            foreach (string note in definition.Notes)
                output.WriteLine(note);
            return ExitCode.Success;
        });
        return command;
    }
}
