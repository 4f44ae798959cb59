namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Steps from level to level along a run of equal blocks, with what one level hands on to the next.</summary>
/// <remarks>
/// A level of a run holds 3 m^2 entries of the matrix (lower, diagonal, upper) and 3 m^2 of the factor (D'^-1, -D'^-1 O, -D'^-1 I;
/// see <see cref="BlockTridiagonal{P}"/>), row by row unless an implementation says otherwise. Entries lie upward, the factor in the order
/// of the pass inward. An implementation is started for one of the three passes, at the first level that it takes, and each step goes on
/// by a direction of +1 or -1 levels. Implementations are structs whose steps are inlined into the loops of
/// <see cref="SingleStretch{P,TSteps}"/> and <see cref="PairStretch{P,TUp,TDown}"/>: there all that they carry is in registers.
/// </remarks>
internal interface IBlockSteps<P, TSelf>
    where P : struct
    where TSelf : struct, IBlockSteps<P, TSelf>, allows ref struct
{
    /// <summary>Size of a block.</summary>
    static abstract int Size { get; }

    /// <summary>Starts an elimination.</summary>
    static abstract TSelf StartElimination(ref P values, ref P factor, in RunPlace run);

    /// <summary>Starts the pass inward, which has come in a direction.</summary>
    static abstract TSelf StartInward(ref P factor, ref P rhs, in RunPlace run, int direction);

    /// <summary>Starts the pass outward at the last of so many levels, which goes on in a direction.</summary>
    static abstract TSelf StartOutward(ref P factor, ref P rhs, in RunPlace run, int direction, int count);

    /// <summary>D' = D + O X; D'^-1, -D'^-1 O and X = -D'^-1 I go to the factor.</summary>
    /// <returns>False when D' is singular.</returns>
    bool Eliminate(int direction);

    /// <summary>y_l = D'^-1 b_l + (-D'^-1 O) y_(l - direction), in the place of b.</summary>
    void Inward(int direction);

    /// <summary>x_l = y_l + X_l x_(l - direction), in the place of y.</summary>
    void Outward(int direction);
}
