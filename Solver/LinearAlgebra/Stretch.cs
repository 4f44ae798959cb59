using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Levels that each pass of <see cref="BlockTridiagonal{P}"/> takes at once: a run of equal
/// blocks, or two runs side by side.</summary>
internal abstract class Stretch<P>
    where P : struct, IParameter<P>
{
    /// <summary>Eliminates along the stretch.</summary>
    /// <returns>The step at which a block was singular, or -1.</returns>
    public abstract int Eliminate(ref P values, ref P factor);

    /// <summary>Goes along the stretch inward.</summary>
    public abstract void Inward(ref P factor, ref P rhs);

    /// <summary>Goes along the stretch outward, from its last level to its first.</summary>
    public abstract void Outward(ref P factor, ref P rhs);
}
