using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>Sees what a protocol does; every member may be ignored.</summary>
public interface IProtocolObserver : IStepObserver<Scalar>
{
    /// <summary>A pulse is about to start, of a train or within a table; the gate is as the rest left it.</summary>
    void OnPulseStart(double amplitude, double width);

    /// <summary>A step that is no pulse is about to start.</summary>
    void OnStepStart();

    /// <summary>A step that is no pulse has ended.</summary>
    void OnStepEnd()
    {
    }

    /// <summary>A corner of the waveform within a pulse, or the end of another step, was reached.</summary>
    void OnCorner();

    /// <summary>The pulse and its hold have ended; the gate opens now.</summary>
    void OnPulseEnd(PulseEnergy energy);

    /// <summary>The rest after the pulse has ended, in a table the time until the next pulse or the end: the read.</summary>
    void OnRead();

    /// <summary>Observed value for the bounds that end a train.</summary>
    double Read(StopQuantity quantity);

    /// <summary>True when the run must end, e.g. at damage.</summary>
    bool MustStop { get; }
}

/// <summary>Carries a protocol out, one pulse or other step at a time, from a position that can be saved.</summary>
/// <remarks>
/// The position is a path: for each nested list the index of the step and the count of repeats done, then the pulses
/// done in the present train. It is a handful of integers, so that a checkpoint between two pulses resumes exactly there.
/// </remarks>
public sealed class ProtocolRunner
{
    private readonly DeviceSimulation _device;
    private readonly IReadOnlyList<ProtocolStep> _steps;
    private readonly IProtocolObserver _observer;
    private readonly List<(int Index, int Repeats)> _path = [(0, 0)];
    private int _pulse;

    /// <summary>A protocol at its start.</summary>
    public ProtocolRunner(DeviceSimulation device, IReadOnlyList<ProtocolStep> steps, IProtocolObserver observer) =>
        (_device, _steps, _observer) = (device, steps, observer);

    /// <summary>Position as integers, for a checkpoint.</summary>
    public long[] Position
    {
        get => [.. _path.SelectMany(p => new long[] { p.Index, p.Repeats }), _pulse];
        set
        {
            _path.Clear();
            for (int i = 0; i + 1 < value.Length; i += 2)
                _path.Add(((int)value[i], (int)value[i + 1]));
            _pulse = (int)value[^1];
        }
    }

    /// <summary>Number of pulses that a protocol has when no bound ends a train early, those in tables as seen from a gate
    /// at 0 V; nested repeats may exceed any integer type.</summary>
    public static double CountPulses(IReadOnlyList<ProtocolStep> steps) => steps.Sum(step => step switch
    {
        PulseTrain train => train.Count,
        Repeat repeat => repeat.Count * CountPulses(repeat.Steps),
        VoltageTable table => TablePulse.Find([.. table.Pieces(double.Epsilon)], table.Base(0)).Count,
        _ => 0.0,
    });

    /// <summary>Pulses of the whole protocol, see <see cref="CountPulses(IReadOnlyList{ProtocolStep})"/>.</summary>
    internal double PulsesAtMost => CountPulses(_steps);

    /// <summary>Carries out the next pulse with its rest, or the next step that is no train.</summary>
    /// <returns>False when the protocol has ended.</returns>
    public bool Advance()
    {
        if (Next() is not { } requests)
            return false;
        foreach (DriveRequest request in requests)
            request.Run();
        return true;
    }

    /// <summary>The rest of the protocol as requests, for runs that go together with others; see <see cref="DeviceEnsemble"/>.</summary>
    public IEnumerable<DriveRequest> Requests()
    {
        while (Next() is { } requests)
            foreach (DriveRequest request in requests)
                yield return request;
    }

    /// <summary>The train whose pulse comes next, and how many of its pulses are done; null where
    /// another step comes next, or none.</summary>
    public (PulseTrain Train, int Done)? NextPulse() => NextStep() is PulseTrain train ? (train, _pulse) : null;

    /// <summary>Takes pulses of the present train for done.</summary>
    /// <param name="count">How many.</param>
    public void Skip(int count) => _pulse += count;

    /// <summary>Ends the present train if its bound holds now.</summary>
    public void EndIfReached(PulseTrain train)
    {
        if (train.Until is { } until && until.IsReached(_observer.Read(until.Quantity)))
            GoOn();
    }

    /// <summary>The next pulse with its rest, or the next step that is no train; null at the end.</summary>
    internal IEnumerable<DriveRequest>? Next() => NextStep() switch
    {
        null => null,
        PulseTrain train => Pulse(train, _pulse++),
        ProtocolStep step => Other(step),
    };

    /// <summary>Moves on to the next step that does something; null at the end.</summary>
    private ProtocolStep? NextStep()
    {
        while (!_observer.MustStop)
        {
            IReadOnlyList<ProtocolStep> list = ListAt(_path.Count - 1);
            (int index, int repeats) = _path[^1];
            if (index == list.Count)
            {
                if (_path.Count == 1)
                    return null;
                _path.RemoveAt(_path.Count - 1);
                (int outer, int done) = _path[^1];
                var repeat = (Repeat)ListAt(_path.Count - 1)[outer];
                _path[^1] = done + 1 < repeat.Count ? (outer, done + 1) : (outer + 1, 0);
                continue;
            }
            switch (list[index])
            {
                case Repeat repeat:
                    if (repeats < repeat.Count && repeat.Steps.Count > 0)
                        _path.Add((0, 0));
                    else
                        GoOn();
                    continue;
                case PulseTrain train when _pulse >= train.Count:
                    GoOn();
                    continue;
                case ProtocolStep step:
                    return step;
            }
        }
        return null;
    }

    private void GoOn()
    {
        _path[^1] = (_path[^1].Index + 1, 0);
        _pulse = 0;
    }

    private IReadOnlyList<ProtocolStep> ListAt(int depth)
    {
        IReadOnlyList<ProtocolStep> list = _steps;
        for (int i = 0; i < depth; i++)
            list = ((Repeat)list[_path[i].Index]).Steps;
        return list;
    }

    private IEnumerable<DriveRequest> Pulse(PulseTrain train, int k)
    {
        (double amplitude, double width) = train.PulseAt(k);
        double edge = train.Edge ?? _device.Device.Gate.EdgeTime;
        _observer.OnPulseStart(amplitude, width);
        yield return _device.AskPulse(amplitude, width, edge, _observer, _observer.OnCorner, train.Hold);
        _observer.OnPulseEnd(_device.EnergyOfPulse());
        yield return _device.AskRest(train.Rest, _observer);
        _observer.OnRead();
        EndIfReached(train);
    }

    private IEnumerable<DriveRequest> Other(ProtocolStep step)
    {
        double edge = _device.Device.Gate.EdgeTime;
        _observer.OnStepStart();
        switch (step)
        {
            case Rest rest:
                yield return _device.AskRest(rest.Duration, _observer);
                break;
            case Hold hold:
                yield return _device.AskSegment(_device.SourceMode, _device.GateVoltage, hold.Voltage, hold.Edge ?? edge, _observer);
                _observer.OnCorner();
                yield return _device.AskSegment(_device.SourceMode, hold.Voltage, hold.Voltage, hold.Duration, _observer);
                break;
            case CurrentPulse pulse:
                yield return _device.AskSegment(DriveMode.Current, pulse.Current, pulse.Current, pulse.Duration, _observer);
                break;
            case DrainBias bias:
                foreach (DriveRequest request in _device.AskDrainBias(bias.Voltage, bias.Duration, bias.Edge ?? edge, _observer))
                {
                    yield return request;
                    _observer.OnCorner();
                }
                break;
            case VoltageTable table:
                foreach (DriveRequest request in Table(table, edge))
                    yield return request;
                break;
            default:
                throw new ArgumentException($"Unknown protocol step {step.GetType().Name}.");
        }
        _observer.OnCorner();
        _observer.OnStepEnd();
        GoOn();
    }

    private IEnumerable<DriveRequest> Table(VoltageTable table, double edge)
    {
        bool connects = !double.IsNaN(table.Voltages[0]) && table.Voltages[0] != _device.GateVoltage;
        IEnumerable<VoltagePiece> connecting = connects ? [new(null, table.Voltages[0], edge)] : [];
        VoltagePiece[] pieces = [.. connecting, .. table.Pieces(edge)];
        var found = new Queue<TablePulse>(TablePulse.Find(pieces, table.Base(_device.GateVoltage)));
        (TablePulse Pulse, double Charge, double Voltage)? clamped = null;
        bool isUnread = false;
        for (int p = 0; p < pieces.Length; p++)
        {
            bool begins = found.TryPeek(out TablePulse next) && next.First == p;
            if (begins || pieces[p].To is null)
                EndPulse();
            if (begins)
            {
                Read();
                clamped = (found.Dequeue(), 0, 0);
                _device.BeginPulse(next.Amplitude);
                _observer.OnPulseStart(next.Amplitude, next.Width);
            }
            _observer.OnCorner();
            yield return pieces[p].To is { } end
                ? _device.AskSegment(_device.SourceMode, pieces[p].From ?? _device.GateVoltage, end, pieces[p].Duration, _observer)
                : _device.AskRest(pieces[p].Duration, _observer);
            if (clamped is { } pulse && pulse.Pulse.Top == p)
                clamped = (pulse.Pulse, _device.GateCharge, _device.GateVoltage);
        }
        EndPulse();
        Read();

        void EndPulse()
        {
            if (clamped is not { } pulse)
                return;
            _observer.OnPulseEnd(_device.EnergyOfPulse(pulse.Charge, pulse.Voltage));
            (clamped, isUnread) = (null, true);
        }

        void Read()
        {
            if (isUnread)
                _observer.OnRead();
            isUnread = false;
        }
    }
}
