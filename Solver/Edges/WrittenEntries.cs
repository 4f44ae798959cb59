using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Edges;

/// <summary>Sink of rates and of the Jacobian along a chain, one edge at a time: the rows of densities
/// are written as soon as they are known.</summary>
internal ref struct WrittenEntries<P, W, A, TPlace, TCharge, THeat> : IEdgeSink<W>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private const int Row = EdgeEntries<P>.Columns;

    private readonly ref P _entries;
    private ref int _slots;
    private NodeRates<P, W, A, TPlace, TCharge, THeat> _rates;

    // Of the edge before, by its right end.
    private W _byDensity, _byDrop;

    /// <param name="rates">Sink of the rates.</param>
    /// <param name="jacobian">Jacobian.</param>
    /// <param name="slots">Where the entries are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WrittenEntries(NodeRates<P, W, A, TPlace, TCharge, THeat> rates, Span<P> jacobian, int[] slots)
    {
        _rates = rates;
        _entries = ref MemoryMarshal.GetReference(jacobian);
        _slots = ref MemoryMarshal.GetArrayDataReference(slots);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(nint e, in EdgeEnds<W> ends, W flow, in FlowSlopes<W> slopes)
    {
        _rates.Take(e, ends, flow, slopes);
        Put(0, _byDensity - slopes.ByLeft);
        Put(1, -slopes.ByRight);
        Put(2, -(_byDrop + slopes.ByDrop));
        Put(3, slopes.ByDrop);
        Put(Row, slopes.ByLeft);
        Put(Row + 2, slopes.ByDrop);
        (_byDensity, _byDrop) = (slopes.ByRight, slopes.ByDrop);
        _slots = ref Unsafe.Add(ref _slots, 2 * Row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish()
    {
        Put(1 - Row, _byDensity);
        Put(3 - Row, -_byDrop);
        _rates.Finish();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Put(int place, W value) => A.Put(ref _entries, Unsafe.Add(ref _slots, place), value);
}
