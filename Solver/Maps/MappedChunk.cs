using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>Pulses that a map has carried out in a row: contents along them, and the columns of /pulses.</summary>
internal sealed partial class MappedChunk
{
    /// <summary>Most pulses.</summary>
    public const int Capacity = 4096;

    private const int Stretch = 64;

    private static readonly int s_before = PulseTable.PlaceOf("conductance_before"), s_after = PulseTable.PlaceOf("conductance_after"),
        s_step = PulseTable.PlaceOf("conductance_step"), s_fromPd = PulseTable.PlaceOf("protons_from_pd"),
        s_intoWo3 = PulseTable.PlaceOf("protons_into_wo3"), s_start = PulseTable.PlaceOf("start"),
        s_amplitude = PulseTable.PlaceOf("amplitude"), s_width = PulseTable.PlaceOf("width"), s_origin = PulseTable.PlaceOf("origin"),
        s_bound = PulseTable.PlaceOf("bound"), s_boundAfter = PulseTable.PlaceOf("bound_after"),
        s_coverage = PulseTable.PlaceOf("coverage"), s_gateVoltage = PulseTable.PlaceOf("gate_voltage"),
        s_composition = PulseTable.PlaceOf("composition");

    private static readonly int s_lanes = Vector512<double>.Count;

    private static readonly int[] s_unsmooth = [.. ResponseNames.Unsmooth.Select(PulseTable.PlaceOf)];

    private readonly PulseMap _map;
    private readonly int _leaked;

    // Responses that go into columns or quadratures, and these.
    private readonly (int[] Which, double[][] Into) _all, _quadratures;

    // Functions of settled states that every pulse needs, and with these all that columns need.
    private static readonly SettledFunction[] s_always = [SettledFunction.Stored, SettledFunction.Conductance],
        s_read = [.. s_always, SettledFunction.Coverage, SettledFunction.GateVoltage, SettledFunction.Composition, SettledFunction.Channel];

    private readonly double[][] _read;

    private readonly double[] _work = Room(), _slope = Room(), _conductance = Room(), _amplitude = Room(), _width = Room(), _error = Room();
    private readonly PulseGroup _group = new(Capacity);
    private readonly MapPiece[] _pieces = new MapPiece[Capacity];
    private double[][] _terms = [];
    private MappedPulse? _pulse;
    private double _memory;

    public MappedChunk(PulseMap map, DeviceSimulation device)
    {
        (_map, _leaked) = (map, device.QuadratureLayout.LeakedGas);
        Columns = [.. PulseTable.MappedColumns.Select(_ => Room())];
        Quadratures = [.. device.Quadratures.Select(_ => Room())];
        int columns = ResponseNames.Columns.Count;
        _all = ([.. Enumerable.Range(0, columns + Quadratures.Length)], [.. ResponseNames.Columns.Select(c => Columns[c]), .. Quadratures]);
        _quadratures = ([.. Enumerable.Range(columns, Quadratures.Length)], Quadratures);
        _read = [Given, _conductance, .. s_read[s_always.Length..].Select(_ => Room())];
    }

    /// <summary>Pulses.</summary>
    public int Count { get; private set; }

    /// <summary>Values of each column of <see cref="PulseTable.MappedColumns"/>.</summary>
    public double[][] Columns { get; }

    /// <summary>Growth of the quadratures by each pulse.</summary>
    public double[][] Quadratures { get; }

    /// <summary>Contents before the first pulse and after each.</summary>
    public double[] U { get; } = Room();

    /// <summary>What the gate has given then.</summary>
    public double[] Given { get; } = Room();

    private double[] Content { get; } = Room();

    /// <summary>The piece that mapped a pulse.</summary>
    public MapPiece PieceOf(int i) => _pulse is null ? _pieces[i] : _pieces[0];

    /// <summary>Amplitude [V] and width [s] of a pulse.</summary>
    public (double Amplitude, double Width) PulseOf(int i) => _pulse is null ? (_amplitude[i], _width[i]) : (_amplitude[0], _width[0]);

    /// <summary>Puts a device into the state after a pulse.</summary>
    public void Place(Scalar[] state, int i)
    {
        MapPiece piece = PieceOf(i);
        piece.Place(state, U[i + 1], piece.Modes is null ? [] : _modes[i + 1], Given[i + 1]);
    }

    /// <summary>Gives up the pulses from one on.</summary>
    public void Cut(int count) => Count = Math.Min(Count, count);

    /// <summary>Maps pulses of a train, up to the first that has to be computed or that reaches the train's bound.</summary>
    /// <param name="train">The train.</param>
    /// <param name="done">Pulses of it that are done.</param>
    /// <param name="edge">Edge time of the device [s].</param>
    /// <param name="start">Content and given hydrogen.</param>
    /// <param name="memory">What the first state remembers beyond its content, as a relative change of the next step.</param>
    /// <param name="isWhole">True when all columns of the pulses may be wanted.</param>
    public void Run(PulseTrain train, int done, double edge, SlowState start, Func<MapPiece, double> memory, bool isWhole)
    {
        Count = 0;
        (U[0], Given[0], Content[0]) = (start.U, start.Given, Math.Exp(start.U));
        (double amplitude, double width) = train.PulseAt(done);
        int family = _map.FamilyOf(amplitude, width, train.Edge ?? edge, train.Hold, train.Rest);
        if (_map.Find(family, start.U, start.Given, train.Count - done) is not { } piece)
            return;
        _memory = memory(piece);
        if (!(_memory <= MostMemory(piece)))
            return;
        (_pieces[0], _amplitude[0], _width[0]) = (piece, amplitude, width);
        int most = Math.Min(Capacity, train.Count - done), same = train.Amplitudes.Count == 1 && train.Widths.Count == 1 ? most : 1;
        while (same < most && train.PulseAt(done + same) == (amplitude, width))
            same++;
        if (piece.Modes is { } modes)
            RunRemembering(train, done, most, edge, modes);
        else if (same >= 8 || same == most)
            RunEqual(piece, piece.Compile(amplitude, width), same, start.Given, train.Until, isWhole);
        else
            RunMixed(train, done, most, edge);
        if (train.Until is not { } until || Count == 0)
            return;
        double[] equal = until.Quantity == StopQuantity.Conductance ? _conductance : _work;
        if (_pulse is not null && equal == _work)
            piece.Settled.Composition.At(U.AsSpan(0, Count + 1), Content.AsSpan(0, Count + 1), _work);
        // All but the last stretch of equal pulses is mostly short of the bound.
        int from = 1;
        if (_pulse is not null && Count > Stretch && SpanSums.Range(equal.AsSpan(1, Count - Stretch)) is var (least, largest)
            && !until.IsReached(until.Above ? largest : least))
            from = Count - Stretch + 1;
        for (int i = from; i <= Count; i++)
        {
            double value = piece.Modes is not null ? Read(i - 1, until.Quantity)
                : _pulse is null ? Bounded(i - 1, until).At(U[i]) : equal[i];
            if (until.IsReached(value))
                Cut(i);
        }
    }

    /// <summary>What a state may remember: on a map of a train's own states as much as these do themselves.</summary>
    private double MostMemory(MapPiece piece)
    {
        double most = _map.Settings.LargestMemory;
        if (piece.Modes is not null)
            return Math.Max(most, 2 * (piece.Errors.Memory + piece.Errors.Reading));
        return piece.Settled.Train is null ? most : Math.Clamp(2 * (piece.Errors.Memory + piece.Errors.Reading), 0.1 * most, 10 * most);
    }

    /// <summary>The property of the states around a pulse that a bound is on.</summary>
    private ContentFunction Bounded(int i, StopCondition until) =>
        until.Quantity == StopQuantity.Conductance ? PieceOf(i).Settled.Conductance : PieceOf(i).Settled.Composition;

    /// <summary>What the first state remembers is forgotten in a few pulses.</summary>
    private double Remembered(int i) => i < TrainError.Forgetful ? 3 * _memory : 0;

    /// <summary>Equal pulses on one piece: contents one by one, all else side by side.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void RunEqual(MapPiece piece, MappedPulse pulse, int count, double given, StopCondition? until, bool isWhole)
    {
        _pulse = pulse;
        (double, double) from = (piece.Low, piece.High), to = (piece.Settled.Low, piece.Settled.High);
        int n = 0;
        for (int more = Stretch; n < count && more == Stretch; n += more)
        {
            int stretch = Math.Min(Stretch, count - n);
            more = pulse.GrowthCells.Walk(U.AsSpan(n, stretch + 1), _slope.AsSpan(n, stretch), from, to);
            // What the bound of the train ends within a stretch is cut off when all is worked out.
            if (until is { } bound && bound.IsReached(Bounded(0, bound).At(U[n + more])))
                count = n + more;
        }
        SpecialFunctions.Exp(U.AsSpan(0, n + 1), Content);
        // What the gate has given: what is stored, and what has left as gas. Polynomials are worked out once for all.
        SettledFunction[] read = isWhole ? s_read : s_always;
        piece.Settled.Read(read, U.AsSpan(0, n + 1), Content, _read.AsSpan(0, read.Length));
        (int[] which, double[][] into) = isWhole ? _all : _quadratures;
        pulse.Respond(which, U.AsSpan(0, n), into);
        double offset = given - Given[0];
        if (_leaked < 0)
            for (int i = 0; i <= n; i += s_lanes)
                (At(Given, i) + Vector512.Create(offset)).StoreUnsafe(ref Given[i]);
        for (int i = 0; i <= n && _leaked >= 0; i++)
        {
            Given[i] += offset;
            offset += 2 * Quadratures[_leaked][i];
        }
        if (n > 0 && !Stays(piece, Given.AsSpan(0, n)))
            n = Enumerable.Range(0, n).First(i => !Stays(piece, Given.AsSpan(i, 1)));
        for (int i = 0; i < n; i += s_lanes)
            ((Vector512<double>.One + At(_slope, i)) * At(Content, i + 1) / At(Content, i)).StoreUnsafe(ref _slope[i]);
        Count = n;
    }

    /// <summary>Pulses that differ: contents block by block, responses piece by piece.</summary>
    private void RunMixed(PulseTrain train, int done, int most, double edge)
    {
        _pulse = null;
        var walk = new ContentWalk(_map, train.Edge ?? edge, train.Hold, train.Rest);
        while (Count < most)
        {
            int first = Count, block = Math.Min(ContentWalk.Block, most - first);
            for (int i = first; i < first + block; i++)
            {
                (_amplitude[i], _width[i]) = train.PulseAt(done + i);
            }
            int n = walk.Run(
                new(U[first], Given[first]), _amplitude.AsSpan(first, block), _width.AsSpan(first, block), train.Count - done - first);
            walk.U.AsSpan(1, n).CopyTo(U.AsSpan(first + 1));
            walk.Content.AsSpan(0, n + 1).CopyTo(Content.AsSpan(first));
            walk.Pieces.AsSpan(0, n).CopyTo(_pieces.AsSpan(first));
            foreach (MapPiece piece in Pieces(first, first + n))
                Follow(piece, first, first + n);
            for (int i = first; i < first + n && Takes(i); i++)
            {
                Given[i + 1] += Given[i];
                Count = i + 1;
            }
            if (n == 0 || Count < first + n)
                return;
        }
    }

    private void Gather(MapPiece piece, int from, int to) =>
        _group.Gather(piece, _pieces, (_amplitude, _width), U, Content, _modes, from, to);

    /// <summary>Pieces of the pulses between two numbers.</summary>
    private MapPiece[] Pieces(int from, int to) => [.. _pieces.AsSpan(from, to - from).ToArray().Distinct()];

    /// <summary>Quadratures, hydrogen given, and slopes of the pulses of a piece.</summary>
    private void Follow(MapPiece piece, int from, int to)
    {
        Gather(piece, from, to);
        for (int q = 0; q < Quadratures.Length; q++)
            _group.Scatter(_group.Respond(ResponseNames.Columns.Count + q), Quadratures[q]);
        _group.Scatter(_group.StepSlopes(), _slope);
        _group.Scatter(_group.Read(piece.Settled.Stored, isAfter: true), Given.AsSpan(1));
        _group.Scatter(_group.Read(piece.Settled.Stored, isAfter: false), _work);
        foreach (int i in _group.Members)
        {
            Given[i + 1] += (_leaked < 0 ? 0 : 2 * Quadratures[_leaked][i]) - _work[i];
            _slope[i] = 1 + (Content[i + 1] - Content[i]) * _slope[i] / Content[i];
        }
    }

    /// <summary>True when a pulse of a block stays where its piece holds.</summary>
    private bool Takes(int i)
    {
        MapPiece piece = _pieces[i];
        // After another pulse the states of a train are not yet its own.
        if (piece.Settled.Train is not null && i > 0 && !ReferenceEquals(piece.Settled, _pieces[0].Settled))
            return false;
        return Stays(piece, Given.AsSpan(i, 1));
    }

    /// <summary>True when the reservoir stays on a piece's part of its isotherm in pulses.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="given">What the gate has given before each.</param>
    private bool Stays(MapPiece piece, ReadOnlySpan<double> given)
    {
        (double least, double most) = SpanSums.Range(given);
        return _map.Branches.Within(least + piece.LeastGiven, most + piece.MostGiven) == piece.Branch;
    }

    /// <summary>Works out the columns of the pulses.</summary>
    /// <param name="start">Time of the first [s].</param>
    /// <param name="holdTime">Hold of the device [s].</param>
    /// <param name="extremes">Takes the extremes.</param>
    /// <param name="error">The error of the content before the first pulse; that after the last on return.</param>
    /// <param name="isWhole">False when only conductances, their steps and bounds are wanted.</param>
    /// <returns>Time after each pulse [s], by its number.</returns>
    public Func<int, double> Fill(double start, double holdTime, RunExtremes extremes, TrainError error, bool isWhole)
    {
        int n = Count;
        Span<double> begins = Column(s_start);
        if (_pulse is not null)
            FillEqual(isWhole);
        else
            FillMixed(isWhole);
        SeeExtremes(extremes);
        for (int i = 0; i < n; i += s_lanes)
        {
            (At(Columns[s_after], i) - At(Columns[s_before], i)).StoreUnsafe(ref Columns[s_step][i]);
            (At(Given, i + 1) - At(Given, i)).StoreUnsafe(ref Columns[s_fromPd][i]);
        }
        double transferred = 0;
        foreach (double given in Column(s_fromPd))
            transferred += Math.Abs(given);
        extremes.Transferred += transferred;
        FillBounds(error);
        begins[0] = start;
        if (!isWhole && _pulse is not null)
            return TimeAfter;
        double period = Duration(0, holdTime);
        for (int i = 1; i < n; i++)
            begins[i] = _pulse is null ? begins[i - 1] + Duration(i - 1, holdTime) : start + i * period;
        foreach (int column in s_unsmooth)
            Column(column).Fill(double.NaN);
        Column(s_origin).Fill(1);
        return TimeAfter;
        double TimeAfter(int i) =>
            _pulse is null ? Column(s_start)[i] + Duration(i, holdTime) : start + (i + 1) * Duration(0, holdTime);
    }

    /// <summary>Bounds on the steps, and on the conductances after them.</summary>
    private void FillBounds(TrainError error)
    {
        if (_pulse is null)
            for (int i = 0; i < Count; i++)
                Carry(error, i, 1);
        else
            Carry(error, 0, Count);
        int step = _pulse is null ? 1 : Count;
        for (int first = 0; first < Count; first += step)
            FillBounds(first, step);
    }

    /// <summary>Bounds of pulses of one piece.</summary>
    private void FillBounds(int first, int count)
    {
        MapErrors errors = PieceOf(first).Errors;
        double[] after = Columns[s_after];
        Vector512<double> total = Vector512.Create(errors.Total + Remembered(first)), reading = Vector512.Create(errors.Reading);
        for (int i = first; i < first + count; i += s_lanes)
        {
            Vector512<double> change = Vector512.Abs(At(Content, i + 1) - At(Content, i)), slope = At(after, i) / At(Content, i + 1),
                inherited = Vector512.Abs(At(_slope, i) - Vector512<double>.One) * At(_error, i);
            (slope * Vector512.FusedMultiplyAdd(total, change, inherited)).StoreUnsafe(ref Columns[s_bound][i]);
            (slope * Vector512.FusedMultiplyAdd(reading, change, At(_error, i + 1))).StoreUnsafe(ref Columns[s_boundAfter][i]);
            // All that the first states remember is forgotten after a vector.
            total = Vector512.Create(errors.Total);
        }
    }

    /// <summary>Carries the error of the content along pulses of one piece.</summary>
    private void Carry(TrainError error, int first, int count)
    {
        MapPiece piece = PieceOf(first);
        while (_terms.Length < piece.Remainder.Count)
            _terms = [.. _terms, Room()];
        (double amplitude, double width) = PulseOf(first);
        piece.Place(U[first], amplitude, width, ModesBefore(first), _point);
        piece.Remainder.At(piece, U.AsSpan(first, count), _point.AsSpan(1, piece.Dimensions - 1), _terms);
        error.Add(piece, count, ref _slope[first], ref Content[first], Remembered(first), _terms, ref _error[first]);
    }

    private double Duration(int i, double holdTime) => PulseOf(i).Width + (PieceOf(i).Family.Hold ?? holdTime) + PieceOf(i).Family.Rest;

    private void FillEqual(bool isWhole)
    {
        int n = Count;
        _conductance.AsSpan(0, n).CopyTo(Column(s_before));
        _conductance.AsSpan(1, n).CopyTo(Column(s_after));
        if (!isWhole)
            return;
        Column(s_amplitude).Fill(_amplitude[0]);
        Column(s_width).Fill(_width[0]);
        int read = s_always.Length;
        foreach (int column in (ReadOnlySpan<int>)[s_coverage, s_gateVoltage, s_composition])
            _read[read++].AsSpan(1, n).CopyTo(Column(column));
        Span<double> into = Column(s_intoWo3);
        ReadOnlySpan<double> channel = _read[^1];
        for (int i = 0; i < into.Length; i++)
            into[i] = channel[i + 1] - channel[i];
    }

    private void FillMixed(bool isWhole)
    {
        _amplitude.AsSpan(0, Count).CopyTo(Column(s_amplitude));
        _width.AsSpan(0, Count).CopyTo(Column(s_width));
        foreach (MapPiece piece in Pieces(0, Count))
        {
            SettledStates settled = piece.Settled;
            Gather(piece, 0, Count);
            if (piece.Modes is not null)
            {
                FillRemembering(piece, isWhole);
                continue;
            }
            _group.Scatter(_group.Read(settled.Conductance, isAfter: false), Column(s_before));
            _group.Scatter(_group.Read(settled.Conductance, isAfter: true), Column(s_after));
            if (!isWhole)
                continue;
            _group.Scatter(_group.Read(settled.Coverage, isAfter: true), Column(s_coverage));
            _group.Scatter(_group.Read(settled.GateVoltage, isAfter: true), Column(s_gateVoltage));
            _group.Scatter(_group.Read(settled.Composition, isAfter: true), Column(s_composition));
            _group.Scatter(_group.Read(settled.Channel, isAfter: false), _work);
            Span<double> into = Column(s_intoWo3);
            _group.Scatter(_group.Read(settled.Channel, isAfter: true), into);
            foreach (int i in _group.Members)
                into[i] -= _work[i];
            for (int r = 0; r < ResponseNames.Columns.Count; r++)
                _group.Scatter(_group.Respond(r), Columns[ResponseNames.Columns[r]]);
        }
    }

    /// <summary>Adds the extremes of the pulses to those of the run.</summary>
    private void SeeExtremes(RunExtremes extremes)
    {
        int first = ResponseNames.Columns.Count + Quadratures.Length;
        if (_pulse is { } pulse)
        {
            for (int e = 0; e < ResponseNames.Extremes.Count; e++)
                ResponseNames.Extremes[e].Set(extremes, pulse.Largest(first + e, U.AsSpan(0, Count)));
            return;
        }
        foreach (MapPiece piece in Pieces(0, Count))
        {
            Gather(piece, 0, Count);
            for (int e = 0; e < ResponseNames.Extremes.Count; e++)
                foreach (double value in _group.Respond(first + e))
                    ResponseNames.Extremes[e].Set(extremes, value);
        }
    }

    private static Vector512<double> At(double[] row, int i) => Vector512.LoadUnsafe(ref row[i]);

    // A number of each pulse, one of the state before the first, and what fills a vector.
    private static double[] Room() => new double[Capacity + Vector512<double>.Count];

    private Span<double> Column(int place) => Columns[place].AsSpan(0, Count);
}
