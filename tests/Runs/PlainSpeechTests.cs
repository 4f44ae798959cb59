using System.Diagnostics;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using Xunit;

namespace FvSolver.Tests.Runs;

/// <summary>What goes wrong is told in one line that says what to do, with the exit code that the README promises.</summary>
public class PlainSpeechTests
{
    private const string Pulse = "[[protocol]]\ntype = \"pulses\"\namplitude = \"10 V\"\nwidth = \"5 ns\"\n";

    [Theory]
    [InlineData("[[protocol]]\ntype = \"pulses\"\namplitude = \"10 V\"\nwidht = \"5 ns\"\n",
        "protocol.0.widht: unknown key; did you mean 'width'?")]
    [InlineData("[psg]\nthickness = 5 nm\n" + Pulse, "a value with a unit must be in quotes: thickness = \"5 nm\"")]
    [InlineData("[wo3]\nhydrogen_diffusivity = 1e-20 m^2/s\n" + Pulse, "must be in quotes: hydrogen_diffusivity = \"1e-20 m^2/s\"")]
    [InlineData("case = \"single\"\n[[axis]]\npath = \"psg.thickness\"\nvalues = [1e-8]\n", "belongs to a sweep, not to a case: fv sweep ")]
    [InlineData("name = \"mine\"\n[target.range]\nvalue = 20\n", "belongs to targets of a calibration, not to a case: fv calibrate ")]
    [InlineData("title = \"a\\u001b[31mb\"\n" + Pulse, "control characters")]
    [InlineData("title = \"a\\u202eb\"\n" + Pulse, "control characters")]
    [InlineData("[[protocol]]\ntype = \"drain\"\nvoltage = \"0.1 V\"\nduration = \"1 s\"\n", "wo3.electrons")]
    [InlineData("[cross_section]\ncell_x = \"12 nm\"\n[[cross_section.rectangles]]\nname = \"a\"\nmaterial = \"oxide\"\nleft = 0\nright = "
        + "1e-7\ntop = 0\nbottom = 3e-8\ncell = 1e-8\n" + Pulse,
        "the drawing has no gate-metal")]
    public void A_case_that_cannot_run_is_explained_by_check(string text, string expected)
    {
        using var work = new Workspace();
        (int code, string output, string error) = work.Run("check", work.Case("a.toml", text));
        Assert.Equal(2, code);
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')));
        Assert.DoesNotContain('\u001b', output + error);
    }

    [Theory]
    [InlineData("x,y\n", "linear", 2, "holds no rows")]
    [InlineData("x,x\n1,3\n2,5\n3,7\n", "linear", 2, "2 columns are named 'x'")]
    [InlineData("x,y\n0,0\n1,3\n2,9.7\n3,19.4\n", "power-log", 2, "has no logarithm")]
    [InlineData("1,3\n2,5\n3,7\n", "linear", 0, "x = column1")]
    [InlineData("y\n3\n5\n7\n", "linear", 0, "x = row")]
    [InlineData("x;y\n1,5;2,5\n2,5;4,5\n3,5;6,5\n", "linear", 0, "slope")]
    [InlineData("x,y\n1,1\n2,-50\n3,200\n4,-700\n5,3\n", "linear", 0, "does not describe the data")]
    [InlineData("time,y\n1,0\n2,0\n3,0\n", "power", 0, "note: ")]
    public void Fits_say_what_they_make_of_their_data(string csv, string law, int expectedCode, string expected)
    {
        using var work = new Workspace();
        (int code, string output, string error) = work.Run("fit", work.Case("a.csv", csv), law);
        Assert.Equal((expectedCode, false), (code, (output + error).Contains("   at ", StringComparison.Ordinal)));
        Assert.Contains(expected, output + error);
    }

    [Theory]
    [InlineData("list >&-", 2, "standard output")]
    [InlineData("list >/dev/full", 2, "standard output")]
    [InlineData("list >&- 2>&-", 2, "")]
    [InlineData("show single | head -1", 0, "")]
    public void A_closed_or_full_output_ends_in_words(string command, int expectedCode, string expected)
    {
        using var work = new Workspace();
        using Process shell = Process.Start(new ProcessStartInfo("sh",
            ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}' {command}"])
        {
            WorkingDirectory = work.Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(expectedCode, shell.ExitCode);
        Assert.Contains(expected, error);
        Assert.True(error.Count(c => c == '\n') <= 1);
    }

    [Theory]
    [InlineData("run quick -o a.h5 >&-")]
    [InlineData("run quick -o a.h5 >/dev/full")]
    public void A_run_whose_words_are_lost_keeps_its_result(string command)
    {
        using var work = new Workspace();
        Process.Start(new ProcessStartInfo("sh", ["-c",
            $"dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}' {command} 2>/dev/null"])
        { WorkingDirectory = work.Folder })!.WaitForExit();
        Assert.True(File.Exists(work.File("a.h5")));
    }

    [Theory]
    [InlineData(45)]
    [InlineData(64)]
    public void Too_few_open_files_are_named(int most)
    {
        using var work = new Workspace();
        using Process shell = Process.Start(new ProcessStartInfo("sh",
            ["-c", $"ulimit -n {most}; dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}' run quick"])
        { WorkingDirectory = work.Folder, RedirectStandardError = true })!;
        Assert.Equal($"fv: this shell allows {most} open files, and the program needs 128; allow more with ulimit -n\n",
            shell.StandardError.ReadToEnd());
        shell.WaitForExit();
        Assert.Equal(2, shell.ExitCode);
    }

    [Fact]
    public void A_vanished_working_folder_is_named()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work.File("gone"));
        using Process shell = Process.Start(new ProcessStartInfo("sh",
            ["-c", $"cd gone && rmdir ../gone && dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}' run quick"])
        { WorkingDirectory = work.Folder, RedirectStandardError = true })!;
        Assert.Contains("working folder does not exist", shell.StandardError.ReadToEnd());
        shell.WaitForExit();
        Assert.Equal(2, shell.ExitCode);
    }

    [Theory]
    [InlineData("protocol.0.amplitude=100 V")]
    [InlineData("psg.thickness=1 nm")]
    public void Beyond_breakdown_the_field_is_named_first(string setting)
    {
        using var work = new Workspace();
        RunFailure? failure = null;
        try
        {
            CaseRun.Start(CaseReader.Read("single", [setting, "solver.max_steps=2000"]), work.File("a.h5"), "").Run(null, default);
        }
        catch (RunFailure e)
        {
            failure = e;
        }
        // A device that can be computed warns instead.
        if (failure is not null)
            Assert.Contains("is beyond breakdown at 1.5 V/nm", failure.Message);
        else
            Assert.Contains(ResultFile.Read(work.File("a.h5")).Record.Warnings,
                w => w.Contains("above breakdown", StringComparison.Ordinal));
    }

    [Fact]
    public void Some_failed_points_are_a_failure()
    {
        using var work = new Workspace();
        work.Case("s.toml", "case = \"single\"\noutputs = [\"step_first\"]\n[[axis]]\npath = \"solver.max_steps\"\nvalues = [3, 100000]\n");
        (int code, string output, _) = work.Run("sweep", "s.toml", "-o", "out");
        Assert.Equal(3, code);
        Assert.Contains("2 points, 1 failed", output);
    }

    [Theory]
    [InlineData("a\nb", "")]
    [InlineData("a b", "")]
    [InlineData("$(id)", "")]
    [InlineData("", "1:00\n#SBATCH --wrap=id")]
    public void What_reaches_the_script_of_a_cluster_is_one_word(string partition, string limit) => Assert.Contains("must be letters",
        Assert.Throws<ArgumentException>(() => new SlurmBackend(new() { Partition = partition, TimeLimit = limit }).Script("n", "/d",
            "/d/m")).Message);

    [Fact]
    public void Paths_with_quotes_and_spaces_reach_the_shell_whole()
    {
        string script = new SlurmBackend(new() { Command = $"echo {SlurmBackend.Quote("it's $(id)")}" }).Script("n", "/d x%y",
            "/m'; id; '.json");
        Assert.Contains("#SBATCH --output=\"/d x%%y/task-%a.log\"\n", script);
        using Process shell = Process.Start(new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        shell.StandardInput.Write(script.Replace("exec echo", "echo"));
        shell.StandardInput.Close();
        Assert.Equal("it's $(id) sweep-task /m'; id; '.json --task \n", shell.StandardOutput.ReadToEnd());
        foreach (string folder in (string[])["/a\nb", "/a\"b", "/a'b", "/a\\b"])
            Assert.Throws<ArgumentException>(() => new SlurmBackend(new()).Script("n", folder, "/m"));
    }
}
