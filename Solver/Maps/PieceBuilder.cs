using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Builds a piece of a map from direct pulses, as many as its tolerance needs.</summary>
internal sealed class PieceBuilder
{
    private const int Batch = 8;

    // Below this strain its effect, at most that of 1 V over kT/q on the step, is beneath the tolerance of any map.
    private const double NoStrain = 1e-10, Steepest = 40;

    // The surpluses to come over what the polynomial leaves out: along the content alone there are two of them, with more variables many.
    private const double Along = 3, Across = 1.5;

    // Least ratio of a surplus to the one before that is counted on: along the content alone a small one may be chance.
    private const double LeastAlong = 0.5, LeastAcross = 0.05;

    private readonly DirectPulses _pulses;
    private readonly MapSettings _settings;
    private readonly PulseFamily _family;
    private readonly SettledStates _settled;
    private readonly double _low, _high;
    private readonly SparseIndexSet _set;
    private readonly List<PulseSample> _samples = [];
    private double[] _surpluses = [];

    public PieceBuilder(DirectPulses pulses, MapSettings settings, PulseFamily family, SettledStates settled, double low, double high)
    {
        (_pulses, _settings, _family, _settled, _low, _high) = (pulses, settings, family, settled, low, high);
        _set = new([.. Enumerable.Repeat(LejaNodes.Count - 1, 1 + family.Variables)]);
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
            (double Surplus, int[] Index)[] next = [.. _set.Margin().Select(i => (Predicted(i), i)).OrderByDescending(p => p.Item1)];
            tail = next.Sum(p => p.Surplus);
            if (tail <= _settings.Tolerance || _set.Indices.Count >= _settings.MostPulses || next.Length == 0)
                break;
            int count = _family.Variables == 0 ? 2 : Batch;
            Add([.. next.Take(count).Select(p => p.Index)]);
            // Along one variable the one after the next is no neighbour yet.
            if (_family.Variables == 0 && Refusal is null && _set.Margin().FirstOrDefault() is { } one)
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
            Add([.. _set.Margin().OrderByDescending(Predicted).Take(_family.Variables == 0 ? 1 : Batch)]);
        if (Refusal is not null)
            return piece;
        return Piece(piece.Branch, Math.Max(excess, _set.Margin().Sum(Predicted)), before - piece.Pulses) with
        { Excesses = [.. piece.Excesses, excess] };
    }

    private void Start()
    {
        int dimensions = 1 + _family.Variables;
        List<int[]> first = [new int[dimensions]];
        if (_family.Variables == 0)
            first.AddRange(Enumerable.Range(1, 7).Select(k => new[] { k }));
        else
            for (int total = 1; total <= 2; total++)
                first.AddRange(Totals(dimensions, total));
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
        if (Refusal is null)
            SparsePolynomial.Through(_set.Indices, Logarithms(), out _surpluses);
    }

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
        return new(d => _settled.Place(d.State, u), amplitude, width);
    }

    private double[] Logarithms() => [.. _samples.Select(s => Math.Log(Math.Abs(s.Step)))];

    /// <summary>Surplus that an index will have, from how those before it fall along each direction.</summary>
    private double Predicted(int[] index)
    {
        double least = double.PositiveInfinity;
        for (int d = 0; d < index.Length; d++)
        {
            if (index[d] == 0)
                continue;
            double last = SurplusAt(SparseIndexSet.Moved(index, d, -1));
            if (index[d] > 1)
            {
                double earlier = SurplusAt(SparseIndexSet.Moved(index, d, -2));
                last = Math.Max(last, 0.2 * earlier);
                last *= Math.Clamp(last / earlier, _family.Variables == 0 ? LeastAlong : LeastAcross, 1);
            }
            least = Math.Min(least, last);
        }
        return least;
    }

    private double SurplusAt(int[] index) => Math.Abs(_surpluses[_set.PlaceOf(index)]);

    /// <summary>What the interpolant leaves out.</summary>
    /// <param name="tail">The sum of the next surpluses.</param>
    private InterpolationRemainder Remainder(double tail)
    {
        if (_family.Variables == 0)
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
        (double memory, Sensitivity) = Memory();
        double reading = Read();
        // A map for trains of equal pulses is asked for where nothing else is to be had: it may be off by more.
        Remembers = memory + reading > (_settled.Train is null ? 1 : 100) * _settings.LargestMemory;
        if (Remembers)
            Refusal = $"after a rest of {_family.Rest:g3} s the state still remembers the pulse before: it changes the next step by "
                + $"{(memory + reading) / 2:g2} of itself";
        double[][] values = [.. _samples.Select(ResponseNames.Values)];
        return new()
        {
            Family = _family,
            Branch = branch,
            Low = _low,
            High = _high,
            Settled = _settled,
            Step = SparsePolynomial.Through(_set.Indices, Logarithms(), out _),
            Sign = Math.Sign(_samples[0].Step),
            Responses = [.. _pulses.Names.Select((n, r) => PulseResponse.Through(n, _set.Indices, [.. values.Select(v => v[r])]))],
            LeastGiven = _samples.Min(s => s.LeastGiven),
            MostGiven = _samples.Max(s => s.MostGiven),
            Errors = new((_family.Variables == 0 ? Along : Across) * tail, 3 * integration, 3 * integration, memory, reading),
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
        int after = Observe.PulseTable.PlaceOf("conductance_after"), step = Observe.PulseTable.PlaceOf("conductance_step");
        return 1.5 * _samples.Where(IsWithin)
            .Max(s => Math.Abs((s.Row[after] - _settled.Conductance.At(s.End)) / s.Row[step]));
    }

    /// <summary>What a state remembers beyond its content, as a relative change of the next step,
    /// and that change by a unit of strain.</summary>
    /// <remarks>Two pulses from one content: from the state that the most straining pulse and its
    /// rest left, and from the settled one.</remarks>
    private (double Memory, double Sensitivity) Memory()
    {
        PulseSample[] within = [.. _samples.Where(s => s.End >= _low && s.End <= _high)];
        double strain = within.Length == 0 ? 0 : within.Max(s => s.Strain);
        if (strain < NoStrain)
            return (Steepest * strain, Steepest);
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
        return (2 * change, Math.Max(Steepness, 2 * change / strain));
    }
}
