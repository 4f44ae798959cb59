using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Studies;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class StudyRunTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private static void CancelIf(bool now, CancellationTokenSource source)
    {
        if (now)
            source.Cancel();
    }

    private static readonly string[] ShortEndurance =
    [
        "protocol.0.count=2", "protocol.0.steps.0.until.conductance_above=12 nS", "study.fixed_cycles=1", "study.fixed_count=2",
        "heat.enabled=false",
    ];

    [Fact]
    public void Every_study_of_the_library_is_read()
    {
        CaseDefinition[] studies = [.. CaseLibrary.Names.Select(name => CaseReader.Read(name)).Where(c => c.Study is not null)];
        Assert.All(studies, s => StudyCatalogue.Read(s));
        foreach (string name in (string[])["depletion", "endurance", "energy", "fig2b", "fig2c", "fig3a", "fig3b", "fig4a", "gate-overlap",
            "heating", "rough-film", "speed-limit"])
            Assert.Contains(studies, s => s.SourceName == name + ".toml");
    }

    [Theory]
    [InlineData("study.type=hoping-fit", "study.type = hoping-fit: must be one of")]
    [InlineData("study.amplitude=3", "study.amplitude: unknown key; did you mean 'amplitudes'?")]
    [InlineData("study.fit.widths=1 ns", "study.fit.widths")]
    [InlineData("study.fit.widths=5 ns", "must hold at least two values")]
    [InlineData("study.against.0.parameter=gate.edge_tim", "did you mean 'gate.edge_time'?")]
    [InlineData("study.against.0.values=-1", "study.against.0.values")]
    public void A_study_that_is_wrong_gets_one_line_with_what_is_allowed(string setting, string message)
    {
        var error = Assert.Throws<InputException>(() => StudyCatalogue.Read(CaseReader.Read("fig3a", [setting])));
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_command_writes_result_and_picture_and_the_result_holds_figures_and_data()
    {
        var output = new StringWriter();
        var root = new System.CommandLine.RootCommand { RunCommand.Create() };
        string path = _folder["new/s.h5"];
        Assert.Equal(0, root.Parse(["run", "speed-limit", "-o", path])
            .Invoke(new() { Output = output, EnableDefaultExceptionHandler = false }));
        Assert.True(File.Exists(_folder["new/s.png"]));
        Assert.Contains("six orders", output.ToString());
        Result result = ResultFile.Read(path);
        Assert.InRange(result.Record.Figures["ratio_sinh"].Value, 1e6, 1e7);
        Assert.Equal(200, result.Record.Pulses["field"].Count);
        Assert.Equal("speed-limit", Assert.Single(result.Plots).Name);
        Assert.Contains(result.Parameters, p => p.Path == "psg.hop_distance");
        Assert.False(Directory.Exists(path + ".points"));
    }

    [Fact]
    public void Points_that_are_finished_are_not_computed_again()
    {
        CaseDefinition definition = CaseReader.Read("fig3b");
        int computed = 0;
        StudyPoint[] points = [.. Enumerable.Range(0, 6).Select(i =>
            new StudyPoint($"{i}", () => new() { ["x"] = i + 100.0 * Interlocked.Increment(ref computed) }))];
        using var cancel = new CancellationTokenSource();
        StudyContext Context(bool resume, CancellationToken token = default) => new()
        {
            Output = _folder["r.h5"],
            Cores = 1,
            Resume = resume,
            Cancel = token,
            Progress = p => CancelIf(p.Done == 3 && token.CanBeCanceled, cancel),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => Context(false, cancel.Token).Compute(definition, points));
        Assert.Equal(3, computed);
        var found = Context(true).Compute(definition, points);
        Assert.Equal(6, computed);
        Assert.Equal([0, 1, 2, 3, 4, 5], found.Select(f => f["x"] % 100));
        var error = Assert.Throws<OutputException>(() => Context(true).Compute(CaseReader.Read("fig3b", ["study.seed=3"]), points));
        Assert.Contains("another case", error.Message);
    }

    [Fact]
    public void Endurance_counts_half_cycles_and_resumes_in_the_same_bits()
    {
        CaseDefinition definition = CaseReader.Read("fig2c", ShortEndurance);
        (StudyAnswer whole, Result expected) = StudyRun.Run(definition, StudyCatalogue.Read(definition),
            new() { Output = _folder["whole.h5"] });
        Assert.Equal(4, whole["half_cycles"]);
        Assert.Equal(0, whole["change_up"]);
        Assert.Equal(-1, whole["bubbles"]);
        // Steps down are a little smaller than steps up near the base.
        Assert.InRange(whole["drift_1"], 1e-3, 5e-3);

        using var cancel = new CancellationTokenSource();
        StudyContext Context(bool resume, CancellationToken token) => new()
        {
            Output = _folder["parts.h5"],
            Resume = resume,
            Cancel = token,
            Progress = p => CancelIf(p is { What: "pulse", Done: 7 } && token.CanBeCanceled, cancel),
        };
        Assert.ThrowsAny<OperationCanceledException>(
            () => StudyRun.Run(definition, StudyCatalogue.Read(definition), Context(false, cancel.Token)));
        (StudyAnswer _, Result parts) = StudyRun.Run(definition, StudyCatalogue.Read(definition), Context(true, default));
        Assert.Equal(expected.Record.Pulses["conductance_after"], parts.Record.Pulses["conductance_after"]);
        Assert.Equal(expected.Record.Warnings, parts.Record.Warnings);
    }
}
