namespace FvSolver.Solver.Maps;

/// <summary>Trains of which only the states are wanted: millions of pulses a second.</summary>
/// <remarks>For devices without gas; what the gate has given then follows from the content.</remarks>
public sealed class StateTrain
{
    private readonly PulseMap _map;
    private readonly ContentWalk _walk;

    /// <summary>Trains with the edges, hold and rest of a family of a map.</summary>
    public StateTrain(PulseMap map, PulseFamily like) => (_map, _walk) = (map, new(map, like.Edge, like.Hold, like.Rest));

    /// <summary>Applies pulses one after the other, as far as they are mapped.</summary>
    /// <param name="state">State before; that after the last mapped pulse on return.</param>
    /// <param name="amplitudes">Amplitude of each [V].</param>
    /// <param name="widths">Width of each [s]; one for all where there is one.</param>
    /// <returns>Pulses that were applied: all but where one has to be computed.</returns>
    public int Apply(ref SlowState state, ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> widths)
    {
        int done = 0;
        for (int most = ContentWalk.Block; done < amplitudes.Length && most > 0;)
        {
            int count = Math.Min(most, amplitudes.Length - done);
            ReadOnlySpan<double> own = widths.Length > 1 ? widths.Slice(done, count) : widths;
            int walked = _walk.Run(state, amplitudes.Slice(done, count), own, amplitudes.Length - done);
            if (walked == 0)
                break;
            // Across a corner of the reservoir: in shorter blocks up to it.
            if (After(state, walked) is not { } after)
            {
                most = walked / 2;
                continue;
            }
            state = after;
            done += walked;
        }
        return done;
    }

    /// <summary>State after a block; null when the reservoir does not stay on its part of the isotherm.</summary>
    private SlowState? After(SlowState state, int count)
    {
        MapPiece? up = _walk.Up, down = _walk.Down;
        MapPiece any = (up ?? down)!;
        double least = state.U, most = state.U;
        foreach (double u in _walk.U.AsSpan(1, count))
            (least, most) = (Math.Min(least, u), Math.Max(most, u));
        double offset = state.Given - any.Settled.Stored.At(state.U);
        double low = offset + any.Settled.Stored.At(least) + Math.Min(up?.LeastGiven ?? 0, down?.LeastGiven ?? 0);
        double high = offset + any.Settled.Stored.At(most) + Math.Max(up?.MostGiven ?? 0, down?.MostGiven ?? 0);
        return _map.Branches.Within(low, high) == any.Branch ? new(_walk.U[count], offset + any.Settled.Stored.At(_walk.U[count])) : null;
    }
}
