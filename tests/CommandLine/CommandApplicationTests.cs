using System.CommandLine;
using FvSolver.Cases.CommandLine;
using FvSolver.Materials;
using Xunit;

namespace FvSolver.Tests.CommandLine;

public class CommandApplicationTests
{
    private sealed record Outcome(int Code, string Output, string Error);

    private sealed class NumericalTrouble() : Exception("step too small at t = 1 ns");

    private static async Task<Outcome> Run(string[] args, params Command[] extra)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        ExitCode codes = new ExitCode().Map<NumericalTrouble>(ExitCode.NumericalFailure);
        int code = await CommandApplication.RunAsync(args, extra, codes, output, error);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task List_names_cases_and_presets()
    {
        Outcome outcome = await Run(["list"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        foreach (string name in (string[])["fig2a", "single", "quick", .. PresetLibrary.Names])
            Assert.Contains($"  {name} ", outcome.Output);
    }

    [Fact]
    public async Task Show_lists_every_parameter_with_its_origin()
    {
        Outcome outcome = await Run(["show", "fig2a", "--set", "psg.thickness=5 nm", "--set", "mesh.psg_cells=120"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        foreach (Parameter parameter in ParameterCatalogue.Device.Parameters)
            Assert.Contains($"\n{parameter.Path} ", outcome.Output);
        string[] line = outcome.Output.Split('\n').Single(l => l.StartsWith("psg.thickness "))
            .Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["psg.thickness", "5 nm", "user", "--set"], line);
    }

    [Fact]
    public async Task Show_says_what_parameters_mean_when_asked() =>
        Assert.Contains("Hopping distance a [m].", (await Run(["show", "fig2a", "--meaning"])).Output);

    // Names that complete on Tab stay out of it: there are hundreds.
    [Fact]
    public async Task Help_names_its_commands_in_a_narrow_column()
    {
        string help = (await Run(["--help"])).Output;
        Assert.Contains("\n  show <CASE> <KEY> ", help);
        Assert.All(help.Split('\n'), line => Assert.True(line.Length < 300, line));
    }

    [Fact]
    public async Task Check_reports_values_by_rule()
    {
        Outcome outcome = await Run(["check", "quick", "--set", "psg.hop_distance=5 angstrom"]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("quick.toml is valid", outcome.Output);
        Assert.Contains("E_a recomputed", outcome.Output);
    }

    [Theory]
    [InlineData("shwo fig2a", "did you mean 'show'?")]
    [InlineData("show", "CASE")]
    [InlineData("show fig2a extra", "extra")]
    [InlineData("show fig2a --sett a=b", "did you mean '--set'?")]
    [InlineData("show fig2a --set", "--set")]
    [InlineData("show nowhere.toml", "there is neither a file nor a case")]
    [InlineData("check fig2a --set psg.thickness=-1", "psg.thickness = -1: must be greater than 0 m")]
    public async Task Bad_arguments_get_one_line_and_code_2(string args, string message)
    {
        Outcome outcome = await Run(args.Split(' '));
        Assert.Equal((ExitCode.BadInput, ""), (outcome.Code, outcome.Output));
        Assert.Contains(message, outcome.Error);
        Assert.Equal(1, outcome.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Exceptions_become_one_line_and_their_code()
    {
        Assert.Equal(new Outcome(3, "", "fv: step too small at t = 1 ns\n"), await Run(["fail"], Failing(new NumericalTrouble())));
        Assert.Equal(new Outcome(130, "", "fv: interrupted\n"), await Run(["fail"], Failing(new TaskCanceledException())));
        Outcome fault = await Run(["fail"], Failing(new InvalidOperationException("a\nb")));
        Assert.Equal(new Outcome(1, "", "fv: InvalidOperationException: a b\n"), fault);
    }

    [Fact]
    public async Task Help_and_version_are_there()
    {
        Outcome help = await Run(["--help"], Failing(new NumericalTrouble()));
        Assert.Equal(0, help.Code);
        foreach (string word in (string[])["list", "show", "check", "fail", "Exit codes", "fv show fig2a"])
            Assert.Contains(word, help.Output);
        Assert.Equal(help.Output, (await Run([], Failing(new NumericalTrouble()))).Output);
        Assert.Matches(@"^\d+\.\d+\.\d+", (await Run(["--version"])).Output);
    }

    private static Command Failing(Exception exception)
    {
        var command = new Command("fail", "Fails.");
        command.SetAction((_, _) => Task.FromException<int>(exception));
        return command;
    }
}
