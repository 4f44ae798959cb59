using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>A run upward and another downward side by side: neither waits for the other, which hides the latency of either.</summary>
/// <param name="up">First level of the run upward.</param>
/// <param name="down">First level of the run downward.</param>
/// <param name="count">Number of steps, in which a run of smaller blocks takes several levels; see <see cref="PassPlan.Beside"/>.</param>
internal sealed class PairStretch<P, TUp, TDown>(RunPlace up, RunPlace down, int count) : Stretch<P>
    where P : struct, IParameter<P>
    where TUp : struct, IBlockSteps<P, TUp>, allows ref struct
    where TDown : struct, IBlockSteps<P, TDown>, allows ref struct
{
    private readonly RunPlace _up = up, _down = down;

    // Constants to the compiler.
    private static int UpTimes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => PassPlan.Beside(TUp.Size, TDown.Size);
    }

    private static int DownTimes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => PassPlan.Beside(TDown.Size, TUp.Size);
    }

    [MethodImpl(Compilation.HotLoop)]
    public override int Eliminate(ref P values, ref P factor)
    {
        int steps = count;
        var up = TUp.StartElimination(ref values, ref factor, in _up);
        var down = TDown.StartElimination(ref values, ref factor, in _down);
        for (int k = 0; k < steps; k++)
        {
            bool isUsable = up.Eliminate(1) & down.Eliminate(-1);
            if (UpTimes > 1)
                isUsable &= up.Eliminate(1);
            if (UpTimes > 2)
                isUsable &= up.Eliminate(1);
            if (DownTimes > 1)
                isUsable &= down.Eliminate(-1);
            if (DownTimes > 2)
                isUsable &= down.Eliminate(-1);
            if (!isUsable)
                return FindSingular(ref values, ref factor);
        }
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void Inward(ref P factor, ref P rhs)
    {
        int steps = count;
        var up = TUp.StartInward(ref factor, ref rhs, in _up, 1);
        var down = TDown.StartInward(ref factor, ref rhs, in _down, -1);
        for (int k = 0; k < steps; k++)
        {
            up.Inward(1);
            if (UpTimes > 1)
                up.Inward(1);
            if (UpTimes > 2)
                up.Inward(1);
            down.Inward(-1);
            if (DownTimes > 1)
                down.Inward(-1);
            if (DownTimes > 2)
                down.Inward(-1);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void Outward(ref P factor, ref P rhs)
    {
        int steps = count;
        var up = TUp.StartOutward(ref factor, ref rhs, in _up, -1, steps * UpTimes);
        var down = TDown.StartOutward(ref factor, ref rhs, in _down, 1, steps * DownTimes);
        for (int k = 0; k < steps; k++)
        {
            up.Outward(-1);
            if (UpTimes > 1)
                up.Outward(-1);
            if (UpTimes > 2)
                up.Outward(-1);
            down.Outward(1);
            if (DownTimes > 1)
                down.Outward(1);
            if (DownTimes > 2)
                down.Outward(1);
        }
    }

    /// <summary>The level of a singular block, counted on through both runs, each taken alone.</summary>
    private int FindSingular(ref P values, ref P factor)
    {
        int upper = SingleStretch<P, TUp>.Eliminate(ref values, ref factor, in _up, 1, count * UpTimes);
        return upper >= 0
            ? upper
            : count * UpTimes + SingleStretch<P, TDown>.Eliminate(ref values, ref factor, in _down, -1, count * DownTimes);
    }
}
