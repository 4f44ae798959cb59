using System.Globalization;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Maps;

/// <summary>Maps of a device's pulses at a few ambient temperatures, which together make its map at any temperature between them.</summary>
/// <remarks>
/// Rates go with exp(-E/kT): ln |change of content|, states and responses are smooth functions of 1/T, and are interpolated over it at
/// Leja points. A map is linear in its coefficients, so that of a temperature is the sum of those at the nodes, each times its weight of
/// Lagrange, before a run starts: no pulse takes longer. What that leaves out is found as along the content: at every node the map has
/// been off from the one without that node by a surplus, and the surpluses to come are counted on to fall as those before, by a half at
/// most.
/// </remarks>
public sealed class TemperatureMaps
{
    // From some number on, the surpluses do not fall any more: they are what the maps at the nodes leave out themselves.
    private const int FewestNodes = 4, MostNodes = 10;

    // Surpluses to come of which the bound is made.
    private const int ToCome = 3;

    // Largest share of a step that temperatures may leave out: what a state may remember before pulses are computed.
    private const double MostLeft = 1e-5;

    // Contents of a piece at which conductances are compared, and temperatures at which the largest bound is looked for.
    private const int Contents = 32, Temperatures = 64;

    private readonly List<((ReservoirBranch Branch, int Interval, int Family) Key, Nodes Nodes)> _pieces = [];
    private readonly List<string> _refusals = [];

    /// <summary>Maps at temperatures that are there.</summary>
    /// <param name="low">Lowest temperature [K].</param>
    /// <param name="high">Highest temperature [K].</param>
    /// <param name="maps">Those at the first nodes.</param>
    public TemperatureMaps(double low, double high, IReadOnlyList<PulseMap> maps)
    {
        (Low, High, Maps) = (low, high, maps);
        foreach ((ReservoirBranch Branch, int Interval, int Family) key in Keys(maps))
        {
            MapPiece?[] pieces = [.. maps.Select(m => m.Built.FirstOrDefault(b => b.Key == key).Piece)];
            string? obstacle = Obstacle(pieces);
            Nodes? nodes = obstacle is null ? new(pieces!) : null;
            obstacle ??= nodes!.Obstacle;
            if (obstacle is null)
                _pieces.Add((key, nodes!));
            else
                _refusals.Add($"{Words(pieces.First(p => p is not null)!)}: {obstacle}; runs build what they need of it");
        }
    }

    /// <summary>Lowest temperature [K].</summary>
    public double Low { get; }

    /// <summary>Highest temperature [K].</summary>
    public double High { get; }

    /// <summary>The maps at the nodes.</summary>
    public IReadOnlyList<PulseMap> Maps { get; }

    /// <summary>Each piece as it is at the first node, the pulses that it is built from at all of them, and the largest bound on a step at
    /// any temperature, relative to it.</summary>
    public IEnumerable<(MapPiece Piece, int Pulses, double Within)> Pieces => _pieces.Select(p => (
        p.Nodes.Pieces[0], p.Nodes.Pieces.Sum(n => n.Pulses),
        ChebyshevSeries.Nodes(-1, 1, Temperatures).Max(t => p.Nodes.Errors(t).Total)));

    /// <summary>Why some pieces are not interpolated, in words.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>Builds maps at as many temperatures as their tolerance asks for.</summary>
    /// <param name="low">Lowest temperature [K].</param>
    /// <param name="high">Highest temperature [K].</param>
    /// <param name="mapAt">Makes the map of a temperature [K].</param>
    public static TemperatureMaps Build(double low, double high, Func<double, PulseMap> mapAt)
    {
        List<PulseMap> maps = [];
        while (true)
        {
            maps.Add(mapAt(TemperatureOf(maps.Count, low, high)));
            if (maps.Count < FewestNodes)
                continue;
            // At each temperature a protocol takes the content elsewhere.
            foreach ((ReservoirBranch, int, int) key in Keys(maps))
                foreach (PulseMap map in maps)
                    map.Complete(key);
            var all = new TemperatureMaps(low, high, maps);
            if (maps.Count == MostNodes || all._pieces.All(p => p.Nodes.Largest <= maps[0].Settings.Tolerance))
                return all;
        }
    }

    /// <summary>The map at the temperature of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="settings">How pieces that are not there are built.</param>
    public PulseMap At(DeviceSimulation device, MapSettings settings)
    {
        var map = new PulseMap(device, Maps[0].Families, settings);
        double t = Place(device.Device.Heat.AmbientTemperature);
        double[] weights = Weights(Maps.Count, t);
        // Pieces of both directions share their states.
        Dictionary<SettledStates, SettledStates> settled = [];
        foreach ((var key, Nodes nodes) in _pieces)
        {
            MapPiece[] pieces = nodes.Pieces;
            if (!settled.TryGetValue(pieces[0].Settled, out SettledStates? states))
                settled[pieces[0].Settled] = states = SettledStates.Sum(weights, [.. pieces.Select(p => p.Settled)]);
            map.Add(key.Branch, key.Interval, key.Family, new()
            {
                Family = pieces[0].Family,
                Branch = pieces[0].Branch,
                Low = pieces[0].Low,
                High = pieces[0].High,
                Sign = pieces[0].Sign,
                Settled = states,
                Step = SparsePolynomial.Sum(weights, pieces.Select(p => p.Step)),
                Responses = [.. pieces[0].Responses.Select((response, r) => response with
                {
                    Polynomial = SparsePolynomial.Sum(weights, pieces.Select(p => p.Responses[r].Polynomial)),
                })],
                LeastGiven = pieces.Min(p => p.LeastGiven),
                MostGiven = pieces.Max(p => p.MostGiven),
                Sensitivity = pieces.Max(p => p.Sensitivity),
                Pulses = pieces.Sum(p => p.Pulses),
                Errors = nodes.Errors(t),
                Remainder = InterpolationRemainder.Sum(
                    [.. weights.Select(Math.Abs)], [.. pieces.Select(p => p.Remainder)], Left(Maps.Count, t) * nodes.Steps),
            });
        }
        return map;
    }

    private double Place(double temperature) => (2 / temperature - 1 / Low - 1 / High) / (1 / High - 1 / Low);

    /// <summary>Temperature of a node [K].</summary>
    private static double TemperatureOf(int node, double low, double high)
    {
        double t = LejaNodes.All[node];
        return t == 1 ? high : t == -1 ? low : 2 / ((1 + t) / high + (1 - t) / low);
    }

    private static (ReservoirBranch Branch, int Interval, int Family)[] Keys(IEnumerable<PulseMap> maps) =>
        [.. maps.SelectMany(m => m.Built).Select(b => b.Key).Distinct()];

    private static string Words(MapPiece piece) => string.Create(CultureInfo.InvariantCulture,
        $"{piece.Family}, content {Math.Exp(piece.Low):g3} to {Math.Exp(piece.High):g3} of that at rest, reservoir {piece.Branch}");

    /// <summary>Why a piece cannot be interpolated over temperature, in words; null when it can.</summary>
    private static string? Obstacle(MapPiece?[] pieces) =>
        pieces.Any(p => p is null) ? "at some temperatures of the range its pulses have no map"
        : pieces.Any(p => p!.Modes is not null) ? "modes of what a rest leaves differ from temperature to temperature"
        : pieces.Any(p => !IsLike(p!, pieces[0]!)) ? "its maps at the temperatures of the range differ in kind"
        : null;

    private static bool IsLike(MapPiece a, MapPiece b) =>
        a.Sign == b.Sign && a.Low == b.Low && a.High == b.High && a.Settled.Train is null == b.Settled.Train is null
        && a.Responses.Select(r => r.Form).SequenceEqual(b.Responses.Select(r => r.Form));

    /// <summary>Weights of the first nodes in the interpolant at a place.</summary>
    private static double[] Weights(int count, double t)
    {
        IReadOnlyList<double> nodes = LejaNodes.All;
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Where(j => j != i)
            .Aggregate(1.0, (product, j) => product * (t - nodes[j]) / (nodes[i] - nodes[j])))];
    }

    /// <summary>Sum of |h_k| of the next terms at a place: 0 at a node.</summary>
    private static double Left(int count, double t) => Enumerable.Range(count, ToCome)
        .Sum(k => Math.Abs(SparsePolynomial.Product([k], [t])));

    /// <summary>A piece at the nodes, and what its interpolant leaves out.</summary>
    private sealed class Nodes
    {
        public Nodes(MapPiece[] pieces)
        {
            Pieces = pieces;
            double[] nodes = ChebyshevSeries.Nodes(pieces[0].Low, pieces[0].High, Contents);
            double[] steps = [.. nodes.Select(u => pieces.Min(p => LeastStep(p, u)))];
            Steps = Next(k => SparsePolynomial.Sum(Surplus(k), Pieces.Take(k + 1).Select(p => p.Step)).Magnitude);
            Readings = Next(k => nodes.Zip(steps, (u, step) => Math.Abs(
                Surplus(k).Zip(Pieces, (w, p) => w * p.Settled.Conductance.At(u)).Sum()) / step).Max());
        }

        public MapPiece[] Pieces { get; }

        /// <summary>The surplus of ln |step| that the next node would have.</summary>
        public double Steps { get; }

        /// <summary>That of the conductance, over its smallest step.</summary>
        public double Readings { get; }

        /// <summary>The larger of both.</summary>
        public double Largest => Math.Max(Steps, Readings);

        /// <summary>Why the interpolant is not used, in words; null when it is.</summary>
        public string? Obstacle => Pieces.Length >= MostNodes && Left > MostLeft
            ? string.Create(CultureInfo.InvariantCulture, $"{Pieces.Length} temperatures leave {Left:g2} of a step") : null;

        // Bound on what the temperatures leave out, wherever a temperature is.
        private double Left => ToCome * (Steps + 2 * Readings);

        /// <summary>By how much steps may be off at a place.</summary>
        public MapErrors Errors(double t)
        {
            double[] weights = Weights(Pieces.Length, t);
            double Sum(Func<MapErrors, double> term) => weights.Zip(Pieces, (w, p) => Math.Abs(w) * term(p.Errors)).Sum();
            double left = TemperatureMaps.Left(Pieces.Length, t);
            // A step is the difference of two conductances.
            return new(Sum(e => e.Interpolation) + left * Steps, Sum(e => e.Tolerance), Sum(e => e.Reference), Sum(e => e.Memory),
                Sum(e => e.Reading) + 2 * left * Readings);
        }

        /// <summary>What makes of values at nodes by how much the last is off from the interpolant of those before.</summary>
        private static double[] Surplus(int k) => [.. Weights(k, LejaNodes.All[k]).Select(w => -w), 1];

        private double Next(Func<int, double> surplus) => Pieces.Length < FewestNodes ? double.PositiveInfinity
            : PieceBuilder.Next(surplus(Pieces.Length - 2), surplus(Pieces.Length - 1), PieceBuilder.LeastAlong);

        /// <summary>The smallest step of the conductance from a content by a pulse of the piece [S].</summary>
        private static double LeastStep(MapPiece piece, double u)
        {
            PulseFamily f = piece.Family;
            double least = new[] { f.LeastAmplitude, f.MostAmplitude }.Min(a => Math.Abs(piece.StepAt(u, a, f.LeastWidth)));
            return least * Math.Exp(-u) * piece.Settled.Conductance.At(u);
        }
    }
}
