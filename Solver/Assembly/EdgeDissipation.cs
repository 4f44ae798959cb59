using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>
/// Heat that a species dissipates along edges: q J A times the fall of its potential, each end at its own temperature; half
/// of it goes to each end.
/// </summary>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loop over edges computes with.</typeparam>
/// <typeparam name="A">How edges are taken from the state.</typeparam>
internal sealed class EdgeDissipation<P, W, A>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private const int RowEntries = 6;

    private readonly AssemblyContext<P> _context;
    private readonly int _species, _phi, _edges;
    private readonly int[] _left, _right, _heatLeft, _heatRight;
    private readonly bool _isChain;

    // Of edge e at place e + 1: before the first and after the last edge of a chain nothing flows.
    private readonly P[] _power;
    private int[] _slots = [];

    /// <param name="context">Context.</param>
    /// <param name="species">First unknown of the species.</param>
    /// <param name="phi">First unknown of the electric potential, for a charged species; otherwise -1.</param>
    /// <param name="edges">Edges of the mesh.</param>
    /// <param name="isChain">True when edge e goes from local node e to e + 1, and likewise in the mesh.</param>
    public EdgeDissipation(AssemblyContext<P> context, int species, int phi, int[] edges, bool isChain)
    {
        (_context, _species, _phi, _edges, _isChain) = (context, species, phi, edges.Length, isChain);
        UnknownLayout u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _left = [.. edges.Select(e => u.Local[mesh.EdgeLeft[e]])];
        _right = [.. edges.Select(e => u.Local[mesh.EdgeRight[e]])];
        _heatLeft = context.HasHeat ? [.. edges.Select(e => u.Temperature + mesh.EdgeLeft[e])] : [];
        _heatRight = context.HasHeat ? [.. edges.Select(e => u.Temperature + mesh.EdgeRight[e])] : [];
        _power = AlignedArray.Create<P>(_edges + 2);
    }

    public void Declare(PatternBuilder pattern)
    {
        for (int e = 0; e < _edges && _context.HasHeat; e++)
            pattern.Add([_heatLeft[e], _heatRight[e]], [.. Columns(e).Where(c => c >= 0)]);
    }

    public void Bind(ILinearSolver<P> solver)
    {
        if (!_context.HasHeat)
            return;
        _slots = new int[_edges * 2 * RowEntries];
        for (int e = 0; e < _edges; e++)
        {
            int[] columns = Columns(e);
            for (int k = 0; k < RowEntries; k++)
            {
                _slots[2 * e * RowEntries + k] = columns[k] >= 0 ? solver.Slot(_heatLeft[e], columns[k]) : -1;
                _slots[(2 * e + 1) * RowEntries + k] = columns[k] >= 0 ? solver.Slot(_heatRight[e], columns[k]) : -1;
            }
        }
    }

    /// <summary>Adds the power of each edge.</summary>
    /// <param name="x">State.</param>
    /// <param name="f">Rates.</param>
    /// <param name="current">Flux times area [1/s], edge e at place e + 1.</param>
    /// <param name="potential">Chemical potential at the nodes [V].</param>
    [MethodImpl(Compilation.HotLoop)]
    public void AddPower(P[] x, P[] f, P[] current, P[] potential)
    {
        if (_isChain)
        {
            int last = _edges - A.Count;
            for (int e = 0; ; e = Math.Min(e + A.Count, last))
            {
                W drop = A.Load(potential, e) - A.Load(potential, e + 1);
                if (_phi >= 0)
                    drop += A.Load(x, _phi + e) - A.Load(x, _phi + e + 1);
                A.Store(_power, e + 1, A.Load(current, e + 1) * drop * ElementaryCharge);
                if (e == last)
                    break;
            }
        }
        else
        {
            for (int e = 0; e < _edges; e++)
                _power[e + 1] = current[e + 1] * Drop(x, potential, e) * ElementaryCharge;
        }
        _context.HeatRate += VectorMath.Total(_power);
        if (!_context.HasHeat)
            return;
        if (!_isChain)
        {
            for (int e = 0; e < _edges; e++)
            {
                f[_heatLeft[e]] += _power[e + 1] * 0.5;
                f[_heatRight[e]] += _power[e + 1] * 0.5;
            }
            return;
        }
        int start = _heatLeft[0], i = 0;
        for (; i <= _edges + 1 - A.Count; i += A.Count)
            A.Store(f, start + i, A.Load(f, start + i) + (A.Load(_power, i) + A.Load(_power, i + 1)) * 0.5);
        for (; i <= _edges; i++)
            f[start + i] += (_power[i] + _power[i + 1]) * 0.5;
    }

    /// <summary>Adds the derivatives of the power: q (drop dJ + J d(drop)).</summary>
    /// <param name="x">State.</param>
    /// <param name="jacobian">Entries of the Jacobian.</param>
    /// <param name="current">Flux times area [1/s], edge e at place e + 1.</param>
    /// <param name="slopes">Its derivatives, edge e at place e.</param>
    /// <param name="potential">Chemical potential at the nodes [V].</param>
    /// <param name="byDensity">Its derivative by the density.</param>
    /// <param name="byTemperature">Its derivative by the temperature.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void AddEntries(P[] x, Span<P> jacobian, P[] current, in EdgeSlopes<P> slopes, P[] potential, P[] byDensity, P[] byTemperature)
    {
        P[] gradient = _context.HeatGradient;
        bool hasHeat = _context.HasHeat;
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        for (int e = 0; e < _edges; e++)
        {
            int left = _left[e], right = _right[e];
            P drop = Drop(x, potential, e) * ElementaryCharge, flow = current[e + 1] * ElementaryCharge;
            P byLeft = drop * slopes.ByLeft[e] + flow * byDensity[left];
            P byRight = drop * slopes.ByRight[e] - flow * byDensity[right];
            P byFall = _phi >= 0 ? drop * slopes.ByFall[e] + flow : default;
            if (!hasHeat)
            {
                gradient[_species + left] += byLeft;
                gradient[_species + right] += byRight;
                if (_phi >= 0)
                {
                    gradient[_phi + left] += byFall;
                    gradient[_phi + right] -= byFall;
                }
                continue;
            }
            P shared = drop * slopes.ByTemperature[e] * 0.5;
            P byHeatLeft = shared + flow * byTemperature[left], byHeatRight = shared - flow * byTemperature[right];
            (byLeft, byRight, byFall, byHeatLeft, byHeatRight) = (byLeft * 0.5, byRight * 0.5, byFall * 0.5, byHeatLeft * 0.5, byHeatRight * 0.5);
            ref int slots = ref _slots[2 * e * RowEntries];
            for (int end = 0; end < 2; end++)
            {
                Unsafe.Add(ref entries, slots) += byLeft;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 1)) += byRight;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 2)) += byHeatLeft;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 3)) += byHeatRight;
                if (_phi >= 0)
                {
                    Unsafe.Add(ref entries, Unsafe.Add(ref slots, 4)) += byFall;
                    Unsafe.Add(ref entries, Unsafe.Add(ref slots, 5)) -= byFall;
                }
                slots = ref Unsafe.Add(ref slots, RowEntries);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private P Drop(P[] x, P[] potential, int e)
    {
        int left = _left[e], right = _right[e];
        P drop = potential[left] - potential[right];
        return _phi >= 0 ? drop + (x[_phi + left] - x[_phi + right]) : drop;
    }

    private int[] Columns(int e) =>
    [
        _species + _left[e], _species + _right[e], _heatLeft[e], _heatRight[e],
        _phi >= 0 ? _phi + _left[e] : -1, _phi >= 0 ? _phi + _right[e] : -1,
    ];
}

/// <summary>Derivatives of the currents of edges, edge e at place e.</summary>
/// <param name="ByLeft">By the density on the left.</param>
/// <param name="ByRight">By the density on the right.</param>
/// <param name="ByFall">By the fall of the electric potential; empty without charge.</param>
/// <param name="ByTemperature">By the mean temperature; empty in isothermal runs.</param>
internal readonly record struct EdgeSlopes<P>(P[] ByLeft, P[] ByRight, P[] ByFall, P[] ByTemperature);
