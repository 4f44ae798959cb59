using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Edges;

/// <summary>Entries of the Jacobian from flows along edges: of the rows at both ends, by densities,
/// potentials and temperatures at both ends.</summary>
internal sealed class EdgeEntries<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Columns of a row: density, potential and temperature, left and right each.</summary>
    public const int Columns = 6;

    private readonly int[] _leftRows, _rightRows;
    private readonly int[][] _columns;
    private readonly bool _isChain, _isTaken;

    /// <param name="edges">Edges.</param>
    /// <param name="row">First unknown of the rows, by mesh nodes for temperature, else by numbers of the species.</param>
    /// <param name="unknowns">What the flow depends on.</param>
    /// <param name="isTaken">True for what the left end gives and the right one gets; false for what both get.</param>
    public EdgeEntries(EdgeSet edges, int row, in FlowUnknowns unknowns, bool isTaken)
    {
        (_isChain, _isTaken) = (edges.IsChain, isTaken);
        int[] Shift(int[] nodes, int start) => [.. nodes.Select(n => start < 0 ? -1 : start + n)];
        bool isHeat = row == unknowns.Temperature;
        (_leftRows, _rightRows) = (Shift(isHeat ? edges.LeftMesh : edges.LeftRow, row),
            Shift(isHeat ? edges.RightMesh : edges.RightRow, row));
        _columns =
        [
            Shift(edges.Left, unknowns.Density), Shift(edges.Right, unknowns.Density), Shift(edges.Left, unknowns.Potential),
            Shift(edges.Right, unknowns.Potential), Shift(edges.LeftMesh, unknowns.Temperature),
            Shift(edges.RightMesh, unknowns.Temperature),
        ];
        Slots = new int[edges.Count * 2 * Columns];
    }

    /// <summary>Slot of each entry: of each edge the left end's row, then the right end's.</summary>
    public int[] Slots { get; }

    public void Enter(MatrixEntries<P> entries)
    {
        for (int e = 0; e < _leftRows.Length; e++)
            for (int k = 0; k < Columns; k++)
            {
                Slots[2 * e * Columns + k] = entries.Slot(_leftRows[e], _columns[k][e]);
                Slots[(2 * e + 1) * Columns + k] = entries.Slot(_rightRows[e], _columns[k][e]);
            }
    }

    /// <summary>Adds the constant derivatives of linear flows, conductance times difference.</summary>
    public void AddLinear(MatrixEntries<P> entries, P[] conductance)
    {
        for (int e = 0; e < _leftRows.Length; e++)
            entries.AddFlow(_leftRows[e], _rightRows[e], _columns[0][e], _columns[1][e], conductance[e]);
    }

    /// <summary>Adds derivatives.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Add(Span<P> jacobian, EdgeSlopes<P> slopes)
    {
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        ref int slots = ref MemoryMarshal.GetArrayDataReference(Slots);
        int edges = _leftRows.Length;
        P sign = P.From(_isTaken ? -1 : 1);
        bool hasDrop = slopes.ByDrop.Length > 0, hasHeat = slopes.ByTemperature.Length > 0;
        P[] byLeft = slopes.ByLeft, byRight = slopes.ByRight, byDrop = slopes.ByDrop;
        // In a chain the right end is the next edge's left one: what belongs on its diagonal goes there together.
        P ownDensity = default, ownDrop = default, ownHeat = default;
        for (int e = 0; e < edges; e++)
        {
            bool isJoined = _isChain && e < edges - 1;
            P left = byLeft[e], right = byRight[e];
            Unsafe.Add(ref entries, slots) += left * sign + ownDensity;
            Unsafe.Add(ref entries, Unsafe.Add(ref slots, 1)) += right * sign;
            Unsafe.Add(ref entries, Unsafe.Add(ref slots, Columns)) += left;
            if (!isJoined)
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, Columns + 1)) += right;
            ownDensity = right;
            if (hasDrop)
            {
                P drop = byDrop[e];
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 2)) += drop * sign - ownDrop;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 3)) -= drop * sign;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, Columns + 2)) += drop;
                if (!isJoined)
                    Unsafe.Add(ref entries, Unsafe.Add(ref slots, Columns + 3)) -= drop;
                ownDrop = drop;
            }
            if (hasHeat)
            {
                P warm = slopes.ByTemperature[e];
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 4)) += warm * sign + ownHeat;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 5)) += warm * sign;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, Columns + 4)) += warm;
                if (!isJoined)
                    Unsafe.Add(ref entries, Unsafe.Add(ref slots, Columns + 5)) += warm;
                ownHeat = warm;
            }
            if (!isJoined)
                (ownDensity, ownDrop, ownHeat) = (default, default, default);
            slots = ref Unsafe.Add(ref slots, 2 * Columns);
        }
    }

    /// <summary>Adds twice the derivatives to a gradient over all unknowns: of a sum over edges of what both ends get.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void AddTo(P[] gradient, EdgeSlopes<P> slopes)
    {
        for (int e = 0; e < _leftRows.Length; e++)
        {
            gradient[_columns[0][e]] += slopes.ByLeft[e] * 2;
            gradient[_columns[1][e]] += slopes.ByRight[e] * 2;
            if (_columns[2][e] < 0)
                continue;
            gradient[_columns[2][e]] += slopes.ByDrop[e] * 2;
            gradient[_columns[3][e]] -= slopes.ByDrop[e] * 2;
        }
    }
}
