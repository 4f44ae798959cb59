using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Mobile protons and the potential in PSG: hopping drift-diffusion with Poisson, and the heat it dissipates.</summary>
/// <remarks>
/// Node i: V_i dc_i/dt = sum of fluxes in, 0 = sum of displacement in + q V_i (c_i + b_i - c_fix). Fluxes of edges first,
/// then their sums at nodes, so that protons are conserved by construction. The dissipated power of an edge is its flux
/// times the fall of the electrochemical potential, half of it to each end.
/// </remarks>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loop over edges computes with.</typeparam>
/// <typeparam name="A">How edges are taken from the state.</typeparam>
/// <typeparam name="TLaw">Hop law.</typeparam>
/// <typeparam name="TLimit"><see cref="SiteLimit"/> or <see cref="NoSiteLimit"/>.</typeparam>
/// <typeparam name="THeat"><see cref="Warm"/> or <see cref="Isothermal"/>.</typeparam>
internal sealed partial class ProtonTransport<P, W, A, TLaw, TLimit, THeat> : IProtonTransport<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
    where TLaw : struct, IHopLaw<TLaw, W>
    where TLimit : struct
    where THeat : struct
{
    private const int RowEntries = 6;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly HoppingFlux<W, TLaw, TLimit, THeat> _flux;
    private readonly Poisson<W> _poisson;
    private readonly int _edges, _nodes;
    private readonly bool _isChain;

    // One edge of a chain at a time, without heat, site limit and traps: see AddStage.
    private readonly bool _goesAlong;
    private readonly int[] _left, _right;
    private readonly P[] _hops, _conductance, _capacitance, _volume, _charge;

    // Of edge e at place e + 1: before the first and after the last edge of a chain nothing flows.
    private readonly P[] _current, _displacement;
    private readonly EdgeSlopes<P> _slopes;
    private readonly int[] _protonSlots, _temperatureLeft, _temperatureRight;
    private readonly EdgeDissipation<P, W, A>? _dissipation;

    public ProtonTransport(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        int[] edges = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Electrolyte)];
        _edges = edges.Length;
        if (_edges < A.Count)
            throw new ArgumentException($"PSG has {_edges} cells; at least {A.Count} are needed.");
        _nodes = _u.PsgNodes.Length;
        _left = [.. edges.Select(e => _u.Local[mesh.EdgeLeft[e]])];
        _right = [.. edges.Select(e => _u.Local[mesh.EdgeRight[e]])];
        _isChain = _edges == _nodes - 1 && _left.Select((l, i) => l == i && _right[i] == i + 1).All(ok => ok)
            && edges.All(e => mesh.EdgeLeft[e] == mesh.EdgeLeft[edges[0]] + (e - edges[0]) && mesh.EdgeRight[e] == mesh.EdgeLeft[e] + 1);

        _volume = AlignedArray.Of(_u.PsgNodes.Select(n => context.Pack((_, m) => m.Volume[n])));
        _charge = AlignedArray.Of(_u.PsgNodes.Select(n => context.Pack((_, m) => ElementaryCharge * m.Volume[n])));
        _flux = HoppingFlux<W, TLaw, TLimit, THeat>.Of(context.Broadcast<W, A>, context.Device);
        _poisson = Poisson<W>.Of(context.Broadcast<W, A>, context.Device);
        P[] Each(Func<DeviceColumn, int, double> value) => AlignedArray.Of(edges.Select(e => context.PackColumn(c => value(c, e))));
        P[] length = Each((c, e) => c.Mesh.EdgeLength[e]), area = Each((c, e) => c.Mesh.EdgeArea[e]), factor = Each((c, e) => c.HopFactors?[e] ?? 1);
        (_hops, _conductance, _capacitance) = (AlignedArray.Create<P>(_edges), AlignedArray.Create<P>(_edges), AlignedArray.Create<P>(_edges));
        for (int e = 0; ; e = Math.Min(e + A.Count, _edges - A.Count))
        {
            HopEdge<W> edge = _flux.Edge(A.Load(length, e), A.Load(area, e), A.Load(factor, e));
            A.Store(_hops, e, edge.HopsPerTwoLengths);
            A.Store(_conductance, e, edge.Conductance);
            A.Store(_capacitance, e, _poisson.Permittivity * A.Load(area, e) / A.Load(length, e));
            if (e == _edges - A.Count)
                break;
        }
        _goesAlong = A.Count == 1 && _isChain && !context.HasEnergy && typeof(TLimit) == typeof(NoSiteLimit) && _u.Bound < 0;

        _current = AlignedArray.Create<P>(_edges + 2);
        _displacement = AlignedArray.Create<P>(_edges + 2);
        P[] byTemperature = context.HasHeat ? AlignedArray.Create<P>(_edges) : [];
        _slopes = new(AlignedArray.Create<P>(_edges), AlignedArray.Create<P>(_edges), AlignedArray.Create<P>(_edges), byTemperature, byTemperature);
        _protonSlots = new int[_edges * 2 * RowEntries];
        _dissipation = context.HasEnergy ? new(context, _u.Proton, _u.Potential, edges, _isChain) : null;
        _temperatureLeft = context.HasHeat ? [.. edges.Select(e => mesh.EdgeLeft[e])] : [];
        _temperatureRight = context.HasHeat ? [.. edges.Select(e => mesh.EdgeRight[e])] : [];
    }

    public void Declare(PatternBuilder pattern)
    {
        for (int e = 0; e < _edges; e++)
        {
            pattern.Add([_u.Proton + _left[e], _u.Proton + _right[e]], Columns(e));
            pattern.Add([_u.Potential + _left[e], _u.Potential + _right[e]],
                [_u.Potential + _left[e], _u.Potential + _right[e]]);
        }
        _dissipation?.Declare(pattern);
        for (int i = 0; i < _nodes; i++)
        {
            pattern.Add(_u.Potential + i, _u.Proton + i);
            if (_u.Bound >= 0)
                pattern.Add(_u.Potential + i, _u.Bound + i);
        }
    }

    public void Bind(ILinearSolver<P> solver)
    {
        _dissipation?.Bind(solver);
        for (int e = 0; e < _edges; e++)
        {
            int[] columns = Columns(e);
            for (int k = 0; k < columns.Length; k++)
            {
                _protonSlots[(2 * e) * RowEntries + k] = solver.Slot(_u.Proton + _left[e], columns[k]);
                _protonSlots[(2 * e + 1) * RowEntries + k] = solver.Slot(_u.Proton + _right[e], columns[k]);
            }
        }
        _solver = solver;
    }

    private ILinearSolver<P>? _solver;
    private ChainLevels<P>? _levels;

    /// <inheritdoc/>
    public Range Written { get; private set; }

    public void AddConstants(P[] jacobian, P[] mass)
    {
        if (_context.HasHeat && _isChain)
            _levels = ChainLevels<P>.Of(_solver!, [_u.Proton, _u.Potential, TemperatureLeft(0)], _edges, jacobian);
        Written = _levels?.Entries ?? (_goesAlong ? InnerEntries() : default);
        for (int i = 0; i < _nodes; i++)
        {
            mass[_u.Proton + i] += _volume[i];
            jacobian[_solver!.Slot(_u.Potential + i, _u.Proton + i)] += _charge[i];
            if (_u.Bound >= 0)
                jacobian[_solver.Slot(_u.Potential + i, _u.Bound + i)] += _charge[i];
        }
        for (int e = 0; e < _edges; e++)
        {
            int left = _u.Potential + _left[e], right = _u.Potential + _right[e];
            jacobian[_solver!.Slot(left, left)] -= _capacitance[e];
            jacobian[_solver.Slot(left, right)] += _capacitance[e];
            jacobian[_solver.Slot(right, right)] -= _capacitance[e];
            jacobian[_solver.Slot(right, left)] += _capacitance[e];
        }
    }

    /// <summary>The entries of inner nodes, to which no other part adds; none unless they stand together as 2 x 2 blocks.</summary>
    private Range InnerEntries()
    {
        const int Level = 12;
        int start = _solver!.Slot(_u.Proton + 1, _u.Proton), end = start + (_nodes - 2) * Level;
        bool isAlone = _solver.Slot(_u.Potential + _nodes - 2, _u.Potential + _nodes - 1) == end - 1;
        return isAlone ? start..end : default;
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        if (_isChain && _context.HasHeat && Compilation.InlinesWholeEdges)
        {
            AddWarmAlong(x, f);
            return;
        }
        if (_isChain && _dissipation is null && Compilation.InlinesWholeEdges)
        {
            AddAlong(x, f);
            return;
        }
        // The last group overlaps the one before it: fluxes are stored, not added, so that this is harmless.
        int last = _edges - A.Count;
        for (int e = 0; ; e = Math.Min(e + A.Count, last))
        {
            if (_context.HasHeat)
                WarmEdgeResidual(x, e);
            else
                EdgeResidual(x, e);
            if (e == last)
                break;
        }
        AddBalances(x, f);
    }

    /// <summary>Energy of the field in PSG [J].</summary>
    public P FieldEnergy(P[] x)
    {
        P sum = default;
        for (int e = 0; e < _edges; e++)
        {
            P fall = x[_u.Potential + _left[e]] - x[_u.Potential + _right[e]];
            sum += fall * fall * _capacitance[e] * 0.5;
        }
        return sum;
    }

    private int TemperatureLeft(int e) => _u.Temperature + _temperatureLeft[e];

    private int TemperatureRight(int e) => _u.Temperature + _temperatureRight[e];

    private int[] Columns(int e)
    {
        int[] columns =
        [
            _u.Proton + _left[e], _u.Proton + _right[e], _u.Potential + _left[e], _u.Potential + _right[e],
        ];
        return _context.HasHeat ? [.. columns, TemperatureLeft(e), TemperatureRight(e)] : columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LoadEnds(P[] x, int e, out W left, out W right, out W fall)
    {
        if (_isChain)
        {
            left = A.Load(x, _u.Proton + e);
            right = A.Load(x, _u.Proton + e + 1);
            fall = A.Load(x, _u.Potential + e) - A.Load(x, _u.Potential + e + 1);
        }
        else
        {
            left = A.Gather(x, _u.Proton, _left, e);
            right = A.Gather(x, _u.Proton, _right, e);
            fall = A.Gather(x, _u.Potential, _left, e) - A.Gather(x, _u.Potential, _right, e);
        }
    }

    /// <summary>Adds what flows into nodes, and their charge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddNode(P[] f, int node, W density, W inflow, W displacement)
    {
        int c = _u.Proton + node, phi = _u.Potential + node;
        A.Store(f, c, A.Load(f, c) + inflow);
        A.Store(f, phi, A.Load(f, phi) + _poisson.Row(density, A.Load(_charge, node), displacement));
    }

    // Methods of their own, not inlined, have the compiler's full budget for inlining the laws.
    [MethodImpl(Compilation.HotLoop)]
    private void EdgeResidual(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        A.Store(_current, e + 1, _flux.Evaluate(left, right, fall, _flux.InverseThermalVoltage, new(A.Load(_hops, e), A.Load(_conductance, e))));
        A.Store(_displacement, e + 1, fall * A.Load(_capacitance, e));
    }

    /// <summary>Displacements of the edges, where the loop over fluxes is full.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Displace(P[] x)
    {
        if (_isChain)
            ChainFlows.Between(_displacement, x, _u.Potential, _capacitance);
        for (int e = 0; e < _edges && !_isChain; e++)
            _displacement[e + 1] = (x[_u.Potential + _left[e]] - x[_u.Potential + _right[e]]) * _capacitance[e];
    }

    /// <summary>Adds the currents and displacements of the edges to the balances of the nodes, and the heat.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddBalances(P[] x, P[] f)
    {
        Sum(x, f);
        _dissipation?.AddPower(x, f, _current, _context.AtNodes!.Proton.Value);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void Sum(P[] x, P[] f)
    {
        int c = _u.Proton, phi = _u.Potential, i = 0;
        for (; i <= _nodes - A.Count; i += A.Count)
        {
            W inflow = default, displacement = default;
            if (_isChain)
            {
                inflow = A.Load(_current, i) - A.Load(_current, i + 1);
                displacement = A.Load(_displacement, i) - A.Load(_displacement, i + 1);
            }
            AddNode(f, i, A.Load(x, c + i), inflow, displacement);
        }
        P background = A.Last(_poisson.FixedChargeDensity);
        for (; i < _nodes; i++)
        {
            f[phi + i] += _charge[i] * (x[c + i] - background);
            if (_isChain)
            {
                f[c + i] += _current[i] - _current[i + 1];
                f[phi + i] += _displacement[i] - _displacement[i + 1];
            }
        }
        AddBound(x, f);
        for (int e = 0; e < _edges && !_isChain; e++)
        {
            int left = _left[e], right = _right[e];
            f[c + left] -= _current[e + 1];
            f[c + right] += _current[e + 1];
            f[phi + left] -= _displacement[e + 1];
            f[phi + right] += _displacement[e + 1];
        }
    }

    /// <summary>Adds the charge of bound protons, if there are any.</summary>
    private void AddBound(P[] x, P[] f)
    {
        for (int i = 0; i < _nodes && _u.Bound >= 0; i++)
            f[_u.Potential + i] += _charge[i] * x[_u.Bound + i];
    }
}
