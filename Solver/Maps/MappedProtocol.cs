using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>Carries a protocol out with mapped pulses where the map holds, and with direct ones elsewhere.</summary>
/// <remarks>
/// Between two calls the device is in the state that belongs to the pulses so far, so that any other step can follow, and a checkpoint can be
/// taken. A train goes by in chunks; guards look at a chunk when it is done and cut it where the first of its pulses needs computing.
/// </remarks>
public sealed class MappedProtocol
{
    private const int Chunk = 4096;

    private readonly DeviceSimulation _device;
    private readonly ProtocolRunner _runner;
    private readonly RunRecorder _recorder;
    private readonly PulseMap _map;
    private readonly double[][] _columns;
    private readonly double[] _u = new double[Chunk + 1], _content = new double[Chunk + 1], _given = new double[Chunk + 1];
    private readonly double[] _error = new double[Chunk + 1], _slope = new double[Chunk], _work = new double[Chunk + 1];
    private readonly double[][] _quadratures;
    private bool _isSettled;

    /// <summary>A protocol with a map of its device's pulses.</summary>
    public MappedProtocol(DeviceSimulation device, ProtocolRunner runner, RunRecorder recorder, PulseMap map)
    {
        (_device, _runner, _recorder, _map) = (device, runner, recorder, map);
        _columns = [.. PulseTable.MappedColumns.Select(_ => new double[Chunk])];
        _quadratures = [.. device.Quadratures.Select(_ => new double[Chunk])];
    }

    /// <summary>The map.</summary>
    public PulseMap Map => _map;

    /// <summary>Pulses that were mapped.</summary>
    public long Mapped { get; set; }

    /// <summary>Pulses of the protocol that were computed directly.</summary>
    public long Computed { get; set; }

    /// <summary>Pulses computed in all: those of the protocol and those that the map was built from.</summary>
    public long DirectPulses => Computed + _map.DirectPulses;

    /// <summary>Bound on the error of the content, over that of rest.</summary>
    public double Error { get; set; }

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
        if (_runner.NextPulse() is { } next)
        {
            if (!_recorder.NeedsEveryStep && Apply(next.Train, next.Done))
                return [];
            Computed++;
            double slope = Error > 0 ? _recorder.Readout.Conductance * Math.Exp(-_map.Content.Of(_recorder.Inventory, _device)) : 0;
            _recorder.Inherit(2 * slope * Error, slope * Error);
        }
        _isSettled = false;
        return _runner.Next();
    }

    /// <summary>Maps pulses of a train; false when its next pulse has to be computed.</summary>
    private bool Apply(PulseTrain train, int done)
    {
        double amplitude = train.Amplitudes[done % train.Amplitudes.Count], width = train.Widths[done % train.Widths.Count];
        int family = _map.FamilyOf(amplitude, width, train.Edge ?? _device.Device.Gate.EdgeTime, train.Hold, train.Rest);
        if (family < 0)
            return false;
        double given = _device.State[_device.Layout.GateHydrogen], u = _map.Content.Of(_recorder.Inventory, _device);
        if (_map.Find(family, u, given, train.Count - done) is not { } piece)
            return false;
        if (!_isSettled && piece.Settled.Distance(_device.State, u) * piece.Sensitivity > 1e-6)
            return false;
        int same = 1, most = Math.Min(Chunk, train.Count - done);
        while (same < most && train.Amplitudes[(done + same) % train.Amplitudes.Count] == amplitude && train.Widths[(done + same) % train.Widths.Count] == width)
            same++;
        int count = Run(piece, piece.Compile(amplitude, width), u, given, same, train);
        if (count == 0)
            return false;
        Record(piece, piece.Compile(amplitude, width), amplitude, width, count, train.Rest);
        _runner.Skip(count);
        _runner.EndIfReached(train);
        Mapped += count;
        _isSettled = true;
        return true;
    }

    /// <summary>Contents along equal pulses, up to the first that has to be computed or that reaches the bound of its train.</summary>
    private int Run(MapPiece piece, MappedPulse pulse, double u, double given, int count, PulseTrain train)
    {
        ChebyshevSeries growth = pulse.Growth;
        int n = 0;
        double least = piece.Settled.Low, most = piece.Settled.High;
        for (_u[0] = u; n < count && u >= piece.Low && u <= piece.High; n++)
        {
            u += growth.At(u);
            if (!(u >= least && u <= most))
                break;
            _u[n + 1] = u;
        }
        Span<double> all = _u.AsSpan(0, n + 1);
        for (int i = 0; i <= n; i++)
            _content[i] = Math.Exp(_u[i]);
        // What the gate has given: what is stored, and what has left as gas.
        piece.Settled.Stored.At(all, _content.AsSpan(0, n + 1), _given);
        for (int q = 0; q < _quadratures.Length; q++)
            pulse.Respond(ResponseNames.Columns.Count + q, _u.AsSpan(0, n), _quadratures[q]);
        int leaked = _device.QuadratureLayout.LeakedGas;
        double offset = given - _given[0];
        for (int i = 0; i <= n; i++)
        {
            _given[i] += offset;
            if (leaked >= 0 && i < n)
                offset += 2 * _quadratures[leaked][i];
        }
        for (int i = 0; i < n; i++)
            if (_map.Branches.Within(_given[i] + piece.LeastGiven, _given[i] + piece.MostGiven) != piece.Branch)
                n = i;
        if (train.Until is { } until)
        {
            ContentFunction function = until.Quantity == StopQuantity.Conductance ? piece.Settled.Conductance : piece.Settled.Composition;
            function.At(_u.AsSpan(0, n + 1), _content.AsSpan(0, n + 1), _work);
            for (int i = 1; i <= n; i++)
                if (until.Above ? _work[i] >= until.Bound : _work[i] <= until.Bound)
                    n = i;
        }
        pulse.GrowthSlope.At(_u.AsSpan(0, n), _slope);
        _error[0] = Error;
        for (int i = 0; i < n; i++)
            _error[i + 1] = Math.Abs((1 + _slope[i]) * _content[i + 1] / _content[i]) * _error[i] + piece.Errors.Total * Math.Abs(_content[i + 1] - _content[i]);
        return n;
    }

    private void Record(MapPiece piece, MappedPulse pulse, double amplitude, double width, int n, double rest)
    {
        SettledStates settled = piece.Settled;
        ReadOnlySpan<double> before = _u.AsSpan(0, n), after = _u.AsSpan(1, n), content = _content.AsSpan(1, n);
        double duration = width + (piece.Family.Hold ?? _device.Device.Gate.HoldTime) + rest, start = _device.Time;
        Span<double> Column(string name) => _columns[PulseTable.MappedColumns.Index().First(c => c.Item.Name == name).Index].AsSpan(0, n);
        for (int i = 0; i < n; i++)
            Column("start")[i] = start + i * duration;
        Column("amplitude").Fill(amplitude);
        Column("width").Fill(width);
        Span<double> g0 = Column("conductance_before"), g1 = Column("conductance_after"), step = Column("conductance_step");
        settled.Conductance.At(before, _content.AsSpan(0, n), g0);
        settled.Conductance.At(after, content, g1);
        for (int i = 0; i < n; i++)
            step[i] = g1[i] - g0[i];
        Difference(settled.Channel, n, Column("protons_into_wo3"));
        Span<double> fromPd = Column("protons_from_pd");
        for (int i = 0; i < n; i++)
            fromPd[i] = _given[i + 1] - _given[i];
        settled.Coverage.At(after, content, Column("coverage"));
        settled.GateVoltage.At(after, content, Column("gate_voltage"));
        settled.Composition.At(after, content, Column("composition"));
        foreach (string name in ResponseNames.Unsmooth)
            Column(name).Fill(double.NaN);
        for (int r = 0; r < ResponseNames.Columns.Count; r++)
            pulse.Respond(r, before, _columns[ResponseNames.Columns[r]]);
        Column("origin").Fill(1);
        Span<double> bound = Column("bound"), boundAfter = Column("bound_after");
        for (int i = 0; i < n; i++)
        {
            double slope = g1[i] / _content[i + 1];
            double own = piece.Errors.Total * Math.Abs(_content[i + 1] - _content[i]);
            bound[i] = slope * (own + Math.Abs((1 + _slope[i]) * _content[i + 1] / _content[i] - 1) * _error[i]);
            boundAfter[i] = slope * _error[i + 1];
        }
        double[] quadratures = [.. _device.Quadratures.Select(q => q.Value)];
        int added = 0;
        void Place(int i)
        {
            settled.Place(_device.State, _u[i + 1], _given[i + 1]);
            _device.Time = start + (i + 1) * duration;
            for (; added <= i; added++)
                for (int q = 0; q < quadratures.Length; q++)
                    quadratures[q] += _quadratures[q][added];
            for (int q = 0; q < quadratures.Length; q++)
                _device.Quadratures[q] = new(quadratures[q]);
        }
        _recorder.OnMapped(_columns, n, Place);
        Place(n - 1);
        Error = _error[n];
        RunExtremes extremes = _recorder.Extremes;
        for (int i = 0; i < n; i++)
            extremes.Transferred += Math.Abs(fromPd[i]);
        for (int e = 0; e < ResponseNames.Extremes.Count; e++)
        {
            Span<double> values = _work.AsSpan(0, n);
            pulse.Respond(ResponseNames.Columns.Count + _quadratures.Length + e, before, values);
            foreach (double v in values)
                ResponseNames.Extremes[e].Set(extremes, v);
        }
    }

    private void Difference(ContentFunction function, int n, Span<double> values)
    {
        function.At(_u.AsSpan(0, n + 1), _content.AsSpan(0, n + 1), _work);
        for (int i = 0; i < n; i++)
            values[i] = _work[i + 1] - _work[i];
    }
}
