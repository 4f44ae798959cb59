using System.Diagnostics;
using FvSolver.Cases.Input;
using FvSolver.Cases.Sweeps;
using Xunit;

namespace FvSolver.Tests.Runs;

/// <summary>Sizes are counted before the work, and every command comes to an end.</summary>
public class BoundTests
{
    private const string Head = "name = \"t\"\ncase = \"single\"\noutputs = [\"step_first\"]\n";

    [Theory]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nlinear = { from = 9e-9, to = 10e-9, count = 1000000000 }", "count = 1000000000")]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nrange = { from = 9e-9, to = 10e-9, step = 1e-17 }", "1e+08")]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nlinear = { from = 9e-9, to = 10e-9, count = 100000 }\n"
        + "[[axis]]\npath = \"wo3.thickness\"\nlogarithmic = { from = 9e-9, to = 10e-9, count = 100000 }", "1e+10 points")]
    [InlineData("[sample]\nmethod = \"random\"\ncount = 2000000000\n[[sample.parameter]]\npath = \"psg.thickness\"\nuniform = { from = "
        + "9e-9, to = 1e-8 }", "2000000000")]
    public void Sweeps_of_too_many_points_are_refused_with_number_and_limit(string text, string expected)
    {
        Exception refused = Assert.ThrowsAny<Exception>(() => SweepFile.Parse(Head + text, "sweep.toml").Points());
        Assert.Contains(expected, refused.Message);
        Assert.Contains("1000000", refused.Message);
    }

    [Theory]
    [InlineData("1e-6 nm", "1 nm", "1e+08 grid lines; at most 20000")]
    [InlineData("0.03 nm", "0.02 nm", "3335 by")]
    public void Meshes_that_nobody_can_solve_are_refused_before_they_are_built(string cellX, string cell, string expected)
    {
        string Rectangle(string name, int top, string size) => $"""
            [[cross_section.rectangles]]
            name = "{name}"
            material = "{name}"
            left = "0 nm"
            right = "100 nm"
            top = "{top} nm"
            bottom = "{top + 10} nm"
            cell = "{size}"

            """;
        using var work = new Workspace();
        string path = work.Case("huge.toml", $"[cross_section]\ncell_x = \"{cellX}\"\n" + Rectangle("gate-metal", 0, cell)
            + Rectangle("electrolyte", 10, "1 nm") + Rectangle("channel", 20, cell)
            + "[[protocol]]\ntype = \"rest\"\nduration = \"1 s\"\n");
        (int code, _, string error) = work.Run("check", path);
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
    }

    [Theory]
    [InlineData("fit data.csv power --bootstrap 2000000000", "100000")]
    [InlineData("iv quick --points 2000000000", "100000")]
    [InlineData("sweep data.csv --workers -1", "from 0 to")]
    [InlineData("check /dev/zero", "regular file")]
    [InlineData("check pipe", "regular file")]
    [InlineData("fit pipe power", "regular file")]
    [InlineData("sweep pipe", "regular file")]
    [InlineData("calibrate pipe", "regular file")]
    [InlineData("plot pipe", "a device, pipe or socket")]
    [InlineData("run quick --set preset=pipe", "regular file")]
    [InlineData("run quick --from pipe", "a device, pipe or socket")]
    public void Inputs_without_end_are_refused(string commandLine, string expected)
    {
        using var work = new Workspace();
        work.Case("data.csv", "time,y\n1,2\n2,3\n3,5\n");
        Process.Start("mkfifo", work.File("pipe")).WaitForExit();
        (int code, _, string error) = work.Run(commandLine.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
    }

    [Fact]
    public void A_file_larger_than_any_sensible_input_is_refused()
    {
        using var work = new Workspace();
        using (FileStream file = File.Create(work.File("large.toml")))
            file.SetLength(257 << 20);
        Assert.Contains("257 MB", Assert.Throws<InputException>(() => CaseReader.Read(work.File("large.toml"))).Message);
    }

    [Theory]
    [InlineData("sweep sweep.toml")]
    [InlineData("compact single")]
    public void A_command_in_the_middle_of_its_work_ends_at_a_signal(string commandLine)
    {
        using var work = new Workspace();
        work.Case("sweep.toml", Head + "[[axis]]\npath = \"psg.thickness\"\nlinear = { from = 9e-9, to = 10e-9, count = 400000 }\n");
        using Process process = work.Start(commandLine.Split(' '));
        Assert.False(process.WaitForExit(2000));
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        Assert.True(process.WaitForExit(10_000));
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("fv: interrupted", process.StandardError.ReadToEnd().Trim());
    }
}
