using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv map</c>: builds the map of a case's pulses and keeps it.</summary>
public static class MapCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("map", "Build the map of the pulses of a case, for any protocol of its device: 'fv run CASE --map MAP'.");
        var arguments = new CaseArguments(command);
        var output = new Option<string?>("--output", "-o") { Description = "Map (default: results/CASE.map.h5).", HelpName = "FILE" };
        command.Options.Add(output);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed).With("solver.pulse_map=auto", "output.series_pulses=0");
            string path = parsed.GetValue(output) ?? Path.Combine("results",
                Path.GetFileNameWithoutExtension(definition.SourceName) + ".map.h5");
            arguments.RequireApart(parsed, [path]);
            OutputFile.Check(arguments.IsForced(parsed), [path]);
            if (definition.Protocol.Count == 0)
                throw new InputException(definition.SourceName, 0, "protocol", "", "has no pulses to map");
            CaseRun run = CaseRun.Start(definition, "", "");
            run.RunUnwritten(null, cancel);
            PulseMap map = run.Mapped!.Map;
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (!map.Pieces.Any())
                throw new InputException(definition.SourceName, 0, "protocol", "", "no pulse can be mapped: "
                    + (map.Refusals.Count > 0 ? string.Join("; ", map.Refusals) : "there are too few for a map to pay"));
            using (OutputLock.Take(path))
                MapFile.Write(path, run, CommandApplication.Line);
            foreach (MapPiece piece in map.Pieces)
                text.WriteLine(
                    $"{piece.Family}: content {Math.Exp(piece.Low):g3} to {Math.Exp(piece.High):g3} of that at rest, reservoir "
                        + $"{piece.Branch}, "
                    + $"{piece.Pulses} pulses, steps within {piece.Errors.Total:g2}");
            foreach (string refusal in map.Refusals)
                text.WriteLine($"note: {refusal}");
            text.WriteLine($"{map.DirectPulses} pulses computed; map: {path}");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
