using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Observe;

/// <summary>Writes a run down: one row a pulse, samples over time, fields now and then, extremes and balances.</summary>
public sealed class RunRecorder : IProtocolObserver
{
    /// <summary>Columns of the table over time.</summary>
    public static readonly Column[] SeriesColumns =
    [
        new("time", "s", "time since the start of the run"),
        new("gate_voltage", "V", "potential of the gate"),
        new("gate_current", "A", "current into the gate from outside, mean over the time step"),
        new("conductance", "S", "conductance of the channel on the present composition"),
        new("coverage", "1", "coverage of adsorbed hydrogen, mean over the interface"),
        new("surface_composition", "1", "composition of the first lattice plane of WO3, mean over the interface"),
        new("protons_electrolyte", "1", "protons in PSG in excess of rest"),
        new("protons_coverage", "1", "adsorbed hydrogen in excess of rest"),
        new("protons_channel", "1", "hydrogen in WO3 in excess of rest"),
        new("protons_given", "1", "hydrogen given by the Pd gate"),
        new("hydrogen_dissolved", "1", "dissolved hydrogen molecules in excess of rest"),
        new("hydrogen_bubbles", "1", "hydrogen molecules in bubbles"),
        new("temperature", "K", "highest temperature"),
    ];

    /// <summary>Columns of the table over pulses.</summary>
    public static readonly Column[] PulseColumns =
    [
        new("start", "s", "time at which the pulse starts"),
        new("amplitude", "V", "amplitude of the pulse"),
        new("width", "s", "width of the pulse from base to base"),
        new("conductance_before", "S", "conductance before the pulse"),
        new("conductance_after", "S", "conductance at the read after the rest"),
        new("conductance_step", "S", "change of conductance by the pulse"),
        new("protons_from_pd", "1", "hydrogen given by Pd in the pulse and its rest, number for the device"),
        new("protons_into_wo3", "1", "hydrogen that entered WO3 in the pulse and its rest, number for the device"),
        new("gate_charge", "C", "charge that the source drove into the gate in the clamped pulse"),
        new("energy_total", "J", "energy_proton + C V^2 of the rising edge: an upper bound"),
        new("energy_proton", "J", "integral of V_G I_G over the clamped pulse"),
        new("coverage", "1", "coverage of adsorbed hydrogen at the read"),
        new("gate_voltage", "V", "gate voltage at the read"),
        new("composition", "1", "mean composition of WO3 at the read"),
        new("log_fugacity", "1", "largest ln f (f in bar) that the coverage stood for at a corner of the pulse"),
        new("hydrogen_dissolved", "m^-2", "largest density of dissolved hydrogen at a corner or the read"),
        new("hydrogen_bubbles", "m^-2", "largest density of hydrogen in bubbles at the read"),
        new("bubble_pressure", "Pa", "pressure in the fullest bubbles at the read"),
        new("temperature_rise", "K", "highest temperature in the pulse above the ambient"),
        new("time_steps", "1", "accepted time steps in the pulse and its rest"),
    ];

    private readonly DeviceSimulation _device;
    private readonly OutputSettings _settings;
    private readonly ChannelReadout _readout;
    private readonly Inventory _inventory;
    private readonly GasState _gas;
    private readonly UnknownLayout _u;
    private readonly double[] _seriesRow = new double[SeriesColumns.Length], _pulseRow = new double[PulseColumns.Length];
    private readonly double[] _share;

    // Edges in PSG: the potentials of their ends, and their length.
    private readonly (int Left, int Right, double Length)[] _electrolyteEdges;
    private double _segmentStart, _lastTime, _lastCharge, _lastGiven;
    private double _given, _channel, _charge, _before, _peakTemperature, _logFugacity, _dissolved;
    private long _steps;
    private bool _isInPulse;

    /// <summary>A recorder of a device's run.</summary>
    /// <param name="device">The device.</param>
    /// <param name="settings">How densely to record.</param>
    /// <param name="record">What an earlier part of the run has written down, to be continued; null begins.</param>
    public RunRecorder(DeviceSimulation device, OutputSettings settings, RunRecord? record = null)
    {
        (_device, _settings) = (device, settings);
        _u = device.Layout;
        _readout = new(device);
        _inventory = new(device);
        _gas = new(device);
        double area = _u.ChannelInterfaces.Sum(f => f.Area);
        _share = [.. _u.ChannelInterfaces.Select(f => f.Area / area)];
        ControlVolumeMesh mesh = device.Mesh;
        _electrolyteEdges = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Electrolyte)
            .Select(e => (_u.Potential + _u.Local[mesh.EdgeLeft[e]], _u.Potential + _u.Local[mesh.EdgeRight[e]], mesh.EdgeLength[e]))];
        Record = record ?? new()
        {
            Series = new(SeriesColumns),
            Pulses = new(PulseColumns),
            Profiles = new FieldSampler(device).CreateSet(),
        };
        Extremes = new();
    }

    /// <summary>What was written down.</summary>
    public RunRecord Record { get; }

    /// <summary>Extremes of the run so far.</summary>
    public RunExtremes Extremes { get; }

    /// <summary>Stores and balances.</summary>
    public Inventory Inventory => _inventory;

    /// <summary>Read-out of the channel.</summary>
    public ChannelReadout Readout => _readout;

    /// <summary>Pulses so far.</summary>
    public int PulseCount => Record.Pulses.Count;

    /// <inheritdoc/>
    public bool MustStop => _device.Device.Gas.StopAtDamage && Extremes.DamagePulse >= 0;

    private bool RecordsEveryStep => !_isInPulse || PulseCount < _settings.SeriesPulses;

    /// <summary>Records the state before the first step of a run that does not resume.</summary>
    public void Begin()
    {
        SampleSeries(0);
        SampleProfiles();
    }

    /// <inheritdoc/>
    public void OnPulseStart(double amplitude, double width)
    {
        _pulseRow[0] = _device.Time;
        _pulseRow[1] = amplitude;
        _pulseRow[2] = width;
        _before = _readout.Conductance;
        _given = _inventory.Given;
        _channel = _inventory.Channel;
        _charge = _device.GateCharge;
        _steps = _device.Statistics.Steps;
        _logFugacity = double.NegativeInfinity;
        _dissolved = 0;
        _peakTemperature = _device.Device.Heat.AmbientTemperature;
        _isInPulse = true;
        OnStepStart();
    }

    /// <inheritdoc/>
    public void OnStepStart()
    {
        _segmentStart = _device.Time;
        MarkCharge();
    }

    /// <inheritdoc/>
    public void OnStep(double time, Scalar[] state)
    {
        if (_u.Temperature >= 0)
            for (int n = 0; n < _u.Local.Length; n++)
                _peakTemperature = Math.Max(_peakTemperature, state[_u.Temperature + n]);
        for (int n = 0; n < _u.Wo3Nodes.Length && _u.Electron >= 0; n++)
            Extremes.ElectronLift = Math.Max(Extremes.ElectronLift, Math.Abs(state[_u.Electron + n]));
        if (RecordsEveryStep)
            SampleSeries(_segmentStart + time);
    }

    /// <inheritdoc/>
    public void OnStepEnd()
    {
        // Few steps of a cross-section are pulses: its fields are worth a sample after every other one too.
        if (_device.Mesh.Dimension > 1)
            SampleProfiles();
    }

    /// <inheritdoc/>
    public void OnCorner()
    {
        _segmentStart = _device.Time;
        LookAtGas();
        Extremes.Field = Math.Max(Extremes.Field, LargestField());
        Extremes.ImageRatio = Math.Max(Extremes.ImageRatio, _device.System.LargestImageRatio(_device.State));
    }

    /// <inheritdoc/>
    public void OnPulseEnd(PulseEnergy energy)
    {
        OnCorner();
        _pulseRow[8] = _device.GateCharge - _charge + Constants.ElementaryCharge * (_inventory.Given - _given);
        _pulseRow[9] = energy.Total;
        _pulseRow[10] = energy.Proton;
        if (!RecordsEveryStep && PulseCount % _settings.SeriesEvery == 0)
            SampleSeries(_device.Time);
    }

    /// <inheritdoc/>
    public void OnRead()
    {
        LookAtGas();
        double after = _readout.Conductance;
        _pulseRow[3] = _before;
        _pulseRow[4] = after;
        _pulseRow[5] = after - _before;
        _pulseRow[6] = _inventory.Given - _given;
        _pulseRow[7] = _inventory.Channel - _channel;
        _pulseRow[11] = MeanCoverage();
        _pulseRow[12] = _device.GateVoltage;
        _pulseRow[13] = _inventory.Composition;
        _pulseRow[14] = _logFugacity;
        _pulseRow[15] = _dissolved;
        _pulseRow[16] = _gas.Bubbles;
        _pulseRow[17] = _gas.Pressure;
        _pulseRow[18] = _peakTemperature - _device.Device.Heat.AmbientTemperature;
        _pulseRow[19] = _device.Statistics.Steps - _steps;
        bool samplesSeries = !RecordsEveryStep && PulseCount % _settings.SeriesEvery == 0;
        Record.Pulses.Append(_pulseRow);
        if (samplesSeries)
            SampleSeries(_device.Time);
        if (PulseCount % _settings.ProfilesEvery == 0)
            SampleProfiles();
        Extremes.Transferred += Math.Abs(_pulseRow[6]);
        Extremes.TemperatureRise = Math.Max(Extremes.TemperatureRise, _pulseRow[18]);
        if (_gas.Bubbles > 0 && Extremes.BubblePulse < 0)
            Extremes.BubblePulse = PulseCount;
        if (_gas.IsDamaged && Extremes.DamagePulse < 0)
            (Extremes.DamagePulse, Extremes.DamageTime) = (PulseCount, _device.Time);
        _isInPulse = false;
    }

    /// <inheritdoc/>
    public double Read(StopQuantity quantity) =>
        quantity == StopQuantity.Conductance ? _readout.Conductance : _inventory.Composition;

    /// <summary>Samples the fields now.</summary>
    public void SampleProfiles() => new FieldSampler(_device).Sample(Record.Profiles);

    private void MarkCharge() => (_lastTime, _lastCharge, _lastGiven) = (_device.Time, _device.GateCharge, _inventory.Given);

    private void LookAtGas()
    {
        _logFugacity = Math.Max(_logFugacity, _gas.LogFugacity);
        _dissolved = Math.Max(_dissolved, _gas.Dissolved);
        Extremes.LogFugacity = Math.Max(Extremes.LogFugacity, _logFugacity);
        for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
        {
            Extremes.Coverage = Math.Max(Extremes.Coverage, _device.State[_u.Coverage + k]);
            int node = _u.Local[_u.ChannelInterfaces[k].Second];
            Extremes.Composition = Math.Max(Extremes.Composition,
                _device.State[_u.Hydrogen + node] / _device.Device.Wo3.SiteDensity);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private double LargestField()
    {
        double largest = 0;
        Scalar[] state = _device.State;
        foreach ((int left, int right, double length) in _electrolyteEdges)
            largest = Math.Max(largest, Math.Abs(state[left] - state[right]) / length);
        return largest;
    }

    private double MeanCoverage()
    {
        double sum = 0;
        for (int k = 0; k < _share.Length; k++)
            sum += _share[k] * _device.State[_u.Coverage + k];
        return sum;
    }

    private void SampleSeries(double time)
    {
        double charge = _device.GateCharge, given = _inventory.Given;
        double elapsed = time - _lastTime;
        double surface = 0;
        for (int k = 0; k < _share.Length; k++)
            surface += _share[k] * (_device.State[_u.Hydrogen + _u.Local[_u.ChannelInterfaces[k].Second]] / _device.Device.Wo3.SiteDensity);
        double[] row = _seriesRow;
        row[0] = time;
        row[1] = _device.GateVoltage;
        row[2] = elapsed > 0 ? (charge - _lastCharge + Constants.ElementaryCharge * (given - _lastGiven)) / elapsed : 0;
        row[3] = _readout.Conductance;
        row[4] = MeanCoverage();
        row[5] = surface;
        row[6] = _inventory.Electrolyte;
        row[7] = _inventory.Coverage;
        row[8] = _inventory.Channel;
        row[9] = given;
        row[10] = _inventory.Dissolved;
        row[11] = _inventory.Bubbles;
        row[12] = HighestTemperature();
        Record.Series.Append(row);
        (_lastTime, _lastCharge, _lastGiven) = (time, charge, given);
    }

    private double HighestTemperature()
    {
        double highest = _device.Device.Heat.AmbientTemperature;
        if (_u.Temperature >= 0)
            for (int n = 0; n < _u.Local.Length; n++)
                highest = Math.Max(highest, _device.State[_u.Temperature + n]);
        return highest;
    }
}
