using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Observe;

/// <summary>What a recorder keeps of states that a test puts into the device between its calls.</summary>
public class RecorderByHandTests
{
    private readonly DeviceSimulation _device = new(new DeviceOptions { Gas = true }.Device(), new() { PsgCells = 9, Wo3Cells = 3 }, new());

    private UnknownLayout U => _device.Layout;

    private static DeviceSimulation Section(params string[] settings) =>
        CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small, settings);

    [Fact]
    public void Bubbles_and_damage_are_of_the_first_pulse_that_has_them_however_short()
    {
        Device d = _device.Device;
        var gas = BubbleGas<Scalar>.Of(Pack.One(d), d);
        Scalar small = new(1 / d.Geometry.Area);
        while (gas.Content(small) <= 1)
            small *= new Scalar(2);
        Scalar damaging = small;
        while (gas.Radius(damaging) <= d.Gas.DamageRadius)
            damaging *= new Scalar(2);
        var recorder = new RunRecorder(_device, new());
        void Pulse(double time, Scalar within)
        {
            _device.Time = time;
            recorder.OnPulseStart(1, 1);
            foreach (Scalar bubbles in new[] { within, default })
            {
                _device.State[U.Bubbles] = bubbles;
                recorder.OnStep(0, _device.State);
            }
            recorder.OnRead();
        }
        (double, double, double) Seen() => (recorder.Extremes.BubblePulse, recorder.Extremes.DamagePulse, recorder.Extremes.DamageTime);
        Pulse(1, default);
        Assert.Equal((-1, -1, -1), Seen());
        Pulse(2, small);
        Assert.Equal((2, -1, -1), Seen());
        Pulse(3, damaging);
        Pulse(4, damaging);
        Assert.Equal((2, 3, 3), Seen());
        Assert.Equal(new[] { default, small, damaging, damaging }.Select(b => b > 0 ? gas.Radius(b).Value : 0),
            recorder.Record.Pulses["bubble_radius"]);
    }

    [Fact]
    public void Gas_that_went_uphill_is_added_up()
    {
        var recorder = new RunRecorder(_device, new());
        foreach (double molecules in new[] { 100, 80, 70 })
        {
            // Without dissolved hydrogen all gradients point out of the bubbles: what they gain goes against it.
            _device.State[U.Bubbles] = new((200 - molecules) / U.ChannelInterfaces.Sum(f => f.Area));
            _device.State[U.Dissolved] = default;
            recorder.OnStep(0, _device.State);
        }
        Assert.Equal(30, recorder.Extremes.Uphill, 1e-9);
    }

    [Fact]
    public void Each_time_has_one_row_and_a_run_that_keeps_every_pulse_no_envelopes()
    {
        var recorder = new RunRecorder(_device, new());
        recorder.Begin();
        Assert.Equal([0], recorder.Record.Series["time"]);
        recorder.OnPulseStart(1, 1);
        Assert.Equal([0], recorder.Record.Series["time"]);
        recorder.OnRead();
        recorder.End();
        Assert.Null(recorder.Record.Envelopes);
        Assert.Equal(0, recorder.Envelopes.ToTable().Count);
        Assert.Equal(PulseTable.Columns.Select(c => c.Name), recorder.Record.Pulses.Columns.Select(c => c.Name));
        var next = new RunRecorder(_device, new(), recorder.Record);
        Assert.Same(recorder.Record, next.Record);
        Assert.Equal(1, next.PulseCount);
    }

    [Fact]
    public void A_pulse_within_a_step_is_recorded_as_the_step()
    {
        var recorder = new RunRecorder(_device, new() { SeriesPulses = 0, SeriesEvery = 1000 });
        recorder.Begin();
        recorder.OnStepStart();
        recorder.OnPulseStart(1, 1);
        _device.State[U.GateHydrogen] += new Scalar(5);
        recorder.OnStep(1, _device.State);
        Assert.Equal(1, recorder.Record.Series["time"][^1]);
        recorder.OnRead();
        Assert.Equal(0, recorder.Extremes.Transferred);
        recorder.OnStepEnd();
        Assert.Equal(5, recorder.Extremes.Transferred);
        Assert.Empty(recorder.Record.Profiles.Times.Skip(1));
        recorder.OnPulseStart(1, 1);
        _device.State[U.GateHydrogen] += new Scalar(2);
        recorder.OnRead();
        Assert.Equal(7, recorder.Extremes.Transferred);
    }

    [Fact]
    public void The_current_of_a_step_is_of_the_charge_since_its_start()
    {
        var recorder = new RunRecorder(_device, new());
        recorder.Begin();
        _device.State[U.GateHydrogen] += new Scalar(100);
        recorder.OnStepStart();
        _device.State[U.GateHydrogen] += new Scalar(3);
        recorder.OnStep(2, _device.State);
        Assert.Equal(1.5 * Constants.ElementaryCharge, recorder.Record.Series["gate_current"][^1], 1e-9 * Constants.ElementaryCharge);
    }

    [Fact]
    public void A_run_that_is_cancelled_ends_at_the_next_step()
    {
        var recorder = new RunRecorder(_device, new()) { Cancel = new(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => recorder.OnStep(0, _device.State));
    }

    [Fact]
    public void A_section_is_sampled_after_steps_and_its_extremes_are_those_of_all_its_nodes()
    {
        DeviceSimulation device = Section("wo3.electrons=true");
        UnknownLayout u = device.Layout;
        var recorder = new RunRecorder(device, new());
        recorder.OnStepStart();
        device.State[u.Electron + u.Wo3Nodes.Length - 1] = new(-0.3);
        device.State[u.DrainVoltage] = new(0.9);
        device.State[u.Coverage + u.ChannelInterfaces.Length - 1] = new(0.95);
        recorder.OnStep(1, device.State);
        Assert.Equal(0.3, recorder.Extremes.ElectronLift);
        recorder.OnCorner();
        Assert.Equal(0.95, recorder.Extremes.Coverage);
        recorder.OnStepEnd();
        Assert.Single(recorder.Record.Profiles.Times);
    }

    [Fact]
    public void Mapped_pulses_are_all_kept_unless_some_are_left_out()
    {
        var settings = new OutputSettings { PulsesEvery = 1, SeriesPulses = 1, SeriesEvery = 4, ProfilesEvery = 5 };
        var recorder = new RunRecorder(_device, settings, mapsPulses: true);
        Assert.True(recorder.NeedsEveryStep);
        Assert.Equal([0], Mapped(recorder, 4));
        Assert.False(recorder.NeedsEveryStep);
        Assert.Equal(4, recorder.Record.Pulses.Count);
        // The fifth is both the first of the next four and the fifth of which there are fields; of the sixth there is nothing.
        Assert.Equal([0], Mapped(recorder, 1));
        Assert.Equal((2, 1), (recorder.Record.Series.Count, recorder.Record.Profiles.Times.Count));
        Assert.Empty(Mapped(recorder, 1));
        Assert.Equal([2], Mapped(recorder, 3));
        Assert.Equal([0], Mapped(recorder, 1));
        Assert.Equal((3, 2), (recorder.Record.Series.Count, recorder.Record.Profiles.Times.Count));
        var some = new RunRecorder(_device, new() { PulsesEvery = 3 }, mapsPulses: true);
        Mapped(some, 2);
        Assert.Equal([1], some.Record.Pulses["pulse"]);
    }

    private static List<int> Mapped(RunRecorder recorder, int count)
    {
        var placed = new List<int>();
        recorder.OnMapped([.. PulseTable.MappedColumns.Select(_ => new double[count])], count, placed.Add);
        return placed;
    }

    [Fact]
    public void A_quantity_that_ends_a_train_is_read_off_the_device()
    {
        var recorder = new RunRecorder(_device, new());
        Assert.Equal(recorder.Readout.Conductance, recorder.Read(StopQuantity.Conductance));
        Assert.Equal(recorder.Inventory.Composition, recorder.Read(StopQuantity.Composition));
    }

    [Fact]
    public void Columns_are_those_that_a_run_fills_and_are_found_by_name()
    {
        Assert.Same(PulseTable.Columns, PulseTable.Of(maps: false, leavesOut: false));
        Assert.Equal(PulseTable.Columns.Count + 1, PulseTable.Of(maps: false, leavesOut: true).Count);
        Assert.Throws<InvalidOperationException>(() => PulseTable.PlaceOf("no such column"));
    }

    [Fact]
    public void Pulses_from_the_billionth_on_are_of_one_decade()
    {
        var envelopes = new PulseEnvelopes();
        envelopes.Add(999_999_999, [1, 2, 3], [1, 1, 1], [0, 0, 0]);
        Assert.Equal([1.0, 2], envelopes.ToTable()["count"]);
    }
}
