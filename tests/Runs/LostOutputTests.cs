using System.Diagnostics;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using Xunit;

namespace FvSolver.Tests.Runs;

/// <summary>Results survive other writers, vanished folders, signals, and forgotten options.</summary>
public class LostOutputTests
{
    private const string Long = """
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 1000000
        """;

    [Theory]
    [InlineData("run quick -o pipe", "pipe")]
    [InlineData("run quick -o case.toml", "--force")]
    [InlineData("run case.toml -o case.toml --force", "reads")]
    [InlineData("run quick -o x.png", "picture")]
    [InlineData("steady quick -o x.png", "picture")]
    [InlineData("steady quick -o case.toml", "--force")]
    [InlineData("compact quick -o .", "--force")]
    [InlineData("fit case.toml linear -o case.toml", "picture")]
    [InlineData("info pipe", "pipe")]
    public void Outputs_replace_nothing_foreign(string commandLine, string expected)
    {
        using var work = new Workspace();
        work.Case("case.toml", Long);
        if (OperatingSystem.IsLinux())
            Process.Start("mkfifo", work.File("pipe")).WaitForExit();
        (int code, _, string error) = work.Run(commandLine.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.Equal(Long, File.ReadAllText(work.File("case.toml")));
    }

    [Fact]
    public void A_result_is_not_replaced_by_its_own_checkpoint_or_a_new_start()
    {
        using var work = new Workspace();
        CaseDefinition definition = CaseReader.Read("quick");
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => CaseRun.Start(definition, work.File("a.h5"), "").Run(null, cancel.Token));
        byte[] before = File.ReadAllBytes(work.File("a.h5.checkpoint"));
        (int code, _, string error) = work.Run("run", "quick", "-o", "a.h5");
        Assert.Equal(2, code);
        Assert.Contains("--resume", error);
        Assert.Equal(before, File.ReadAllBytes(work.File("a.h5.checkpoint")));
        Assert.Equal(0, work.Run("run", "quick", "-o", "a.h5", "--force", "--no-picture").ExitCode);
        Assert.Equal([work.File("a.h5")], Directory.GetFiles(work.Folder));
    }

    [Fact]
    public void A_vanished_folder_is_made_again()
    {
        using var work = new Workspace();
        string folder = work.File("out");
        CaseRun run = CaseRun.Start(CaseReader.Read("quick"), Path.Combine(folder, "q.h5"), "");
        run.Run(r =>
        {
            if (r.Pulses == 2)
                Directory.Delete(folder, recursive: true);
        }, default);
        Assert.Equal(CaseReader.Read("quick").Title, ResultFile.Read(Path.Combine(folder, "q.h5")).Header.Title);
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_state_that_cannot_be_saved_in_its_place_is_saved_elsewhere()
    {
        using var work = new Workspace();
        string folder = work.File("out");
        CaseRun run = CaseRun.Start(CaseReader.Read("quick"), Path.Combine(folder, "q.h5"), "");
        var error = Assert.Throws<OutputException>(() => run.Run(r =>
        {
            if (r.Pulses != 2)
                return;
            // A file where the folder was: even root cannot write there.
            Directory.Delete(folder, recursive: true);
            File.WriteAllText(folder, "");
        }, default));
        string elsewhere = error.Message.Split("saved in ")[1].Split(" instead")[0];
        Assert.Equal(CaseReader.Read("quick").Title, ResultFile.Read(elsewhere).Header.Title);
        Directory.Delete(Path.GetDirectoryName(elsewhere)!, recursive: true);
    }

    [Fact]
    public void A_second_run_on_the_same_output_is_refused_and_signals_save()
    {
        using var work = new Workspace();
        string path = work.Case("long.toml", Long);
        foreach (string signal in (string[])["INT", "HUP"])
        {
            using Process first = work.Start("run", path, "-o", "a.h5", "--force");
            while (!File.Exists(work.File("a.h5.lock")))
                Assert.False(first.WaitForExit(5));
            (int code, _, string error) = work.Run("run", path, "-o", "a.h5", "--force");
            Assert.Equal(2, code);
            Assert.Contains($"process {first.Id})", error);
            // Two signals at once, as a terminal and a parent process send them.
            for (int i = 0; i < 2; i++)
                Process.Start("kill", [$"-{signal}", $"{first.Id}"]).WaitForExit();
            Assert.True(first.WaitForExit(10_000));
            Assert.Equal(130, first.ExitCode);
            Assert.Equal("fv: interrupted", first.StandardError.ReadToEnd().Trim());
            Assert.NotEqual(0, ResultFile.Read(work.File("a.h5.checkpoint")).Record.Pulses.Count);
            Assert.Equal(["a.h5.checkpoint", "long.toml"], Directory.GetFiles(work.Folder).Select(Path.GetFileName).Order());
        }
    }

    [Fact]
    public async Task The_state_before_a_step_is_saved_from_another_thread_while_the_step_runs()
    {
        using var work = new Workspace();
        CaseDefinition definition = CaseReader.Read("quick");
        Result whole = CaseRun.Start(definition, work.File("whole.h5"), "").Run(null, default);
        CaseRun run = CaseRun.Start(definition, work.File("cut.h5"), "");
        using var go = new ManualResetEventSlim();
        Task saves = Task.Run(() =>
        {
            go.Wait();
            for (int i = 0; i < 5; i++)
                run.Save();
        });
        Assert.Throws<OperationCanceledException>(() => run.Run(r =>
        {
            go.Set();
            if (r.Pulses == 5)
                throw new OperationCanceledException();
        }, default));
        await saves;
        Result resumed = CaseRun.Resume(definition, work.File("cut.h5"), "").Run(null, default);
        Assert.Equal(whole.Checkpoint!.Doubles["state"], resumed.Checkpoint!.Doubles["state"]);
        Assert.Equal(whole.Record.Series.Count, resumed.Record.Series.Count);
        Assert.Equal(whole.Record.Pulses["conductance_after"], resumed.Record.Pulses["conductance_after"]);
    }
}
