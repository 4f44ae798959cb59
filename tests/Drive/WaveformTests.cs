using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>Corners of the waveform, and pulses that are a billionth of the rest before them.</summary>
public class WaveformTests
{
    private static readonly MeshSettings Mesh = new() { PsgCells = 24, Wo3Cells = 6, Psg = PsgNodes.Tanh, TanhStrength = 2 };

    [Fact]
    public void Steps_land_on_the_corners_and_follow_the_trapezoid_between_them()
    {
        var device = new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings());
        var seen = new GateObserver(device);
        double rest = device.GateVoltage;
        device.Pulse(10, 5e-9, 1.1e-9, seen, seen.Corner);
        seen.Corner();
        device.Rest(1, seen);
        seen.Corner();
        Assert.Equal([1.1e-9, 5e-9 - 2 * 1.1e-9, 1.1e-9, 10e-9, 1], seen.Segments.Select(s => s[^1].Time));
        double[][] ends = [[rest, 10], [10, 10], [10, rest], [rest, rest]];
        foreach ((List<(double Time, double Voltage)> segment, double[] end) in seen.Segments.Zip(ends))
        {
            Assert.True(segment.Count > 2);
            Assert.All(segment, s => Assert.Equal(end[0] + (end[1] - end[0]) * s.Time / segment[^1].Time, s.Voltage, 1e-12));
        }
        Assert.Equal(15e-9 + 1, device.Time, 1e-15);
    }

    [Fact]
    public void Energies_and_charge_of_a_pulse_run_to_the_opening_of_the_gate()
    {
        (PulseEnergy Energy, double Charge) Pulse(double hold)
        {
            var device = new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings { RelativeTolerance = 1e-7 });
            PulseEnergy energy = device.Pulse(10, 5e-9, 1.1e-9, hold: hold);
            return (energy, device.GateCharge + Constants.ElementaryCharge * device.State[device.Layout.GateHydrogen]);
        }
        var (none, before) = Pulse(0);
        var (held, after) = Pulse(1e-3);
        Assert.Equal(none.Capacitive, held.Capacitive);
        // The source does work at the base voltage on what it drives in during the hold.
        double rest = new DeviceOptions().Device().Gate.RestVoltage;
        Assert.InRange(Math.Abs(after / before - 1), 1e-4, 0.02);
        Assert.Equal(rest * (after - before), held.Proton - none.Proton, 1e-6 * Math.Abs(none.Proton));
    }

    [Fact]
    public void A_table_that_opens_the_gate_does_what_a_pulse_with_hold_and_rest_does()
    {
        var (pulse, table) = (new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings()),
            new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings()));
        double rest = pulse.GateVoltage;
        pulse.Pulse(10, 5e-9, 1.1e-9);
        pulse.Rest(1);
        var steps = new VoltageTable([0, 1.1e-9, 3.9e-9, 5e-9, 15e-9, 1 + 15e-9],
            [rest, 10, 10, rest, VoltageTable.Open, VoltageTable.Open]);
        var runner = new ProtocolRunner(table, [steps], new RunRecorder(table, new()));
        Assert.True(runner.Advance());
        Assert.Equal(pulse.GateVoltage, table.GateVoltage, 1e-12);
        int given = pulse.Layout.GateHydrogen;
        Assert.Equal(pulse.State[given].Value, table.State[given], 1e-9 * pulse.State[given]);
        Assert.Equal(pulse.Time, table.Time, 1e-15);
    }

    [Fact]
    public void Pulses_found_in_a_table_have_the_rows_of_a_train()
    {
        DeviceSimulation Device() => new(new DeviceOptions().Device(), Mesh, new SolverSettings());
        Table Pulses(params ProtocolStep[] steps)
        {
            DeviceSimulation device = Device();
            var recorder = new RunRecorder(device, new());
            var runner = new ProtocolRunner(device, steps, recorder);
            while (runner.Advance())
            {
            }
            Assert.Equal(2, ProtocolRunner.CountPulses(steps));
            Assert.Equal(0.0, recorder.Inventory.ProtonImbalance / recorder.Extremes.Transferred, 1e-9);
            return recorder.Record.Pulses;
        }
        double rest = Device().GateVoltage, edge = Device().Device.Gate.EdgeTime, second = 1 + 15e-9;
        // Noise at the base is no pulse; the second one is connected from the open gate.
        var table = new VoltageTable(
            [0, 0.5e-9, 1e-9, 1e-9 + edge, 6e-9 - edge, 6e-9, 16e-9,
                second + 1e-9, second + 1e-9 + edge, second + 6e-9 - edge, second + 6e-9, second + 16e-9, 2.0],
            [rest, rest + 0.1, rest, 10, 10, rest, VoltageTable.Open,
                VoltageTable.Open, -8.5, -8.5, rest, VoltageTable.Open, VoltageTable.Open]);
        Table found = Pulses(table), train = Pulses(Train(10), Train(-8.5));
        Assert.Equal([10, -8.5], found["amplitude"]);
        foreach (string column in new[] { "width", "protons_from_pd", "conductance_step", "gate_charge", "energy_total", "energy_proton" })
            Assert.All(found[column].Zip(train[column]), row => Assert.Equal(1, row.First / row.Second, 0.02));

        static PulseTrain Train(double amplitude) => new()
        {
            Amplitudes = [amplitude],
            Widths = [5e-9],
            Count = 1,
        };
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e5)]
    public void A_pulse_after_a_long_rest_is_not_skipped(double rest)
    {
        double Step(double before)
        {
            var device = new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings());
            var readout = new ChannelReadout(device);
            device.Pulse(10, 5e-9, 1.1e-9);
            // By 0.1 s everything has settled; the longer rest only makes the next pulse easier to miss.
            device.Rest(0.1);
            device.Rest(before);
            double conductance = readout.Conductance;
            device.Pulse(10, 5e-9, 1.1e-9);
            device.Rest(1);
            return readout.Conductance - conductance;
        }
        double expected = Step(0);
        Assert.InRange(expected, 1e-10, 1e-9);
        Assert.Equal(expected, Step(rest), 1e-5 * expected);
    }

    [Fact]
    public void A_pulse_after_a_long_rest_in_the_state_of_rest_is_the_same_pulse()
    {
        double Step(double before)
        {
            var device = new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings());
            var readout = new ChannelReadout(device);
            device.Rest(before);
            double conductance = readout.Conductance;
            device.Pulse(10, 5e-9, 1.1e-9);
            device.Rest(1);
            return readout.Conductance - conductance;
        }
        Assert.Equal(Step(0), Step(1e5), 1e-5 * Step(0));
    }

    [Fact]
    public void Nothing_happens_in_the_state_of_rest()
    {
        foreach (bool everything in new[] { false, true })
        {
            DeviceOptions options = new()
            {
                Heat = everything,
                Gas = everything,
                Traps = everything,
                SiteLimit = everything,
                Marcus = everything,
                Thermodynamic = everything,
                FiniteReservoir = everything
            };
            var device = new DeviceSimulation(options.Device(), Mesh, new SolverSettings());
            device.Rest(1e6);
            device.Segment(DriveMode.Voltage, device.Device.Gate.RestVoltage, device.Device.Gate.RestVoltage, 1e6);
            for (int u = 0; u < device.System.Size; u++)
                Assert.Equal(device.RestState[u], device.State[u].Value, 1e-9 * device.System.Scale[u]);
        }
    }

    [Fact]
    public void A_series_resistance_delays_the_gate_and_a_current_source_charges_it()
    {
        var device = new DeviceSimulation(new DeviceOptions { SeriesResistance = 1e9 }.Device(), Mesh,
            new SolverSettings { RelativeTolerance = 1e-7 });
        device.Segment(DriveMode.Resistor, 0.75, 10, 1e-12);
        device.Segment(DriveMode.Resistor, 10, 10, 1e-11);
        // The gate has gone a thousandth of the way; the source's charge is on it: (10 - 0.75) V over 1e9 ohm for 10.5 ps.
        Assert.Equal(9.25 / 1e9 * 1.05e-11, device.GateCharge, 0.01 * 9.25 / 1e9 * 1.05e-11);
        device = new DeviceSimulation(new DeviceOptions().Device(), Mesh, new SolverSettings { RelativeTolerance = 1e-7 });
        device.Segment(DriveMode.Current, 2e-9, 2e-9, 1e-9);
        double given = device.State[device.Layout.GateHydrogen];
        Assert.Equal(2e-18, device.GateCharge + Constants.ElementaryCharge * given, 1e-27);
    }

    private sealed class GateObserver(DeviceSimulation device) : IStepObserver<Scalar>
    {
        private List<(double, double)> _segment = [];

        public List<List<(double Time, double Voltage)>> Segments { get; } = [];

        public void OnStep(double time, Scalar[] state) => _segment.Add((time, state[device.Layout.GateVoltage]));

        public void Corner()
        {
            Segments.Add(_segment);
            _segment = [];
        }
    }
}
