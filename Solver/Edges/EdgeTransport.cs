using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Edges;

/// <summary>What flows along edges, whatever its law: one sweep over the edges, with a sink for what is done with the flows.</summary>
/// <typeparam name="P">Numbers of the state.</typeparam>
internal abstract class EdgeTransport<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Entries of the Jacobian that <see cref="AddLinearised"/> writes with their constants instead of adding to them.</summary>
    public Range Written { get; protected set; }

    /// <summary>Factor on the flow of each edge; what drives it may be changed between segments.</summary>
    public abstract P[] Conductance { get; }

    /// <summary>True where <see cref="AddStage"/> can be used.</summary>
    public abstract bool FormsStages { get; }

    /// <summary>Names the entries of the Jacobian, and adds constant ones.</summary>
    public abstract void Enter(MatrixEntries<P> entries);

    /// <summary>Adds to F.</summary>
    public abstract void AddResidual(P[] x, P[] f);

    /// <summary>Adds to F and to its Jacobian.</summary>
    public abstract void AddLinearised(P[] x, P[] f, Span<P> jacobian);

    /// <summary>Forms density and potential of a stage's point with their sums, and adds F at the point to these.</summary>
    public abstract void AddStage(StageSums<P> sums, P[] point, P[] rate);
}

/// <inheritdoc/>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the sweep computes with.</typeparam>
/// <typeparam name="A">How edges are taken from the state.</typeparam>
/// <typeparam name="TFlow">Law of the flow.</typeparam>
/// <typeparam name="TPlace"><see cref="Chain"/> or <see cref="Scattered"/>.</typeparam>
/// <typeparam name="TCharge"><see cref="Charged"/>, <see cref="Negative"/> or <see cref="Neutral"/>.</typeparam>
/// <typeparam name="THeat"><see cref="Isothermal"/>, <see cref="Metered"/> or <see cref="Warm"/>.</typeparam>
internal sealed class EdgeTransport<P, W, A, TFlow, TPlace, TCharge, THeat> : EdgeTransport<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
    where TFlow : struct, IEdgeFlow<W>
{
    private readonly DeviceLanes<P> _context;
    private readonly EdgeSet _edges;
    private readonly FlowUnknowns _unknowns;
    private readonly TFlow _flow;
    private readonly PoissonRows<P>? _poisson;
    private readonly SpeciesPotential<P>? _chemical;
    private readonly W _inverseThermalVoltage;
    private readonly bool _isAlone;
    private readonly P[] _conductance, _hops;
    private readonly EdgeSlopes<P> _slopes, _halfPower;
    private readonly EdgeEntries<P> _entries;
    private readonly EdgeEntries<P>? _heatEntries;
    private readonly EdgeFlows<P> _flows;
    private readonly CrossField<P>? _cross;
    private ChainLevels<P>? _levels;

    /// <param name="context">Context.</param>
    /// <param name="edges">Edges.</param>
    /// <param name="unknowns">Where what flows has its unknowns.</param>
    /// <param name="flow">Law of the flow.</param>
    /// <param name="factors">What the flow needs of the edges: length, area and a factor.</param>
    /// <param name="chemical">Enthalpy at the nodes, where it is not 0 and heat is metered.</param>
    /// <param name="poisson">Poisson's equation, for a charged species.</param>
    /// <param name="cross">Field across the edges, where the flow depends on it.</param>
    /// <param name="isAlone">True when no other part adds to the rows of inner nodes by their own
    /// unknowns, which then may be written.</param>
    public EdgeTransport(
        DeviceLanes<P> context, EdgeSet edges, FlowUnknowns unknowns, TFlow flow, (P[] Length, P[] Area, P[] Factor) factors,
        SpeciesPotential<P>? chemical = null, PoissonRows<P>? poisson = null, CrossField<P>? cross = null, bool isAlone = false)
    {
        if (edges.Count < A.Count)
            throw new ArgumentException($"A sweep takes {A.Count} edges at a time; there are {edges.Count}.");
        (_context, _edges, _unknowns, _flow, _isAlone) = (context, edges, unknowns, flow, isAlone);
        (_chemical, _poisson, _cross) = (chemical, poisson, cross);
        _inverseThermalVoltage = A.Broadcast(context.InverseThermalVoltage);
        (_conductance, _hops) = (AlignedArray.Create<P>(edges.Count), AlignedArray.Create<P>(edges.Count));
        int last = edges.Count - A.Count;
        for (int e = 0; ; e = Math.Min(e + A.Count, last))
        {
            EdgeFactors<W> edge = flow.Edge(
                A.Get(ref First(factors.Length), e), A.Get(ref First(factors.Area), e), A.Get(ref First(factors.Factor), e));
            A.Put(ref First(_conductance), e, edge.Conductance);
            A.Put(ref First(_hops), e, edge.HopsPerTwoLengths);
            if (e == last)
                break;
        }
        bool isCrossed = cross is not null, isWarm = typeof(THeat) == typeof(Warm), isCharged = typeof(TCharge) != typeof(Neutral);
        _flows = EdgeFlows<P>.Create(typeof(TPlace) == typeof(Chain) ? 0 : edges.Count, isCharged, typeof(THeat) != typeof(Isothermal));
        bool isLinear = typeof(TFlow) == typeof(LinearFlow<W>);
        _slopes = EdgeSlopes<P>.Create(isLinear ? 0 : edges.Count, isCharged, isWarm, isCrossed);
        _halfPower = EdgeSlopes<P>.Create(typeof(THeat) == typeof(Isothermal) ? 0 : edges.Count, isCharged, isWarm, isCrossed);
        _entries = new(edges, unknowns.Density, unknowns, isTaken: true);
        _heatEntries = typeof(THeat) == typeof(Isothermal) ? null : new(edges, unknowns.Temperature, unknowns, isTaken: false);
    }

    public override P[] Conductance => _conductance;

    public override bool FormsStages => typeof(TPlace) == typeof(Chain) && typeof(TCharge) == typeof(Charged)
        && typeof(THeat) == typeof(Isothermal) && A.Count == 1 && _isAlone && _context.U.Bound < 0;

    public override void Enter(MatrixEntries<P> entries)
    {
        _entries.Enter(entries);
        _heatEntries?.Enter(entries);
        _cross?.Enter(entries);
        if (typeof(TFlow) == typeof(LinearFlow<W>))
            _entries.AddLinear(entries, _conductance);
        if (entries.Solver is not { } solver)
            return;
        if (typeof(THeat) == typeof(Warm) && typeof(TPlace) == typeof(Chain) && typeof(TCharge) == typeof(Charged) && _isAlone)
            _levels = ChainLevels<P>.Of(solver, [_unknowns.Density, _unknowns.Potential, _unknowns.Temperature + _edges.LeftMesh[0]],
                _edges.Count, entries.Constants);
        Written = _levels?.Entries ?? (FormsStages ? InnerEntries(solver) : default);
    }

    /// <summary>The entries of inner nodes, to which no other part adds; none unless they stand together as 2 x 2 blocks.</summary>
    private Range InnerEntries(ILinearSolver<P> solver)
    {
        const int Level = 12;
        int start = solver.Slot(_unknowns.Density + 1, _unknowns.Density), end = start + (_edges.Count - 1) * Level;
        bool isAlone = solver.Slot(_unknowns.Potential + _edges.Count - 1, _unknowns.Potential + _edges.Count) == end - 1;
        return isAlone ? start..end : default;
    }

    // Sweeps are compiled into the methods that begin them: sources and sinks are then registers, not memory.

    [MethodImpl(Compilation.HotLoop)]
    public override void AddResidual(P[] x, P[] f)
    {
        if (typeof(TPlace) == typeof(Scattered))
            _cross?.Update(x);
        Sweep<StateSource<P, W, A, TPlace, TCharge, THeat>, NodeRates<P, W, A, TPlace, TCharge, THeat>, Plain>(State(x), Rates(x, f));
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        if (typeof(TFlow) == typeof(LinearFlow<W>))
        {
            AddResidual(x, f);
            return;
        }
        if (FormsStages && Written.End.Value > 0)
        {
            WriteLinearised(x, f, jacobian);
            return;
        }
        StoreLinearised(x, f);
        if (_levels is not null)
        {
            _levels.Write(jacobian, _slopes, _halfPower);
            return;
        }
        _entries.Add(jacobian, _slopes);
        if (typeof(THeat) == typeof(Warm))
            _heatEntries!.Add(jacobian, _halfPower);
        if (typeof(THeat) == typeof(Metered))
            _heatEntries!.AddTo(_context.HeatGradient, _halfPower);
        _cross?.Add(jacobian, _slopes.ByAcross, _halfPower.ByAcross, _context.HeatGradient);
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void AddStage(StageSums<P> sums, P[] point, P[] rate)
    {
        // Without stages before, only for the message about a step that failed at once.
        if (sums.Count is 0 or > StageSums<P>.Fused)
        {
            sums.Form(point, rate, _unknowns.Density, 2 * (_edges.Count + 1));
            AddResidual(point, rate);
            return;
        }
        Sweep<StageSource<P, W, A>, NodeRates<P, W, A, TPlace, TCharge, THeat>, Plain>(
            new(sums, point, rate, _unknowns, _edges.Count, _inverseThermalVoltage), Rates(point, rate));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void StoreLinearised(P[] x, P[] f)
    {
        if (typeof(TPlace) == typeof(Scattered))
            _cross?.Update(x);
        Sweep<StateSource<P, W, A, TPlace, TCharge, THeat>, StoredSlopes<P, W, A, TPlace, TCharge, THeat>, Linearised>(
            State(x), new(Rates(x, f), _edges, _slopes, _halfPower, _chemical));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void WriteLinearised(P[] x, P[] f, Span<P> jacobian) =>
        Sweep<StateSource<P, W, A, TPlace, TCharge, THeat>, WrittenEntries<P, W, A, TPlace, TCharge, THeat>, Linearised>(
            State(x), new(Rates(x, f), jacobian, _entries.Slots));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StateSource<P, W, A, TPlace, TCharge, THeat> State(P[] x) => new(x, _unknowns, _edges, _inverseThermalVoltage);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NodeRates<P, W, A, TPlace, TCharge, THeat> Rates(P[] x, P[] f) =>
        new(x, f, _unknowns, _edges, _context, _chemical, _poisson, _flows);

    /// <summary>The sweep.</summary>
    /// <typeparam name="TSource">Where ends are taken from.</typeparam>
    /// <typeparam name="TSink">What is done with the flows.</typeparam>
    /// <typeparam name="TOrder"><see cref="Linearised"/> with derivatives.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sweep<TSource, TSink, TOrder>(TSource source, TSink sink)
        where TSource : struct, IEdgeSource<W>, allows ref struct
        where TSink : struct, IEdgeSink<W>, allows ref struct
        where TOrder : struct
    {
        ref P conductance = ref First(_conductance), hops = ref First(_hops);
        ref P across = ref _cross is null ? ref Unsafe.NullRef<P>() : ref First(_cross.Squares);
        // Of a read-only field of a type parameter, each call would take a copy.
        ref TFlow law = ref Unsafe.AsRef(in _flow);
        nint last = _edges.Count - A.Count;
        for (nint e = 0; ; e = Math.Min(e + A.Count, last))
        {
            EdgeEnds<W> ends = source.Take(e);
            EdgeFactors<W> edge = new(A.Get(ref conductance, e), typeof(TCharge) == typeof(Charged) ? A.Get(ref hops, e) : default,
                typeof(TPlace) == typeof(Scattered) && typeof(TCharge) == typeof(Charged) && !Unsafe.IsNullRef(ref across)
                    ? A.Get(ref across, e) : default);
            FlowSlopes<W> slopes = default;
            W flow = typeof(TOrder) == typeof(Linearised)
                ? law.Evaluate(ends.Left, ends.Right, ends.Drop, ends.InverseThermalVoltage, edge, out slopes)
                : law.Evaluate(ends.Left, ends.Right, ends.Drop, ends.InverseThermalVoltage, edge);
            sink.Take(e, ends, flow, slopes);
            if (e == last)
                break;
        }
        sink.Finish();
    }

    /// <summary>A sweep without derivatives.</summary>
    private readonly struct Plain;

    /// <summary>A sweep with derivatives.</summary>
    private readonly struct Linearised;
}
