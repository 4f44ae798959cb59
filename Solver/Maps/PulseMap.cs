using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Maps;

/// <summary>Maps of a device's pulses: what a pulse does as a function of the content before it, in pieces
/// that are built when they are asked for.</summary>
public sealed class PulseMap
{
    // Pieces of content u on the plateau of the reservoir; where its activity follows what it has
    // given, pieces are short and begin at the corner.
    private static readonly double[] s_wide = [-4.3, -2.3, -0.3, 3.5, 5.4, 7.2];
    private const double Narrow = 0.5, MostNarrow = 4;

    private readonly DirectPulses _pulses;
    private readonly ReservoirBranches _branches;
    private readonly Dictionary<(ReservoirBranch, double, double, double), SettledStates> _settled = [];
    private readonly Dictionary<SettledStates, List<(PulseFamily Like, MemoryModes Modes)>> _modes = [];
    private readonly Dictionary<(ReservoirBranch Branch, int Interval, int Family), MapPiece?> _pieces = [];
    private readonly List<string> _refusals = [];
    private readonly bool _hasObstacle;

    /// <summary>Maps of devices like one.</summary>
    /// <param name="device">The device.</param>
    /// <param name="families">Pulses that are to be mapped.</param>
    /// <param name="settings">How.</param>
    public PulseMap(DeviceSimulation device, IReadOnlyList<PulseFamily> families, MapSettings settings)
    {
        (Families, Settings) = (families, settings);
        _pulses = new(device);
        _branches = new(device.Device, device.Layout);
        if (Obstacle(device.Device, device.Mesh.Dimension > 1) is { } obstacle)
        {
            _hasObstacle = true;
            _refusals.Add(obstacle);
        }
    }

    /// <summary>Maps of the pulses of a protocol.</summary>
    /// <param name="device">The device.</param>
    /// <param name="steps">The protocol.</param>
    /// <param name="settings">How.</param>
    public static PulseMap Of(DeviceSimulation device, IReadOnlyList<ProtocolStep> steps, MapSettings settings) =>
        new(device, PulseFamily.Of(steps, device.Device.Gate.RestVoltage, device.Device.Gate.EdgeTime), settings);

    /// <summary>Why a device has no maps, in words; null when it may have them.</summary>
    public static string? Obstacle(Device device, bool isCrossSection)
    {
        if (isCrossSection)
            return "in a cross-section hydrogen spreads along the channel more slowly than a rest lasts";
        if (device.Wo3.SpaceCharge)
            return "the states of a map have a neutral film, and WO3 has space charge";
        return device.Psg.TrapDensity > 0 ? "what traps hold before a pulse is no function of the content" : null;
    }

    /// <summary>Pulses that are mapped.</summary>
    public IReadOnlyList<PulseFamily> Families { get; }

    /// <summary>How pieces are built.</summary>
    public MapSettings Settings { get; }

    /// <summary>Ends the building of a piece.</summary>
    public CancellationToken Cancel
    {
        get => _pulses.Cancel;
        set => _pulses.Cancel = value;
    }

    /// <summary>Pieces that there are.</summary>
    public IEnumerable<MapPiece> Pieces => _pieces.Values.OfType<MapPiece>();

    /// <summary>Why pulses are computed directly, in words.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>Pulses computed to build the maps.</summary>
    public int DirectPulses => _pulses.Count;

    /// <summary>Rests by which devices came to their settled states.</summary>
    public int Settlings => _pulses.Settlings;

    /// <summary>The slow coordinate.</summary>
    public SlowContent Content => _pulses.Content;

    /// <summary>Parts of the reservoir's isotherm.</summary>
    public ReservoirBranches Branches => _branches;

    /// <summary>The piece that a pulse from a state falls on; null where it has to be computed directly.</summary>
    /// <param name="family">Number of its family, see <see cref="FamilyOf"/>.</param>
    /// <param name="u">Content before.</param>
    /// <param name="given">Hydrogen that the gate has given before.</param>
    /// <param name="toCome">Pulses to come, for which a piece that is not there yet may pay.</param>
    public MapPiece? Find(int family, double u, double given, double toCome)
    {
        if (family < 0 || _hasObstacle)
            return null;
        if (_branches.Within(given, given) is not { } branch || Interval(branch, u) is not { } interval)
            return null;
        (ReservoirBranch, int, int) key = (branch, interval.Index, family);
        if (!_pieces.TryGetValue(key, out MapPiece? piece))
        {
            if (toCome < Settings.Worthwhile)
                return null;
            piece = Complete(key);
        }
        return piece is not null && _branches.Within(given + piece.LeastGiven, given + piece.MostGiven) == branch ? piece : null;
    }

    /// <summary>Computes a pulse that was mapped, and refines its piece when it was off by more than its bound.</summary>
    /// <returns>True when the bound held.</returns>
    internal bool Audit(MapPiece piece, SlowState before, double[] modes, double amplitude, double width)
    {
        Span<double> point = stackalloc double[piece.Dimensions];
        piece.Place(before.U, amplitude, width, modes, point);
        double off = Math.Abs(piece.StepAt(point) / Compute(piece, before.U, before.Given, amplitude, width, modes).Step - 1);
        Audits++;
        if (off <= piece.Errors.Total)
            return true;
        Exceeded++;
        foreach ((ReservoirBranch, int, int) key in _pieces.Where(p => ReferenceEquals(p.Value, piece)).Select(p => p.Key).ToList())
            _pieces[key] = piece.Builder?.Refine(piece, off);
        return false;
    }

    /// <summary>A pulse computed from the settled state of a content, as accurately as those that the map is built from.</summary>
    /// <param name="piece">The piece that the state and the pulse are of.</param>
    /// <param name="u">Content before.</param>
    /// <param name="given">Hydrogen that the gate has given before; null for that of the piece's own states.</param>
    /// <param name="amplitude">Amplitude [V].</param>
    /// <param name="width">Width [s].</param>
    /// <param name="modes">Amplitudes of its modes, where it has such.</param>
    public PulseSample Compute(MapPiece piece, double u, double? given, double amplitude, double width, double[]? modes = null) =>
        _pulses.Run(piece.Family, [new(d => piece.Place(d.State, u, modes, given), amplitude, width)], Settings.Integration, null)[0];

    /// <summary>Pulses that were computed to see whether mapped ones are within their bounds.</summary>
    public int Audits { get; private set; }

    /// <summary>Those that were not, after which a piece was refined.</summary>
    public int Exceeded { get; private set; }

    /// <summary>Number of the family of a pulse, or -1.</summary>
    public int FamilyOf(double amplitude, double width, double edge, double? hold, double rest)
    {
        for (int i = 0; i < Families.Count; i++)
            if (Families[i] is var f && f.Edge == edge && f.Hold == hold && f.Rest == rest && f.Has(amplitude, width))
                return i;
        return -1;
    }

    /// <summary>The pieces, each with its part of the isotherm, interval and family.</summary>
    public IEnumerable<((ReservoirBranch Branch, int Interval, int Family) Key, MapPiece Piece)> Built =>
        _pieces.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!));

    /// <summary>Adds a piece that was kept in a file.</summary>
    internal void Add(ReservoirBranch branch, int interval, int family, MapPiece piece) => _pieces[(branch, interval, family)] = piece;

    /// <summary>The piece of a part of the isotherm, an interval and a family, which is built where it is not there yet.</summary>
    internal MapPiece? Complete((ReservoirBranch Branch, int Interval, int Family) key)
    {
        if (_pieces.TryGetValue(key, out MapPiece? piece))
            return piece;
        (double low, double high) = Interval(key.Branch, key.Interval);
        return _pieces[key] = BuildOrRefuse(key.Branch, low, high, Families[key.Family]);
    }

    /// <summary>What has been built, for <see cref="Rebuild"/>: part of the isotherm, interval and family
    /// of each piece, and its refinements.</summary>
    public long[] Recipe =>
    [
        .. _pieces.SelectMany(p => (long[])
        [
            (long)p.Key.Branch, p.Key.Interval, p.Key.Family, p.Value?.Excesses.Count ?? 0,
            .. p.Value?.Excesses.Select(BitConverter.DoubleToInt64Bits) ?? [],
        ]),
    ];

    /// <summary>Builds pieces again that another map had: building them gives the same bits.</summary>
    /// <param name="built">What it had, see <see cref="Recipe"/>.</param>
    public void Rebuild(long[] built)
    {
        for (int i = 0; i < built.Length; i += 4 + (int)built[i + 3])
        {
            (ReservoirBranch, int, int) key = ((ReservoirBranch)built[i], (int)built[i + 1], (int)built[i + 2]);
            if (_pieces.ContainsKey(key))
                continue;
            MapPiece? piece = Complete(key);
            for (int k = 0; k < built[i + 3]; k++)
                piece = piece!.Builder!.Refine(piece, BitConverter.Int64BitsToDouble(built[i + 4 + k]));
            _pieces[key] = piece;
        }
    }

    private (int Index, double Low, double High)? Interval(ReservoirBranch branch, double u)
    {
        int i = branch == ReservoirBranch.Above ? (int)Math.Floor((Corner - u) / Narrow) : Array.FindLastIndex(s_wide, x => x <= u);
        if (i < 0 || (branch == ReservoirBranch.Above ? i * Narrow >= MostNarrow : i == s_wide.Length - 1))
            return null;
        (double low, double high) = Interval(branch, i);
        return (i, low, high);
    }

    private (double Low, double High) Interval(ReservoirBranch branch, int i) =>
        branch == ReservoirBranch.Above ? (Corner - (i + 1) * Narrow, Corner - i * Narrow) : (s_wide[i], s_wide[i + 1]);

    private double Corner => Math.Log(1 + _branches.UpperCorner / Content.Atoms);

    private MapPiece? BuildOrRefuse(ReservoirBranch branch, double low, double high, PulseFamily family)
    {
        try
        {
            return Build(branch, low, high, family);
        }
        catch (NumericalException e)
        {
            _refusals.Add($"a pulse within the range of a map cannot be computed: {e.Message}");
            return null;
        }
    }

    private MapPiece? Build(ReservoirBranch branch, double low, double high, PulseFamily family)
    {
        if (branch == ReservoirBranch.Below)
            return null;
        double? given = _branches.Middle(branch);
        double settle = Math.Max(family.Rest, 1);
        if (!_settled.TryGetValue((branch, low, high, settle), out SettledStates? settled))
        {
            double top = given is null ? high : high + SettledStates.Margin;
            settled = SettledStates.Of(_pulses, low - SettledStates.Margin, top, given, settle, Settings.Integration);
            _settled[(branch, low, high, settle)] = settled;
        }
        var builder = new PieceBuilder(_pulses, Settings, family, settled, low, high);
        MapPiece? piece = builder.Build(branch);
        if (builder.Remembers && family.Variables == 0 && given is not null && SettledStates.IsSoonItsOwn(builder.Relaxation, Settings))
        {
            // What a state remembers is the same all along a train of equal pulses.
            settled = SettledStates.OfTrain(_pulses, settled, family, builder.Relaxation, builder.MeanStep, given, Settings);
            builder = new(_pulses, Settings, family, settled, low, high) { Steepness = builder.Sensitivity };
            piece = builder.Build(branch);
        }
        else if (builder.Remembers && given is not null)
        {
            builder = new(_pulses, Settings, family, settled, low, high, ModesOf(settled, family)) { Steepness = builder.Sensitivity };
            piece = builder.Build(branch);
        }
        if (builder.Refusal is { } refusal)
            _refusals.Add(refusal);
        return piece;
    }

    /// <summary>What states remember after the rest of a family, from all pulses with such rests.</summary>
    private MemoryModes ModesOf(SettledStates settled, PulseFamily family)
    {
        if (!_modes.TryGetValue(settled, out List<(PulseFamily Like, MemoryModes Modes)>? all))
            _modes[settled] = all = [];
        bool IsLike(PulseFamily f) => f.Rest == family.Rest && f.Hold == family.Hold && f.Edge == family.Edge;
        if (all.FirstOrDefault(m => IsLike(m.Like)).Modes is { } known)
            return known;
        MemoryModes modes = new ModeBuilder(_pulses, settled, [.. Families.Where(IsLike)], Settings).Build();
        all.Add((family, modes));
        return modes;
    }
}
