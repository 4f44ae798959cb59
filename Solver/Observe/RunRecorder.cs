using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Observe;

/// <summary>Records a run: a row per pulse (<see cref="PulseTable"/>), samples over time
/// (<see cref="SeriesTable"/>), fields, extremes.</summary>
public sealed class RunRecorder : IProtocolObserver
{
    private static readonly int s_after = PulseTable.PlaceOf("conductance_after"), s_step = PulseTable.PlaceOf("conductance_step"),
        s_bound = PulseTable.PlaceOf("bound_after");

    // 24 columns of so many rows are 200 MB.
    private const int MostReserved = 1 << 20;

    private readonly DeviceSimulation _device;
    private readonly OutputSettings _settings;
    private readonly UnknownLayout _u;
    private readonly DeviceReadings _now;
    private readonly PulseReadings _pulse;
    private readonly RowWriter<DeviceReadings> _series = new(SeriesTable.Columns);
    private readonly RowWriter<PulseReadings> _pulses;
    private double _segmentStart, _stepGiven;
    private bool _isInPulse, _isInStep;

    // Time within the segment, and of those before it since the start of the pulse or step: differences of absolute times lose
    // the nanoseconds after days of rests.
    private double _inSegment, _beforeSegment;

    // Place in OutputSettings.ProfilesAt.
    private int _nextProfile;

    /// <summary>A recorder of a device's run.</summary>
    /// <param name="device">The device.</param>
    /// <param name="settings">How densely to record.</param>
    /// <param name="record">Record of an earlier part of the run, to be continued; null begins a new one.</param>
    /// <param name="mapsPulses">True when pulses may be mapped: each row then says so, with the bound of its error.</param>
    public RunRecorder(DeviceSimulation device, OutputSettings settings, RunRecord? record = null, bool mapsPulses = false)
    {
        (_device, _settings) = (device, settings);
        IReadOnlyList<RecordedColumn<PulseReadings>> columns = PulseTable.Of(mapsPulses, settings.PulsesEvery > 1);
        _pulses = new(columns);
        _u = device.Layout;
        _now = new(device);
        _pulse = new(_now);
        Record = record ?? new()
        {
            Series = new(SeriesTable.Columns),
            Pulses = new(columns),
            Profiles = new FieldSampler(device).CreateSet(),
        };
        Extremes = new();
        PulseCount = Record.Pulses.Count;
    }

    /// <summary>What is recorded so far.</summary>
    public RunRecord Record { get; }

    /// <summary>Extremes of the run so far.</summary>
    public RunExtremes Extremes { get; }

    /// <summary>Stores and balances.</summary>
    public Inventory Inventory => _now.Inventory;

    /// <summary>Read-out of the channel.</summary>
    public ChannelReadout Readout => _now.Readout;

    /// <summary>Molecular hydrogen at the interface.</summary>
    public GasState Gas => _now.Gas;

    /// <summary>Pulses so far; a run that resumes with rows for some of them only sets it.</summary>
    public int PulseCount { get; set; }

    /// <summary>What all pulses did, where only some have rows.</summary>
    public PulseEnvelopes Envelopes { get; } = new();

    /// <summary>Ends the run at the next time step, by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; set; }

    /// <inheritdoc/>
    public bool MustStop => _device.Device.Gas.StopAtDamage && Extremes.DamagePulse >= 0;

    private bool RecordsEveryStep => !_isInPulse || PulseCount < _settings.SeriesPulses;

    private bool RecordsPulse => RecordsEveryStep || PulseCount % _settings.SeriesEvery == 0;

    /// <summary>Records the state before the first step of a run that does not resume.</summary>
    public void Begin()
    {
        SampleSeries(0);
        SampleProfiles();
    }

    /// <summary>Records the last state of a run, unless it is there already.</summary>
    public void End()
    {
        if (Record.Series["time"][^1] < _device.Time)
            SampleSeries(_device.Time);
        if (_settings.PulsesEvery > 1)
            Record.Envelopes = Envelopes.ToTable();
    }

    /// <inheritdoc/>
    public void OnPulseStart(double amplitude, double width)
    {
        _pulse.Begin(amplitude, width);
        if (_isInStep)
            return;
        _isInPulse = true;
        Begin(isStep: false);
        if (PulseCount % _settings.ProfilesAtEvery != 0)
            _nextProfile = _settings.ProfilesAt.Values.Count;
    }

    /// <inheritdoc/>
    public void OnStepStart() => Begin(isStep: true);

    private void Begin(bool isStep)
    {
        _isInStep = isStep;
        _segmentStart = _device.Time;
        _stepGiven = Inventory.Given;
        _now.MarkCharge();
        (_nextProfile, _inSegment, _beforeSegment) = (0, 0, 0);
        // After pulses of which nothing was recorded: the gate was open until now.
        if (RecordsPulse && (Record.Series.Count == 0 || Record.Series["time"][^1] < _device.Time))
            SampleSeries(_device.Time);
    }

    /// <inheritdoc/>
    public double NextSample =>
        _nextProfile < _settings.ProfilesAt.Values.Count ? _settings.ProfilesAt.Values[_nextProfile] - _beforeSegment
            : double.PositiveInfinity;

    /// <inheritdoc/>
    public void OnSample(double time, Scalar[] state)
    {
        new FieldSampler(_device).Sample(Record.Profiles, _segmentStart + time, state);
        _nextProfile++;
    }

    /// <inheritdoc/>
    public void OnStep(double time, Scalar[] state)
    {
        Cancel.ThrowIfCancellationRequested();
        _inSegment = time;
        if (_u.Temperature >= 0)
            for (int n = 0; n < _u.Local.Length; n++)
                _pulse.SeeTemperature(state[_u.Temperature + n]);
        for (int n = 0; n < _u.Wo3Nodes.Length && _u.Electron >= 0; n++)
            Extremes.ElectronLift = Math.Max(Extremes.ElectronLift, Math.Abs(state[_u.Electron + n]));
        Extremes.Uphill += _now.Gas.Uphill();
        _pulse.SeeBubble(_now.Gas.Radius);
        if (RecordsEveryStep)
            SampleSeries(_segmentStart + time);
    }

    /// <inheritdoc/>
    public void OnStepEnd()
    {
        _isInStep = false;
        Extremes.Transferred += Math.Abs(Inventory.Given - _stepGiven);
        // Few steps of a cross-section are pulses: its fields are worth a sample after every other one too.
        if (_device.Mesh.Dimension > 1)
            SampleProfiles();
    }

    /// <inheritdoc/>
    public void OnCorner()
    {
        _segmentStart = _device.Time;
        (_beforeSegment, _inSegment) = (_beforeSegment + _inSegment, 0);
        SeeInterface();
        Extremes.Field = Math.Max(Extremes.Field, _now.LargestField);
        Extremes.ImageRatio = Math.Max(Extremes.ImageRatio, _device.System.LargestImageRatio(_device.State));
    }

    /// <inheritdoc/>
    public void OnPulseEnd(PulseEnergy energy)
    {
        OnCorner();
        _pulse.End(energy);
        if (!RecordsEveryStep && RecordsPulse)
            SampleSeries(_device.Time);
    }

    /// <inheritdoc/>
    public void OnRead()
    {
        SeeInterface();
        _pulse.Read();
        bool samplesSeries = !RecordsEveryStep && RecordsPulse;
        _pulse.Number = ++PulseCount;
        if (HasRow(PulseCount))
            _pulses.Append(Record.Pulses, _pulse);
        if (_settings.PulsesEvery > 1)
        {
            double step = _pulse.ConductanceAfter - _pulse.ConductanceBefore;
            Envelopes.Add(PulseCount, [_pulse.ConductanceAfter], [step], [_pulse.Bound.After]);
        }
        if (samplesSeries)
            SampleSeries(_device.Time);
        if (PulseCount % _settings.ProfilesEvery == 0)
            SampleProfiles();
        if (!_isInStep)
            Extremes.Transferred += Math.Abs(_pulse.Injected);
        Extremes.TemperatureRise = Math.Max(Extremes.TemperatureRise, _pulse.TemperatureRise);
        Extremes.BubbleRadius = Math.Max(Extremes.BubbleRadius, _pulse.BubbleRadius);
        if (Extremes.BubbleRadius > 0 && Extremes.BubblePulse < 0)
            Extremes.BubblePulse = PulseCount;
        if (Extremes.BubbleRadius > _device.Device.Gas.DamageRadius && Extremes.DamagePulse < 0)
            (Extremes.DamagePulse, Extremes.DamageTime) = (PulseCount, _device.Time);
        _isInPulse = false;
    }

    /// <summary>True when the present pulse is one of those of which every time step is recorded.</summary>
    public bool NeedsEveryStep => PulseCount < _settings.SeriesPulses;

    /// <summary>Sets the bounds on the error of a pulse that is computed after mapped ones [S].</summary>
    public void Inherit(double step, double after) => _pulse.Bound = (step, after);

    /// <summary>Records pulses that were mapped.</summary>
    /// <param name="columns">Values of each column.</param>
    /// <param name="count">Pulses.</param>
    /// <param name="place">Puts the device into the state and time after one of them, by its number.</param>
    public void OnMapped(double[][] columns, int count, Action<int> place)
    {
        int first = PulseCount;
        PulseCount += count;
        if (_settings.PulsesEvery == 1)
            Record.Pulses.Append(columns, count);
        else
            AppendSome(columns, first, count);
        bool isSampled = HasMultiple(first, count, _settings.SeriesEvery) || HasMultiple(first + 1, count, _settings.ProfilesEvery);
        for (int i = 0; i < count && isSampled; i++)
        {
            bool isSeries = (first + i) % _settings.SeriesEvery == 0, isProfile = (first + i + 1) % _settings.ProfilesEvery == 0;
            if (!isSeries && !isProfile)
                continue;
            place(i);
            if (isSeries)
                SampleSeries(_device.Time);
            if (isProfile)
                SampleProfiles();
        }
    }

    /// <summary>Makes room for the rows of pulses that a run may have, as far as memory for them is sure to be there.</summary>
    /// <param name="pulses">All its pulses.</param>
    internal void Expect(double pulses) => Record.Pulses.Reserve((int)Math.Min(MostReserved, pulses / _settings.PulsesEvery));

    /// <summary>True when one of the next pulses has a row of its own.</summary>
    public bool NeedsColumns(int count) => NeedsRow(PulseCount, count);

    private bool NeedsRow(int done, int count) => done == 0 || HasMultiple(done + 1, count, _settings.PulsesEvery);

    /// <summary>True when one of some numbers in a row is a multiple.</summary>
    private static bool HasMultiple(long from, int count, long of) => (from + of - 1) / of * of < from + count;

    private bool HasRow(int pulse) => pulse == 1 || pulse % _settings.PulsesEvery == 0;

    private void AppendSome(double[][] columns, int first, int count)
    {
        Envelopes.Add(first + 1, columns[s_after].AsSpan(0, count), columns[s_step].AsSpan(0, count), columns[s_bound].AsSpan(0, count));
        for (int i = 0; i < count && NeedsRow(first, count); i++)
            if (HasRow(first + i + 1))
                Record.Pulses.Append([.. columns.Select(c => c[i]), first + i + 1.0]);
    }

    /// <inheritdoc/>
    public double Read(StopQuantity quantity) =>
        quantity == StopQuantity.Conductance ? Readout.Conductance : Inventory.Composition;

    /// <summary>Samples the fields now.</summary>
    public void SampleProfiles() => new FieldSampler(_device).Sample(Record.Profiles, _device.Time, _device.State);

    private void SeeInterface()
    {
        _pulse.SeeGas();
        Extremes.LogFugacity = Math.Max(Extremes.LogFugacity, _now.Gas.LogFugacity);
        Extremes.Dissolved = Math.Max(Extremes.Dissolved, _now.Gas.Dissolved);
        for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
        {
            Extremes.Coverage = Math.Max(Extremes.Coverage, _device.State[_u.Coverage + k]);
            Extremes.Composition = Math.Max(Extremes.Composition, _now.CompositionAt(k));
        }
    }

    private void SampleSeries(double time)
    {
        // The mean current of the step begins where the step does: a row on either side of its start, so that the trapezoid of the
        // current is the charge, and the corners of a waveform are corners of the current.
        if (_now.MoveTo(time))
            _series.Repeat(Record.Series, SeriesTable.GateCurrent, _now.GateCurrent);
        _series.Append(Record.Series, _now);
    }
}
