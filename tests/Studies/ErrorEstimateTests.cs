using System.Diagnostics;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Studies;
using FvSolver.Solver.Observe;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.Studies;

/// <summary><c>fv run --error</c>: two more runs give each figure its error.</summary>
public class ErrorEstimateTests
{
    [Theory]
    [InlineData("mesh.psg_cells=30")]
    [InlineData("mesh.psg_cells=60 protocol.0.amplitude=12")]
    [InlineData("solver.relative_tolerance=1e-2")]
    [InlineData("mesh.psg_cells=auto")]
    public void It_covers_the_true_error_and_is_not_far_above(string settings)
    {
        CaseDefinition definition = CaseReader.Read("single", ["preset=onen2022-v1", .. settings.Split(' ')]);
        IReadOnlyDictionary<string, Figure> figures = CaseFigures.Of(definition, ["step_first"]);
        double stated = ErrorEstimate.Begin(definition, "", default).Of(figures)["step_first"];
        double truth = CaseFigures.Of(definition.With("mesh.refinement=16", "solver.relative_tolerance=1e-9"),
            ["step_first"])["step_first"].Value;
        Assert.InRange(Math.Abs(figures["step_first"].Value - truth), stated / 20, stated);
    }

    [Fact]
    public async Task A_run_shows_it_and_keeps_it_in_its_result()
    {
        using var work = new Workspace();
        var output = new StringWriter();
        Assert.Equal(0, await CommandApplication.RunAsync(["run", "single", "--error", "-o", work.File("a.h5")], [RunCommand.Create()],
            new ExitCode(), output, output));
        Assert.Contains("\u00b1", output.ToString(), StringComparison.Ordinal);
        IReadOnlyDictionary<string, Figure> figures = ResultFile.Read(work.File("a.h5")).Record.Figures;
        Assert.InRange(figures["step_first"].NumericalError / figures["step_first"].Value, 1e-9, 5e-3);
        Assert.True(double.IsNaN(figures["time_steps"].NumericalError));
        Assert.Equal(2, await CommandApplication.RunAsync(
            ["run", "single", "--error", "--from", work.File("a.h5"), "-o", work.File("b.h5")], [RunCommand.Create()], new ExitCode(),
            output, output));
    }

    [Fact]
    public void Its_runs_go_on_while_the_case_itself_is_run()
    {
        CaseDefinition definition = CaseReader.Read("single", ["protocol.0.count=200"]);
        var time = Stopwatch.StartNew();
        var estimate = ErrorEstimate.Begin(definition, "", default);
        TimeSpan begun = time.Elapsed;
        Assert.NotEmpty(estimate.Of(CaseFigures.Of(definition, ["step_first"])));
        Assert.InRange(begun / time.Elapsed, 0, 0.5);
    }

    [Fact]
    public async Task A_study_has_errors_too()
    {
        using var work = new Workspace();
        var output = new StringWriter();
        Assert.Equal(0, await CommandApplication.RunAsync(["run", "speed-limit", "--error", "--no-picture", "-o", work.File("a.h5")],
            [RunCommand.Create()], new ExitCode(), output, output));
        Assert.Contains(ResultFile.Read(work.File("a.h5")).Record.Figures.Values, f => f.NumericalError >= 0);
    }
}
