using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Maps;

/// <summary>Maps of a device's pulses: what a pulse does as a function of the content before it, in pieces that are built when they are asked for.</summary>
public sealed class PulseMap
{
    // Pieces of content u on the plateau of the reservoir; where its activity follows what it has given, pieces are short and begin at the corner.
    private static readonly double[] s_wide = [-4.3, -2.3, -0.3, 3.2, 5.2, 7.2];
    private const double Narrow = 0.5, MostNarrow = 4;

    private readonly MapSettings _settings;
    private readonly DirectPulses _pulses;
    private readonly ReservoirBranches _branches;
    private readonly Dictionary<(ReservoirBranch, double, double, double), SettledStates> _settled = [];
    private readonly Dictionary<(ReservoirBranch Branch, int Interval, int Family), MapPiece?> _pieces = [];
    private readonly List<string> _refusals = [];

    /// <summary>Maps of devices like one.</summary>
    /// <param name="device">The device.</param>
    /// <param name="families">Pulses that are to be mapped.</param>
    /// <param name="settings">How.</param>
    public PulseMap(DeviceSimulation device, IReadOnlyList<PulseFamily> families, MapSettings settings)
    {
        (Families, _settings) = (families, settings);
        _pulses = new(device);
        _branches = new(device.Device, device.Layout);
        if (Obstacle(device.Device, device.Mesh.Dimension > 1) is { } obstacle)
            _refusals.Add(obstacle);
    }

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
        if (family < 0 || _refusals.Count > 0)
            return null;
        if (_branches.Within(given, given) is not { } branch || Interval(branch, u) is not { } interval)
            return null;
        (ReservoirBranch, int, int) key = (branch, interval.Index, family);
        if (!_pieces.TryGetValue(key, out MapPiece? piece))
        {
            if (toCome < _settings.Worthwhile)
                return null;
            _pieces[key] = piece = Build(branch, interval.Low, interval.High, Families[family]);
        }
        return piece is not null && _branches.Within(given + piece.LeastGiven, given + piece.MostGiven) == branch ? piece : null;
    }

    /// <summary>Number of the family of a pulse, or -1.</summary>
    public int FamilyOf(double amplitude, double width, double edge, double? hold, double rest)
    {
        for (int i = 0; i < Families.Count; i++)
            if (Families[i] is var f && f.Edge == edge && f.Hold == hold && f.Rest == rest && f.Has(amplitude, width))
                return i;
        return -1;
    }

    /// <summary>What has been built, for <see cref="Build(long[])"/>: part of the isotherm, interval and family of each piece.</summary>
    public long[] Built => [.. _pieces.Keys.SelectMany(k => new long[] { (long)k.Branch, k.Interval, k.Family })];

    /// <summary>Builds pieces again that another map had: building them gives the same bits.</summary>
    public void Build(long[] built)
    {
        for (int i = 0; i + 2 < built.Length; i += 3)
        {
            var branch = (ReservoirBranch)built[i];
            (double low, double high) = Interval(branch, (int)built[i + 1]);
            _pieces[(branch, (int)built[i + 1], (int)built[i + 2])] = Build(branch, low, high, Families[(int)built[i + 2]]);
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

    private MapPiece? Build(ReservoirBranch branch, double low, double high, PulseFamily family)
    {
        if (branch == ReservoirBranch.Below)
            return null;
        double? given = _branches.Middle(branch);
        double settle = Math.Max(family.Rest, 1);
        if (!_settled.TryGetValue((branch, low, high, settle), out SettledStates? settled))
        {
            double top = given is null ? high : high + SettledStates.Margin;
            settled = SettledStates.Of(_pulses, low - SettledStates.Margin, top, given, settle, _settings.Integration);
            _settled[(branch, low, high, settle)] = settled;
        }
        var builder = new PieceBuilder(_pulses, _settings, family, settled, low, high);
        MapPiece? piece = builder.Build(branch);
        if (builder.Refusal is { } refusal)
            _refusals.Add(refusal);
        return piece;
    }
}
