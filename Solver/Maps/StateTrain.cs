using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Maps;

/// <summary>Trains of which only the states are wanted: millions of pulses a second.</summary>
/// <remarks>For devices without gas; what the gate has given then follows from the content.</remarks>
public sealed class StateTrain
{
    private const int Block = 32;

    private readonly PulseMap _map;
    private readonly double _edge, _rest;
    private readonly double? _hold;
    private readonly double[] _coefficients = new double[Block * (LejaNodes.Count + 8)];
    private readonly int[] _families = new int[Block];

    /// <summary>Trains with the edges, hold and rest of a family of a map.</summary>
    public StateTrain(PulseMap map, PulseFamily like) => (_map, _edge, _hold, _rest) = (map, like.Edge, like.Hold, like.Rest);

    /// <summary>Applies pulses one after the other, as far as they are mapped.</summary>
    /// <param name="state">State before; that after the last mapped pulse on return.</param>
    /// <param name="amplitudes">Amplitude of each [V].</param>
    /// <param name="widths">Width of each [s]; one for all where there is one.</param>
    /// <returns>Pulses that were applied: all but where one has to be computed.</returns>
    public int Apply(ref SlowState state, ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> widths)
    {
        int done = 0;
        while (done < amplitudes.Length)
        {
            int count = Math.Min(Block, amplitudes.Length - done);
            int applied = ApplyBlock(ref state, amplitudes.Slice(done, count), widths.Length > 1 ? widths.Slice(done, count) : widths,
                amplitudes.Length - done);
            if (applied == 0)
                break;
            done += applied;
        }
        return done;
    }

    private int ApplyBlock(ref SlowState state, ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> widths, int toCome)
    {
        MapPiece? up = null, down = null;
        Span<double> variables = stackalloc double[2];
        double u = state.U, content = Math.Exp(u), least = u, most = u;
        int stride = LejaNodes.Count + 8, n = 0;
        // What depends on the pulses alone comes first: the loop over states waits for nothing but the state before.
        for (int i = 0; i < amplitudes.Length; i++)
        {
            double width = widths[widths.Length > 1 ? i : 0];
            int family = _families[i] = _map.FamilyOf(amplitudes[i], width, _edge, _hold, _rest);
            if (family < 0 || Piece(family, state, toCome, ref up, ref down) is not { } piece)
                break;
            piece.Family.Place(amplitudes[i], width, variables);
            piece.Step.Contract(variables[..piece.Family.Variables], _coefficients.AsSpan(i * stride, piece.Step.Width));
            n = i + 1;
        }
        int applied = 0;
        for (; applied < n; applied++)
        {
            MapPiece piece = ReferenceEquals(up?.Family, _map.Families[_families[applied]]) ? up! : down!;
            if (!(u >= piece.Low && u <= piece.High))
                break;
            content += piece.Sign * Math.Exp(ChebyshevSeries.Clenshaw(_coefficients.AsSpan(applied * stride, piece.Step.Count),
                piece.Place(u)));
            u = Math.Log(content);
            (least, most) = (Math.Min(least, u), Math.Max(most, u));
        }
        MapPiece any = (up ?? down)!;
        if (applied == 0)
            return 0;
        double offset = state.Given - any.Settled.Stored.At(state.U);
        if (_map.Branches.Within(
            offset + any.Settled.Stored.At(Math.Max(least, any.Settled.Low)) + Math.Min(up?.LeastGiven ?? 0, down?.LeastGiven ?? 0),
            offset + any.Settled.Stored.At(Math.Min(most, any.Settled.High)) + Math.Max(up?.MostGiven ?? 0, down?.MostGiven ?? 0))
            != any.Branch)
            return amplitudes.Length == 1 ? 0 : ApplyBlock(ref state, amplitudes[..(amplitudes.Length / 2)],
                widths.Length > 1 ? widths[..(amplitudes.Length / 2)] : widths, toCome);
        if (!(u >= any.Settled.Low && u <= any.Settled.High))
            return 0;
        state = new(u, offset + any.Settled.Stored.At(u));
        return applied;
    }

    /// <summary>The piece of a family at a state; one of each direction is kept for the block.</summary>
    private MapPiece? Piece(int family, SlowState state, int toCome, ref MapPiece? up, ref MapPiece? down)
    {
        PulseFamily wanted = _map.Families[family];
        if (ReferenceEquals(up?.Family, wanted))
            return up;
        if (ReferenceEquals(down?.Family, wanted))
            return down;
        MapPiece? piece = _map.Find(family, state.U, state.Given, toCome);
        if (piece is null || (piece.Sign > 0 ? up : down) is not null)
            return null;
        if (piece.Sign > 0)
            up = piece;
        else
            down = piece;
        return piece;
    }
}
