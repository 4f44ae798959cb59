using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Edges;

/// <summary>
/// Writes the Jacobian along a chain of nodes with density, potential and temperature, whose 3 x 3 blocks stand one behind the other:
/// of each node the blocks by itself and by the next node, then that of the next node by this one, all row by row.
/// </summary>
/// <remarks>
/// Entries are written, constants included, not added to: nothing of them need be copied or read before. A row of a block is one vector;
/// its fourth lane carries on what follows, the constant of the next row, which is written next.
/// </remarks>
internal sealed class ChainLevels<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private const int Block = 9, Edge = 3 * Block;

    private readonly P[] _constants;
    private readonly int _edges;

    private ChainLevels(Range entries, int edges, P[] constants) => (Entries, _edges, _constants) = (entries, edges, constants);

    /// <summary>The entries that are written.</summary>
    public Range Entries { get; }

    /// <summary>The writer for a chain; null when its blocks do not stand so, or in lanes.</summary>
    /// <param name="solver">Solver, in whose layout the entries are.</param>
    /// <param name="first">Density, potential and temperature of the first node; those of others follow.</param>
    /// <param name="edges">Edges of the chain.</param>
    /// <param name="constants">Constant entries of the Jacobian; they may be filled in later.</param>
    public static ChainLevels<P>? Of(ILinearSolver<P> solver, int[] first, int edges, P[] constants)
    {
        if (P.LaneCount > 1)
            return null;
        int start = solver.Slot(first[0], first[0]), end = start + edges * Edge + Block;
        bool Stands(int row, int column, int place) => Enumerable.Range(0, Block)
            .All(k => solver.Slot(first[k / 3] + row, first[k % 3] + column) == place + k);
        for (int e = 0; e < edges; e++)
            if (!Stands(e, e, start + e * Edge) || !Stands(e, e + 1, start + e * Edge + Block)
                || !Stands(e + 1, e, start + e * Edge + 2 * Block))
                return null;
        return Stands(edges, edges, end - Block) && end < solver.Values.Length ? new(start..end, edges, constants) : null;
    }

    /// <summary>Writes the entries.</summary>
    /// <param name="jacobian">Jacobian; the entry behind <see cref="Entries"/> gets its constant.</param>
    /// <param name="current">Derivatives of what each edge takes from the density of its left end and gives to that of
    /// its right end, at the mean temperature of both.</param>
    /// <param name="power">Derivatives of what it gives to the temperature of either end.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void Write(Span<P> jacobian, EdgeSlopes<P> current, EdgeSlopes<P> power)
    {
        Span<double> written = MemoryMarshal.Cast<P, double>(jacobian[Entries.Start.Value..(Entries.End.Value + 1)]);
        ref double target = ref MemoryMarshal.GetReference(written);
        ref double constant = ref VectorMath.Doubles(_constants)[Entries.Start.Value];
        ref double byLeft = ref First(current.ByLeft), byRight = ref First(current.ByRight), byDrop = ref First(current.ByDrop);
        ref double byTemperature = ref First(current.ByTemperature);
        ref double heatByLeft = ref First(power.ByLeft), heatByRight = ref First(power.ByRight), heatByDrop = ref First(power.ByDrop);
        ref double heatByTemperature = ref First(power.ByTemperature);
        // By density, potential and temperature of an end; of the edge before, by its right end.
        Vector256<double> before = default, heatBefore = default;
        for (int e = 0; e < _edges; e++)
        {
            double drop = Unsafe.Add(ref byDrop, e), half = Unsafe.Add(ref byTemperature, e), heatDrop = Unsafe.Add(ref heatByDrop, e),
                heatHalf = Unsafe.Add(ref heatByTemperature, e);
            var left = Vector256.Create(Unsafe.Add(ref byLeft, e), drop, half, 0);
            var right = Vector256.Create(Unsafe.Add(ref byRight, e), -drop, half, 0);
            var heatLeft = Vector256.Create(Unsafe.Add(ref heatByLeft, e), heatDrop, heatHalf, 0);
            var heatRight = Vector256.Create(Unsafe.Add(ref heatByRight, e), -heatDrop, heatHalf, 0);
            Write(ref target, ref constant, 0, before - left, heatBefore + heatLeft);
            Write(ref target, ref constant, Block, -right, heatRight);
            Write(ref target, ref constant, 2 * Block, left, heatLeft);
            (before, heatBefore) = (right, heatRight);
            target = ref Unsafe.Add(ref target, Edge);
            constant = ref Unsafe.Add(ref constant, Edge);
        }
        Write(ref target, ref constant, 0, before, heatBefore);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref double target, ref double constant, int block, Vector256<double> density, Vector256<double> temperature)
    {
        (Vector256.LoadUnsafe(ref constant, (nuint)block) + density).StoreUnsafe(ref target, (nuint)block);
        Vector256.LoadUnsafe(ref constant, (nuint)block + 3).StoreUnsafe(ref target, (nuint)block + 3);
        (Vector256.LoadUnsafe(ref constant, (nuint)block + 6) + temperature).StoreUnsafe(ref target, (nuint)block + 6);
    }

    private static ref double First(P[] array) => ref MemoryMarshal.GetReference(VectorMath.Doubles(array));
}
