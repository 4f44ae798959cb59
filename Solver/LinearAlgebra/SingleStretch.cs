using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>A run of equal blocks.</summary>
/// <param name="run">First level.</param>
/// <param name="direction">+1 upward, -1 downward.</param>
/// <param name="count">Number of levels.</param>
internal sealed class SingleStretch<P, TSteps>(RunPlace run, int direction, int count) : Stretch<P>
    where P : struct, IParameter<P>
    where TSteps : struct, IBlockSteps<P, TSteps>, allows ref struct
{
    private readonly RunPlace _run = run;

    public override int Eliminate(ref P values, ref P factor) => Eliminate(ref values, ref factor, in _run, direction, count);

    /// <summary>Eliminates along a run.</summary>
    /// <returns>The place of a singular block, or -1.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static int Eliminate(ref P values, ref P factor, in RunPlace run, int direction, int count)
    {
        var level = TSteps.StartElimination(ref values, ref factor, in run);
        for (int k = 0; k < count; k++)
            if (!level.Eliminate(direction))
                return k;
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void Inward(ref P factor, ref P rhs)
    {
        int towards = direction, steps = count;
        var level = TSteps.StartInward(ref factor, ref rhs, in _run, towards);
        for (int k = 0; k < steps; k++)
            level.Inward(towards);
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void Outward(ref P factor, ref P rhs)
    {
        int towards = -direction, steps = count;
        var level = TSteps.StartOutward(ref factor, ref rhs, in _run, towards, steps);
        for (int k = 0; k < steps; k++)
            level.Outward(towards);
    }
}
