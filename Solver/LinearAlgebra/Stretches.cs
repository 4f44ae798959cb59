using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Makes stretches with the steps for given sizes of blocks.</summary>
internal static class Stretches<P>
    where P : struct, IParameter<P>
{
    /// <summary>A run of blocks of size 1 to 3.</summary>
    public static Stretch<P> Single(int size, RunPlace run, int direction, int count) => size switch
    {
        1 => new SingleStretch<P, Steps1<P>>(run, direction, count),
        2 when P.LaneCount == 1 => new SingleStretch<P, NumberSteps2<P>>(run, direction, count),
        2 => new SingleStretch<P, Steps2<P>>(run, direction, count),
        _ when P.LaneCount == 1 => new SingleStretch<P, NumberSteps3<P>>(run, direction, count),
        _ => new SingleStretch<P, Steps3<P>>(run, direction, count),
    };

    /// <summary>A run upward and one downward, with blocks of size 1 to 3 each.</summary>
    public static Stretch<P> Pair(int upSize, RunPlace up, int downSize, RunPlace down, int count) => upSize switch
    {
        1 => Pair<Steps1<P>>(up, downSize, down, count),
        2 when P.LaneCount == 1 => Pair<NumberSteps2<P>>(up, downSize, down, count),
        2 => Pair<Steps2<P>>(up, downSize, down, count),
        _ when P.LaneCount == 1 => Pair<NumberSteps3<P>>(up, downSize, down, count),
        _ => Pair<Steps3<P>>(up, downSize, down, count),
    };

    private static Stretch<P> Pair<TUp>(RunPlace up, int downSize, RunPlace down, int count)
        where TUp : struct, IBlockSteps<P, TUp>, allows ref struct => downSize switch
        {
            1 => new PairStretch<P, TUp, Steps1<P>>(up, down, count),
            2 when P.LaneCount == 1 => new PairStretch<P, TUp, NumberSteps2<P>>(up, down, count),
            2 => new PairStretch<P, TUp, Steps2<P>>(up, down, count),
            _ when P.LaneCount == 1 => new PairStretch<P, TUp, NumberSteps3<P>>(up, down, count),
            _ => new PairStretch<P, TUp, Steps3<P>>(up, down, count),
        };
}
