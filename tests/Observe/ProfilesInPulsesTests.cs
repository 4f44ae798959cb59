using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Observe;

/// <summary>Fields within pulses, holds and tables: at the times asked for, as accurate as the run, which they do not change.</summary>
public class ProfilesInPulsesTests
{
    private const string AtTimes = "output.profiles_at=[\"1 ns\", \"3.9 ns\", \"1 us\"]";

    private const string Steps = """
        [[protocol]]
        type = "pulses"
        amplitude = ["10 V", "-8.5 V"]
        width = "5 ns"
        count = 4
        rest = "10 us"
        [[protocol]]
        type = "hold"
        voltage = "2 V"
        duration = "5 us"
        """;

    private static RunRecord Run(CaseDefinition definition)
    {
        var run = CaseRun.Start(definition, "", "");
        return run.RunUnwritten(null, default).Record;
    }

    public static TheoryData<string, string[]> Devices => new()
    {
        { Steps, [] },
        { Steps, ["heat.enabled=true", "gas.enabled=true"] },
        { CrossSectionCaseTests.Small, [] },
    };

    [Theory]
    [MemberData(nameof(Devices))]
    public void Looking_between_steps_leaves_every_bit_of_a_run_as_it_is(string text, string[] settings)
    {
        CaseDefinition definition = CaseReader.Parse(text, "case.toml", null, settings);
        RunRecord plain = Run(definition), seen = Run(definition.With(AtTimes));
        Assert.True(seen.Profiles.Times.Count > plain.Profiles.Times.Count);
        foreach ((Table a, Table b) in new[] { (plain.Series, seen.Series), (plain.Pulses, seen.Pulses) })
            foreach (Column column in a.Columns)
                Assert.Equal(a[column.Name].Select(BitConverter.DoubleToInt64Bits), b[column.Name].Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Samples_stand_at_the_times_asked_for_in_each_pulse_and_hold()
    {
        RunRecord record = Run(CaseReader.Parse(Steps, "case.toml", null, [AtTimes, "output.profiles_every=1000"]));
        double[] starts = [.. record.Pulses["start"], record.Series["time"][^1] - 5e-6 - new Device().Gate.EdgeTime];
        double[] expected = [0, .. starts.SelectMany(s => new[] { s + 1e-9, s + 3.9e-9, s + 1e-6 })];
        Assert.Equal(expected.Length, record.Profiles.Times.Count);
        Assert.All(expected.Zip(record.Profiles.Times), p => Assert.Equal(p.First, p.Second, 1e-15));
        Assert.All(record.Profiles.Fields, f => Assert.Equal(expected.Length, f.Samples.Count));
    }

    [Fact]
    public void Only_every_nth_pulse_is_looked_into_when_that_is_asked_for()
    {
        RunRecord record = Run(CaseReader.Parse(Steps, "case.toml", null,
            [AtTimes, "output.profiles_every=1000", "output.profiles_at_every=3"]));
        Assert.Equal(1 + 3 * (2 + 1), record.Profiles.Times.Count);
    }

    [Fact]
    public void A_sample_is_the_state_of_a_run_that_ends_there()
    {
        const double at = 3.3e-9, voltage = 9, edge = 1e-10;
        DeviceSimulation Device() => new(new DeviceOptions { Heat = true, Traps = true }.Device(),
            new MeshSettings { PsgCells = 9, Wo3Cells = 3 }, new SolverSettings { RelativeTolerance = 1e-7 });
        DeviceSimulation seen = Device(), ended = Device();
        var recorder = new RunRecorder(seen, new OutputSettings { ProfilesAt = new(at) });
        recorder.Begin();
        var runner = new ProtocolRunner(seen, [new Hold(voltage, 1e-8, edge)], recorder);
        while (runner.Advance())
        {
        }
        ended.Segment(ended.SourceMode, ended.GateVoltage, voltage, edge);
        ended.Segment(ended.SourceMode, voltage, voltage, at - edge);
        var last = new RunRecorder(ended, new OutputSettings());
        last.Begin();
        Assert.Equal(at, recorder.Record.Profiles.Times[1], 1e-18);
        foreach (ProfileField field in recorder.Record.Profiles.Fields)
        {
            double[] expected = last.Record.Profiles.Fields.Find(f => f.Name == field.Name)!.Samples[0];
            double scale = expected.Max(Math.Abs), change = expected.Zip(field.Samples[0], (a, b) => Math.Abs(a - b)).Max();
            double error = expected.Zip(field.Samples[1], (a, b) => Math.Abs(a - b)).Max();
            Assert.True(error < 1e-5 * scale, $"{field.Name}: {error / scale:g2}");
            // Control: that the state at the start of the hold would not do.
            Assert.True(change > 100 * error, $"{field.Name} hardly changes: {change / scale:g2}");
        }
    }

    [Fact]
    public void A_table_is_looked_into_across_its_corners()
    {
        var seen = new DeviceSimulation(new DeviceOptions().Device(), new MeshSettings { PsgCells = 9, Wo3Cells = 3 },
            new SolverSettings());
        var recorder = new RunRecorder(seen, new OutputSettings { ProfilesAt = new(1e-9, 2e-9, 2.5e-9) });
        recorder.Begin();
        // The first voltage is the one at rest: no ramp before the step.
        double rest = seen.GateVoltage;
        var runner = new ProtocolRunner(seen, [new VoltageTable([0, 1e-9, 2e-9, 3e-9], [rest, 4, 4, rest])], recorder);
        while (runner.Advance())
        {
        }
        Assert.Equal([0, 1e-9, 2e-9, 2.5e-9], recorder.Record.Profiles.Times.Select(t => Math.Round(t, 15)));
        double[] top = [.. recorder.Record.Profiles.Fields.Find(f => f.Name == "potential")!.Samples.Select(s => s[0])];
        Assert.True(top[1] > top[0] + 1 && Math.Abs(top[3] - (top[0] + top[2]) / 2) < 0.5 * (top[2] - top[0]));
    }

    [Theory]
    [InlineData("[\"2 ns\", \"1 ns\"]", "must increase")]
    [InlineData("[\"-1 ns\"]", "greater than 0")]
    [InlineData("[\"1 nm\"]", "must be")]
    [InlineData("true", "must be a number")]
    public void Times_that_make_no_sense_are_refused(string list, string message)
    {
        InputException error = Assert.Throws<InputException>(
            () => CaseReader.Parse(Steps, "case.toml", null, ["output.profiles_at=" + list]));
        Assert.Contains("output.profiles_at", error.Message);
        Assert.Contains(message, error.Message);
    }
}
