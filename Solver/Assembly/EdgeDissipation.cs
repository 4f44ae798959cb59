using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
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
        // Filled up with zeros to whole vectors.
        _power = AlignedArray.Create<P>((_edges + 2 + Lanes.Count - 1) / Lanes.Count * Lanes.Count);
        P[] Slope(bool present) => AlignedArray.Create<P>(present ? _edges : 0);
        HalfPower = new(Slope(true), Slope(true), Slope(phi >= 0), Slope(context.HasHeat), Slope(context.HasHeat));
    }

    /// <summary>Derivatives of half of the power of each edge, which is what each end gets; see <see cref="Differentiate(P[], P[], in EdgeSlopes{P}, SpeciesPotential{P})"/>.</summary>
    public EdgeSlopes<P> HalfPower { get; }

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
        int last = _edges - A.Count;
        for (int e = 0; ; e = Math.Min(e + A.Count, last))
        {
            W drop = Left(potential, 0, e) - Right(potential, 0, e);
            if (_phi >= 0)
                drop += Left(x, _phi, e) - Right(x, _phi, e);
            A.Store(_power, e + 1, Dissipation.Power<W, W>(A.Load(current, e + 1), drop));
            if (e == last)
                break;
        }
        if (_context.HasLedger)
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

    /// <summary>Works out the derivatives of the power: q (drop dJ + J d(drop)).</summary>
    /// <param name="x">State.</param>
    /// <param name="current">Flux times area [1/s], edge e at place e + 1.</param>
    /// <param name="slopes">Its derivatives.</param>
    /// <param name="potential">Chemical potential at the nodes.</param>
    [MethodImpl(Compilation.HotLoop)]
    public void Differentiate(P[] x, P[] current, in EdgeSlopes<P> slopes, SpeciesPotential<P> potential)
    {
        int last = _edges - A.Count;
        for (int e = 0; ; e = Math.Min(e + A.Count, last))
        {
            Differentiate(x, e, current, slopes, potential);
            if (e == last)
                break;
        }
    }

    /// <summary>Adds these derivatives to the rows of temperature, or without heat to the gradient of the dissipated power.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public void AddEntries(Span<P> jacobian)
    {
        if (!_context.HasHeat)
        {
            AddToGradient();
            return;
        }
        // The slots are the solver's own: entries are taken without checks.
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        ref int slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        EdgeSlopes<P> power = HalfPower;
        int edges = _edges, chained = _isChain ? edges - 1 : 0;
        bool isCharged = _phi >= 0;
        P ownDensity = default, ownHeat = default, ownFall = default;
        for (int e = 0; e < edges; e++)
        {
            P byLeft = power.ByLeft[e], byRight = power.ByRight[e], byHeatLeft = power.ByLeftTemperature[e], byHeatRight = power.ByRightTemperature[e];
            ref int next = ref Unsafe.Add(ref slots, RowEntries);
            Unsafe.Add(ref entries, slots) += byLeft + ownDensity;
            Unsafe.Add(ref entries, Unsafe.Add(ref slots, 1)) += byRight;
            Unsafe.Add(ref entries, Unsafe.Add(ref slots, 2)) += byHeatLeft + ownHeat;
            Unsafe.Add(ref entries, Unsafe.Add(ref slots, 3)) += byHeatRight;
            Unsafe.Add(ref entries, next) += byLeft;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 2)) += byHeatLeft;
            P byFall = default;
            if (isCharged)
            {
                byFall = power.ByFall[e];
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 4)) += byFall + ownFall;
                Unsafe.Add(ref entries, Unsafe.Add(ref slots, 5)) -= byFall;
                Unsafe.Add(ref entries, Unsafe.Add(ref next, 4)) += byFall;
            }
            // In a chain the right end is the next edge's left one: what belongs on its diagonal goes there together.
            if (e < chained)
            {
                (ownDensity, ownHeat, ownFall) = (byRight, byHeatRight, -byFall);
            }
            else
            {
                Unsafe.Add(ref entries, Unsafe.Add(ref next, 1)) += byRight;
                Unsafe.Add(ref entries, Unsafe.Add(ref next, 3)) += byHeatRight;
                if (isCharged)
                    Unsafe.Add(ref entries, Unsafe.Add(ref next, 5)) -= byFall;
            }
            slots = ref Unsafe.Add(ref next, RowEntries);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void Differentiate(P[] x, int e, P[] current, in EdgeSlopes<P> slopes, SpeciesPotential<P> potential)
    {
        const double Half = 0.5 * ElementaryCharge;
        W drop = (Left(potential.Value, 0, e) - Right(potential.Value, 0, e)) * Half, flow = A.Load(current, e + 1) * Half;
        if (_phi >= 0)
        {
            drop += (Left(x, _phi, e) - Right(x, _phi, e)) * Half;
            A.Store(HalfPower.ByFall, e, drop * A.Load(slopes.ByFall, e) + flow);
        }
        A.Store(HalfPower.ByLeft, e, drop * A.Load(slopes.ByLeft, e) + flow * Left(potential.ByDensity, 0, e));
        A.Store(HalfPower.ByRight, e, drop * A.Load(slopes.ByRight, e) - flow * Right(potential.ByDensity, 0, e));
        if (!_context.HasHeat)
            return;
        A.Store(HalfPower.ByLeftTemperature, e, drop * A.Load(slopes.ByLeftTemperature, e) + flow * Left(potential.ByTemperature, 0, e));
        A.Store(HalfPower.ByRightTemperature, e, drop * A.Load(slopes.ByRightTemperature, e) - flow * Right(potential.ByTemperature, 0, e));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void AddToGradient()
    {
        P[] gradient = _context.HeatGradient;
        for (int e = 0; e < _edges; e++)
        {
            gradient[_species + _left[e]] += HalfPower.ByLeft[e] * 2;
            gradient[_species + _right[e]] += HalfPower.ByRight[e] * 2;
            if (_phi < 0)
                continue;
            gradient[_phi + _left[e]] += HalfPower.ByFall[e] * 2;
            gradient[_phi + _right[e]] -= HalfPower.ByFall[e] * 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W Left(P[] values, int start, int e) => _isChain ? A.Load(values, start + e) : A.Gather(values, start, _left, e);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W Right(P[] values, int start, int e) => _isChain ? A.Load(values, start + e + 1) : A.Gather(values, start, _right, e);

    private int[] Columns(int e) =>
    [
        _species + _left[e], _species + _right[e], _heatLeft[e], _heatRight[e],
        _phi >= 0 ? _phi + _left[e] : -1, _phi >= 0 ? _phi + _right[e] : -1,
    ];
}
