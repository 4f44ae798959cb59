using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Sweeps;

public class CaseSweepTests
{
    private const string SweepText = """
        name = "thickness"
        case = "single"
        outputs = ["step_first", "protons_per_pulse", "conductance_step.last"]
        [[axis]]
        path = "psg.thickness"
        values = ["9 nm", 10e-9, "0.1 nm"]
        [[axis]]
        path = "protocol.0.amplitude"
        values = ["9 V", "10 V"]
        """;

    private static async Task<(int Code, string Text)> Run(params string[] args)
    {
        var text = new StringWriter();
        int code = await CommandApplication.RunAsync(args, [SweepCommand.Create(), SweepCommand.CreateTask()],
            new ExitCode().Map<OutputException>(2).Map<RunFailure>(3), text, text);
        return (code, text.ToString());
    }

    [Fact]
    public async Task Sweep_keeps_every_point_reports_failures_and_resumes_to_the_same_table()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["sweep.toml"], SweepText);
        (int code, string text) = await Run("sweep", directory["sweep.toml"], "-o", directory["out"]);
        Assert.Equal(3, code);
        Assert.Contains("6 points, 2 failed", text);
        Assert.Contains("must be less than half of psg.thickness, 50 pm", text);
        string table = File.ReadAllText(directory["out/sweep.csv"]);
        Assert.StartsWith("point,psg.thickness [m],protocol.0.amplitude [V],step_first [S],", table);
        Result result = ResultFile.Read(directory["out/sweep.h5"]);
        Assert.Equal("m", result.Record.Series.Columns.Single(c => c.Name == "psg.thickness").Unit);
        Assert.Equal("S", result.Record.Series.Columns.Single(c => c.Name == "step_first").Unit);
        IReadOnlyList<double> step = result.Record.Series["step_first"];
        Assert.True(step[1] > step[0] && step[0] > step[2] && step[3] > step[2] && double.IsNaN(step[4]));
        Assert.Equal(step.Take(4), result.Record.Series["conductance_step.last"].Take(4));

        File.Delete(directory["out/points/point-000002.json"]);
        (code, text) = await Run("sweep", directory["sweep.toml"], "-o", directory["out"], "--resume");
        Assert.Equal(3, code);
        Assert.Equal(table, File.ReadAllText(directory["out/sweep.csv"]));
    }

    [Fact]
    public async Task Task_of_a_manifest_gives_what_the_local_backend_gives()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["sweep.toml"], SweepText.Replace(", \"0.1 nm\"", ""));
        (int code, string text) = await Run("sweep", directory["sweep.toml"], "-o", directory["far"], "--backend", "slurm", "--no-submit",
            "--points-per-task", "4");
        Assert.Equal(0, code);
        Assert.Contains("sbatch --array=0 ", text);
        Assert.False(File.Exists(directory["far/sweep.csv"]));
        (code, _) = await Run("sweep-task", directory["far/slurm/manifest.json"], "--task", "0");
        Assert.Equal(0, code);
        await Run("sweep", directory["sweep.toml"], "-o", directory["far"], "--resume");
        await Run("sweep", directory["sweep.toml"], "-o", directory["near"]);
        Assert.Equal(File.ReadAllText(directory["near/sweep.csv"]), File.ReadAllText(directory["far/sweep.csv"]));
    }

    [Theory]
    [InlineData("psg.thickness", "psg.thicknes", "there is no such parameter; did you mean")]
    [InlineData("case = \"single\"", "case = \"singel\"", "neither a file beside this one nor a case of this name")]
    [InlineData("values = [\"9 nm\"", "valus = [\"9 nm\"", "axis.0.valus: unknown key; did you mean 'values'?")]
    public async Task Bad_file_gets_one_line(string right, string wrong, string message)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["sweep.toml"], SweepText.Replace(right, wrong));
        (int code, string text) = await Run("sweep", directory["sweep.toml"], "-o", directory["out"]);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(message, text);
        Assert.Equal(1, text.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Output_that_a_case_does_not_give_is_said_before_the_points_run()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["sweep.toml"], SweepText.Replace("\"step_first\"", "\"step_frist\""));
        (int code, string text) = await Run("sweep", directory["sweep.toml"], "-o", directory["out"]);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("figure = step_frist: the case gives no figure of this name; did you mean 'step_first'?", text);
        Assert.False(Directory.Exists(directory["out/points"]));
    }
}
