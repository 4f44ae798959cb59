using Xunit;

namespace FvSolver.Tests.Runs;

/// <summary>The program from outside: one line on the error stream, an exit code, never a stack trace.</summary>
public class RunErrorTests
{
    [Theory]
    [InlineData("run quick --set psg.thicknes=5nm", 2, "did you mean")]
    [InlineData("run quick --set psg.thickness=-1", 2, "psg.thickness")]
    [InlineData("run quick --set psg.thickness=0.3nm", 2, "psg")]
    [InlineData("run nothing-there", 2, "nothing-there")]
    [InlineData("run quick -o no/such\0name/x.h5", 2, "cannot be written")]
    [InlineData("run quick --from missing.h5", 2, "missing.h5")]
    [InlineData("run quick --frm x", 2, "unknown option")]
    [InlineData("plot missing.h5", 2, "missing.h5")]
    [InlineData("info README.txt", 2, "README.txt")]
    [InlineData("run quick --set solver.max_steps=3 -o few.h5", 3, "max_steps")]
    [InlineData("run quick --set wo3.thickness=0.5nm", 2, "wo3.lattice_plane")]
    public void Bad_input_gives_one_line_and_its_exit_code(string commandLine, int exitCode, string expected)
    {
        using var work = new Workspace();
        File.WriteAllText(work.File("README.txt"), "not HDF5");
        string[] arguments = [.. commandLine.Split(' ').Select(a => a.Replace("\0", "", StringComparison.Ordinal))];
        if (commandLine.Contains('\0'))
        {
            File.WriteAllText(work.File("no"), "a file where a folder is needed");
        }
        (int code, string output, string error) = work.Run(arguments);
        Assert.Equal(exitCode, code);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Contains(expected, error);
        Assert.DoesNotContain("   at ", output + error);
    }

    [Fact]
    public void A_numerical_failure_saves_the_state_and_names_the_worst_unknown()
    {
        using var work = new Workspace();
        (int code, _, string error) = work.Run("run", "quick", "--set", "solver.max_steps=3", "-o", "few.h5");
        Assert.Equal(3, code);
        Assert.Contains("worst unknown", error);
        Assert.True(File.Exists(work.File("few.h5.failed")));
        Assert.Equal(0, work.Run("info", "few.h5.failed").ExitCode);
    }

    [Fact]
    public void A_short_run_prints_its_figures_and_leaves_result_and_picture()
    {
        using var work = new Workspace();
        (int code, string output, string error) = work.Run("run", "quick", "-o", "q.h5");
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.Contains("88 Mohm", output);
        Assert.Contains("15 aJ", output);
        Assert.True(File.Exists(work.File("q.h5")));
        Assert.True(File.Exists(work.File("q.png")));
    }
}
