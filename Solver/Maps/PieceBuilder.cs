using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Builds a piece of a map from direct pulses, as many as its tolerance needs.</summary>
internal sealed class PieceBuilder
{
    private const int Batch = 8;

    // Below this strain its effect, at most that of 1 V over kT/q on the step, is beneath the tolerance of any map.
    private const double NoStrain = 1e-10, Steepest = 40;

    // The surpluses to come over what the polynomial leaves out: along the content alone there are two of them, with more variables many.
    private const double Along = 3, Across = 2.5;

    // Least ratio of a surplus to the one before that is counted on: along the content alone a small one may be chance.
    internal const double LeastAlong = 0.5;
    private const double LeastAcross = 0.05;

    private static readonly int s_after = Observe.PulseTable.PlaceOf("conductance_after");

    private readonly DirectPulses _pulses;
    private readonly MapSettings _settings;
    private readonly PulseFamily _family;
    private readonly SettledStates _settled;
    private readonly double _low, _high;
    private readonly SparseIndexSet _set;
    private readonly List<PulseSample> _samples = [];
    private readonly MemoryModes? _modes;
    private readonly int _dimensions;
    private readonly List<double[]> _amplitudes = [];
    private double[] _surpluses = [], _reading = [];

    public PieceBuilder(
        DirectPulses pulses, MapSettings settings, PulseFamily family, SettledStates settled, double low, double high,
        MemoryModes? modes = null)
    {
        (_pulses, _settings, _family, _settled, _low, _high, _modes) = (pulses, settings, family, settled, low, high, modes);
        _dimensions = 1 + family.Variables + (modes?.Count ?? 0);
        _set = new([.. Enumerable.Repeat(LejaNodes.Count - 1, _dimensions)]);
    }

    /// <summary>Why there is no piece; null when there is one.</summary>
    public string? Refusal { get; private set; }

    /// <summary>True when there is none because a state remembers the pulse before.</summary>
    public bool Remembers { get; private set; }

    /// <summary>Change of content over N_0 by a pulse, in the mean.</summary>
    public double MeanStep => _samples.Average(s => s.Step);

    /// <summary>Relative change of a step by a unit of strain, at least.</summary>
    public double Steepness { get; init; } = 10;

    /// <summary>Relative change of a step by a unit of strain, as the piece has it.</summary>
    public double Sensitivity { get; private set; }

    /// <summary>By how much what is remembered falls in a rest.</summary>
    public double Relaxation { get; private set; }

    /// <summary>Builds the piece; null with <see cref="Refusal"/>.</summary>
    public MapPiece? Build(ReservoirBranch branch)
    {
        int before = _pulses.Count;
        Start();
        double tail = double.PositiveInfinity;
        while (Refusal is null)
        {
            (double Surplus, int[] Index)[] next = [.. _set.Margin().Select(i => (Worst(i), i)).OrderByDescending(p => p.Item1)];
            tail = _set.Margin().Sum(Predicted);
            (double tolerance, int most) = _modes is null ? (_settings.Tolerance, _settings.MostPulses)
                : (_settings.LargestMemory / 10, _settings.MostRemembering);
            if (next.Sum(p => p.Surplus) <= tolerance || _set.Indices.Count >= most || next.Length == 0)
                break;
            int count = _dimensions == 1 ? 2 : Batch;
            Add([.. next.Take(count).Select(p => p.Index)]);
            // Along one variable the one after the next is no neighbour yet.
            if (_dimensions == 1 && Refusal is null && _set.Margin().FirstOrDefault() is { } one)
                Add([one]);
        }
        if (Refusal is null && !_samples.Any(IsWithin))
            Refusal = "every pulse leads beyond the contents of a piece";
        if (Refusal is not null)
            return null;
        MapPiece piece = Piece(branch, tail, before);
        return Refusal is null ? piece : null;
    }

    /// <summary>The piece from more pulses than its tolerance seemed to need, after one that exceeded its bound.</summary>
    /// <param name="piece">The piece so far.</param>
    /// <param name="excess">How far that one was off, relative to its step: the least that the interpolation is off by from now on.</param>
    public MapPiece Refine(MapPiece piece, double excess)
    {
        int before = _pulses.Count;
        for (int round = 0; round < 2; round++)
            Add([.. _set.Margin().OrderByDescending(Predicted).Take(_dimensions == 1 ? 1 : Batch)]);
        if (Refusal is not null)
            return piece;
        return Piece(piece.Branch, Math.Max(excess, _set.Margin().Sum(Predicted)), before - piece.Pulses) with
        { Excesses = [.. piece.Excesses, excess] };
    }

    private void Start()
    {
        List<int[]> first = [new int[_dimensions]];
        if (_dimensions == 1)
            first.AddRange(Enumerable.Range(1, 7).Select(k => new[] { k }));
        else
            for (int total = 1; total <= 2; total++)
                first.AddRange(Totals(_dimensions, total));
        Add(first);
    }

    private static IEnumerable<int[]> Totals(int dimensions, int total)
    {
        if (dimensions == 1)
            return [[total]];
        return Enumerable.Range(0, total + 1).SelectMany(k => Totals(dimensions - 1, total - k).Select(rest => (int[])[k, .. rest]));
    }

    private void Add(IReadOnlyList<int[]> indices)
    {
        PulseSample[] found = _pulses.Run(_family, [.. indices.Select(StartOf)], _settings.Integration, _settled);
        for (int i = 0; i < found.Length; i++)
        {
            _set.Add(indices[i]);
            _samples.Add(found[i]);
        }
        Check(found);
        if (Refusal is not null)
            return;
        SparsePolynomial.Through(_set.Indices, Logarithms(), out _surpluses);
        if (_modes is not null)
            SeeReading(found);
    }

    /// <summary>Amplitudes after pulses, and by how much their interpolants and that of the conductance change the next step as it is
    /// read.</summary>
    private void SeeReading(PulseSample[] found)
    {
        foreach (PulseSample s in found)
        {
            var amplitudes = new double[_modes!.Count];
            double strain = _modes.Read(s.State, s.End, amplitudes);
            _amplitudes.Add([.. amplitudes, strain]);
        }
        double step = _samples.Average(s => Math.Abs(StepOfConductance(s)));
        SparsePolynomial.Through(_set.Indices, [.. _samples.Select(s => Lag(s) / step)], out _reading);
        for (int k = 0; k < _modes!.Count; k++)
        {
            double weight = Weight(k) / step;
            SparsePolynomial.Through(_set.Indices, [.. _amplitudes.Select(a => weight * a[k])], out double[] own);
            for (int i = 0; i < own.Length; i++)
                _reading[i] = Math.Max(Math.Abs(_reading[i]), Math.Abs(own[i]));
        }
    }

    /// <summary>By how much a mode changes the conductance, in the middle.</summary>
    private double Weight(int mode)
    {
        double u = 0.5 * (_low + _high);
        var unit = new double[_modes!.Count];
        var state = new Scalar[_samples[0].State.Length];
        unit[mode] = 1e-3 * (_modes.FromBox(u, Enumerable.Repeat(1.0, unit.Length).ToArray())[mode]
            - _modes.FromBox(u, Enumerable.Repeat(-1.0, unit.Length).ToArray())[mode]);
        _modes.Place(state, u, unit);
        return (_pulses.Conductance(state) - _settled.Conductance.At(u)) / unit[mode];
    }

    /// <summary>What the conductance that is read is off from that of the settled state.</summary>
    private double Lag(PulseSample s) => s.Row[s_after] - _settled.Conductance.At(s.End);

    /// <summary>The change of content by a pulse as that of the settled conductance.</summary>
    private double StepOfConductance(PulseSample s) => s.Step * _settled.Conductance.At(s.End) * Math.Exp(-s.End);

    private void Check(PulseSample[] found)
    {
        foreach (PulseSample s in found)
        {
            if (!double.IsFinite(s.Step) || s.Step == 0 || Math.Sign(s.Step) != Math.Sign(_samples[0].Step))
                Refusal = "steps change their sign within the range";
            else if (s.Nuclei > _settings.MostNuclei)
                Refusal = "the expected number of bubbles grows within the range, pulse by pulse, which a map does not follow";
        }
    }

    private PulseStart StartOf(int[] index)
    {
        double[] point = SparseIndexSet.Point(index);
        (double amplitude, double width) = _family.At(point.AsSpan(1));
        double u = 0.5 * (_low + _high) + 0.5 * (_high - _low) * point[0];
        double[] modes = _modes?.FromBox(u, point[(1 + _family.Variables)..]) ?? [];
        return new(d => Place(d.State, u, modes), amplitude, width);
    }

    private void Place(Scalar[] state, double u, double[] modes)
    {
        if (_modes is null)
            _settled.Place(state, u);
        else
            _modes.Place(state, u, modes);
    }

    private double[] Logarithms() => [.. _samples.Select(s => Math.Log(Math.Abs(s.Step)))];

    /// <summary>Surplus that an index will have, from how those before it fall along each direction.</summary>
    private double Predicted(int[] index) => Predicted(index, _surpluses);

    /// <summary>The same of what is read, where that remembers.</summary>
    private double Worst(int[] index) =>
        _modes is null ? Predicted(index) : Math.Max(Predicted(index), Predicted(index, _reading));

    private double Predicted(int[] index, double[] surpluses)
    {
        double least = double.PositiveInfinity, most = 0;
        for (int d = 0; d < index.Length; d++)
        {
            if (index[d] == 0)
                continue;
            double last = At(SparseIndexSet.Moved(index, d, -1));
            if (index[d] > 1)
            {
                double leastRatio = _dimensions == 1 || _modes is not null ? LeastAlong : LeastAcross;
                last = Next(At(SparseIndexSet.Moved(index, d, -2)), last, leastRatio);
            }
            (least, most) = (Math.Min(least, last), Math.Max(most, last));
        }
        // Modes hardly matter at some contents: a direction in which little comes there does not rule over the others.
        return _modes is null ? least : Math.Sqrt(least * most);
        double At(int[] index) => Math.Abs(surpluses[_set.PlaceOf(index)]);
    }

    /// <summary>The surplus after two, which is counted on to fall as from the one to the other.</summary>
    /// <param name="earlier">The first.</param>
    /// <param name="last">The second; one much smaller than the first may be chance.</param>
    /// <param name="leastRatio">Least ratio that is counted on.</param>
    internal static double Next(double earlier, double last, double leastRatio)
    {
        last = Math.Max(last, 0.2 * earlier);
        return earlier > 0 ? last * Math.Clamp(last / earlier, leastRatio, 1) : last;
    }

    /// <summary>What the interpolant leaves out.</summary>
    /// <param name="tail">The sum of the next surpluses.</param>
    private InterpolationRemainder Remainder(double tail)
    {
        if (_dimensions == 1)
        {
            int[] next = [.. Enumerable.Range(_set.Indices.Count, (int)Along).Where(k => k < LejaNodes.Count)];
            return new([.. next.Select(k => new[] { k })], [.. next.Select(_ => Along * tail / next.Length)]);
        }
        (int[] Index, double Size)[] margin = [.. _set.Margin().Select(i => (i, Predicted(i)))];
        double scale = Across * tail / margin.Sum(m => m.Size);
        return new([.. margin.Select(m => m.Index)], [.. margin.Select(m => scale * m.Size)]);
    }

    private MapPiece Piece(ReservoirBranch branch, double tail, int before)
    {
        // Two of the pulses again with a tighter integration, at both ends of the content.
        int[][] ends = [_set.Indices[0], _set.Indices.First(i => i[0] == 1)];
        PulseSample[] tighter = _pulses.Run(_family, [.. ends.Select(StartOf)], 0.1 * _settings.Integration, _settled);
        double integration = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            PulseSample own = _samples[_set.PlaceOf(ends[i])];
            integration = Math.Max(integration, Math.Abs(own.Step / tighter[i].Step - 1));
        }
        (double memory, double reading) = _modes is null ? (Memory(), Read()) : Left(ends, tighter);
        // What remembers is asked for where nothing else is to be had: it may be off by more.
        Remembers = memory + reading > (_modes is not null ? _settings.LargestRemembered
            : (_settled.Train is null ? 1 : 100) * _settings.LargestMemory);
        // What is read goes on with the modes.
        reading /= 1 - (_modes?.Relaxation ?? 0);
        if (Remembers)
            Refusal = $"after a rest of {_family.Rest:g3} s the state still remembers the pulse before: it changes the next step by "
                + $"{(memory + reading) / 2:g2} of itself";
        double[][] values = [.. _samples.Select(s => _modes is null ? ResponseNames.Values(s)
            : [.. ResponseNames.Values(s), .. ResponseNames.Remembering(s, _settled)])];
        string[] names = _modes is null ? _pulses.Names : [.. _pulses.Names, .. ResponseNames.Remembered];
        return new()
        {
            Family = _family,
            Branch = branch,
            Low = _low,
            High = _high,
            Settled = _settled,
            Step = SparsePolynomial.Through(_set.Indices, Logarithms(), out _),
            Sign = Math.Sign(_samples[0].Step),
            Modes = _modes,
            Amplitudes = [.. Enumerable.Range(0, _dimensions - 1 - _family.Variables).Select(
                k => SparsePolynomial.Through(_set.Indices, [.. _amplitudes.Select(a => a[k])], out _))],
            Responses = [.. names.Select((n, r) => PulseResponse.Through(n, _set.Indices, [.. values.Select(v => v[r])]))],
            LeastGiven = _samples.Min(s => s.LeastGiven),
            MostGiven = _samples.Max(s => s.MostGiven),
            Errors = new((_dimensions == 1 ? Along : Across) * tail, 3 * integration, 3 * integration, memory, reading),
            Remainder = Remainder(tail),
            Pulses = _pulses.Count - before,
            Builder = this,
            Sensitivity = Sensitivity,
        };
    }

    /// <summary>True when a pulse ends where there are settled states.</summary>
    private bool IsWithin(PulseSample s) => s.End >= _settled.Low && s.End <= _settled.High;

    /// <summary>How far conductances read after the pulses are from those of the states that they
    /// are taken for, over their steps.</summary>
    private double Read()
    {
        int step = Observe.PulseTable.PlaceOf("conductance_step");
        return 1.5 * _samples.Where(IsWithin).Max(s => Math.Abs(Lag(s) / s.Row[step]));
    }

    /// <summary>What states are off from those that their content and modes stand for, as relative changes of the next step and of what
    /// is read after it.</summary>
    /// <param name="ends">Indices of the pulses that were computed more accurately.</param>
    /// <param name="tighter">Those.</param>
    private (double Memory, double Reading) Left(int[][] ends, PulseSample[] tighter)
    {
        double reading = 2 * Across * _set.Margin().Sum(i => Predicted(i, _reading));
        for (int i = 0; i < ends.Length; i++)
            reading += 3 * Math.Abs((Lag(_samples[_set.PlaceOf(ends[i])]) - Lag(tighter[i])) / StepOfConductance(tighter[i]));
        var point = new double[MemoryModes.Most];
        (PulseSample Sample, double[] Own)[] most =
        [
            .. _samples.Zip(_amplitudes, (s, a) => (Sample: s, Own: a))
                .Where(p => p.Sample.End >= _low && p.Sample.End <= _high && _modes!.ToBox(p.Sample.End, p.Own, point))
                .OrderByDescending(p => p.Own[^1] / Math.Abs(p.Sample.Step * Math.Exp(-p.Sample.End))).Take(Batch / 2),
        ];
        if (most.Length == 0)
            return (double.PositiveInfinity, reading);
        (double amplitude, double width) = _family.At(new double[2]);
        PulseSample[] pairs = _pulses.Run(_family,
        [
            .. most.SelectMany(p => (PulseStart[])
            [
                new(d => p.Sample.State.CopyTo(d.State, 0), amplitude, width),
                new(d => Place(d.State, p.Sample.End, p.Own), amplitude, width),
            ]),
        ], _settings.Integration, null);
        double memory = 0, read = 0;
        Sensitivity = Steepness;
        foreach (PulseSample[] pair in pairs.Chunk(2))
        {
            memory = Math.Max(memory, 2 * Math.Abs(pair[0].Step / pair[1].Step - 1));
            read = Math.Max(read, 2 * Math.Abs((pair[0].Row[s_after] - pair[1].Row[s_after]) / StepOfConductance(pair[1])));
        }
        return (memory, reading + read);
    }

    /// <summary>What a state remembers beyond its content, as a relative change of the next step;
    /// sets that change by a unit of strain.</summary>
    /// <remarks>Two pulses from one content: from the state that the most straining pulse and its
    /// rest left, and from the settled one.</remarks>
    private double Memory()
    {
        PulseSample[] within = [.. _samples.Where(s => s.End >= _low && s.End <= _high)];
        double strain = within.Length == 0 ? 0 : within.Max(s => s.Strain);
        if (strain < NoStrain)
        {
            Sensitivity = Steepest;
            return Steepest * strain;
        }
        PulseSample most = within.MaxBy(s => s.Strain)!;
        (double amplitude, double width) = _family.At(new double[2]);
        PulseSample[] pair = _pulses.Run(_family,
            [
                new(d => most.State.CopyTo(d.State, 0), amplitude, width),
                new(d => _settled.Place(d.State, most.End), amplitude, width),
            ], _settings.Integration, null);
        double change = Math.Abs(pair[0].Step / pair[1].Step - 1);
        double later = strain;
        _pulses.Settle(1, _family.Rest, _settings.Integration, (d, _) => most.State.CopyTo(d.State, 0),
            (d, _) => later = _settled.Distance(d.State, most.End));
        Relaxation = later / strain;
        Sensitivity = Math.Max(Steepness, 2 * change / strain);
        return 2 * change;
    }
}
