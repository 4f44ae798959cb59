using FvSolver.Cases.Output;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Output;

/// <summary>Nothing of others is replaced, nothing is written in place, and an output has one writer.</summary>
public class OutputFileTests
{
    [Theory]
    [InlineData("folder", "a folder")]
    [InlineData("link", "a symbolic link")]
    [InlineData("dangling", "a symbolic link")]
    public void What_is_no_regular_file_is_never_replaced(string name, string expected)
    {
        using var work = new TemporaryDirectory();
        Directory.CreateDirectory(work["folder"]);
        File.WriteAllText(work["target"], "theirs");
        File.CreateSymbolicLink(work["link"], work["target"]);
        File.CreateSymbolicLink(work["dangling"], work["nowhere"]);
        foreach (bool force in (bool[])[false, true])
            Assert.Contains(expected, Assert.Throws<OutputException>(() => OutputFile.Check(force, work[name])).Message);
        Assert.Contains(expected, Assert.Throws<OutputException>(() => OutputFile.WriteText(work[name], "ours")).Message);
        Assert.Equal("theirs", File.ReadAllText(work["target"]));
        Assert.False(File.Exists(work["nowhere"]));
        Assert.Empty(Directory.GetFiles(work.Path, "*.partial"));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    public void Devices_are_not_replaced(string path)
    {
        if (OperatingSystem.IsLinux())
            Assert.Contains("a device", Assert.Throws<OutputException>(() => OutputFile.Check(true, path)).Message);
    }

    [Fact]
    public void A_foreign_file_is_replaced_on_demand_only_and_an_own_one_always()
    {
        using var work = new TemporaryDirectory();
        File.WriteAllText(work["note.txt"], "theirs");
        Assert.Contains("--force", Assert.Throws<OutputException>(() => OutputFile.Check(false, work["note.txt"])).Message);
        OutputFile.Check(true, work["note.txt"]);
        Assert.Equal("theirs", File.ReadAllText(work["note.txt"]));
        OutputFile.WriteText(work["note.txt"], $"by {OutputFile.Mark}");
        OutputFile.Check(false, work["note.txt"]);
        File.WriteAllText(work["empty.txt"], "");
        OutputFile.Check(false, work["empty.txt"], work["a/new/place.txt"]);
        Assert.True(Directory.Exists(work["a/new"]));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var work = new TemporaryDirectory();
        OutputFile.WriteText(work["x.txt"], "old");
        Assert.Throws<IOException>(() => OutputFile.Write(work["x.txt"], file =>
        {
            file.Write("half"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Equal("old", File.ReadAllText(work["x.txt"]));
        Assert.Equal([work["x.txt"]], Directory.GetFiles(work.Path));
        Assert.False(OutputFile.IsWriting);
    }

    [Fact]
    public void A_file_that_is_read_is_not_written_not_even_through_a_link()
    {
        using var work = new TemporaryDirectory();
        File.WriteAllText(work["case.toml"], "title = 'x'");
        Directory.CreateSymbolicLink(work["here"], work.Path);
        Assert.Throws<OutputException>(() => OutputFile.RequireApart(work["case.toml"], work["case.toml"]));
        Assert.Throws<OutputException>(() => OutputFile.RequireApart(Path.Combine(work["here"], "case.toml"), work["case.toml"]));
        OutputFile.RequireApart(work["case.h5"], work["case.toml"]);
    }

    [Fact]
    public void The_second_writer_of_an_output_is_refused_until_the_first_ends()
    {
        using var work = new TemporaryDirectory();
        using (OutputLock first = OutputLock.Take(work["r.h5"]))
        {
            string message = Assert.Throws<OutputException>(() => OutputLock.Take(work["r.h5"])).Message;
            Assert.Contains($"process {Environment.ProcessId})", message);
            first.Renew();
        }
        Assert.Empty(Directory.GetFiles(work.Path));
        // What a killed process leaves behind holds nobody up.
        File.WriteAllText(work["r.h5.lock"], $"{OutputFile.Mark} process 1 on elsewhere");
        OutputLock.Take(work["r.h5"]).Dispose();
        File.WriteAllText(work["r.h5.lock"], "theirs");
        Assert.Contains("not a lock file", Assert.Throws<OutputException>(() => OutputLock.Take(work["r.h5"])).Message);
        Assert.Equal("theirs", File.ReadAllText(work["r.h5.lock"]));
    }

    [Fact]
    public void A_lock_whose_folder_vanished_is_taken_again()
    {
        using var work = new TemporaryDirectory();
        using OutputLock held = OutputLock.Take(work["out/r.h5"]);
        Directory.Delete(work["out"], recursive: true);
        held.Renew();
        Assert.Throws<OutputException>(() => OutputLock.Take(work["out/r.h5"]));
        Directory.Delete(work["out"], recursive: true);
        using OutputLock other = OutputLock.Take(work["out/r.h5"]);
        Assert.Throws<OutputException>(held.Renew);
    }

    [Fact]
    public async Task Of_many_writers_at_once_one_holds_the_lock()
    {
        using var work = new TemporaryDirectory();
        int holders = 0, most = 0, taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                try
                {
                    using OutputLock held = OutputLock.Take(work["r.h5"]);
                    int now = Interlocked.Increment(ref holders);
                    most = Math.Max(most, now);
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref holders);
                }
                catch (OutputException)
                {
                    // Another holds it: as it should be.
                }
            }
        })));
        Assert.Equal(1, most);
        Assert.True(taken > 0);
    }
}
