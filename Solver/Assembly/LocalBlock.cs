using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Solver.Assembly;

/// <summary>The rows that a local group of equations writes and the up to eight unknowns that it depends on.</summary>
/// <remarks>
/// Absent rows and unknowns are -1; several rows may be the same unknown's. One more unknown may enter as the difference
/// of one of the eight and itself: its derivatives are those of the other, with opposite sign.
/// </remarks>
internal sealed class LocalBlock<P>(int[] rows, int[] unknowns, int subtracted = -1, int from = 0)
    where P : struct, IParameter<P>
{
    private readonly int[] _slots = new int[rows.Length * unknowns.Length];
    private readonly int[] _subtractedSlots = new int[rows.Length];

    /// <summary>Rows that are written.</summary>
    public int[] Rows { get; } = rows;

    /// <summary>Unknowns, by the number of their derivative.</summary>
    public int[] Unknowns { get; } = unknowns;

    public void Declare(PatternBuilder pattern)
    {
        pattern.Add(Rows, Unknowns);
        pattern.Add(Rows, [subtracted]);
    }

    public void Bind(ILinearSolver<P> solver)
    {
        for (int r = 0; r < Rows.Length; r++)
        {
            for (int k = 0; k < Unknowns.Length; k++)
                _slots[r * Unknowns.Length + k] = Rows[r] >= 0 && Unknowns[k] >= 0 ? solver.Slot(Rows[r], Unknowns[k]) : -1;
            _subtractedSlots[r] = Rows[r] >= 0 && subtracted >= 0 ? solver.Slot(Rows[r], subtracted) : -1;
        }
    }

    /// <summary>An unknown with its unit derivative; absent ones are the given constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dual<P, Gradient8<P>> Seed(P[] x, int k, P absent) => Unknowns[k] >= 0
        ? new(x[Unknowns[k]], Gradient8<P>.Seed(k))
        : Dual<P, Gradient8<P>>.Constant(absent);

    /// <summary>Adds the derivatives of a term, times a factor, to one of the rows.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Add(P[] jacobian, int row, in Dual<P, Gradient8<P>> term, P factor)
    {
        if (Rows[row] < 0)
            return;
        int s = row * Unknowns.Length;
        for (int k = 0; k < Unknowns.Length; k++)
            if (_slots[s + k] >= 0)
                jacobian[_slots[s + k]] += term.Slope[k] * factor;
        if (_subtractedSlots[row] >= 0)
            jacobian[_subtractedSlots[row]] -= term.Slope[from] * factor;
    }

    /// <summary>Adds the derivatives of a term to a gradient over all unknowns.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void AddTo(P[] gradient, in Dual<P, Gradient8<P>> term, P factor)
    {
        for (int k = 0; k < Unknowns.Length; k++)
            if (Unknowns[k] >= 0)
                gradient[Unknowns[k]] += term.Slope[k] * factor;
        if (subtracted >= 0)
            gradient[subtracted] -= term.Slope[from] * factor;
    }
}
