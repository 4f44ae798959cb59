using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>Functions of <see cref="SettledStates"/>, in their order.</summary>
internal enum SettledFunction
{
    Conductance,
    Coverage,
    GateVoltage,
    Composition,
    Channel,
    Stored,
}

/// <summary>States in which a device with an open gate settles, as functions of its content u on an interval.</summary>
/// <remarks>
/// Each unknown is interpolated at Chebyshev nodes as it is, with weights that sum to 1: what is linear in the state, Poisson's equation
/// and the balances of protons and charge, holds between the nodes as it holds at them.
/// </remarks>
public sealed class SettledStates
{
    /// <summary>Nodes of an interval; states are smooth, and a rest costs less than a pulse.</summary>
    private const int WideNodes = 24, NarrowNodes = 14;

    // Up to this width of the interval the fewer nodes do.
    private const double Narrow = 1.5;

    // Most pulses by which a train comes to its own states: what shorter rests leave behind then is in the bound. From some
    // number on, pulses are dear: fewer states and rounds have to do.
    private const int MostPulses = 20, FewPulses = 7;

    // Least content over that of rest at which a train is begun.
    private const double LeastContent = 0.02;

    private const int FunctionCount = 6;

    /// <summary>How far the interval reaches beyond that of the pulses' starts, so that their ends are within.</summary>
    public const double Margin = 0.25;

    private readonly UnknownLayout _layout;
    private readonly double[][] _coefficients;
    private readonly double[] _scales;
    private readonly double _given;
    private readonly ContentFunction[] _functions;
    private readonly SeriesBank _bank;

    private SettledStates(
        UnknownLayout layout, double low, double high, double[][] coefficients, double[] scales, double given, PulseFamily? train,
        ContentFunction[] functions)
    {
        (_layout, Low, High, _coefficients, _scales, _given) = (layout, low, high, coefficients, scales, given);
        (Train, _functions, _bank) = (train, functions, new(low, high, functions.Select(f => f.Series)));
    }

    /// <summary>Least content.</summary>
    public double Low { get; }

    /// <summary>Largest content.</summary>
    public double High { get; }

    /// <summary>The pulse that the states come after, again and again; null where they have settled and come after anything.</summary>
    public PulseFamily? Train { get; }

    /// <summary>Conductance [S].</summary>
    public ContentFunction Conductance => _functions[(int)SettledFunction.Conductance];

    /// <summary>Coverage of adsorbed hydrogen.</summary>
    public ContentFunction Coverage => _functions[(int)SettledFunction.Coverage];

    /// <summary>Gate voltage [V].</summary>
    public ContentFunction GateVoltage => _functions[(int)SettledFunction.GateVoltage];

    /// <summary>Mean composition of WO3.</summary>
    public ContentFunction Composition => _functions[(int)SettledFunction.Composition];

    /// <summary>Hydrogen in WO3 in excess of rest.</summary>
    public ContentFunction Channel => _functions[(int)SettledFunction.Channel];

    /// <summary>Hydrogen in PSG, interface and WO3 in excess of rest: what the gate has given, but for gas.</summary>
    public ContentFunction Stored => _functions[(int)SettledFunction.Stored];

    /// <summary>Functions of many contents.</summary>
    /// <param name="which">The functions.</param>
    /// <param name="u">Contents u.</param>
    /// <param name="content">e^u of each.</param>
    /// <param name="into">Takes the values of each, from the start of its array.</param>
    internal void Read(
        ReadOnlySpan<SettledFunction> which, ReadOnlySpan<double> u, ReadOnlySpan<double> content, ReadOnlySpan<double[]> into)
    {
        _bank.At(MemoryMarshal.Cast<SettledFunction, int>(which), u, into);
        for (int f = 0; f < which.Length; f++)
        {
            if (!_functions[(int)which[f]].IsPerContent)
                continue;
            Span<double> values = into[f].AsSpan(0, u.Length);
            Span<Vector512<double>> whole = MemoryMarshal.Cast<double, Vector512<double>>(values);
            for (int i = 0; i < whole.Length; i++)
                whole[i] *= Vector512.LoadUnsafe(in content[i * Vector512<double>.Count]);
            for (int i = whole.Length * Vector512<double>.Count; i < values.Length; i++)
                values[i] *= content[i];
        }
    }

    /// <summary>Lets devices settle at the nodes of an interval.</summary>
    /// <param name="pulses">Computes them.</param>
    /// <param name="low">Least content.</param>
    /// <param name="high">Largest content.</param>
    /// <param name="given">What the gate has given; null for as much as the stores hold.</param>
    /// <param name="duration">Time to settle [s].</param>
    /// <param name="tolerance">Relative tolerance of the time integration.</param>
    internal static SettledStates Of(DirectPulses pulses, double low, double high, double? given, double duration, double tolerance)
    {
        return Make(pulses, low, high, given, null, (first, look) => pulses.Settle(
            first.Length, duration, tolerance, (d, i) => pulses.Content.Spread(d, first[i], given), look));
    }

    /// <summary>True when a train comes to its own states in a few pulses.</summary>
    internal static bool IsSoonItsOwn(double relaxation, MapSettings settings) => PulsesToOwn(relaxation, settings) <= MostPulses;

    private static double PulsesToOwn(double relaxation, MapSettings settings) =>
        Math.Ceiling(Math.Log(0.1 * settings.LargestMemory) / Math.Log(Math.Min(relaxation, 1 - 1e-9)));

    /// <summary>Lets trains of equal pulses go on until their states are functions of the content
    /// alone, whatever a rest leaves behind.</summary>
    /// <param name="pulses">Computes them.</param>
    /// <param name="settled">Settled states, from which the trains start.</param>
    /// <param name="family">The pulse.</param>
    /// <param name="relaxation">By how much what is remembered falls in a rest.</param>
    /// <param name="step">Change of content over N_0 by a pulse, in the mean.</param>
    /// <param name="given">What the gate has given.</param>
    /// <param name="settings">Tolerances.</param>
    internal static SettledStates OfTrain(
        DirectPulses pulses, SettledStates settled, PulseFamily family, double relaxation, double step, double? given, MapSettings settings)
    {
        int count = Math.Clamp((int)PulsesToOwn(relaxation, settings), 2, MostPulses);
        double inset = Margin / 2;
        return Make(pulses, settled.Low + inset, settled.High - inset, given, (family, count * step), (first, look) => pulses.Train(
            first.Length, family, count, settings.Integration, Place(first), look), count > FewPulses);
        Action<DeviceSimulation, int> Place(double[] first) => (d, i) =>
        {
            if (first[i] >= settled.Low && first[i] <= settled.High)
                settled.Place(d.State, first[i], given);
            else
                pulses.Content.Spread(d, first[i], given);
        };
    }

    private static SettledStates Make(
        DirectPulses pulses, double low, double high, double? given, (PulseFamily Pulse, double Change)? train,
        Action<double[], Action<DeviceSimulation, int>> settle, bool isDear = false)
    {
        int count = high - low > Narrow && !isDear ? WideNodes : NarrowNodes;
        double[] nodes = ChebyshevSeries.Nodes(low, high, count), ends = [.. nodes];
        double[] first = [.. nodes.Select(u => Math.Log(Math.Max(LeastContent, Math.Exp(u) - (train?.Change ?? 0))))];
        var states = new Scalar[count][];
        var readings = new double[count][];
        UnknownLayout? layout = null;
        // Where content changes while a device settles, by a leak or by pulses: start where it comes to the node.
        for (int round = 0; round < (isDear ? 2 : 4); round++)
        {
            double worst = 0;
            settle(first, (d, i) =>
            {
                var now = new DeviceReadings(d);
                layout = d.Layout;
                ends[i] = pulses.Content.Of(now.Inventory, d);
                worst = Math.Max(worst, Math.Abs(ends[i] - nodes[i]));
                first[i] = Math.Log(Math.Max(LeastContent, Math.Exp(first[i]) - Math.Exp(ends[i]) + Math.Exp(nodes[i])));
                states[i] = [.. d.State];
                Inventory stores = now.Inventory;
                readings[i] = [now.Readout.Conductance, now.MeanCoverage, d.GateVoltage, stores.Composition, stores.Channel,
                    stores.Electrolyte + stores.Coverage + stores.Channel];
            });
            if (worst < (train is null ? 1e-11 : 1e-6))
                break;
        }
        var toNodes = new NodeShift(low, high, nodes, ends);
        int size = states[0].Length;
        var coefficients = new double[count][];
        for (int k = 0; k < count; k++)
            coefficients[k] = new double[size];
        var values = new double[count];
        var scales = new double[size];
        for (int x = 0; x < size; x++)
        {
            for (int i = 0; i < count; i++)
            {
                values[i] = states[i][x];
                scales[x] = Math.Max(scales[x], Math.Abs(values[i]));
            }
            ReadOnlySpan<double> c = ChebyshevSeries.Through(low, high, toNodes.Of(values)).Coefficients;
            for (int k = 0; k < count; k++)
                coefficients[k][x] = c[k];
        }
        ContentFunction[] functions =
        [
            .. Enumerable.Range(0, FunctionCount)
                .Select(r => ContentFunction.Through(low, high, toNodes.Of([.. readings.Select(x => x[r])]))),
        ];
        return new(layout!, low, high, coefficients, scales, given ?? double.NaN, train?.Pulse, functions);
    }

    /// <summary>States that are sums of others of the same interval, with weights that sum to 1.</summary>
    internal static SettledStates Sum(double[] weights, SettledStates[] terms)
    {
        (double low, double high, SettledStates first) = (terms[0].Low, terms[0].High, terms[0]);
        double Of(Func<SettledStates, double> value) => weights.Zip(terms, (w, s) => w * value(s)).Sum();
        int count = terms.Max(s => s._coefficients.Length), size = first._scales.Length;
        double[] nodes = ChebyshevSeries.Nodes(low, high, count);
        return new(first._layout, low, high,
            [.. Enumerable.Range(0, count).Select(k => Enumerable.Range(0, size)
                .Select(x => Of(s => k < s._coefficients.Length ? s._coefficients[k][x] : 0)).ToArray())],
            [.. Enumerable.Range(0, size).Select(x => terms.Max(s => s._scales[x]))], first._given, first.Train,
            [.. Enumerable.Range(0, FunctionCount).Select(
                f => ContentFunction.Through(low, high, [.. nodes.Select(u => Of(s => s._functions[f].At(u)))]))]);
    }

    /// <summary>Writes them into an archive.</summary>
    internal void Save(MapArchive archive, string name)
    {
        archive.Doubles[name] = [Low, High, _given, Train is null ? 0 : 1];
        archive.Doubles[$"{name} coefficients"] = [.. _coefficients.SelectMany(c => c)];
        archive.Doubles[$"{name} scales"] = _scales;
        foreach ((int i, ContentFunction function) in _functions.Index())
            archive.Doubles[$"{name} function {i}"] = [function.IsPerContent ? 1 : 0, .. function.Series.Coefficients];
    }

    /// <summary>Reads them from an archive.</summary>
    internal static SettledStates Load(MapArchive archive, string name, DeviceSimulation device, PulseFamily family)
    {
        double[] range = archive.Doubles[name];
        double[][] coefficients = [.. archive.Doubles[$"{name} coefficients"].Chunk(device.State.Length)];
        if (coefficients[^1].Length != device.State.Length)
            throw new InvalidDataException("the states are of a device with other unknowns");
        ContentFunction[] functions =
        [
            .. Enumerable.Range(0, FunctionCount).Select(i => archive.Doubles[$"{name} function {i}"])
                .Select(numbers => new ContentFunction(new(range[0], range[1], numbers[1..]), numbers[0] != 0)),
        ];
        return new(
            device.Layout, range[0], range[1], coefficients, archive.Doubles[$"{name} scales"], range[2], range[3] != 0 ? family : null,
            functions);
    }

    /// <summary>Puts a device into the settled state of a content.</summary>
    /// <param name="state">Takes the state.</param>
    /// <param name="u">Content.</param>
    /// <param name="given">What the gate has given; null as at the nodes.</param>
    public void Place(Scalar[] state, double u, double? given = null)
    {
        double t = (2 * u - Low - High) / (High - Low), before = 1, now = t;
        int count = _coefficients.Length;
        Span<double> weights = stackalloc double[count];
        (weights[0], weights[1]) = (1, t);
        for (int k = 2; k < count; k++)
        {
            (before, now) = (now, 2 * t * now - before);
            weights[k] = now;
        }
        Array.Clear(state);
        Span<double> values = MemoryMarshal.Cast<Scalar, double>(state.AsSpan(0, Math.Min(state.Length, _coefficients[0].Length)));
        Span<Vector512<double>> whole = MemoryMarshal.Cast<double, Vector512<double>>(values);
        for (int k = count - 1; k >= 0; k--)
        {
            ReadOnlySpan<double> own = _coefficients[k].AsSpan(0, values.Length);
            for (int x = 0; x < whole.Length; x++)
                whole[x] += weights[k] * Vector512.LoadUnsafe(in own[x * Vector512<double>.Count]);
            for (int x = whole.Length * Vector512<double>.Count; x < values.Length; x++)
                values[x] += weights[k] * own[x];
        }
        if (given is { } atoms)
            state[_layout.GateHydrogen] = new(_layout.NothingGiven + atoms);
        else if (double.IsFinite(_given))
            state[_layout.GateHydrogen] = new(_layout.NothingGiven + _given);
    }

    /// <summary>How far a state is from the settled one of its content: largest difference of any unknown
    /// but the given hydrogen, over its scale.</summary>
    public double Distance(Scalar[] state, double u)
    {
        if (!(u >= Low && u <= High))
            return double.PositiveInfinity;
        Scalar[] settled = At(u);
        double worst = 0;
        for (int x = 0; x < state.Length; x++)
            if (x != _layout.GateHydrogen && x != _layout.GateCharge && state[x].Value != settled[x].Value)
                worst = Math.Max(worst, Math.Abs(state[x] - settled[x]) / Scale(x, settled));
        return worst;
    }

    /// <summary>The settled state of a content.</summary>
    internal Scalar[] At(double u)
    {
        var state = new Scalar[_coefficients[0].Length];
        Place(state, u);
        return state;
    }

    /// <summary>What differences of unknowns from a settled state are multiplied by in <see cref="Distance"/>.</summary>
    internal double[] Weights(Scalar[] settled) =>
        [.. settled.Select((_, x) => x == _layout.GateHydrogen || x == _layout.GateCharge ? 0 : 1 / Scale(x, settled))];

    /// <summary>Number of the unknown that is what the gate has given.</summary>
    internal int GateHydrogen => _layout.GateHydrogen;

    /// <summary>What a difference of an unknown is measured by: itself, but for potentials, which are measured by 1 V.</summary>
    private double Scale(int x, Scalar[] settled)
    {
        bool isPotential = x == _layout.GateVoltage || (x >= _layout.Potential && x < _layout.Potential + _layout.PsgNodes.Length);
        return isPotential ? 1 : Math.Max(Math.Abs(settled[x]), 1e-6 * _scales[x]);
    }
}
