using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Time;
using FvSolver.Tests.Assembly;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Drive;

public class DriveRequestTests
{
    private static DeviceSimulation Device() => new(new DeviceOptions().Device(), new() { PsgCells = 9, Wo3Cells = 3 }, new());

    [Fact]
    public void A_part_of_a_segment_is_on_the_same_ramps()
    {
        DriveSegment whole = new(DriveMode.Resistor, 1, 5, 8, 3);
        Assert.Equal(whole, whole.Between(0, 8, 1));
        Assert.Equal(new(DriveMode.Resistor, 2, 4, 4, 1.5 + 1.5 * 4 / 6), whole.Between(2, 6, 1.5));
        Assert.Equal(new(DriveMode.Resistor, 1, 4, 6, 2.5), whole.Between(0, 6, 1));
        Assert.Equal(new(DriveMode.Resistor, 2, 5, 6, 3), whole.Between(2, 8, 1.5));
        Assert.Null((whole with { Drain = null }).Between(2, 6, 0).Drain);
        LinearDrive<Scalar> drain = whole.DrainFrom(1);
        Assert.Equal((1, 0.25), (drain.Start.Value, drain.Slope.Value));
        Assert.Equal(0, (whole with { Drain = null }).DrainFrom(1).Slope.Value);
    }

    [Fact]
    public void Requests_are_alike_by_modes_durations_and_drains()
    {
        DriveRequest Ask(DriveMode mode, double voltage, double duration, double? drain = null) =>
            Device().AskSegment(mode, voltage, voltage, duration, null, drain);
        DriveRequest one = Ask(DriveMode.Voltage, 1, 1e-9);
        Assert.True(one.IsLike(Ask(DriveMode.Voltage, 2, 1e-9)));
        Assert.False(one.IsLike(Ask(DriveMode.Open, 1, 1e-9)));
        Assert.False(one.IsLike(Ask(DriveMode.Voltage, 1, 2e-9)));
        Assert.False(one.IsLike(Ask(DriveMode.Voltage, 1, 1e-9, 0.1)));
        Assert.False(one.IsLike(Device().AskPulse(1, 1e-9, 1e-10)));
        Assert.False(Device().AskPulse(1, 3e-9, 1e-10).IsLike(Device().AskPulse(1, 4e-9, 1e-10)));
    }

    [Fact]
    public void Steps_that_were_seen_are_not_shown_again_in_the_piece_that_is_repeated()
    {
        DeviceSimulation device = Device();
        var seen = new List<double>();
        int corners = 0;
        device.AskPulse(5, 3e-9, 1e-9, new Seen(seen), () => corners++).Run(1, 0.5e-9);
        Assert.True(seen[0] > 0.5e-9);
        // The segment after it begins anew.
        Assert.Contains(seen, t => t < 0.5e-9);
        Assert.True(seen.IndexOf(seen.First(t => t < 0.5e-9)) > 0);
        Assert.Equal(2, corners);
        Assert.Equal(1e-9 + 1e-9 + 10e-9, device.Time, 1e-15);
        var all = new List<double>();
        var later = new List<double>();
        Device().AskRest(1e-9, new Seen(all)).Run();
        Device().AskRest(1e-9, new Seen(later)).Run(0, all[0]);
        Assert.Equal(all[1..], later);
    }

    [Fact]
    public void A_device_without_electrons_has_no_drain()
    {
        DeviceSimulation device = Device();
        Assert.Equal(0, device.DrainVoltage);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => device.DrainBias(1, 1, 1));
        Assert.Contains("wo3.electrons = true", error.Message);
    }

    [Fact]
    public void A_bias_of_the_drain_is_a_ramp_a_time_at_the_voltage_and_a_ramp_back()
    {
        DeviceSimulation device = CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small, "wo3.electrons=true");
        device.State[device.Layout.DrainVoltage] = new(0.02);
        Assert.Equal(0.02, device.DrainVoltage);
        (double?, double)[] pieces =
            [.. device.AskDrainBias(0.1, 3e-9, 1e-9).Select(r => r.Segments.Span[0]).Select(s => (s.Drain, s.Duration))];
        Assert.Equal([(0.1, 1e-9), (null, 3e-9), (0, 1e-9)], pieces);
    }

    [Fact]
    public void The_capacitive_energy_is_of_the_charge_that_the_rising_edge_adds()
    {
        DeviceSimulation rested = Device(), charged = Device();
        double rest = rested.Pulse(4, 3e-9, 1e-9, hold: 0).Capacitive;
        charged.Segment(DriveMode.Voltage, charged.GateVoltage, 2, 1e-9);
        Assert.Equal(1, charged.Pulse(4, 3e-9, 1e-9, hold: 0).Capacitive / rest, 0.3);
    }

    [Fact]
    public void A_source_with_a_resistance_drives_through_it_and_a_pulse_without_hold_has_three_pieces()
    {
        DeviceSimulation ideal = Device();
        var behind = new DeviceSimulation(
            new DeviceOptions { SeriesResistance = 50 }.Device(), new() { PsgCells = 9, Wo3Cells = 3 }, new());
        Assert.Equal((DriveMode.Voltage, DriveMode.Resistor), (ideal.SourceMode, behind.SourceMode));
        Assert.Equal(3, ideal.AskPulse(5, 3e-9, 1e-9, hold: 0).Segments.Length);
        Assert.Equal(4, ideal.AskPulse(5, 3e-9, 1e-9).Segments.Length);
    }

    [Fact]
    public void Devices_go_in_lanes_when_they_have_the_same_terms_whatever_their_values()
    {
        static string Terms(Func<Device, Device> change) => LaneTerms.Of(new(change(new DeviceOptions().Device()),
            new() { PsgCells = 9, Wo3Cells = 3 }, new())).Switches;
        Func<Device, double, Device>[] terms =
        [
            (d, v) => d with { Psg = d.Psg with { TrapDensity = 1e24 * v } },
            (d, v) => d with { Psg = d.Psg with { SiteDensity = 1e27 * v } },
            (d, v) => d with { Gate = d.Gate with { SeriesResistance = v } },
            (d, v) => d with { Wo3 = d.Wo3 with { DiluteSpecies = 1 + v } },
            (d, v) => d with { Wo3 = d.Wo3 with { InteractionPotential = 0.1 * v } },
            (d, v) => d with { Heat = d.Heat with { AmbientTemperature = d.Heat.ReferenceTemperature + v } },
        ];
        Assert.All(terms, t => Assert.NotEqual(Terms(d => t(d, 0)), Terms(d => t(d, 1))));
        Assert.All(terms, t => Assert.Equal(Terms(d => t(d, 1)), Terms(d => t(d, 2))));
        Assert.NotEqual(Terms(d => d), Terms(d => d with { Gas = d.Gas with { Enabled = !d.Gas.Enabled } }));
        Assert.NotEqual(Terms(d => d with { Psg = d.Psg with { HopLaw = HopLaw.Sinh } }),
            Terms(d => d with { Psg = d.Psg with { HopLaw = HopLaw.Saturating } }));
    }

    [Fact]
    public void Time_steps_are_counted()
    {
        DeviceSimulation device = Device();
        device.Rest(1e-9);
        long steps = device.Statistics.Steps;
        Assert.True(steps > 0);
        device.Rest(0);
        Assert.Equal(steps, device.Statistics.Steps);
        device.Rest(1e-9);
        Assert.InRange(device.Statistics.Steps, steps + 1, 3 * steps);
    }

    [Fact]
    public void An_ensemble_takes_one_to_eight_runs_and_leaves_each_when_it_ends()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceEnsemble.Run([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceEnsemble.Run([.. Enumerable.Repeat(Enumerable.Empty<DriveRequest>(), 9)]));
        int left = 0;
        IEnumerable<DriveRequest> Member(bool isCancelled)
        {
            try
            {
                yield return Device().AskRest(1e-9, isCancelled ? new Cancels() : null);
            }
            finally
            {
                left++;
            }
        }
        Assert.Throws<OperationCanceledException>(() => DeviceEnsemble.Run([Member(false), Member(true)]));
        Assert.Equal(2, left);
    }

    private sealed class Cancels : IStepObserver<Scalar>
    {
        public void OnStep(double time, Scalar[] state) => throw new OperationCanceledException();
    }
}
