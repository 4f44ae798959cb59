using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;
using Xunit;
using static FvSolver.Materials.Constants;

namespace FvSolver.Tests.Observe;

/// <summary>Each column of <c>/series</c> and <c>/pulses</c> holds what its name says, read off the state by other means.</summary>
public class RecordedColumnsTests
{
    private const double Amplitude = 9, Width = 6e-9;

    private readonly DeviceSimulation _device;
    private readonly RunRecorder _recorder;
    private readonly UnknownLayout _u;

    public RecordedColumnsTests()
    {
        Device device = new DeviceOptions { Heat = true, Gas = true, FiniteReservoir = true, Traps = true }.Device();
        _device = new(device, new MeshSettings { PsgCells = 9, Wo3Cells = 3 }, new SolverSettings { RelativeTolerance = 1e-6 });
        _u = _device.Layout;
        _recorder = new(_device, new OutputSettings { SeriesPulses = 10 });
        _recorder.Begin();
        PulseTrain train = new() { Amplitudes = [Amplitude], Widths = [Width], Count = 2, Rest = 1e-6 };
        var runner = new ProtocolRunner(_device, [train], _recorder);
        while (runner.Advance())
        {
        }
    }

    [Fact]
    public void Series_hold_the_state_that_they_are_named_after()
    {
        double Sum(int start, int count, Func<int, double> weight) =>
            Enumerable.Range(0, count).Sum(i => weight(i) * (_device.State[start + i] - _device.RestState[start + i]));
        double area = _device.Device.Geometry.Area, sites = _device.Device.Wo3.SiteDensity;
        int surface = _u.Local[_u.ChannelInterfaces[0].Second];
        Table series = _recorder.Record.Series;
        var expected = new Dictionary<string, double>
        {
            ["time"] = _device.Time,
            ["gate_voltage"] = _device.State[_u.GateVoltage],
            ["gate_current"] = 0,
            ["conductance"] = new ChannelReadout(_device).Conductance,
            ["coverage"] = _device.State[_u.Coverage],
            ["surface_composition"] = _device.State[_u.Hydrogen + surface] / sites,
            ["protons_electrolyte"] = Sum(_u.Proton, _u.PsgNodes.Length, i => _device.Mesh.Volume[_u.PsgNodes[i]])
                + Sum(_u.Bound, _u.PsgNodes.Length, i => _device.Mesh.Volume[_u.PsgNodes[i]]),
            ["protons_coverage"] = Sum(_u.Coverage, 1, _ => area * _device.Device.Interface.SiteDensity),
            ["protons_channel"] = Sum(_u.Hydrogen, _u.Wo3Nodes.Length, i => _device.Mesh.Volume[_u.Wo3Nodes[i]]),
            ["protons_given"] = _device.State[_u.GateHydrogen],
            ["hydrogen_dissolved"] = Sum(_u.Dissolved, 1, _ => area),
            ["hydrogen_bubbles"] = Sum(_u.Bubbles, 1, _ => area),
            ["temperature"] = Enumerable.Range(0, _u.Local.Length).Max(n => _device.State[_u.Temperature + n].Value),
        };
        Assert.Equal(expected.Keys, SeriesTable.Columns.Select(c => c.Name));
        foreach ((string name, double value) in expected.Where(e => e.Key != "gate_current"))
            Assert.Equal(value, series[name][^1], 1e-12 * Math.Abs(value));
        // Otherwise a column could stand in for another one.
        double[] told = [.. expected.Where(e => e.Key is not ("gate_current" or "hydrogen_bubbles")).Select(e => e.Value)];
        Assert.All(told, v => Assert.NotEqual(0, v));
        Assert.Equal(told.Length, told.Distinct().Count());
    }

    [Fact]
    public void Pulses_hold_what_happened_between_their_start_and_their_read()
    {
        Table pulses = _recorder.Record.Pulses, series = _recorder.Record.Series;
        double start = pulses["start"][1], end = start + Width + _device.Device.Gate.HoldTime;
        int[] rows = [.. Enumerable.Range(1, series.Count - 1)
            .Where(i => series["time"][i] > start && series["time"][i] <= end * (1 + 1e-12))];
        int before = Enumerable.Range(0, series.Count).Last(i => series["time"][i] <= start), last = series.Count - 1;
        double Change(string column) => series[column][last] - series[column][before];
        double Integral(Func<int, double> factor) =>
            rows.Sum(i => factor(i) * series["gate_current"][i] * (series["time"][i] - series["time"][i - 1]));
        double charge = Integral(_ => 1), work = Integral(i => 0.5 * (series["gate_voltage"][i] + series["gate_voltage"][i - 1]));
        // C of the rising edge: the charge on the metal is what flowed in less what was injected.
        int top = rows.Last(i => series["time"][i] <= start + _device.Device.Gate.EdgeTime * (1 + 1e-9));
        double capacitance = (rows.Where(i => i <= top).Sum(i => series["gate_current"][i] * (series["time"][i] - series["time"][i - 1]))
            - ElementaryCharge * (series["protons_given"][top] - series["protons_given"][before]))
            / (series["gate_voltage"][top] - series["gate_voltage"][before]);
        var expected = new Dictionary<string, (double Value, double Tolerance)>
        {
            ["start"] = (1e-6 + Width + _device.Device.Gate.HoldTime, 1e-12),
            ["amplitude"] = (Amplitude, 0),
            ["width"] = (Width, 0),
            ["conductance_before"] = (series["conductance"][before], 1e-12),
            ["conductance_after"] = (series["conductance"][last], 1e-12),
            ["conductance_step"] = (Change("conductance"), 1e-9),
            ["protons_from_pd"] = (Change("protons_given"), 1e-9),
            ["protons_into_wo3"] = (Change("protons_channel"), 1e-9),
            // Positive charge flows in while protons are injected: the integral of the current over the pulse.
            ["gate_charge"] = (charge, 1e-9),
            ["energy_total"] = (work + capacitance * Amplitude * Amplitude, 0.01),
            ["energy_proton"] = (work, 0.01),
            ["coverage"] = (series["coverage"][last], 1e-12),
            ["gate_voltage"] = (series["gate_voltage"][last], 1e-12),
            ["composition"] = (new Inventory(_device).Composition, 1e-12),
            ["log_fugacity"] = (_recorder.Extremes.LogFugacity, 1e-12),
            ["hydrogen_dissolved"] = (double.NaN, 0),
            ["hydrogen_bubbles"] = (_device.State[_u.Bubbles], 1e-12),
            ["bubble_radius"] = (_recorder.Extremes.BubbleRadius, 1e-12),
            ["bubble_pressure"] = (new GasState(_device).Pressure, 1e-12),
            ["temperature_rise"] = (rows.Max(i => series["temperature"][i]) - _device.Device.Heat.AmbientTemperature, 1e-9),
            ["time_steps"] = (double.NaN, 0),
        };
        Assert.Equal(expected.Keys, PulseTable.Columns.Select(c => c.Name));
        Assert.All(expected.Where(e => !double.IsNaN(e.Value.Value)), e => Assert.True(
            Math.Abs(e.Value.Value - pulses[e.Key][1]) <= e.Value.Tolerance * Math.Abs(e.Value.Value),
            $"{e.Key} is {pulses[e.Key][1]:g9}, expected {e.Value.Value:g9}"));
        // Dissolved hydrogen is largest at a corner or the read; every step of the second pulse is counted once.
        Assert.True(pulses["hydrogen_dissolved"][1] >= _device.State[_u.Dissolved].Value);
        Assert.Equal(_device.Statistics.Steps, pulses["time_steps"].Sum());
        Assert.True(pulses["gate_charge"][1] > 0 && Math.Abs(pulses["protons_from_pd"][1]) > 1e-3);
    }
}
