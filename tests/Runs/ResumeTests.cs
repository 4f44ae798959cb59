using System.Diagnostics;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Runs;

public class ResumeTests
{
    private const string Train = """
        title = "kill me"
        preset = "default"
        [output]
        checkpoint_interval = 0.02
        series_every = 3
        [[protocol]]
        type = "repeat"
        count = 4
        steps = [
          { type = "pulses", amplitude = ["10 V", "9 V"], width = "5 ns", count = 250, rest = "1 s" },
          { type = "rest", duration = "10 s" },
          { type = "pulses", amplitude = "-8.5 V", width = "5 ns", count = 250, rest = "1 s", until = { conductance_below = "13 nS" } },
        ]
        """;

    [Fact]
    public void A_run_killed_at_random_moments_and_resumed_ends_in_the_same_bits()
    {
        using var work = new Workspace();
        string path = work.Case("train.toml", Train);
        Assert.Equal(0, work.Run("run", path, "-o", "whole.h5", "--no-picture").ExitCode);

        var random = new Random(7);
        int kills = 0;
        for (int i = 0; i < 40 && !File.Exists(work.File("cut.h5")); i++)
        {
            using Process process = work.Start("run", path, "-o", "cut.h5", "--no-picture", "--resume");
            // The first kill only once there is something to resume from; later ones at any moment.
            int patience = random.Next(100, 1500);
            var clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < patience || (kills == 0 && !File.Exists(work.File("cut.h5.checkpoint"))))
                if (process.WaitForExit(5))
                    break;
            if (process.HasExited)
                continue;
            process.Kill();
            process.WaitForExit();
            kills++;
        }
        Assert.Equal(0, work.Run("run", path, "-o", "cut.h5", "--no-picture", "--resume").ExitCode);
        Assert.True(kills > 0);
        AssertSame(ResultFile.Read(work.File("whole.h5")), ResultFile.Read(work.File("cut.h5")));
        Assert.False(File.Exists(work.File("cut.h5.checkpoint")));
    }

    [Fact]
    public void A_cancelled_run_saves_a_checkpoint_and_resumes_to_the_same_bits()
    {
        using var work = new Workspace();
        CaseDefinition definition = CaseReader.Read(work.Case("train.toml", Train.Replace("count = 250", "count = 6")));
        Result whole = CaseRun.Start(definition, work.File("whole.h5"), "").Run(null, default);
        using var cancel = new CancellationTokenSource();
        CaseRun run = CaseRun.Start(definition, work.File("cut.h5"), "");
        Assert.Throws<OperationCanceledException>(() => run.Run(r =>
        {
            if (r.Pulses == 15)
                cancel.Cancel();
        }, cancel.Token));
        AssertSame(whole, CaseRun.Resume(definition, work.File("cut.h5"), "").Run(null, default));
    }

    [Fact]
    public void A_checkpoint_of_another_case_is_refused()
    {
        using var work = new Workspace();
        CaseDefinition definition = CaseReader.Read("quick");
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            CaseRun.Start(definition, work.File("a.h5"), "").Run(null, cancel.Token));
        var error = Assert.Throws<OutputException>(() =>
            CaseRun.Resume(definition.With("psg.thickness=9 nm"), work.File("a.h5"), ""));
        Assert.Contains("another case", error.Message);
        error = Assert.Throws<OutputException>(() =>
            CaseRun.Resume(definition.With("protocol.0.amplitude=9 V"), work.File("a.h5"), ""));
        Assert.Contains("another case", error.Message);
    }

    [Fact]
    public void A_run_from_an_earlier_result_starts_from_its_final_state()
    {
        using var work = new Workspace();
        CaseDefinition up = CaseReader.Read("single");
        CaseRun.Start(up, work.File("first.h5"), "").Run(null, default);
        Result second = CaseRun.Start(up, work.File("second.h5"), "", work.File("first.h5")).Run(null, default);
        Result both = CaseRun.Start(up.With("protocol.0.count=2"), work.File("both.h5"), "").Run(null, default);
        Assert.Equal(both.Record.Pulses["conductance_after"][1], second.Record.Pulses["conductance_after"][0]);
        Assert.NotEqual(both.Record.Pulses["conductance_after"][0], second.Record.Pulses["conductance_after"][0]);
        var error = Assert.Throws<OutputException>(() =>
            CaseRun.Start(up.With("mesh.psg_cells=70"), work.File("third.h5"), "", work.File("first.h5")));
        Assert.Contains("other unknowns", error.Message);
    }

    private static void AssertSame(Result expected, Result actual)
    {
        foreach ((Table a, Table b) in new[]
        {
            (expected.Record.Pulses, actual.Record.Pulses), (expected.Record.Series, actual.Record.Series),
        })
        {
            Assert.Equal(a.Count, b.Count);
            foreach (Column column in a.Columns)
                Assert.Equal(a[column.Name].Select(BitConverter.DoubleToInt64Bits), b[column.Name].Select(BitConverter.DoubleToInt64Bits));
        }
        Assert.Equal(expected.Checkpoint!.Doubles["state"], actual.Checkpoint!.Doubles["state"]);
        Assert.Equal(expected.Record.Figures.Keys.Order(), actual.Record.Figures.Keys.Order());
        foreach ((string name, Figure figure) in expected.Record.Figures)
            Assert.Equal(figure.Value, actual.Record.Figures[name].Value);
        foreach ((ProfileField a, ProfileField b) in expected.Record.Profiles.Fields.Zip(actual.Record.Profiles.Fields))
            Assert.Equal(a.Samples, b.Samples);
    }
}
