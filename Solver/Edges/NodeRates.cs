using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Edges;

/// <summary>Sink of rates: adds flows to the balances of their ends, for a charged species
/// Poisson's equation, and dissipated heat.</summary>
/// <remarks>Half of the heat goes to each end. Of a group, what is its own is added.</remarks>
internal ref struct NodeRates<P, W, A, TPlace, TCharge, THeat> : IEdgeSink<W>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly ref P _rates, _charges, _heats, _capacitance, _charge, _bound, _chemical;
    private readonly nint _last;
    private readonly EdgeSet _edges;
    private readonly EdgeFlows<P> _flows;
    private readonly DeviceLanes<P> _context;
    private readonly Poisson<W> _poisson;
    private W _flow, _displacement, _power, _total, _density;

    /// <param name="x">State.</param>
    /// <param name="f">Rates.</param>
    /// <param name="unknowns">Where what flows has its unknowns.</param>
    /// <param name="edges">Edges.</param>
    /// <param name="context">Where dissipated heat is added up.</param>
    /// <param name="chemical">Enthalpy at the nodes, where it is not 0 and heat is dissipated.</param>
    /// <param name="poisson">Poisson's equation, for a charged species.</param>
    /// <param name="flows">Room for flows along scattered edges.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NodeRates(
        P[] x, P[] f, in FlowUnknowns unknowns, EdgeSet edges, DeviceLanes<P> context, SpeciesPotential<P>? chemical,
        PoissonRows<P>? poisson,
        EdgeFlows<P> flows)
    {
        (_context, _edges, _flows) = (context, edges, flows);
        _last = edges.Count;
        _rates = ref First(f, unknowns.Density);
        if (typeof(THeat) != typeof(Isothermal) && chemical is not null)
            _chemical = ref First(chemical.Value);
        if (typeof(THeat) == typeof(Warm))
            _heats = ref First(f, unknowns.Temperature + (typeof(TPlace) == typeof(Chain) ? edges.LeftMesh[0] : 0));
        if (typeof(TCharge) == typeof(Neutral))
            return;
        _poisson = new() { Permittivity = default, FixedChargeDensity = A.Broadcast(poisson!.Law.FixedChargeDensity) };
        _charges = ref First(f, unknowns.Potential);
        _capacitance = ref First(poisson.Capacitance);
        _charge = ref First(poisson.Charge);
        _bound = ref poisson.Bound >= 0 ? ref First(x, poisson.Bound) : ref Unsafe.NullRef<P>();
        if (typeof(TPlace) != typeof(Chain))
            AddCharges(ref First(x, unknowns.Density), poisson.Charge.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(nint e, in EdgeEnds<W> ends, W flow, in FlowSlopes<W> slopes)
    {
        if (typeof(TPlace) == typeof(Chain))
            A.Add(ref _rates, e, A.Behind(flow, _flow) - flow);
        else
            A.Put(ref First(_flows.Flow), e, flow);
        _flow = flow;
        if (typeof(TCharge) != typeof(Neutral))
        {
            W displacement = ends.Drop * A.Get(ref _capacitance, e);
            if (typeof(TPlace) == typeof(Chain))
                A.Add(ref _charges, e, Row(e, ends.Left, A.Behind(displacement, _displacement) - displacement));
            else
                A.Put(ref First(_flows.Displacement), e, displacement);
            (_displacement, _density) = (displacement, ends.Right);
        }
        if (typeof(THeat) == typeof(Isothermal))
            return;
        W power = Dissipation.Power<W, W>(flow, PotentialDrop(e, ends));
        _total += A.Own(power, e);
        if (typeof(THeat) != typeof(Warm))
            return;
        if (typeof(TPlace) == typeof(Chain))
            A.Add(ref _heats, e, (A.Behind(power, _power) + power) * 0.5);
        else
            A.Put(ref First(_flows.Power), e, power);
        _power = power;
    }

    /// <summary>Drop of the enthalpy over q, with that of the electric potential for a charged species [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly W PotentialDrop(nint e, in EdgeEnds<W> ends)
    {
        if (Unsafe.IsNullRef(ref _chemical))
            return ends.Drop;
        W drop = typeof(TPlace) == typeof(Chain)
            ? A.Get(ref _chemical, e) - A.Get(ref _chemical, e + 1)
            : A.Gather(ref _chemical, ref _edges.Left[e]) - A.Gather(ref _chemical, ref _edges.Right[e]);
        return typeof(TCharge) != typeof(Neutral) ? drop + ends.Drop : drop;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish()
    {
        if (typeof(TPlace) == typeof(Chain))
        {
            Unsafe.Add(ref _rates, _last) += A.Last(_flow);
            if (typeof(TCharge) != typeof(Neutral))
                Unsafe.Add(ref _charges, _last) += A.Last(Row(_last + 1 - A.Count, _density, _displacement));
            if (typeof(THeat) == typeof(Warm))
                Unsafe.Add(ref _heats, _last) += A.Last(_power) * 0.5;
        }
        else
        {
            _flows.Move(ref _rates, ref _charges, _edges);
            if (typeof(THeat) == typeof(Warm))
                _flows.Share(ref _heats, _edges.LeftMesh, _edges.RightMesh);
        }
        if (typeof(THeat) != typeof(Isothermal) && _context.HasLedger)
            _context.HeatRate += A.Sum(_total);
    }

    /// <summary>What nodes get of Poisson's equation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly W Row(nint node, W density, W displacement)
    {
        W protons = Unsafe.IsNullRef(ref _bound) ? density : density + A.Get(ref _bound, node);
        return _poisson.Row(protons, A.Get(ref _charge, node), displacement);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddCharges(ref P density, nint nodes)
    {
        for (nint i = 0; ; i = Math.Min(i + A.Count, nodes - A.Count))
        {
            A.Add(ref _charges, i, Row(i, A.Get(ref density, i), default));
            if (i == nodes - A.Count)
                break;
        }
    }
}
