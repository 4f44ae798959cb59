using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using Xunit;

namespace FvSolver.Tests.Runs;

/// <summary>A run is resumed as the same run or not at all, and starts from a state that fits.</summary>
public class OriginTests
{
    private const string Wave = """
        [[protocol]]
        type = "table"
        file = "wave.csv"
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        """;

    private const string Section = """
        [cross_section]
        cell_x = "50 nm"
        site_energies = { rms = 0.01, correlation = "3 nm", seed = 1 }
        [[cross_section.rectangles]]
        name = "gate"
        material = "gate-metal"
        left = 0
        right = "100 nm"
        top = 0
        bottom = "10 nm"
        cell = "5 nm"
        [[cross_section.rectangles]]
        name = "psg"
        material = "electrolyte"
        left = 0
        right = "100 nm"
        top = "10 nm"
        bottom = "20 nm"
        cell = "2 nm"
        [[cross_section.rectangles]]
        name = "wo3"
        material = "channel"
        left = 0
        right = "100 nm"
        top = "20 nm"
        bottom = "30 nm"
        cell = "5 nm"
        [[protocol]]
        type = "rest"
        duration = "1 us"
        """;

    private static void Interrupt(Func<CaseRun> start)
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => start().Run(null, cancel.Token));
    }

    private static string Refusal(Action action) => Assert.Throws<OutputException>(action).Message;

    [Fact]
    public void A_start_from_a_result_is_honoured_by_resume_and_kept_in_the_checkpoint()
    {
        using var work = new Workspace();
        CaseDefinition single = CaseReader.Read("single");
        CaseRun.Start(single, work.File("s.h5"), "").Run(null, default);
        CaseRun.Start(single, work.File("t.h5"), "", work.File("s.h5")).Run(null, default);
        double expected = ResultFile.Read(work.File("t.h5")).Record.Pulses["conductance_after"][0];
        // No checkpoint yet: the start counts.
        Result first = CaseRun.Resume(single, work.File("u.h5"), "", work.File("s.h5")).Run(null, default);
        Assert.Equal(expected, first.Record.Pulses["conductance_after"][0]);
        // With one, it must be the same start, which may be left out.
        CaseDefinition two = single.With("protocol.0.count=2");
        Interrupt(() => CaseRun.Start(two, work.File("v.h5"), "", work.File("s.h5")));
        Assert.Contains("started from", Refusal(() => CaseRun.Resume(two, work.File("v.h5"), "", work.File("t.h5"))));
        File.Move(work.File("s.h5"), work.File("moved.h5"));
        Assert.Equal(expected, CaseRun.Resume(two, work.File("v.h5"), "", work.File("moved.h5"))
            .Run(null, default).Record.Pulses["conductance_after"][0]);
        Interrupt(() => CaseRun.Start(two, work.File("w.h5"), "", work.File("moved.h5")));
        Assert.Equal(expected, CaseRun.Resume(two, work.File("w.h5"), "").Run(null, default).Record.Pulses["conductance_after"][0]);
    }

    [Fact]
    public void A_changed_waveform_is_another_run()
    {
        using var work = new Workspace();
        File.WriteAllText(work.File("wave.csv"), "time,voltage\n0,0.75\n1e-9,2\n5e-9,0.75\n");
        string path = work.Case("wave.toml", Wave);
        Interrupt(() => CaseRun.Start(CaseReader.Read(path), work.File("a.h5"), ""));
        CaseRun.Resume(CaseReader.Read(path), work.File("a.h5"), "");
        File.WriteAllText(work.File("wave.csv"), "time,voltage\n0,0.75\n1e-9,3\n5e-9,0.75\n");
        Assert.Contains("the content of wave.csv", Refusal(() => CaseRun.Resume(CaseReader.Read(path), work.File("a.h5"), "")));
    }

    [Theory]
    [InlineData("cross_section.site_energies.rms=0.02", "cross_section.site_energies.rms=0.02")]
    [InlineData("cross_section.cell_x=\"25 nm\"", "cell_x")]
    [InlineData("output.checkpoint_interval=7", "output.checkpoint_interval")]
    [InlineData("psg.hop_distance=\"6 angstrom\"", "psg.hop_distance")]
    public void A_changed_setting_is_another_run(string setting, string expected)
    {
        using var work = new Workspace();
        CaseDefinition definition = CaseReader.Parse(Section, "section.toml");
        Interrupt(() => CaseRun.Start(definition, work.File("a.h5"), ""));
        CaseRun.Resume(definition, work.File("a.h5"), "");
        Assert.Contains(expected, Refusal(() => CaseRun.Resume(definition.With(setting), work.File("a.h5"), "")));
    }

    [Fact]
    public void A_finished_result_of_another_case_is_not_run_over_by_resume()
    {
        using var work = new Workspace();
        CaseDefinition single = CaseReader.Read("single");
        CaseRun.Start(single, work.File("a.h5"), "").Run(null, default);
        byte[] before = File.ReadAllBytes(work.File("a.h5"));
        Assert.Contains("finished result of another run",
            Refusal(() => CaseRun.Resume(single.With("protocol.0.amplitude=9 V"), work.File("a.h5"), "")));
        Assert.Equal(before, File.ReadAllBytes(work.File("a.h5")));
        CaseRun.Resume(single, work.File("a.h5"), "");
    }

    [Fact]
    public void A_checkpoint_of_another_version_of_the_program_is_refused()
    {
        using var work = new Workspace();
        CaseDefinition single = CaseReader.Read("single");
        Interrupt(() => CaseRun.Start(single, work.File("a.h5"), ""));
        Result checkpoint = ResultFile.Read(work.File("a.h5.checkpoint"));
        ResultFile.Write(work.File("a.h5.checkpoint"), checkpoint with { Header = checkpoint.Header with { CodeVersion = "0.0.9" } });
        Assert.Contains("0.0.9 there", Refusal(() => CaseRun.Resume(single, work.File("a.h5"), "")));
    }

    [Fact]
    public void A_state_of_another_geometry_is_refused_and_one_of_another_device_is_noted()
    {
        using var work = new Workspace();
        CaseDefinition single = CaseReader.Read("single");
        CaseRun.Start(single, work.File("a.h5"), "").Run(null, default);
        foreach (string setting in (string[])["psg.thickness=7 nm", "wo3.thickness=11 nm", "geometry.width=60 nm"])
            Assert.Contains("another geometry", Refusal(
                () => CaseRun.Start(single.With(setting), work.File("b.h5"), "", work.File("a.h5"))));
        Result other = CaseRun.Start(single.With("psg.activation_energy=0.37 eV"), work.File("b.h5"), "", work.File("a.h5"))
            .Run(null, default);
        Assert.Contains(other.Record.Warnings, w => w.Contains("another device: psg.activation_energy", StringComparison.Ordinal));
        // What the other device holds more or less of in its state of rest is no loss of this run.
        Result fuller = CaseRun.Start(single.With("wo3.rest_composition=4e-4"), work.File("b.h5"), "", work.File("a.h5"))
            .Run(null, default);
        Assert.InRange(Math.Abs(fuller.Record.Figures["proton_imbalance"].Value), 0, 1e-9);
        Result same = CaseRun.Start(single, work.File("c.h5"), "", work.File("a.h5")).Run(null, default);
        Assert.DoesNotContain(same.Record.Warnings, w => w.Contains("another device", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("quick")]
    [InlineData("single")]
    public void The_series_ends_with_the_last_state(string name)
    {
        using var work = new Workspace();
        CaseRun run = CaseRun.Start(CaseReader.Read(name), work.File("a.h5"), "");
        Result result = run.Run(null, default);
        Assert.Equal(run.Device.Time, result.Record.Series["time"][^1]);
        Assert.Equal(run.Recorder.Readout.Conductance, result.Record.Series["conductance"][^1]);
    }

    [Fact]
    public void A_train_that_drains_the_channel_says_so()
    {
        using var work = new Workspace();
        Result result = CaseRun.Start(
            CaseReader.Read("single", ["protocol.0.amplitude=-9 V", "protocol.0.count=60", "protocol.0.width=20 ns"]), work.File("a.h5"),
            "").Run(null, default);
        Assert.True(result.Record.Pulses["conductance_after"][^1] < 1e-2 * result.Record.Pulses["conductance_before"][0]);
        Assert.Contains(result.Record.Warnings, w => w.Contains("in a film without carriers", StringComparison.Ordinal));
    }
}
