using System.Diagnostics;
using FvSolver.Cases.Sweeps;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Sweeps;

public class SlurmTests
{
    private static readonly SweepDefinition SweepDefinition = new()
    {
        Name = "slurm",
        Case = "base.toml",
        Axes = [SweepAxis.Linear("a.x", 0, 1, 11)],
        Outputs = ["square"],
    };

    private static SweepJob Job(string directory, PointRunner runner)
    {
        IReadOnlyList<SweepPoint> points = SweepDefinition.Points();
        string mark = SweepDefinition.Fingerprint(points, "");
        return new SweepJob(SweepDefinition, mark, points, 0, new PointStore(Path.Combine(directory, "points"), mark),
            [.. points.Select(p => new[] { p })], (block, cancel) => [.. block.Select(p => runner(p, cancel))], null);
    }

    private static PointResult Square(SweepPoint p, CancellationToken _) => new()
    {
        Index = p.Index,
        Succeeded = true,
        Outputs = new Dictionary<string, double> { ["square"] = Math.Pow(p.Settings[0].Value.Number, 2) },
    };

    [Fact]
    public void Manifest_read_back_runs_the_same_points_to_the_last_bit()
    {
        using var directory = new TemporaryDirectory();
        SweepJob job = Job(directory.Path, Square);
        SweepManifest.Of(job, 4).Write(directory["manifest.json"]);
        SweepManifest manifest = SweepManifest.Read(directory["manifest.json"]);
        Assert.Equal([4, 4, 3], manifest.Tasks.Select(t => t.Count));
        for (int task = 0; task < 3; task++)
            manifest.RunTask(task, Square);
        for (int i = 0; i < 11; i++)
            Assert.Equal(Math.Pow(job.Points[i].Settings[0].Value.Number, 2), job.Store.Read(i)!.Outputs["square"]);
        int again = 0;
        manifest.RunTask(0, (p, c) => { again++; return Square(p, c); });
        Assert.Equal(0, again);
        Assert.Throws<ArgumentException>(() => manifest.RunTask(3, Square));
    }

    [Fact]
    public void Script_names_the_task_command_and_the_array_is_given_in_ranges()
    {
        using var directory = new TemporaryDirectory();
        new SlurmBackend(new SlurmOptions
        {
            Submit = false,
            PointsPerTask = 3,
            Partition = "sweep",
            TimeLimit = "00:10:00",
            Directives = ["--mem=1G"]
        })
            .Run(Job(directory.Path, Square), default);
        string script = File.ReadAllText(directory["slurm/sweep.sbatch"]);
        Assert.StartsWith("#!/bin/sh\n#SBATCH --job-name=slurm\n", script);
        Assert.Contains("#SBATCH --partition=sweep\n#SBATCH --time=00:10:00\n#SBATCH --mem=1G\n", script);
        Assert.EndsWith($"exec fv sweep-task '{directory["slurm/manifest.json"]}' --task \"$SLURM_ARRAY_TASK_ID\"\n", script);
        Assert.Equal("0-3,7,9-10", SlurmBackend.Ranges([0, 1, 2, 3, 7, 9, 10]));
    }

    /// <summary>A stand-in for the task command that reads the same manifest and writes the same files.</summary>
    private const string Worker = """
        import json, os, signal, sys
        manifest = json.load(open(sys.argv[2])); task = int(sys.argv[4])
        mark = os.path.join(os.path.dirname(sys.argv[2]), "died")
        for n, p in enumerate(manifest["tasks"][task]):
            if task == 1 and n == 2 and not os.path.exists(mark):
                open(mark, "w").close(); os.kill(os.getpid(), signal.SIGKILL)
            path = "%s/point-%06d.json" % (manifest["point_directory"], p["index"])
            x = p["settings"][0]["number"]
            with open(path + ".tmp", "w") as f:
                json.dump({"index": p["index"], "fingerprint": manifest["fingerprint"], "succeeded": True, "outputs": {"square": x * x}}, f)
            os.rename(path + ".tmp", path)
        """;

    [ProgramFact("sbatch", "slurmctld", "slurmd", "munged", "python3", "ss")]
    public void Sweep_on_a_real_slurm_survives_a_killed_task_and_gives_the_table_of_a_local_run()
    {
        using var directory = new TemporaryDirectory();
        string scripts = Path.Combine(AppContext.BaseDirectory, "Sweeps", "slurm-loopback.sh"), cluster = directory["cluster"];
        File.WriteAllText(directory["worker.py"], Worker);
        Environment.SetEnvironmentVariable("SLURM_LOOPBACK_PORT", $"{20000 + 2 * (Environment.ProcessId % 5000)}");
        try
        {
            Environment.SetEnvironmentVariable("SLURM_CONF", Shell(scripts, "start", cluster).Trim());
            var backend = new SlurmBackend(new SlurmOptions
            {
                PointsPerTask = 4,
                Command = $"{ProgramFactAttribute.Find("python3")} {directory["worker.py"]}",
                Poll = TimeSpan.FromMilliseconds(300),
            });
            int last = 0;
            Sweep.Run(SweepDefinition, "", null, Square,
                new SweepOptions { Directory = directory["far"], Backend = backend, Progress = p => last = p.Done });
            Assert.True(File.Exists(directory["far/slurm/died"]));
            Assert.Equal(11, last);
            RunCase(directory["far-case"], new SlurmBackend(new SlurmOptions
            {
                PointsPerTask = 2,
                Command = $"'{Environment.ProcessPath}' '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}'",
                Poll = TimeSpan.FromMilliseconds(300),
            }));
        }
        finally
        {
            Shell(scripts, "stop", cluster);
            Environment.SetEnvironmentVariable("SLURM_CONF", null);
        }
        Sweep.Run(SweepDefinition, "", null, Square, new SweepOptions { Directory = directory["near"] });
        Assert.Equal(File.ReadAllText(directory["near/sweep.csv"]), File.ReadAllText(directory["far/sweep.csv"]));
        RunCase(directory["near-case"], new LocalBackend());
        Assert.Equal(File.ReadAllText(directory["near-case/sweep.csv"]), File.ReadAllText(directory["far-case/sweep.csv"]));
    }

    /// <summary>A sweep of the solver itself, whose tasks start the program.</summary>
    private static void RunCase(string directory, ISweepBackend backend)
    {
        var definition = new SweepDefinition
        {
            Name = "case",
            Case = "single",
            Axes = [SweepAxis.List("psg.thickness", 9e-9, 10e-9, 11e-9)],
            Outputs = ["step_first"]
        };
        Directory.CreateDirectory(directory);
        var sweep = new CaseSweep(definition.Case, definition.Outputs);
        SweepTable table = Sweep.Run(definition, sweep.Mark, null, sweep.Run,
            new SweepOptions { Directory = directory, Backend = backend });
        Assert.Equal(0, table.Failures);
        Assert.Equal("S", table.Unit("step_first"));
    }

    private static string Shell(string script, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", [script, .. arguments]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(
            $"{Path.GetFileName(script)} {arguments[0]} failed: {output}");
    }
}
