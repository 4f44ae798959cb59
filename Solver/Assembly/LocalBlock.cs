using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Assembly;

/// <summary>The rows that a local group of equations writes and the few unknowns that it depends on.</summary>
/// <remarks>
/// Absent rows and unknowns are -1; several rows may be the same unknown's. Derivatives are by the unknowns that are there, in
/// their order, so that a short gradient is enough where few are. One more unknown may enter as the difference
/// of some of them and itself: its derivatives are those of the others, with opposite sign.
/// </remarks>
/// <param name="rows">Rows that are written.</param>
/// <param name="unknowns">Unknowns that the equations depend on.</param>
/// <param name="subtracted">One more unknown, which enters as the difference of some of them and itself.</param>
/// <param name="from">Which of them those are.</param>
/// <param name="capacity">Derivatives that the gradient of the caller holds.</param>
internal sealed class LocalBlock<P>(int[] rows, int[] unknowns, int subtracted = -1, int[]? from = null, int capacity = 8)
    where P : struct, IParameter<P>
{
    // Entries of row r from _first[r] to _first[r + 1]: the solver's slot, and the place of the derivative.
    private readonly int[] _first = new int[rows.Length + 1], _slots = new int[rows.Length * unknowns.Length],
        _places = new int[rows.Length * unknowns.Length];
    private readonly int[] _subtractedSlots = new int[rows.Length];

    private readonly int[] _from = [.. (from ?? []).Where(k => unknowns[k] >= 0)];

    // Of each unknown: its place among those that are there.
    private readonly int[] _derivative = [.. unknowns.Select((u, k) => u < 0 ? -1 : unknowns.Take(k).Count(v => v >= 0))];

    /// <summary>Rows that are written.</summary>
    public int[] Rows { get; } = rows;

    /// <summary>Unknowns that the equations depend on.</summary>
    public int[] Unknowns { get; } = unknowns.Count(u => u >= 0) <= capacity
        ? unknowns
        : throw new ArgumentException($"{unknowns.Count(u => u >= 0)} local unknowns; a gradient holds {capacity}.");

    /// <summary>Number of unknowns that are there.</summary>
    public int Count => Unknowns.Count(u => u >= 0);

    public void Enter(MatrixEntries<P> entries)
    {
        int count = 0;
        for (int r = 0; r < Rows.Length; r++)
        {
            for (int k = 0; k < Unknowns.Length; k++)
                if (Rows[r] >= 0 && Unknowns[k] >= 0)
                    (_slots[count], _places[count++]) = (entries.Slot(Rows[r], Unknowns[k]), _derivative[k]);
            _first[r + 1] = count;
            _subtractedSlots[r] = entries.Slot(Rows[r], subtracted);
        }
    }

    /// <summary>An unknown; 0 where it is absent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Value(P[] x, int k) => Unknowns[k] >= 0 ? x[Unknowns[k]] : default;

    /// <summary>An unknown with its unit derivative; 0 where it is absent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dual<P, G> Seed<G>(P[] x, int k)
        where G : struct, IGradient<G, P> => new(Value(x, k), G.Seed(_derivative[k]));

    /// <summary>A potential that is known with its slope, as a function of one of the unknowns.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="place">Place of the species.</param>
    /// <param name="density">Which unknown is its density.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dual<P, G> Potential<G>(SpeciesPotential<P> potential, int place, int density)
        where G : struct, IGradient<G, P> => new(potential.Value[place], G.Seed(_derivative[density]) * potential.ByDensity[place]);

    /// <summary>Adds the derivatives of a term, times a factor, to one of the rows.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Add<G>(Span<P> jacobian, int row, in Dual<P, G> term, P factor)
        where G : struct, IGradient<G, P>
    {
        // The slots are the solver's own, and a gradient is its derivatives in a row: both are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        ref P slope = ref Unsafe.As<G, P>(ref Unsafe.AsRef(in term.Slope));
        int start = _first[row], count = _first[row + 1] - start;
        ReadOnlySpan<int> slots = _slots.AsSpan(start, count), places = _places.AsSpan(start, count);
        for (int k = 0; k < slots.Length; k++)
            Unsafe.Add(ref entries, slots[k]) += Unsafe.Add(ref slope, places[k]) * factor;
        if (_subtractedSlots[row] >= 0)
            foreach (int k in _from)
                jacobian[_subtractedSlots[row]] -= term.Slope[_derivative[k]] * factor;
    }

    /// <summary>Adds the derivatives of a term to a gradient over all unknowns.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void AddTo<G>(P[] gradient, in Dual<P, G> term, P factor)
        where G : struct, IGradient<G, P>
    {
        for (int k = 0; k < Unknowns.Length; k++)
            if (Unknowns[k] >= 0)
                gradient[Unknowns[k]] += term.Slope[_derivative[k]] * factor;
        if (subtracted >= 0)
            foreach (int k in _from)
                gradient[subtracted] -= term.Slope[_derivative[k]] * factor;
    }
}
