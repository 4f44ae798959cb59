using System.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Provenance;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using Spectre.Console;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv run</c>: runs a case and writes its result.</summary>
public static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Run a case: pulses, rests and reads, or a study of many runs; the result goes to an HDF5 file.");
        var arguments = new CaseArguments(command);
        var output = new Option<string?>("--output", "-o") { Description = "Result file (default: results/CASE.h5).", HelpName = "FILE" };
        var resume = new Option<bool>("--resume")
        { Description = "Go on from the checkpoint, or the finished points, of a run that was cut off." };
        var from = new Option<string?>("--from") { Description = "Start from the final state of an earlier result.", HelpName = "RESULT" };
        Option<bool> fast = FastOption.Create();
        var error = new Option<bool>("--error")
        {
            Description =
                "Estimate the error of each figure in space and time by two more runs: on a mesh twice as fine, and with a tenth of the "
                    + "tolerance.",
        };
        var map = new Option<string?>("--map")
        {
            Description = "Map pulses by a map that 'fv map' wrote for this device.",
            HelpName = "MAP"
        };
        var noPicture = new Option<bool>("--no-picture") { Description = "Write no picture beside the result." };
        var crate = new Option<bool>("--crate")
        {
            Description =
            "Write an RO-Crate beside the result: inputs, result, command, version and digests, for 'fv reproduce'."
        };
        var licence = new Option<string?>("--licence")
        {
            Description = "With --crate: licence of your data, as an SPDX identifier such as CC-BY-4.0, or an address.",
            HelpName = "ID"
        };
        foreach (Option option in new Option[] { output, resume, from, fast, error, map, noPicture, crate, licence })
            command.Options.Add(option);
        var json = new JsonOption(command);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            if (parsed.GetValue(fast) || parsed.GetValue(map) is not null)
                definition = definition.With(FastOption.Setting);
            string path = parsed.GetValue(output)
                ?? Path.Combine("results", Path.GetFileNameWithoutExtension(definition.SourceName) + ".h5");
            string line = CommandApplication.Line;
            IReadOnlyList<string> files = CaseRun.Files(path);
            arguments.RequireApart(parsed, files);
            OutputFile.Check(arguments.IsForced(parsed), files);
            if (parsed.GetValue(crate) && (parsed.GetValue(error) || parsed.GetValue(map) is not null))
                throw new InputException(definition.SourceName, 0, "--crate", "",
                    "cannot be used with --error or --map, which take other runs");
            if (parsed.GetValue(crate))
                Crate.Require(definition, Crate.FolderOf(path), arguments.IsForced(parsed));
            void Keep(Result finished)
            {
                if (!parsed.GetValue(crate))
                    return;
                Crate.Write(Crate.FolderOf(path), definition, parsed.GetValue(from), path, finished, parsed.GetValue(licence));
                json.Words(parsed).WriteLine($"crate: {Crate.FolderOf(path)}");
            }
            if (!parsed.GetValue(resume) && !arguments.IsForced(parsed)
                && (File.Exists(CaseRun.CheckpointOf(path)) || StudyContext.HasPoints(path)))
                throw new OutputException(path, "was interrupted before its end; go on with --resume, or start anew with --force");
            if (parsed.GetValue(error) && parsed.GetValue(from) is not null)
                throw new InputException(definition.SourceName, 0, "--error", "",
                    "needs a run from rest: the state of another mesh does not fit a finer one");
            ErrorEstimate? errors = parsed.GetValue(error) ? ErrorEstimate.Begin(definition, line, cancel) : null;
            if (definition.Study is not null)
            {
                if (parsed.GetValue(from) is not null)
                    throw new InputException(definition.SourceName, 0, "--from", "", "a study starts from rest");
                if (parsed.GetValue(map) is not null)
                    throw new InputException(definition.SourceName, 0, "--map", "", "a study runs other devices than the map is of");
                Keep(RunStudy(parsed, json, definition, path, line, parsed.GetValue(resume), errors, !parsed.GetValue(noPicture), cancel));
                return Task.FromResult(ExitCode.Success);
            }
            MapFile? kept = parsed.GetValue(map) is { } mapPath ? MapFile.Read(mapPath, definition) : null;
            // Taken before the checkpoint is read: a run that ends meanwhile removes it.
            using OutputLock held = OutputLock.Take(path);
            CaseRun run = parsed.GetValue(resume)
                ? CaseRun.Resume(definition, path, line, parsed.GetValue(from), kept)
                : CaseRun.Start(definition, path, line, parsed.GetValue(from), kept);
            TextWriter text = json.Words(parsed);
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
            text.WriteLine(definition.Title);
            foreach (string note in definition.Notes)
                text.WriteLine(note);
            if (run.Pulses > 0)
                text.WriteLine($"resuming after pulse {run.Pulses}");
            using IDisposable saving = Interruption.Save(run.Save);
            Result result = RunProgress.Watch(console, text, run, progress => run.Run(progress, cancel, held));
            Report(parsed, json, console, definition, WithErrors(new RunSummary(definition, run).Rows, result, path, errors, held), result,
                path, !parsed.GetValue(noPicture) && ResultPlot.Views(result).Count > 0);
            Keep(result);
            var balance = RunBalance.Of(run.Recorder);
            if (!balance.HasFailed)
                return Task.FromResult(ExitCode.Success);
            parsed.InvocationConfiguration.Error.WriteLine(
                $"fv: {definition.SourceName}: the run lost hydrogen or charge: {balance.Words}; the result is kept in {path}");
            return Task.FromResult(ExitCode.NumericalFailure);
        });
        return command;
    }

    private static Result RunStudy(
        ParseResult parsed, JsonOption json, CaseDefinition definition, string path, string line, bool resume, ErrorEstimate? errors,
        bool picture, CancellationToken cancel)
    {
        IStudy study = StudyCatalogue.Read(definition);
        TextWriter text = json.Words(parsed);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
        text.WriteLine(definition.Title);
        foreach (string note in definition.Notes)
            text.WriteLine(note);
        (StudyAnswer answer, Result result) = StudyWatch.Show(console, text, progress => StudyRun.Run(definition, study, new StudyContext
        {
            Output = path,
            CommandLine = line,
            Resume = resume,
            Progress = progress,
            Cancel = cancel,
        }));
        Report(parsed, json, console, definition, WithErrors(answer.Rows, result, path, errors), result, path, picture);
        return result;
    }

    /// <summary>Figures with their estimated errors, which go into the result as well; as they are where nothing was estimated.</summary>
    private static IReadOnlyList<FigureRow> WithErrors(
        IReadOnlyList<FigureRow> rows, Result result, string path, ErrorEstimate? estimate, OutputLock? held = null)
    {
        if (estimate is null)
            return rows;
        IReadOnlyDictionary<string, double> errors = estimate.Of(result.Record.Figures);
        ErrorEstimate.AddTo(path, result, errors, held);
        return [.. rows.Select(r => ErrorEstimate.With(r, errors))];
    }

    /// <summary>Says what came out and where it is; draws the picture.</summary>
    private static void Report(
        ParseResult parsed, JsonOption json, IAnsiConsole console, CaseDefinition definition,
        IReadOnlyList<FigureRow> rows, Result result, string path, bool draws)
    {
        TextWriter text = json.Words(parsed);
        if (!json.IsSet(parsed))
            WriteFigures(console, text, rows, result);
        text.WriteLine($"result: {path}");
        string? picture = draws ? RunPicture.Write(path, result) : null;
        if (picture is not null)
            text.WriteLine($"picture: {picture}");
        json.Write(parsed, () => new
        {
            Case = definition.SourceName,
            definition.Title,
            Result = path,
            Picture = picture,
            Figures = rows.Select(r => ResultJson.Figure(r.Name, r.Figure, r.Text, r.Paper)),
            result.Record.Warnings,
        });
    }

    private const int KindWidth = 10;

    private static string Kind(FigureRow row) => ParameterNames.Choice(row.Figure.Kind);

    private static void WriteFigures(IAnsiConsole console, TextWriter text, IReadOnlyList<FigureRow> rows, Result result)
    {
        string beside = rows.Any(r => r.Paper.Length > 0) ? "published or expected" : "";
        if (!console.Profile.Capabilities.Interactive)
        {
            int width = rows.Max(r => r.Figure.LongName.Length), value = rows.Max(r => r.Text.Length);
            text.WriteLine($"{"figure".PadRight(width)}  {"computed".PadRight(value)}  {"kind".PadRight(KindWidth)}  {beside}".TrimEnd());
            foreach (FigureRow row in rows)
                text.WriteLine(
                    ($"{row.Figure.LongName.PadRight(width)}  {row.Text.PadRight(value)}  "
                        + $"{Kind(row).PadRight(KindWidth)}  {row.Paper}").TrimEnd());
        }
        else
        {
            var table = new Spectre.Console.Table().Border(TableBorder.Rounded)
                .AddColumns("figure", "computed", "kind", beside);
            foreach (FigureRow row in rows)
                table.AddRow(Markup.Escape(row.Figure.LongName), Markup.Escape(row.Text), Kind(row), Markup.Escape(row.Paper));
            console.Write(table);
        }
        foreach (string warning in result.Record.Warnings)
            text.WriteLine($"note: {warning}");
    }
}
