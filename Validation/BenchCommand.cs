using System.CommandLine;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Validation.Bench;
using FvSolver.Validation.Bench.Workloads;
using FvSolver.Validation.Checks;
using Spectre.Console;

namespace FvSolver.Validation;

/// <summary>The command <c>bench</c>: how long standard workloads take, where the time goes, and how right they are.</summary>
public static class BenchCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => Create(null);

    internal static Command Create(IAnsiConsole? console)
    {
        var quick = new Option<bool>("--quick") { Description = "Short trains and small grids: about ten seconds" };
        var only = new Option<string[]>("--only")
        { Description = "Run the workloads whose id matches; * and ? stand for any text, a part of the id is enough" };
        var baseline = new Option<string?>("--baseline")
        {
            Description = "C program for the same 1-D problem, to be run in turn with ours",
            HelpName = "PROGRAM"
        };
        var output = new Option<string>("--output", "-o") { Description = "JSON file", DefaultValueFactory = _ => "results/bench.json" };
        Option<bool> force = ForceOption.Create();
        var command = new Command("bench", "Time standard workloads on one thread, with their measured errors") { quick, only, baseline,
            output, force };
        command.SetAction((parsed, cancel) => Task.FromResult(Act(parsed, cancel)));
        return command;

        int Act(ParseResult parsed, CancellationToken cancel)
        {
            TextWriter error = parsed.InvocationConfiguration.Error;
            List<Workload> workloads = [new OnePulse(), new LongTrain(), new HeatAndGas(), new ChargedFilm(), new HalfGate(),
                new Devices64(), new Recording(), new PulseMaps(), new MappedColumns(), new LongRun(), new ExploreLatency(), new StartUp()];
            if (parsed.GetValue(baseline) is { } program)
            {
                if (!File.Exists(program))
                    return Fail(error, $"--baseline: there is no program '{program}'.");
                workloads.Add(new AgainstBaseline(new(Path.GetFullPath(program))));
            }
            string[] patterns = parsed.GetValue(only) ?? [];
            Workload[] chosen = [.. workloads.Where(w => IdPattern.Matches(w.Id, patterns))];
            try
            {
                OutputFile.Check(parsed.GetValue(force), parsed.GetValue(output)!);
            }
            catch (OutputException e)
            {
                return Fail(error, e.Message);
            }
            return chosen.Length == 0
                ? Fail(error,
                    $"No workload matches --only {string.Join(" ", patterns)}; there are {string.Join(", ", workloads.Select(w => w.Id))}.")
                : Run(console ?? AnsiConsole.Console, chosen, new(parsed.GetValue(quick), cancel), parsed.GetValue(output)!, error);
        }
    }

    private static int Run(IAnsiConsole console, Workload[] workloads, BenchContext context, string path, TextWriter error)
    {
        // A table that is not read on a terminal is not broken at 80 columns.
        if (!console.Profile.Capabilities.Interactive)
            console.Profile.Width = Math.Max(console.Profile.Width, 200);
        try
        {
            var measured = new List<Measurement>();
            int? processor = null;
            foreach (Workload workload in workloads)
            {
                using ProcessorPin? pin = workload.IsPinned ? new() : null;
                processor ??= pin?.Processor;
                Measurement[] results = [.. workload.Run(context)];
                BenchReport.Write(console, workload, results);
                measured.AddRange(results);
            }
            var machine = new MachineInfo { PinnedTo = processor };
            if (context.MeasuredFront is { } front)
                BenchReport.Write(console, front);
            OutputFile.WriteText(path, BenchReport.Json(measured, context.MeasuredFront, machine, context.Quick));
            console.Profile.Out.Writer.WriteLine($"{machine.Processor}, {machine.Runtime}; {path}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Stopped; no file was written.");
            return 130;
        }
        catch (ProgramFailure e)
        {
            return Fail(error, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(error, $"Cannot write '{path}': {e.Message}");
        }
    }

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine("fv: " + message);
        return 2;
    }
}
