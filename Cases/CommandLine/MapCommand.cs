using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
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
        Option<(double Low, double High)?> temperature = RangeOption.Create("--temperature", "K",
            $"Map the pulses over a range of {TemperatureRange.Key}, for runs at any temperature of it, e.g. 280..320.");
        command.Options.Add(output);
        command.Options.Add(temperature);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed).With("solver.pulse_map=auto", "output.series_pulses=0");
            string path = parsed.GetValue(output) ?? Path.Combine("results",
                Path.GetFileNameWithoutExtension(definition.SourceName) + ".map.h5");
            arguments.RequireApart(parsed, [path]);
            OutputFile.Check(arguments.IsForced(parsed), [path]);
            if (definition.Protocol.Count == 0)
                throw new InputException(definition.SourceName, 0, "protocol", "", "has no pulses to map");
            definition = definition.WithChosenMesh();
            TemperatureMaps? maps = parsed.GetValue(temperature) is var (least, most)
                ? new TemperatureRange(least, most).Map(definition, cancel) : null;
            PulseMap map = maps?.Maps[0] ?? TemperatureRange.MapOf(definition, cancel);
            (MapPiece Piece, int Pulses, double Within)[] pieces =
                [.. maps?.Pieces ?? map.Pieces.Select(p => (p, p.Pulses, p.Errors.Total))];
            string[] refusals = [.. map.Refusals, .. maps?.Refusals ?? []];
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (pieces.Length == 0)
                throw new InputException(definition.SourceName, 0, "protocol", "", "no pulse can be mapped: "
                    + (refusals.Length > 0 ? string.Join("; ", refusals) : "there are too few for a map to pay"));
            using (OutputLock.Take(path))
                MapFile.Write(path, maps is null ? MapArchive.Of(map) : MapArchive.Of(maps), definition, CommandApplication.Line);
            foreach ((MapPiece piece, int pulses, double within) in pieces)
                text.WriteLine(
                    $"{piece.Family}: content {Math.Exp(piece.Low):g3} to {Math.Exp(piece.High):g3} of that at rest, reservoir "
                        + $"{piece.Branch}, "
                    + $"{pulses} pulses, steps within {within:g2}");
            foreach (string refusal in refusals)
                text.WriteLine($"note: {refusal}");
            if (maps is not null)
                text.WriteLine($"{maps.Low:g6} to {maps.High:g6} K from {maps.Maps.Count} temperatures");
            text.WriteLine($"{maps?.Maps.Sum(m => m.DirectPulses) ?? map.DirectPulses} pulses computed; map: {path}");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
