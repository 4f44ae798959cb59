using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>Finds the modes of what states remember after a rest, and how large they get.</summary>
/// <remarks>
/// Candidates are differences of states from settled ones: some rests after a pulse, which leaves the slowest mode; after a pulse from
/// where a long train stands by that mode alone; after one pulse from rest. Of each what those before do not hold is a mode, unless it
/// is too small to matter.
/// </remarks>
internal sealed class ModeBuilder
{
    private const int NodeCount = 16, MostDoublings = 6, SubSteps = 50, Rounds = 100;

    // A mode is slow while this share is left, where it relaxes fastest; below the smaller share of what a pulse leaves there is no mode.
    private const double LeastLeft = 0.05, LeastShare = 2e-4;

    // Room around the amplitudes that trains have.
    private const double Wider = 1.1, Pulses = 1, Others = 0.5, Anywhere = 0.1;

    private readonly DirectPulses _pulses;
    private readonly SettledStates _settled;
    private readonly PulseFamily[] _families;
    private readonly MapSettings _settings;
    private readonly double _low, _high, _rest;
    private readonly double[] _nodes;
    private readonly double[][] _weights;
    private readonly List<double[][]> _modes = [];

    /// <summary>Modes of the states before pulses of families with equal rests.</summary>
    public ModeBuilder(DirectPulses pulses, SettledStates settled, PulseFamily[] families, MapSettings settings)
    {
        (_pulses, _settled, _families, _settings, _rest) = (pulses, settled, families, settings, families[0].Rest);
        (_low, _high) = (settled.Low + SettledStates.Margin / 2, settled.High - SettledStates.Margin / 2);
        _nodes = ChebyshevSeries.Nodes(_low, _high, NodeCount);
        _weights = [.. _nodes.Select(u => settled.Weights(settled.At(u)))];
    }

    /// <summary>Builds them.</summary>
    public MemoryModes Build()
    {
        Shot[] first = [.. _families.Select(f => Fire(f, null, 0))];
        double[] norms = [.. _nodes.Select((_, i) => first.Max(s => Norm(s.Off[i], i)))];
        (double[][] slowest, double[] left) = Slowest(first[0]);
        _modes.Add(slowest);
        var relaxation = ChebyshevSeries.Through(_low, _high, left);
        double[][] standing = [.. _families.Zip(first, (f, s) => Standing(s, relaxation))];
        Shot[] later = [.. _families.SelectMany(f => standing.Select(s => Fire(f, s, 1)))];
        Complete([.. first, .. later], norms);
        var least = new double[_modes.Count][];
        var most = new double[_modes.Count][];
        for (int k = 0; k < _modes.Count; k++)
            (least[k], most[k]) = (new double[NodeCount], new double[NodeCount]);
        for (int i = 0; i < NodeCount; i++)
        {
            foreach (Shot shot in (Shot[])[.. first, .. later])
            {
                double[] a = Amplitudes(shot.Off[i], i);
                for (int k = 1; k < a.Length; k++)
                    (least[k][i], most[k][i]) = (Math.Min(least[k][i], a[k]), Math.Max(most[k][i], a[k]));
            }
            double one = first.Max(s => Math.Abs(Amplitudes(s.Off[i], i)[0]));
            least[0][i] = Wider * Math.Min(0, standing.Min(s => s[i])) - Pulses * one;
            most[0][i] = Wider * Math.Max(0, standing.Max(s => s[i])) + Pulses * one;
        }
        for (int k = 1; k < _modes.Count; k++)
        {
            // Where a mode hardly occurs there is room too.
            double anywhere = Anywhere * least[k].Zip(most[k], (low, high) => high - low).Max();
            for (int i = 0; i < NodeCount; i++)
            {
                double room = Others * (most[k][i] - least[k][i]) + anywhere;
                (least[k][i], most[k][i]) = (least[k][i] - room, most[k][i] + room);
            }
        }
        ChebyshevSeries[] Series(double[][] all) => [.. all.Select(v => ChebyshevSeries.Through(_low, _high, v))];
        return new(_settled, [.. _modes.Select(Coefficients)], Series(least), Series(most), left.Max());
    }

    /// <summary>What pulses leave behind: differences from settled states at the nodes, and steps of content.</summary>
    private sealed record Shot(double[][] Off, double[] Steps, Scalar[][] States, double[] Ends);

    /// <summary>The strongest pulse of a family from every node.</summary>
    private Shot Fire(PulseFamily family, double[]? amplitudes, int modes)
    {
        double amplitude = Math.Abs(family.MostAmplitude) > Math.Abs(family.LeastAmplitude) ? family.MostAmplitude : family.LeastAmplitude;
        PulseSample[] found = _pulses.Run(family, [.. _nodes.Select((u, i) => new PulseStart(
            d => Place(d.State, i, amplitudes, modes), amplitude, family.MostWidth))], _settings.Integration, null);
        Scalar[][] states = [.. found.Select(s => s.State)];
        double[] ends = [.. found.Select(s => s.End)];
        return new(Off(states, ends), [.. found.Select(s => s.Step)], states, ends);
    }

    private void Place(Scalar[] state, int i, double[]? amplitudes, int modes)
    {
        _settled.Place(state, _nodes[i]);
        for (int k = 0; k < modes; k++)
            for (int x = 0; x < state.Length; x++)
                state[x] = new(state[x] + amplitudes![i] * _modes[k][i][x]);
    }

    /// <summary>What is left after more rests, and which share of that is left after one more.</summary>
    private (double[][] Mode, double[] Left) Slowest(Shot shot)
    {
        Scalar[][] states = shot.States;
        double[][] mode = shot.Off;
        double[] left = [];
        double duration = _rest;
        for (int doubling = 0; doubling < MostDoublings; doubling++, duration *= 2)
        {
            Scalar[][] start = states;
            var next = new Scalar[NodeCount][];
            _pulses.Settle(NodeCount, duration, _settings.Integration, (d, i) => start[i].CopyTo(d.State, 0),
                (d, i) => next[i] = [.. d.State]);
            double[][] off = Off(next, shot.Ends);
            double[] shares = [.. off.Select((o, i) => Norm(o, i) / Norm(mode[i], i))];
            double[] each = [.. shares.Select(s => Math.Pow(s, _rest / duration))];
            if (doubling > 0 && off.Select((o, i) => Norm(o, i) / Norm(shot.Off[i], i)).Min() < LeastLeft)
                break;
            (mode, states, left) = (off, next, each);
        }
        return (mode, left);
    }

    /// <summary>Amplitude of the first mode along a long train of a family's strongest pulse.</summary>
    private double[] Standing(Shot shot, ChebyshevSeries relaxation)
    {
        var own = ChebyshevSeries.Through(_low, _high, [.. shot.Off.Select((o, i) => Amplitudes(o, i)[0])]);
        var step = ChebyshevSeries.Through(_low, _high, shot.Steps);
        bool isUp = shot.Steps[0] > 0;
        // From above a train comes with what it had there, from below it begins with nothing.
        double u = isUp ? _low : _high, a = isUp ? 0 : own.At(u) / (1 - relaxation.At(u));
        var at = new double[NodeCount];
        int[] order = [.. Enumerable.Range(0, NodeCount)];
        if (!isUp)
            Array.Reverse(order);
        foreach (int i in order)
        {
            // da/dn = own - (1 - r) a over the number n of pulses, as a smooth function of the content, by implicit steps.
            double by = (_nodes[i] - u) / SubSteps;
            for (int k = 0; k < SubSteps; k++)
            {
                u += by;
                double pulses = Math.Abs(by * Math.Exp(u) / step.At(u));
                a = (a + pulses * own.At(u)) / (1 + pulses * (1 - relaxation.At(u)));
            }
            at[i] = a;
        }
        return at;
    }

    /// <summary>Adds modes until they hold what pulses leave: at each turn the sum of what they do not hold, with weights that are the same
    /// at all contents, that is largest (the first singular vector).</summary>
    private void Complete(Shot[] shots, double[] norms)
    {
        while (_modes.Count < MemoryModes.Most)
        {
            double[][][] rests = [.. shots.Select(s => s.Off.Select(Remainder).ToArray())];
            if (rests.Max(r => r.Select((x, i) => Norm(x, i) / norms[i]).Max()) <= LeastShare)
                return;
            double Sum(double[][] a, double[][] b) => a.Select((x, i) => Product(x, b[i], i) / (norms[i] * norms[i])).Sum();
            double[][] gram = [.. rests.Select(a => rests.Select(b => Sum(a, b)).ToArray())];
            double[] weights = [.. gram.MaxBy(row => row.Max(Math.Abs))!];
            for (int round = 0; round < Rounds; round++)
            {
                double[] next = [.. gram.Select(row => row.Zip(weights, (g, w) => g * w).Sum())];
                double size = next.Max(Math.Abs);
                weights = [.. next.Select(w => w / size)];
            }
            _modes.Add([.. Enumerable.Range(0, NodeCount).Select(
                i => Enumerable.Range(0, rests[0][i].Length).Select(x => rests.Select((r, j) => weights[j] * r[i][x]).Sum()).ToArray())]);
        }
    }

    private double[] Remainder(double[] off, int i)
    {
        double[] a = Amplitudes(off, i), rest = [.. off];
        for (int k = 0; k < a.Length; k++)
            for (int x = 0; x < rest.Length; x++)
                rest[x] -= a[k] * _modes[k][i][x];
        return rest;
    }

    private double[] Amplitudes(double[] off, int i)
    {
        var a = new double[_modes.Count];
        MemoryModes.Project([.. _modes.Select(m => m[i])], off, _weights[i], a);
        return a;
    }

    private double Norm(double[] off, int i) => Math.Sqrt(Product(off, off, i));

    private double Product(double[] a, double[] b, int i) => MemoryModes.Product(a, b, _weights[i]);

    /// <summary>Differences from settled states, moved from where pulses ended to the nodes.</summary>
    private double[][] Off(Scalar[][] states, double[] ends)
    {
        var toNodes = new NodeShift(_low, _high, _nodes, ends);
        Scalar[][] settled = [.. ends.Select(_settled.At)];
        var off = new double[NodeCount][];
        for (int i = 0; i < NodeCount; i++)
            off[i] = new double[states[0].Length];
        for (int x = 0; x < states[0].Length; x++)
        {
            if (x == _settled.GateHydrogen)
                continue;
            double[] at = toNodes.Of([.. states.Select((s, i) => s[x] - settled[i][x])]);
            for (int i = 0; i < NodeCount; i++)
                off[i][x] = at[i];
        }
        return off;
    }

    private double[][] Coefficients(double[][] mode)
    {
        double[][] all = [.. Enumerable.Range(0, NodeCount).Select(_ => new double[mode[0].Length])];
        for (int x = 0; x < mode[0].Length; x++)
        {
            ReadOnlySpan<double> c = ChebyshevSeries.Through(_low, _high, [.. mode.Select(m => m[x])]).Coefficients;
            for (int k = 0; k < NodeCount; k++)
                all[k][x] = c[k];
        }
        return all;
    }
}
