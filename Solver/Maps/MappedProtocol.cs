using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>Carries a protocol out with mapped pulses where the map holds, and with direct ones elsewhere.</summary>
/// <remarks>
/// Between two calls the device is in the state that belongs to the pulses so far, so that any other step can follow, and a checkpoint can
/// be taken. A train goes by in chunks; guards look at a chunk when it is done and cut it where the first of its pulses needs computing.
/// </remarks>
public sealed class MappedProtocol
{
    // Number of audits from which on the next comes when there are a tenth more mapped pulses.
    private const double MostAudits = 1e4;

    private readonly DeviceSimulation _device;
    private readonly ProtocolRunner _runner;
    private readonly RunRecorder _recorder;
    private readonly PulseMap _map;
    private readonly MappedChunk _chunk;
    private SettledStates? _settled;

    // The piece that an audit has refined, until the pulses that it has mapped are recorded.
    private MapPiece? _refined;

    /// <summary>A protocol with a map of its device's pulses.</summary>
    public MappedProtocol(DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder, PulseMap map)
    {
        (_device, _runner, _recorder, _map, _chunk) = (device, runner, recorder, map, new(map, device));
        recorder.Expect(runner.PulsesAtMost);
        NextAudit = AuditAfter(0);
    }

    /// <summary>The map.</summary>
    public PulseMap Map => _map;

    /// <summary>Pulses that were mapped.</summary>
    public long Mapped { get; set; }

    /// <summary>True when the last step of <see cref="Advance"/> has mapped pulses.</summary>
    public bool HasMapped { get; private set; }

    /// <summary>Number of the mapped pulse that is computed next, to see whether it is within its bound.</summary>
    public long NextAudit { get; set; }

    /// <summary>Pulses of the protocol that were computed directly.</summary>
    public long Computed { get; set; }

    /// <summary>Pulses computed in all: those of the protocol and those that the map was built from.</summary>
    public long DirectPulses => Computed + _map.DirectPulses;

    /// <summary>Bound on the error of the content, over that of rest.</summary>
    public TrainError Error { get; } = new();

    /// <summary>Carries out the next pulses, or the next step that is no train.</summary>
    /// <returns>False when the protocol has ended.</returns>
    public bool Advance()
    {
        if (Next() is not { } requests)
            return false;
        foreach (DriveRequest request in requests)
            request.Run();
        return true;
    }

    /// <summary>What has to be computed, for runs that go together with others; see <see cref="DeviceEnsemble"/>.</summary>
    public IEnumerable<DriveRequest> Requests()
    {
        while (Next() is { } requests)
            foreach (DriveRequest request in requests)
                yield return request;
    }

    /// <summary>Maps pulses, or says what the next pulse or step asks for; null at the end.</summary>
    private IEnumerable<DriveRequest>? Next()
    {
        HasMapped = false;
        if (_runner.NextPulse() is { } next)
        {
            HasMapped = !_recorder.NeedsEveryStep && Apply(next.Train, next.Done);
            if (HasMapped)
                return [];
            Computed++;
            double error = Error.Total;
            double slope = error > 0 ? _recorder.Readout.Conductance * Math.Exp(-_map.Content.Of(_recorder.Inventory, _device)) : 0;
            _recorder.Inherit(2 * slope * error, slope * error);
        }
        _settled = null;
        return _runner.Next();
    }

    /// <summary>Maps pulses of a train; false when its next pulse has to be computed.</summary>
    private bool Apply(PulseTrain train, int done)
    {
        double given = _recorder.Inventory.Given, u = _map.Content.Of(_recorder.Inventory, _device);
        _chunk.Run(train, done, _device.Device.Gate.EdgeTime, new(u, given), piece => Memory(piece, u),
            _recorder.NeedsColumns(Math.Min(MappedChunk.Capacity, train.Count - done)));
        if (_chunk.Count == 0)
            return false;
        Audit();
        if (_chunk.Count > 0)
            Record(train);
        if (_refined is null)
            return true;
        Error.Settle(_refined);
        _refined = null;
        return _chunk.Count > 0 || Apply(train, done);
    }

    /// <summary>What the present state remembers beyond the content: a relative change of the next step, or a conductance that is not
    /// that of the settled state, over a step.</summary>
    private double Memory(MapPiece piece, double u)
    {
        double now = _recorder.Readout.Conductance, lag = Math.Abs(now - piece.Settled.Conductance.At(u)), distance;
        if (piece.Modes is not null)
            (distance, lag) = _chunk.Recall(piece, _device.State, u, _recorder.Readout);
        else if (ReferenceEquals(piece.Settled, _settled))
            return 0;
        else
            distance = piece.Settled.Distance(_device.State, u);
        double step = Math.Abs(_chunk.StepAt(piece, u)) * now * Math.Exp(-u);
        return Math.Max(distance * piece.Sensitivity, lag / step);
    }

    /// <summary>Computes the pulse whose turn it is; cuts the chunk before it when it was off by more than its bound.</summary>
    private void Audit()
    {
        long place = NextAudit - Mapped;
        if (place >= _chunk.Count)
            return;
        int i = (int)Math.Max(0, place);
        (double amplitude, double width) = _chunk.PulseOf(i);
        NextAudit = AuditAfter(Mapped + i + 1);
        if (_map.Audit(_chunk.PieceOf(i), new(_chunk.U[i], _chunk.Given[i]), _chunk.ModesBefore(i), amplitude, width))
            return;
        _refined = _chunk.PieceOf(i);
        _chunk.Cut(i);
    }

    /// <summary>Number of the mapped pulse that is looked at next: at random, the same in every run.</summary>
    private long AuditAfter(long mapped)
    {
        double share = _device.Settings.PulseAudits;
        if (share == 0)
            return long.MaxValue;
        ulong x = ((ulong)mapped + 0xD1B54A32D192ED03 * (ulong)_device.Settings.AuditSeed) * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        double fraction = ((x ^ (x >> 31)) >> 11) * (1.0 / (1ul << 53));
        return mapped + (long)(2 * fraction * Math.Max(1 / share, mapped / (share * MostAudits)));
    }

    private void Record(PulseTrain train)
    {
        int n = _chunk.Count;
        Func<int, double> time = _chunk.Fill(
            _device.Time, _device.Device.Gate.HoldTime, _recorder.Extremes, Error, _recorder.NeedsColumns(n));
        int added = 0;
        void Place(int i)
        {
            _chunk.Place(_device.State, i);
            _device.Time = time(i);
            for (int q = 0; q < _device.Quadratures.Length; q++)
                _device.Quadratures[q] = new(_device.Quadratures[q] + SpanSums.Sum(_chunk.Quadratures[q].AsSpan(added, i + 1 - added)));
            added = i + 1;
        }
        _recorder.OnMapped(_chunk.Columns, n, Place);
        Place(n - 1);
        // What bubbles do is looked at from here on.
        _recorder.Gas.Uphill();
        _runner.Skip(n);
        _runner.EndIfReached(train);
        Mapped += n;
        _settled = _chunk.PieceOf(n - 1) is { Modes: null } last ? last.Settled : null;
    }
}
