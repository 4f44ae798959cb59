using System.Diagnostics;
using System.Text;
using FvSolver.Cases.Files;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Sweeps;

/// <summary>Runs points as an array job of Slurm.</summary>
/// <remarks>
/// Results are the points' files in a directory that all nodes share; what counts is the files alone. A task that dies with
/// its node leaves files missing, and its task is submitted again. A sweep whose own process dies is resumed from the files.
/// </remarks>
public sealed class SlurmBackend(SlurmOptions options) : ISweepBackend
{
    /// <summary>Number of the last job, or empty: for logs.</summary>
    public string LastJob { get; private set; } = "";

    /// <summary>The command that submits a job which was only written; null when there is none.</summary>
    public string? Unsubmitted { get; private set; }

    /// <inheritdoc/>
    public void Run(SweepJob job, CancellationToken cancellation)
    {
        if (options.PointsPerTask < 1)
            throw new ArgumentException($"points per task is {options.PointsPerTask}; it must be at least 1.");
        string directory = Path.GetFullPath(Path.Combine(job.Store.Directory, "..", "slurm"));
        Directory.CreateDirectory(directory);
        Directory.CreateDirectory(job.Store.Directory);
        string manifestPath = Path.Combine(directory, "manifest.json"), script = Path.Combine(directory, "sweep.sbatch");
        SweepManifest manifest = SweepManifest.Of(job, options.PointsPerTask);
        foreach (SweepPoint point in job.Points)
            File.Delete(job.Store.PathOf(point.Index)); // failed results that are to be run again
        manifest.Write(manifestPath);
        OutputFile.WriteText(script, Script(job.Sweep.Name, directory, manifestPath));
        if (!options.Submit)
        {
            Unsubmitted = $"sbatch --array={Ranges([.. Enumerable.Range(0, manifest.Tasks.Count)])} {Quote(script)}";
            return;
        }
        var clock = Stopwatch.StartNew();
        for (int round = 0; round <= options.Resubmissions; round++)
        {
            int[] tasks = [.. Enumerable.Range(0, manifest.Tasks.Count)
                .Where(t => manifest.Tasks[t].Any(p => job.Store.Read(p.Index) is null))];
            if (tasks.Length == 0)
                return;
            LastJob = Submit(script, tasks);
            Await(job, clock, cancellation);
        }
    }

    /// <summary>The script of the array job.</summary>
    internal string Script(string name, string directory, string manifest)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        text.Append($"#SBATCH --job-name={new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])}\n");
        // Slurm takes a % for a pattern, and reads quotes and backslashes itself.
        string log = OneLine(directory, "folder").Replace("%", "%%");
        if (log.AsSpan().ContainsAny('"', '\\', '\''))
            throw new ArgumentException($"The folder '{directory}' has quotes or a backslash in its name, which Slurm cannot take.");
        text.Append($"#SBATCH --output=\"{log}/task-%a.log\"\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=1\n#SBATCH --requeue\n");
        if (options.Partition.Length > 0)
            text.Append($"#SBATCH --partition={Word(options.Partition, "partition")}\n");
        if (options.TimeLimit.Length > 0)
            text.Append($"#SBATCH --time={Word(options.TimeLimit, "time limit")}\n");
        foreach (string directive in options.Directives)
            text.Append($"#SBATCH {OneLine(directive, "directive")}\n");
        return text.Append($"exec {options.Command} sweep-task {Quote(manifest)} --task \"$SLURM_ARRAY_TASK_ID\"\n").ToString();
    }

    /// <summary>A text as one word for a POSIX shell.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "'\\''")}'";

    private static string OneLine(string text, string what) => text.Any(PlainText.IsControl)
        ? throw new ArgumentException($"The {what} '{PlainText.Line(text)}' has control characters; it must be one line.")
        : text;

    private static string Word(string text, string what) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ',' or ':')
        ? text
        : throw new ArgumentException($"The {what} '{PlainText.Line(text)}' must be letters, digits and - _ . , :");

    /// <summary>Task numbers as sbatch wants them, runs shortened: 0-3,7.</summary>
    internal static string Ranges(IReadOnlyList<int> tasks)
    {
        var parts = new List<string>();
        for (int i = 0; i < tasks.Count; i++)
        {
            int first = i;
            while (i + 1 < tasks.Count && tasks[i + 1] == tasks[i] + 1)
                i++;
            parts.Add(first == i ? $"{tasks[i]}" : $"{tasks[first]}-{tasks[i]}");
        }
        return string.Join(',', parts);
    }

    private string Submit(string script, int[] tasks)
    {
        string limit = options.LargestParallel > 0 ? $"%{options.LargestParallel}" : "";
        return Command("sbatch", "--parsable", $"--array={Ranges(tasks)}{limit}", script).Trim().Split(';')[0];
    }

    /// <summary>Waits until the job has left the queue.</summary>
    private void Await(SweepJob job, Stopwatch clock, CancellationToken cancellation)
    {
        try
        {
            while (Queued())
            {
                Report(job, clock);
                if (cancellation.WaitHandle.WaitOne(options.Poll))
                    cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            Command("scancel", LastJob);
            throw;
        }
        Report(job, clock);
    }

    private bool Queued()
    {
        try
        {
            return Command("squeue", "--noheader", "--states=all", "--format=%T", "--array", $"--jobs={LastJob}")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Any(state => state.Trim() is "PENDING" or "RUNNING" or "SUSPENDED" or "COMPLETING" or "CONFIGURING" or "REQUEUED"
                    or "REQUEUE_HOLD" or "RESIZING" or "STOPPED" or "SIGNALING" or "STAGE_OUT");
        }
        catch (IOException exception) when (exception.Message.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase))
        {
            return false; // Slurm forgets jobs some time after their end
        }
    }

    private static void Report(SweepJob job, Stopwatch clock)
    {
        if (job.Progress is null)
            return;
        PointResult[] results = [.. job.Points.Select(p => job.Store.Read(p.Index)).OfType<PointResult>()];
        job.Progress(SweepProgress.Of(job.Before, results.Length, results.Count(r => !r.Succeeded), job.Before + job.Points.Count,
            clock.Elapsed));
    }

    private static string Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new IOException($"'{program}' cannot be started: is Slurm installed and on the path?");
        }
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new IOException($"{program} failed with code {process.ExitCode}: {error.Result.Trim().ReplaceLineEndings(" ")}");
        }
    }
}
