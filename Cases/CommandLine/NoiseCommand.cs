using System.CommandLine;
using System.Diagnostics;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Noise;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Studies;
using FvSolver.Solver.Observe;
using Spectre.Console;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv noise</c>: pulses with integer protons, and their scatter.</summary>
public static class NoiseCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("noise",
            "Simulate the pulses of a case one proton at a time (kinetic Monte Carlo on lattice planes): mean, scatter of pulse and reset, "
            + "theory beside each. Lists separated by commas are combined.");
        var arguments = new CaseArguments(command);
        var points = new NoiseArguments(command);
        Option<int> pulses = Count("--pulses", "Pulses of each point.", 10_000, 2, 100_000_000);
        Option<double?> rest = QuantityOption.Create("--rest", "s",
            "Simulate the open gate for this time between pulses, event by event; left out, its equilibrium is drawn.",
            mustBePositive: true);
        var seed = new Option<int>("--seed") { Description = "Seed of all random numbers.", DefaultValueFactory = _ => 1 };
        Option<int> workers = Count("--workers", "Threads; 0 is one per core. They change nothing but the time.", 0, 0, 1024);
        var map = new Option<bool>("--map")
        {
            Description = "Mean step with point charges over that of the mean field, over density and permittivity; many core-minutes.",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Result file (default: results/CASE-noise.h5).",
            HelpName = "FILE",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint of a run that was cut off." };
        var noPicture = new Option<bool>("--no-picture") { Description = "Write no picture beside the result." };
        foreach (Option option in new Option[] { pulses, rest, seed, workers, map, output, resume, noPicture })
            command.Options.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            string path = parsed.GetValue(output)
                ?? Path.Combine("results", Path.GetFileNameWithoutExtension(definition.SourceName) + "-noise.h5");
            string[] files = [path, CaseRun.CheckpointOf(path), RunPicture.PathOf(path)];
            arguments.RequireApart(parsed, files);
            OutputFile.Check(arguments.IsForced(parsed), files);
            if (!parsed.GetValue(resume) && !arguments.IsForced(parsed) && File.Exists(CaseRun.CheckpointOf(path)))
                throw new OutputException(path, "was interrupted before its end; go on with --resume, or start anew with --force");
            var settings = new NoiseSettings
            {
                Pulses = parsed.GetValue(pulses),
                Rest = parsed.GetValue(rest) ?? double.NaN,
                Seed = parsed.GetValue(seed),
                Workers = parsed.GetValue(workers),
            };
            IReadOnlyList<NoisePoint> asked = points.Points(parsed, definition);
            ValidityMap? about = parsed.GetValue(map)
                ? new(asked[0] with { Points = null }, points.Charges(parsed, always: true)!)
                : null;
            Run(parsed.InvocationConfiguration.Output, definition, about?.Points ?? asked, about, settings, path,
                parsed.GetValue(resume), !parsed.GetValue(noPicture), cancel);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Option<int> Count(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
                result.AddError($"{name} = {value}: must be from {least} to {most}");
        });
        return option;
    }

    private static void Run(
        TextWriter text, CaseDefinition definition, IReadOnlyList<NoisePoint> points, ValidityMap? map, NoiseSettings settings, string path,
        bool resume, bool picture, CancellationToken cancel)
    {
        if (definition.CrossSection is not null)
            throw new InputException(definition.SourceName, 0, "cross_section", "", "single protons need a 1-D stack");
        string checkpoint = CaseRun.CheckpointOf(path), line = CommandApplication.Line;
        using OutputLock held = OutputLock.Take(path);
        var run = new NoiseRun(points, settings);
        if (resume && File.Exists(checkpoint)
            && (ResultFile.Read(checkpoint).Checkpoint is not { } saved || !run.Resume(saved)))
            throw new OutputException(checkpoint, "belongs to another case or other options; remove it or run without --resume");
        text.WriteLine(definition.Title);
        int before = run.Done;
        if (before > 0)
            text.WriteLine($"resuming after {before} of {run.Total} blocks");
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
        var clock = Stopwatch.StartNew();
        void Save(Checkpoint state) => ResultFile.Write(checkpoint, new()
        {
            Header = CaseRun.Header(definition, line),
            Record = new() { Series = new([]), Pulses = new([]), Profiles = new() },
            Checkpoint = state,
        });
        using IDisposable saving = Interruption.Save(() => Save(run.Save()));
        IReadOnlyList<NoiseStatistics> statistics;
        double[] lattice;
        try
        {
            // The solver refuses what the laws of events refuse, and more: it is asked first.
            lattice = map is null ? [.. points.Select(LatticeReference.Step)] : [];
            statistics = StudyWatch.Show(console, text, progress => run.Run(
                r => progress(new(r.Done, r.Total, before, "blocks")),
                Save, definition.Output.CheckpointInterval, cancel));
        }
        catch (NotSupportedException e)
        {
            throw new InputException(definition.SourceName, 0, "", "", e.Message);
        }
        text.WriteLine($"{statistics.Sum(s => (double)s.Events):g4} events in {clock.Elapsed.TotalSeconds:f1} s");
        string name = Path.GetFileNameWithoutExtension(definition.SourceName);
        FigureSpec figure;
        Result result;
        if (map is not null)
        {
            var table = map.Tabulate(statistics);
            map.Print(text, table);
            figure = map.Draw(name, table);
            result = NoiseReport.Collect(definition, line, $"validity of the mean field of planes: {definition.Title}", figure,
                new() { Series = table, Pulses = new([]), Profiles = new() });
        }
        else
        {
            var report = new NoiseReport(definition, statistics, lattice);
            report.Print(text);
            figure = NoisePicture.Of(name, statistics, settings, lattice[0]);
            result = report.Collect(line, figure);
        }
        ResultFile.Write(path, result);
        File.Delete(checkpoint);
        foreach (string warning in result.Record.Warnings)
            text.WriteLine($"note: {warning}");
        text.WriteLine($"result: {path}");
        if (!picture)
            return;
        FigureImage.Save(figure, RunPicture.PathOf(path));
        text.WriteLine($"picture: {RunPicture.PathOf(path)}");
    }
}
