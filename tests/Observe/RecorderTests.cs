using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.Observe;

/// <summary>When a recorder takes samples, and the extremes that it keeps, against an observer that looks at the state itself.</summary>
public class RecorderTests
{
    private readonly DeviceSimulation _device;
    private readonly RunRecorder _recorder;
    private readonly Watch _watch;

    public RecorderTests()
    {
        Device device = new DeviceOptions { Heat = true, Gas = true, FiniteReservoir = true, Traps = true }.Device();
        _device = new(device, new MeshSettings { PsgCells = 9, Wo3Cells = 3 }, new SolverSettings());
        _recorder = new(_device, new OutputSettings { SeriesPulses = 1, SeriesEvery = 3, PulsesEvery = 2, ProfilesEvery = 2 });
        _watch = new(_recorder, _device);
        _recorder.Begin();
        PulseTrain train = new() { Amplitudes = [9, -6], Widths = [6e-9, 5e-9], Count = 5, Rest = 1e-6 };
        var runner = new ProtocolRunner(_device, [train, new Hold(2, 1e-8, 1e-9), train with { Count = 1 }], _watch);
        while (runner.Advance())
        {
        }
    }

    [Fact]
    public void Extremes_are_the_largest_of_what_there_was()
    {
        RunExtremes seen = _recorder.Extremes;
        double[] recorded =
        [
            seen.Field, seen.Coverage, seen.Composition, seen.Dissolved, seen.LogFugacity, seen.TemperatureRise, seen.Transferred,
        ];
        double[] expected =
        [
            _watch.Field, _watch.Coverage, _watch.Composition, _watch.Dissolved, _watch.LogFugacity, _watch.TemperatureRise,
            _watch.Transferred,
        ];
        Assert.All(expected.Zip(recorded), e => Assert.Equal(e.First, e.Second, 1e-9 * Math.Abs(e.First)));
        Assert.DoesNotContain(0, expected);
        Assert.Equal(-1, seen.DamagePulse);
    }

    [Fact]
    public void Samples_are_taken_in_the_pulses_asked_for_and_outside_pulses_always()
    {
        IReadOnlyList<double> time = _recorder.Record.Series["time"];
        Assert.Equal(6, _watch.Pulses.Count);
        for (int p = 0; p < 6; p++)
        {
            (double start, double end, double read) = _watch.Pulses[p];
            double[] within = [.. time.Where(t => t > start * (1 + 1e-12) && t <= read * (1 + 1e-12)).Distinct()];
            // The fourth and the hold are sampled at their start, which is the read of the pulse before.
            double[] expected = p switch { 2 or 4 => [read], 3 => [end, read], _ => [] };
            if (p == 0)
                Assert.True(within.Length > 20, $"{within.Length} samples of a pulse of which every step is wanted");
            else
                Assert.Equal(expected, within);
        }
        // Of the second, at the read of which the third begins, nothing is recorded.
        Assert.Equal((false, true), (time.Contains(_watch.Pulses[2].Start), time.Contains(_watch.Pulses[3].Start)));
        Assert.True(time.Count(t => t > _watch.Hold.Start && t <= _watch.Hold.End) > 3);
        Assert.Equal([0, _watch.Pulses[1].Read, _watch.Pulses[3].Read, _watch.Pulses[5].Read], _recorder.Record.Profiles.Times);
        Assert.True(time[^1] < _device.Time);
        _recorder.End();
        int rows = time.Count;
        Assert.Equal(_device.Time, time[^1]);
        _recorder.End();
        Assert.Equal(rows, time.Count);
    }

    [Fact]
    public void Pulses_without_a_row_are_in_the_envelopes()
    {
        _recorder.End();
        Assert.Equal([1, 2, 4, 6], _recorder.Record.Pulses["pulse"]);
        Table envelopes = _recorder.Record.Envelopes!;
        double[] after = [.. _watch.Conductances.Select(g => g.After)], step = [.. _watch.Conductances.Select(g => g.After - g.Before)];
        Assert.Equal([6], envelopes["count"]);
        Assert.Equal(after.Max(), envelopes["conductance_maximum"][0]);
        Assert.Equal(after.Average(), envelopes["conductance_mean"][0], 1e-12 * after.Max());
        Assert.Equal(step.Min(), envelopes["step_minimum"][0], 1e-9 * Math.Abs(step.Min()));
    }

    [Fact]
    public void A_run_stops_at_damage_where_that_is_asked_for()
    {
        foreach (bool stops in new[] { false, true })
        {
            Device device = new DeviceOptions { Gas = true }.Device();
            device = device with { Gas = device.Gas with { StopAtDamage = stops } };
            var recorder = new RunRecorder(new(device, new MeshSettings { PsgCells = 9, Wo3Cells = 3 }, new()), new());
            Assert.False(recorder.MustStop);
            recorder.Extremes.DamagePulse = 0;
            Assert.Equal(stops, recorder.MustStop);
        }
    }

    /// <summary>Looks at the state where a recorder does.</summary>
    private sealed class Watch(RunRecorder inner, DeviceSimulation device) : IProtocolObserver
    {
        private readonly UnknownLayout _u = device.Layout;
        private double _start, _end, _given, _conductance;
        private bool _isInPulse;

        public double Field { get; private set; }

        public double Coverage { get; private set; }

        public double Composition { get; private set; }

        public double Dissolved { get; private set; }

        public double LogFugacity { get; private set; } = double.NegativeInfinity;

        public double TemperatureRise { get; private set; }

        public double Transferred { get; private set; }

        public List<(double Start, double End, double Read)> Pulses { get; } = [];

        public (double Start, double End) Hold { get; private set; }

        public List<(double Before, double After)> Conductances { get; } = [];

        public bool MustStop => inner.MustStop;

        public double NextSample => inner.NextSample;

        public void OnPulseStart(double amplitude, double width)
        {
            inner.OnPulseStart(amplitude, width);
            (_start, _given, _isInPulse) = (device.Time, device.State[_u.GateHydrogen], true);
            _conductance = inner.Readout.Conductance;
        }

        public void OnStepStart()
        {
            inner.OnStepStart();
            (_start, _given) = (device.Time, device.State[_u.GateHydrogen]);
        }

        public void OnStepEnd()
        {
            inner.OnStepEnd();
            Transferred += Math.Abs(device.State[_u.GateHydrogen] - _given);
            Hold = (_start, device.Time);
        }

        public void OnStep(double time, Scalar[] state)
        {
            inner.OnStep(time, state);
            double highest = Enumerable.Range(0, _u.Local.Length).Max(n => state[_u.Temperature + n].Value);
            if (_isInPulse)
                TemperatureRise = Math.Max(TemperatureRise, highest - device.Device.Heat.AmbientTemperature);
        }

        public void OnCorner()
        {
            inner.OnCorner();
            SeeCorner();
        }

        public void OnPulseEnd(PulseEnergy energy)
        {
            inner.OnPulseEnd(energy);
            SeeCorner();
            _end = device.Time;
        }

        public void OnRead()
        {
            inner.OnRead();
            SeeInterface();
            Transferred += Math.Abs(device.State[_u.GateHydrogen] - _given);
            Pulses.Add((_start, _end, device.Time));
            Conductances.Add((_conductance, inner.Readout.Conductance));
            _isInPulse = false;
        }

        public double Read(StopQuantity quantity) => inner.Read(quantity);

        private void SeeCorner()
        {
            int[] nodes = [.. _u.PsgNodes.OrderBy(n => device.Mesh.Z[n])];
            double Potential(int node) => device.State[_u.Potential + _u.Local[node]];
            Field = Math.Max(Field, nodes.Zip(nodes.Skip(1), (a, b) =>
                Math.Abs(Potential(a) - Potential(b)) / (device.Mesh.Z[b] - device.Mesh.Z[a])).Max());
            SeeInterface();
        }

        private void SeeInterface()
        {
            Interface face = _u.ChannelInterfaces.Single();
            Coverage = Math.Max(Coverage, device.State[_u.Coverage]);
            Composition = Math.Max(Composition, device.State[_u.Hydrogen + _u.Local[face.Second]] / device.Device.Wo3.SiteDensity);
            Dissolved = Math.Max(Dissolved, device.State[_u.Dissolved]);
            LogFugacity = Math.Max(LogFugacity, new GasState(device).LogFugacity);
        }
    }
}
