using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>Pulses that a map has carried out in a row: contents along them, and the columns of /pulses.</summary>
internal sealed class MappedChunk
{
    /// <summary>Most pulses.</summary>
    public const int Capacity = 4096;

    private const int Forgetful = 8;

    private readonly PulseMap _map;
    private readonly int _leaked;
    private readonly double[] _work = new double[Capacity + 1], _slope = new double[Capacity], _amplitude = new double[Capacity],
        _width = new double[Capacity];
    private readonly MapPiece[] _pieces = new MapPiece[Capacity];
    private MappedPulse? _pulse;
    private double _memory;

    public MappedChunk(PulseMap map, DeviceSimulation device)
    {
        (_map, _leaked) = (map, device.QuadratureLayout.LeakedGas);
        Columns = [.. PulseTable.MappedColumns.Select(_ => new double[Capacity])];
        Quadratures = [.. device.Quadratures.Select(_ => new double[Capacity])];
    }

    /// <summary>Pulses.</summary>
    public int Count { get; private set; }

    /// <summary>Values of each column of <see cref="PulseTable.MappedColumns"/>.</summary>
    public double[][] Columns { get; }

    /// <summary>Growth of the quadratures by each pulse.</summary>
    public double[][] Quadratures { get; }

    /// <summary>Contents before the first pulse and after each.</summary>
    public double[] U { get; } = new double[Capacity + 1];

    /// <summary>What the gate has given then.</summary>
    public double[] Given { get; } = new double[Capacity + 1];

    /// <summary>Bound on the error of the content e^u then.</summary>
    public double[] Error { get; } = new double[Capacity + 1];

    private double[] Content { get; } = new double[Capacity + 1];

    /// <summary>The piece that mapped a pulse.</summary>
    public MapPiece PieceOf(int i) => _pulse is null ? _pieces[i] : _pieces[0];

    /// <summary>Amplitude [V] and width [s] of a pulse.</summary>
    public (double Amplitude, double Width) PulseOf(int i) => _pulse is null ? (_amplitude[i], _width[i]) : (_amplitude[0], _width[0]);

    /// <summary>Gives up the pulses from one on.</summary>
    public void Cut(int count) => Count = Math.Min(Count, count);

    /// <summary>Maps pulses of a train, up to the first that has to be computed or that reaches the train's bound.</summary>
    /// <param name="train">The train.</param>
    /// <param name="done">Pulses of it that are done.</param>
    /// <param name="edge">Edge time of the device [s].</param>
    /// <param name="start">Content, given hydrogen, and bound on the error of the content.</param>
    /// <param name="memory">What the first state remembers beyond its content, as a relative change of the next step.</param>
    public void Run(
        PulseTrain train, int done, double edge, (double U, double Given, double Error) start, Func<MapPiece, double> memory)
    {
        Count = 0;
        (U[0], Given[0], Error[0], Content[0]) = (start.U, start.Given, start.Error, Math.Exp(start.U));
        double amplitude = train.Amplitudes[done % train.Amplitudes.Count], width = train.Widths[done % train.Widths.Count];
        int family = _map.FamilyOf(amplitude, width, train.Edge ?? edge, train.Hold, train.Rest);
        if (_map.Find(family, start.U, start.Given, train.Count - done) is not { } piece)
            return;
        _memory = memory(piece);
        if (!(_memory <= (piece.Settled.Train is null ? 1 : 10) * _map.Settings.LargestMemory))
            return;
        (_pieces[0], _amplitude[0], _width[0]) = (piece, amplitude, width);
        int same = 1, most = Math.Min(Capacity, train.Count - done);
        while (same < most && train.Amplitudes[(done + same) % train.Amplitudes.Count] == amplitude
            && train.Widths[(done + same) % train.Widths.Count] == width)
            same++;
        if (same >= 8 || same == most)
            RunEqual(piece, piece.Compile(amplitude, width), same, start.Given);
        else
            RunMixed(train, done, most, edge);
        if (train.Until is not { } until || Count == 0)
            return;
        if (_pulse is not null)
            Bounded(0, until).At(U.AsSpan(0, Count + 1), Content.AsSpan(0, Count + 1), _work);
        for (int i = 1; i <= Count; i++)
        {
            double value = _pulse is null ? Bounded(i - 1, until).At(U[i]) : _work[i];
            if (until.Above ? value >= until.Bound : value <= until.Bound)
                Cut(i);
        }
    }

    /// <summary>The property of the states around a pulse that a bound is on.</summary>
    private ContentFunction Bounded(int i, StopCondition until) =>
        until.Quantity == StopQuantity.Conductance ? PieceOf(i).Settled.Conductance : PieceOf(i).Settled.Composition;

    /// <summary>By how much a step may be off, relative to it; what the first state remembers is forgotten in a few pulses.</summary>
    private double Off(MapPiece piece, int i) => piece.Errors.Total + (i < Forgetful ? 3 * _memory : 0);

    /// <summary>Equal pulses on one piece: contents one by one, all else side by side.</summary>
    private void RunEqual(MapPiece piece, MappedPulse pulse, int count, double given)
    {
        _pulse = pulse;
        double u = U[0];
        int n = 0;
        for (; n < count && u >= piece.Low && u <= piece.High; n++)
        {
            u += pulse.Growth.At(u);
            if (!(u >= piece.Settled.Low && u <= piece.Settled.High))
                break;
            U[n + 1] = u;
        }
        for (int i = 0; i <= n; i++)
            Content[i] = Math.Exp(U[i]);
        // What the gate has given: what is stored, and what has left as gas.
        piece.Settled.Stored.At(U.AsSpan(0, n + 1), Content.AsSpan(0, n + 1), Given);
        for (int q = 0; q < Quadratures.Length; q++)
            pulse.Respond(ResponseNames.Columns.Count + q, U.AsSpan(0, n), Quadratures[q]);
        double offset = given - Given[0];
        for (int i = 0; i <= n; i++)
        {
            Given[i] += offset;
            if (_leaked >= 0 && i < n)
                offset += 2 * Quadratures[_leaked][i];
        }
        for (int i = 0; i < n; i++)
            if (_map.Branches.Within(Given[i] + piece.LeastGiven, Given[i] + piece.MostGiven) != piece.Branch)
                n = i;
        pulse.GrowthSlope.At(U.AsSpan(0, n), _slope);
        for (int i = 0; i < n; i++)
        {
            _slope[i] = (1 + _slope[i]) * Content[i + 1] / Content[i];
            Error[i + 1] = Math.Abs(_slope[i]) * Error[i] + Off(piece, i) * Math.Abs(Content[i + 1] - Content[i]);
        }
        Count = n;
    }

    /// <summary>Pulses that differ, one by one.</summary>
    private void RunMixed(PulseTrain train, int done, int most, double edge)
    {
        _pulse = null;
        Span<double> variables = stackalloc double[2];
        for (int i = 0; i < most; i++)
        {
            double amplitude = train.Amplitudes[(done + i) % train.Amplitudes.Count], width = train.Widths[(done + i) % train.Widths.Count];
            int family = _map.FamilyOf(amplitude, width, train.Edge ?? edge, train.Hold, train.Rest);
            double u = U[i];
            if (_map.Find(family, u, Given[i], train.Count - done - i) is not { } piece)
                return;
            // After another pulse the states of a train are not yet its own.
            if (piece.Settled.Train is not null && i > 0 && !ReferenceEquals(piece.Settled, _pieces[0].Settled))
                return;
            piece.Family.Place(amplitude, width, variables);
            Span<double> own = variables[..piece.Family.Variables];
            double step = piece.StepAt(u, own), content = Content[i] + step, next = Math.Log(content);
            if (!(next >= piece.Settled.Low && next <= piece.Settled.High))
                return;
            (_pieces[i], _amplitude[i], _width[i]) = (piece, amplitude, width);
            (U[i + 1], Content[i + 1]) = (next, content);
            for (int q = 0; q < Quadratures.Length; q++)
                Quadratures[q][i] = piece.ResponseAt(ResponseNames.Columns.Count + q, u, own);
            Given[i + 1] = Given[i] + piece.Settled.Stored.At(next) - piece.Settled.Stored.At(u)
                + (_leaked < 0 ? 0 : 2 * Quadratures[_leaked][i]);
            _slope[i] = 1 + step * piece.LogSlopeAt(u, own) / Content[i];
            Error[i + 1] = Math.Abs(_slope[i]) * Error[i] + Off(piece, i) * Math.Abs(step);
            Count = i + 1;
        }
    }

    /// <summary>Works out the columns of the pulses.</summary>
    /// <param name="start">Time of the first [s].</param>
    /// <param name="holdTime">Hold of the device [s].</param>
    /// <param name="extremes">Takes the extremes.</param>
    /// <param name="isWhole">False when only conductances, their steps and bounds are wanted.</param>
    /// <returns>Time after each pulse [s], by its number.</returns>
    public Func<int, double> Fill(double start, double holdTime, RunExtremes extremes, bool isWhole)
    {
        int n = Count;
        ReadOnlySpan<double> before = U.AsSpan(0, n), after = U.AsSpan(1, n), content = Content.AsSpan(1, n);
        double[] times = new double[n + 1];
        times[0] = start;
        Span<double> g0 = Column("conductance_before"), g1 = Column("conductance_after"), step = Column("conductance_step");
        Span<double> from = Column("protons_from_pd");
        if (_pulse is { } pulse)
        {
            SettledStates settled = _pieces[0].Settled;
            Column("amplitude").Fill(_amplitude[0]);
            Column("width").Fill(_width[0]);
            settled.Conductance.At(before, Content.AsSpan(0, n), g0);
            settled.Conductance.At(after, content, g1);
            if (isWhole)
                FillEqual(pulse, settled, extremes);
        }
        else
            FillMixed(extremes);
        for (int i = 0; i < n; i++)
        {
            (_, double width) = PulseOf(i);
            MapPiece piece = PieceOf(i);
            times[i + 1] = _pulse is null ? times[i] + Duration(piece, width) : start + (i + 1) * Duration(piece, width);
            step[i] = g1[i] - g0[i];
            from[i] = Given[i + 1] - Given[i];
            extremes.Transferred += Math.Abs(from[i]);
        }
        double Duration(MapPiece piece, double width) => width + (piece.Family.Hold ?? holdTime) + piece.Family.Rest;
        times.AsSpan(0, n).CopyTo(Column("start"));
        foreach (string name in ResponseNames.Unsmooth)
            Column(name).Fill(double.NaN);
        Column("origin").Fill(1);
        Span<double> bound = Column("bound"), boundAfter = Column("bound_after");
        for (int i = 0; i < n; i++)
        {
            double own = Off(PieceOf(i), i) * Math.Abs(Content[i + 1] - Content[i]), slope = g1[i] / Content[i + 1];
            bound[i] = slope * (own + Math.Abs(_slope[i] - 1) * Error[i]);
            boundAfter[i] = slope * Error[i + 1];
        }
        return i => times[i + 1];
    }

    private void FillEqual(MappedPulse pulse, SettledStates settled, RunExtremes extremes)
    {
        int n = Count;
        ReadOnlySpan<double> before = U.AsSpan(0, n), after = U.AsSpan(1, n), content = Content.AsSpan(1, n);
        Span<double> into = Column("protons_into_wo3");
        settled.Coverage.At(after, content, Column("coverage"));
        settled.GateVoltage.At(after, content, Column("gate_voltage"));
        settled.Composition.At(after, content, Column("composition"));
        settled.Channel.At(U.AsSpan(0, n + 1), Content.AsSpan(0, n + 1), _work);
        for (int i = 0; i < n; i++)
            into[i] = _work[i + 1] - _work[i];
        for (int r = 0; r < ResponseNames.Columns.Count; r++)
            pulse.Respond(r, before, Columns[ResponseNames.Columns[r]]);
        for (int e = 0; e < ResponseNames.Extremes.Count; e++)
        {
            pulse.Respond(ResponseNames.Columns.Count + Quadratures.Length + e, before, _work);
            for (int i = 0; i < n; i++)
                ResponseNames.Extremes[e].Set(extremes, _work[i]);
        }
    }

    private void FillMixed(RunExtremes extremes)
    {
        Span<double> g0 = Column("conductance_before"), g1 = Column("conductance_after"), into = Column("protons_into_wo3"),
            coverage = Column("coverage");
        Span<double> voltage = Column("gate_voltage"), composition = Column("composition");
        _amplitude.AsSpan(0, Count).CopyTo(Column("amplitude"));
        _width.AsSpan(0, Count).CopyTo(Column("width"));
        Span<double> variables = stackalloc double[2];
        for (int i = 0; i < Count; i++)
        {
            MapPiece piece = _pieces[i];
            piece.Family.Place(_amplitude[i], _width[i], variables);
            Span<double> own = variables[..piece.Family.Variables];
            g0[i] = piece.Settled.Conductance.At(U[i]);
            g1[i] = piece.Settled.Conductance.At(U[i + 1]);
            into[i] = piece.Settled.Channel.At(U[i + 1]) - piece.Settled.Channel.At(U[i]);
            coverage[i] = piece.Settled.Coverage.At(U[i + 1]);
            voltage[i] = piece.Settled.GateVoltage.At(U[i + 1]);
            composition[i] = piece.Settled.Composition.At(U[i + 1]);
            for (int r = 0; r < ResponseNames.Columns.Count; r++)
                Columns[ResponseNames.Columns[r]][i] = piece.ResponseAt(r, U[i], own);
            for (int e = 0; e < ResponseNames.Extremes.Count; e++)
                ResponseNames.Extremes[e].Set(extremes, piece.ResponseAt(ResponseNames.Columns.Count + Quadratures.Length + e, U[i], own));
        }
    }

    private Span<double> Column(string name) => Columns[s_places[name]].AsSpan(0, Count);

    private static readonly Dictionary<string, int> s_places = PulseTable.MappedColumns.Index()
        .ToDictionary(c => c.Item.Name, c => c.Index);
}
