using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Maps;

/// <summary>Contents along pulses that differ, one after the other; what depends on the pulses alone goes eight at a time.</summary>
internal sealed class ContentWalk
{
    /// <summary>Most pulses of a walk.</summary>
    public const int Block = 64;

    private static readonly int s_lanes = Vector512<double>.Count;

    private readonly PulseMap _map;
    private readonly (PulseFamily Family, int Number)[] _families;
    private readonly Vector512<double>[] _coefficients;
    private readonly int[] _places = new int[Block];

    /// <summary>Walks with the edges, hold and rest of a train.</summary>
    public ContentWalk(PulseMap map, double edge, double? hold, double rest)
    {
        _map = map;
        _families =
        [
            .. map.Families.Select((f, i) => (Family: f, Number: i))
                .Where(f => f.Family.Edge == edge && f.Family.Hold == hold && f.Family.Rest == rest),
        ];
        // A group of each direction may be short.
        _coefficients = new Vector512<double>[(Block / s_lanes + 1) * (LejaNodes.Count + s_lanes)];
    }

    /// <summary>u before the first pulse and after each.</summary>
    public double[] U { get; } = new double[Block + 1];

    /// <summary>Content e^u then.</summary>
    public double[] Content { get; } = new double[Block + 1];

    /// <summary>The piece of each pulse.</summary>
    public MapPiece[] Pieces { get; } = new MapPiece[Block];

    /// <summary>Piece of the pulses up; null where there were none.</summary>
    public MapPiece? Up { get; private set; }

    /// <summary>Piece of the pulses down.</summary>
    public MapPiece? Down { get; private set; }

    /// <summary>Follows pulses as far as they stay on one piece of each direction.</summary>
    /// <param name="state">State before.</param>
    /// <param name="amplitudes">Amplitude of each [V], at most <see cref="Block"/>.</param>
    /// <param name="widths">Width of each [s]; one for all where there is one.</param>
    /// <param name="toCome">Pulses to come, for which a piece that is not there yet may pay.</param>
    /// <returns>Pulses that were followed; what the gate has given in them is for the caller to look at.</returns>
    public int Run(SlowState state, ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> widths, double toCome)
    {
        (Up, Down) = (null, null);
        int count = 0;
        for (; count < amplitudes.Length; count++)
        {
            if (PieceOf(amplitudes[count], widths[widths.Length > 1 ? count : 0], state, toCome) is not { } piece)
                break;
            Pieces[count] = piece;
        }
        int used = Contract(Up, amplitudes, widths, count, 0);
        Contract(Down, amplitudes, widths, count, used);
        ReadOnlySpan<double> coefficients = MemoryMarshal.Cast<Vector512<double>, double>(_coefficients);
        double u = state.U, content = Math.Exp(u);
        (U[0], Content[0]) = (u, content);
        for (int i = 0; i < count; i++)
        {
            MapPiece piece = Pieces[i];
            if (!(u >= piece.Low && u <= piece.High))
                return i;
            ReadOnlySpan<double> own = coefficients.Slice(_places[i], piece.Step.Count * s_lanes);
            content += piece.Sign * Math.Exp(ChebyshevSeries.Clenshaw(own, piece.Place(u), s_lanes));
            u = Math.Log(content);
            if (!(u >= piece.Settled.Low && u <= piece.Settled.High))
                return i;
            (U[i + 1], Content[i + 1]) = (u, content);
        }
        return count;
    }

    /// <summary>Works out the step's coefficients along the content for the pulses of a piece.</summary>
    private int Contract(MapPiece? piece, ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> widths, int count, int place)
    {
        if (piece is null)
            return place;
        int variables = piece.Family.Variables, lane = 0;
        Span<Vector512<double>> others = stackalloc Vector512<double>[PulseFamily.MostVariables];
        Span<double> flat = MemoryMarshal.Cast<Vector512<double>, double>(others), own = stackalloc double[PulseFamily.MostVariables];
        for (int i = 0; i < count; i++)
        {
            if (!ReferenceEquals(Pieces[i], piece))
                continue;
            piece.Family.Place(amplitudes[i], widths[widths.Length > 1 ? i : 0], own);
            for (int d = 0; d < variables; d++)
                flat[d * s_lanes + lane] = own[d];
            _places[i] = place * s_lanes + lane;
            if (++lane < s_lanes)
                continue;
            Flush(others);
        }
        if (lane > 0)
            Flush(others);
        return place;
        void Flush(ReadOnlySpan<Vector512<double>> all)
        {
            piece.Step.Contract(all[..variables], _coefficients.AsSpan(place, piece.Step.Width));
            (place, lane) = (place + piece.Step.Width, 0);
        }
    }

    /// <summary>The piece of a pulse at a state; one of each direction is kept for the walk.</summary>
    private MapPiece? PieceOf(double amplitude, double width, SlowState state, double toCome)
    {
        foreach ((PulseFamily family, int number) in _families)
        {
            if (!family.Has(amplitude, width))
                continue;
            if (ReferenceEquals(Up?.Family, family))
                return Up;
            if (ReferenceEquals(Down?.Family, family))
                return Down;
            MapPiece? piece = _map.Find(number, state.U, state.Given, toCome);
            if (piece is null || piece.Modes is not null || (piece.Sign > 0 ? Up : Down) is not null)
                return null;
            (Up, Down) = piece.Sign > 0 ? (piece, Down) : (Up, piece);
            return piece;
        }
        return null;
    }
}
