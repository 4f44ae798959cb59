using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Edges;

/// <summary>The electric field across the edges of PSG, which the rates of hops along them depend on as well.</summary>
/// <remarks>
/// Edges run along x or down. A node's mean square of one component is the mean over its edges of that direction, each by its part
/// A h/2 of the node's volume V: exact for a uniform field, at corners and beside interfaces too. Across an edge it is the mean of that
/// at both ends.
/// </remarks>
internal sealed class CrossField<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly EdgeSet _edges;
    private readonly UnknownLayout _u;
    private readonly bool[] _isDown;
    private readonly P[] _byLeft, _byRight, _drop, _alongX, _down;
    private readonly int[] _first, _other;
    private readonly P[] _weight;
    private readonly int[] _slots, _heatSlots;

    public CrossField(DeviceLanes<P> context, EdgeSet edges)
    {
        (_edges, _u) = (edges, context.U);
        ControlVolumeMesh mesh = context.Mesh;
        double Extent(double[] at, int e) => Math.Abs(at[mesh.EdgeLeft[e]] - at[mesh.EdgeRight[e]]);
        _isDown = [.. edges.Edges.Select(e => Extent(mesh.Z, e) > Extent(mesh.X, e))];
        // Half of (a/2)^2 A h/(2V) (drop/h)^2 over the square of the drop.
        P[] Weights(int[] nodes) => [.. edges.Edges.Select((e, k) => context.PackColumn(c =>
            Math.Pow(c.Device.Psg.HopDistance, 2) * c.Mesh.EdgeArea[e] / (16 * c.Mesh.EdgeLength[e] * c.Mesh.Volume[nodes[k]])))];
        (_byLeft, _byRight) = (Weights(edges.LeftMesh), Weights(edges.RightMesh));
        (_drop, Squares) = (AlignedArray.Create<P>(edges.Count), AlignedArray.Create<P>(edges.Count));
        (_alongX, _down) = (AlignedArray.Create<P>(_u.PsgNodes.Length), AlignedArray.Create<P>(_u.PsgNodes.Length));

        ILookup<int, int> atNode = Enumerable.Range(0, edges.Count).SelectMany(e => new[] { (edges.Left[e], e), (edges.Right[e], e) })
            .ToLookup(p => p.Item1, p => p.e);
        List<int> first = [0], other = [];
        List<P> weight = [];
        for (int e = 0; e < edges.Count; e++)
        {
            foreach (int node in (int[])[edges.Left[e], edges.Right[e]])
                foreach (int k in atNode[node].Where(k => _isDown[k] != _isDown[e]))
                {
                    other.Add(k);
                    weight.Add((edges.Left[k] == node ? _byLeft[k] : _byRight[k]) * 2.0);
                }
            first.Add(other.Count);
        }
        (_first, _other, _weight) = ([.. first], [.. other], [.. weight]);
        _slots = new int[4 * _other.Length];
        _heatSlots = _u.Temperature >= 0 ? new int[4 * _other.Length] : [];
    }

    /// <summary>(a E/2)^2 of the field E across each edge [V^2].</summary>
    public P[] Squares { get; }

    /// <summary>Names the entries: the flow along each edge depends on the potentials across it.</summary>
    public void Enter(MatrixEntries<P> entries)
    {
        for (int e = 0; e < _edges.Count; e++)
            for (int k = _first[e]; k < _first[e + 1]; k++)
            {
                Enter(_slots, k, _u.Proton + _edges.Left[e], _u.Proton + _edges.Right[e]);
                if (_heatSlots.Length > 0)
                    Enter(_heatSlots, k, _u.Temperature + _edges.LeftMesh[e], _u.Temperature + _edges.RightMesh[e]);
            }

        void Enter(int[] slots, int k, int leftRow, int rightRow)
        {
            int left = _u.Potential + _edges.Left[_other[k]], right = _u.Potential + _edges.Right[_other[k]];
            (slots[4 * k], slots[4 * k + 1]) = (entries.Slot(leftRow, left), entries.Slot(leftRow, right));
            (slots[4 * k + 2], slots[4 * k + 3]) = (entries.Slot(rightRow, left), entries.Slot(rightRow, right));
        }
    }

    /// <summary>Works out the field from a state.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void Update(P[] x)
    {
        Array.Clear(_alongX);
        Array.Clear(_down);
        ReadOnlySpan<P> potential = x.AsSpan(_u.Potential, _u.PsgNodes.Length);
        for (int e = 0; e < _drop.Length; e++)
        {
            int left = _edges.Left[e], right = _edges.Right[e];
            P drop = potential[left] - potential[right], square = drop * drop;
            P[] sums = _isDown[e] ? _down : _alongX;
            sums[left] += square * _byLeft[e];
            sums[right] += square * _byRight[e];
            _drop[e] = drop;
        }
        for (int e = 0; e < _drop.Length; e++)
        {
            P[] sums = _isDown[e] ? _alongX : _down;
            Squares[e] = sums[_edges.Left[e]] + sums[_edges.Right[e]];
        }
    }

    /// <summary>Adds what flows and their heat change by the potentials across.</summary>
    /// <param name="jacobian">Entries.</param>
    /// <param name="flow">Derivatives of the flows by <see cref="Squares"/>.</param>
    /// <param name="halfPower">Those of half of what they dissipate; empty without heat.</param>
    /// <param name="gradient">Derivatives of the dissipated power; empty where temperature is an unknown or without heat.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void Add(Span<P> jacobian, P[] flow, P[] halfPower, P[] gradient)
    {
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        ref int slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        int[] first = _first, other = _other;
        P[] weight = _weight, drop = _drop;
        for (int e = 0; e < drop.Length; e++)
            for (int k = first[e]; k < first[e + 1]; k++)
            {
                P byDrop = weight[k] * drop[other[k]], rate = byDrop * flow[e];
                Unsafe.Add(ref entries, slots) -= rate;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 1)) += rate;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 2)) += rate;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 3)) -= rate;
                slots = ref Unsafe.Add(ref slots, 4);
                if (halfPower.Length == 0)
                    continue;
                P half = byDrop * halfPower[e];
                if (_heatSlots.Length > 0)
                {
                    jacobian[_heatSlots[4 * k]] += half;
                    jacobian[_heatSlots[4 * k + 1]] -= half;
                    jacobian[_heatSlots[4 * k + 2]] += half;
                    jacobian[_heatSlots[4 * k + 3]] -= half;
                }
                else
                {
                    gradient[_u.Potential + _edges.Left[_other[k]]] += half * 2.0;
                    gradient[_u.Potential + _edges.Right[_other[k]]] -= half * 2.0;
                }
            }
    }
}
