using System.CommandLine;
using System.Globalization;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv sweep</c>: runs a case over a grid or a sample of parameters, on the cores of this machine or through Slurm.</summary>
public static class SweepCommand
{
    private const string ResultName = "sweep.h5", TableName = "sweep.csv", PictureName = "sweep.png";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("SWEEP") { Description = "Sweep file (TOML): base case, axes or samples, outputs." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for points and table (default: results/SWEEP).",
            HelpName = "FOLDER"
        };
        var resume = new Option<bool>("--resume") { Description = "Keep the points that are there and run what is missing." };
        var retry = new Option<bool>("--retry-failed") { Description = "With --resume: run failed points again." };
        var backend = new Option<string>("--backend")
        {
            Description = "Where points run: local or slurm.",
            DefaultValueFactory = _ => "local"
        };
        backend.AcceptOnlyFromAmong("local", "slurm");
        Option<int> workers = IntegerOption.Create("--workers", "Threads of the local backend; 0 for one per core.", 0, 1024, 0);
        Option<int> bundle = IntegerOption.Create("--points-per-task", "Points of a Slurm task.", 1, SweepDefinition.MostPoints, 10);
        var partition = new Option<string>("--partition") { Description = "Slurm partition.", DefaultValueFactory = _ => "" };
        var limit = new Option<string>("--time-limit")
        {
            Description = "Time limit of a Slurm task, e.g. 01:00:00.",
            DefaultValueFactory = _ => ""
        };
        var writeOnly = new Option<bool>("--no-submit") { Description = "With slurm: write the job and do not submit it." };
        Option<bool> force = ForceOption.Create();
        var command = new Command("sweep", "Run a sweep: grids, lists, Latin hypercube, Sobol or random samples over any parameters.")
        {
            file, output, resume, retry, backend, workers, bundle, partition, limit, writeOnly, force,
        };
        var json = new JsonOption(command);
        command.SetAction((parsed, cancel) =>
        {
            string path = parsed.GetValue(file)!;
            TextWriter text = json.Words(parsed);
            return Task.FromResult(InputTrouble.Report(() =>
            {
                SweepDefinition read = SweepFile.Read(path);
                read = read with { Case = CasePath.Resolve(read.Case, path) };
                string folder = parsed.GetValue(output) ?? Path.Combine("results", Path.GetFileNameWithoutExtension(path));
                CheckFolder(folder, parsed.GetValue(resume), parsed.GetValue(force));
                using OutputLock held = OutputLock.Take(Path.Combine(folder, "sweep"));
                ISweepBackend runs = parsed.GetValue(backend) == "slurm"
                    ? new SlurmBackend(new()
                    {
                        PointsPerTask = parsed.GetValue(bundle),
                        Partition = parsed.GetValue(partition)!,
                        TimeLimit = parsed.GetValue(limit)!,
                        Command = Again(),
                        Submit = !parsed.GetValue(writeOnly),
                    })
                    : new LocalBackend(parsed.GetValue(workers));
                (SweepTable table, string? picture) = Run(text, read, folder, new()
                {
                    Directory = folder,
                    Resume = parsed.GetValue(resume),
                    RetryFailed = parsed.GetValue(retry),
                    Backend = runs,
                    Progress = Progress(text),
                }, cancel);
                if (runs is SlurmBackend { Unsubmitted: { } submit })
                {
                    text.WriteLine($"job written; submit it with: {submit}; then collect the points with --resume");
                    return ExitCode.Success;
                }
                json.Write(parsed, () => new
                {
                    Sweep = read.Name,
                    Points = table.Points.Count,
                    Failed = table.Failures,
                    Result = Path.Combine(folder, ResultName),
                    Table = Path.Combine(folder, TableName),
                    Picture = picture,
                });
                return table.Failures > 0 ? ExitCode.NumericalFailure : ExitCode.Success;
            }));
        });
        return command;
    }

    /// <summary><c>fv sweep-task</c>: what a Slurm task runs.</summary>
    public static Command CreateTask()
    {
        var manifest = new Argument<string>("MANIFEST") { Description = "Manifest of the sweep (JSON)." };
        var task = new Option<int>("--task") { Description = "Number of the task.", Required = true };
        var command = new Command("sweep-task", "Run one task of a distributed sweep; 'fv sweep --backend slurm' calls it.") { manifest,
            task };
        command.SetAction((parsed, cancel) => Task.FromResult(InputTrouble.Report(() =>
        {
            SweepManifest read = SweepManifest.Read(parsed.GetValue(manifest)!);
            int failed = read.RunTask(parsed.GetValue(task), new CaseSweep(read.Case, read.Outputs).Run, cancel);
            parsed.InvocationConfiguration.Output.WriteLine($"task {parsed.GetValue(task)}: {failed} points failed");
            return ExitCode.Success;
        })));
        return command;
    }

    private static (SweepTable Table, string? Picture) Run(TextWriter text, SweepDefinition definition, string folder, SweepOptions options,
        CancellationToken cancel)
    {
        var sweep = new CaseSweep(definition.Case, definition.Outputs);
        if (!options.Resume)
            RequireFigures(definition, sweep, cancel);
        if (sweep.Base.CrossSection is null)
            options = options with { Together = sweep.RunTogether };
        SweepTable table = Sweep.Run(definition, sweep.Mark, sweep.BaseValue, sweep.Run, options, cancel);
        if (options.Backend is SlurmBackend { Unsubmitted: not null })
            return (table, null);
        string file = Path.Combine(folder, ResultName);
        FigureSpec? picture = SweepPicture.Of(definition, table);
        ResultFile.Write(file, Collect(definition, sweep, table, picture));
        text.WriteLine($"{table.Points.Count} points, {table.Failures} failed");
        foreach (PointResult failed in table.Results.Where(r => !r.Succeeded).Take(5))
            text.WriteLine($"point {failed.Index} failed: {failed.Message}");
        text.WriteLine($"result: {file} and {Path.Combine(folder, TableName)}");
        if (picture is null)
            return (table, null);
        string image = Path.Combine(folder, PictureName);
        FigureImage.Save(picture, image);
        text.WriteLine($"picture: {image}");
        return (table, image);
    }

    /// <summary>Runs one point first: a figure that the case does not give is better known before the work than after it.</summary>
    private static void RequireFigures(SweepDefinition study, CaseSweep sweep, CancellationToken cancel)
    {
        if (study.Outputs.All(CaseFigures.OfDevice.Contains))
            return;
        try
        {
            sweep.Run(study.Points(sweep.BaseValue)[0], cancel);
        }
        catch (Exception e) when (e is not (InputException { Key: CaseFigures.FigureKey } or OperationCanceledException))
        {
            // This point fails for a reason of its own, which the sweep will tell.
        }
    }

    private static void CheckFolder(string folder, bool resume, bool force)
    {
        string csv = Path.Combine(folder, TableName);
        OutputFile.Check(force, Path.Combine(folder, ResultName), Path.Combine(folder, PictureName));
        OutputFile.Check(force || SweepTable.IsCsv(csv), csv);
        string points = Path.Combine(folder, Sweep.PointDirectory);
        if (!resume && !force && PointStore.Count(points) is > 0 and int count)
            throw new OutputException(points,
                $"holds {count} points of an earlier sweep; keep them with --resume, or start anew with --force");
    }

    private static Result Collect(SweepDefinition definition, CaseSweep sweep, SweepTable table, FigureSpec? picture)
    {
        var record = new RunRecord { Series = table.ToTable(), Pulses = new([]), Profiles = new() };
        record.Figures["points"] = new(table.Points.Count, "1", "points of the sweep");
        record.Figures["failed"] = new(table.Failures, "1", "points that failed");
        foreach (PointResult failed in table.Results.Where(r => !r.Succeeded))
            record.Warnings.Add($"point {failed.Index} failed: {failed.Message}");
        foreach (string path in definition.Paths)
            if (table.Choices(path) is { Count: > 0 } choices)
                record.Warnings.Add($"{path} is numbered: {string.Join(", ", choices.Select((c, k) => $"{k} = {c}"))}");
        return new()
        {
            Header = CaseRun.Header(sweep.Base, CommandApplication.Line) with { Title = $"sweep {definition.Name}" },
            Record = record,
            Parameters = [.. sweep.Base.Parameters.Select(CaseRun.Store)],
            Plots = picture is null ? [] : [picture],
        };
    }

    private static Action<SweepProgress> Progress(TextWriter text)
    {
        double last = 0;
        return p =>
        {
            if (p.Elapsed.TotalSeconds - last < 5 && p.Done < p.Total)
                return;
            last = p.Elapsed.TotalSeconds;
            string left = p.Left is { } time && p.Done < p.Total
                ? $", about {time.TotalSeconds.ToString("f0", CultureInfo.InvariantCulture)} s left" : "";
            text.WriteLine($"{p.Done} of {p.Total} points{(p.Failed > 0 ? $", {p.Failed} failed" : "")}{left}");
            text.Flush();
        };
    }

    /// <summary>How a task starts this program again, on a node that sees the same files.</summary>
    private static string Again()
    {
        (string file, IReadOnlyList<string> first) = ThisProgram.Start ?? ("fv", []);
        return string.Join(' ', first.Prepend(file).Select(SlurmBackend.Quote));
    }
}
