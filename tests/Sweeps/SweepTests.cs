using FvSolver.Cases.Sweeps;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Sweeps;

public class SweepTests
{
    private static readonly SweepDefinition SweepDefinition = new()
    {
        Name = "test",
        Case = "base.toml",
        Axes = [SweepAxis.Linear("a.x", 0, 1, 8), new("a.law", [new("sinh"), new("washboard")])],
        Sample = new(SampleMethod.Random, 3, 1, [new("a.y", new NormalSpread(0, 1))]),
        Outputs = ["sum", "odd"],
    };

    private static PointResult Sum(SweepPoint point, CancellationToken cancellation)
    {
        if (point.Index == 5)
            throw new InvalidOperationException("field is 2 V/nm, \"breakdown\"\nat 1.5 V/nm");
        double x = point.Settings[0].Value.Number, y = point.Settings[2].Value.Number;
        return new PointResult
        {
            Index = point.Index,
            Succeeded = true,
            Outputs = new Dictionary<string, double> { ["sum"] = x + y, ["odd"] = double.PositiveInfinity }
        };
    }

    private static SweepTable Run(string directory, PointRunner runner, bool resume = false, CancellationToken cancellation = default,
        string baseCase = "") =>
        Sweep.Run(SweepDefinition, baseCase, null, runner, new SweepOptions { Directory = directory, Resume = resume }, cancellation);

    [Fact]
    public void Failed_point_is_kept_with_its_message_and_does_not_stop_the_rest()
    {
        using var directory = new TemporaryDirectory();
        SweepTable table = Run(directory.Path, Sum);
        Assert.Equal(1, table.Failures);
        Assert.Equal(48, table.ToTable().Count);
        Assert.Equal(1, table.ToTable()["failed"][5]);
        string line = File.ReadAllLines(directory["sweep.csv"])[6];
        Assert.EndsWith("NaN,NaN,1,\"field is 2 V/nm, \"\"breakdown\"\" at 1.5 V/nm\"", line);
        Assert.Equal(double.PositiveInfinity, table.Output("odd")[0]);
        Assert.Equal(1, table.ToTable()["a.law"][3]);
        Assert.Equal(["sinh", "washboard"], table.Choices("a.law"));
    }

    [Fact]
    public void Killed_sweep_resumed_gives_the_identical_table_and_runs_only_what_is_missing()
    {
        using var whole = new TemporaryDirectory();
        using var killed = new TemporaryDirectory();
        Run(whole.Path, Sum);
        using var stop = new CancellationTokenSource();
        int ran = 0;
        Assert.Throws<OperationCanceledException>(() => Run(killed.Path, (p, c) =>
        {
            if (Interlocked.Increment(ref ran) == 20)
                stop.Cancel();
            return Sum(p, c);
        }, cancellation: stop.Token));
        string[] files = Directory.GetFiles(killed["points"]);
        Assert.InRange(files.Length, 18, 24);
        // What a kill within a write, or a full disk, leaves behind.
        File.WriteAllText(files[0], File.ReadAllText(files[0])[..20]);
        File.WriteAllText(killed["points/point-000047.json.1.1.tmp"], "{");
        int again = 0;
        Run(killed.Path, (p, c) =>
        {
            Interlocked.Increment(ref again);
            return Sum(p, c);
        }, resume: true);
        Assert.Equal(48 - (files.Length - 1), again);
        Assert.Equal(File.ReadAllBytes(whole["sweep.csv"]), File.ReadAllBytes(killed["sweep.csv"]));
    }

    [Fact]
    public void Results_of_another_base_case_are_not_taken_on_resume()
    {
        using var directory = new TemporaryDirectory();
        Run(directory.Path, Sum, baseCase: "thickness = 5");
        string message = Assert.Throws<InvalidDataException>(
            () => Run(directory.Path, Sum, resume: true, baseCase: "thickness = 6")).Message;
        Assert.Contains("belongs to another sweep", message);
    }

    [Fact]
    public void All_workers_run_at_once()
    {
        using var directory = new TemporaryDirectory();
        using var meet = new Barrier(3);
        bool met = true;
        Sweep.Run(SweepDefinition with { Axes = [SweepAxis.List("a.x", 1, 2, 3)], Sample = null }, "", null, (p, _) =>
        {
            met &= meet.SignalAndWait(TimeSpan.FromSeconds(20));
            return new PointResult { Index = p.Index, Succeeded = true };
        }, new SweepOptions { Directory = directory.Path, Backend = new LocalBackend(3) });
        Assert.True(met);
    }

    [Fact]
    public void Progress_counts_points_and_estimates_the_time_left_from_the_pace_of_this_run()
    {
        SweepProgress progress = SweepProgress.Of(before: 40, done: 10, failed: 1, total: 100, TimeSpan.FromSeconds(20));
        Assert.Equal(50, progress.Done);
        Assert.Equal(TimeSpan.FromSeconds(100), progress.Left);
        Assert.Null(SweepProgress.Of(40, 0, 0, 100, TimeSpan.FromSeconds(20)).Left);
    }

    [Fact]
    public void Result_that_cannot_be_written_ends_the_sweep_with_one_error()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["points"], "a file where the directory should be");
        Assert.Throws<IOException>(() => Run(directory.Path, Sum));
    }

    [Fact]
    public void Files_of_others_among_the_points_are_left_alone()
    {
        using var work = new TemporaryDirectory();
        Directory.CreateDirectory(work["points"]);
        string[] theirs = ["points/notes.txt", "points/point-0.json", "points/point-000900.json", "points/point-000001.json.bak"];
        foreach (string name in theirs)
            File.WriteAllText(work[name], "theirs");
        Run(work.Path, Sum);
        Run(work.Path, Sum);
        Assert.All(theirs, name => Assert.Equal("theirs", File.ReadAllText(work[name])));
        PointStore.Clear(work["points"]);
        Assert.Equal(theirs.Select(n => work[n]).Order(), Directory.GetFiles(work["points"]).Order());
        File.WriteAllText(work["points/point-000003.json"], "theirs");
        Assert.Contains("no result of a sweep's point", Assert.ThrowsAny<Exception>(() => Run(work.Path, Sum)).Message);
        Assert.Equal("theirs", File.ReadAllText(work["points/point-000003.json"]));
    }
}
