using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Time;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Edges;

/// <summary>Ends of the edges of a chain at a point that is formed on the way, node by node: nothing is
/// written and read again in between.</summary>
internal ref struct StageSource<P, W, A> : IEdgeSource<W>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly ref P _point, _rate, _state, _mass, _k0, _k1, _k2, _k3, _k4, _a, _c;
    private readonly nint _apart, _last;
    private readonly int _count;
    private readonly W _inverseThermalVoltage;
    private W _density, _potential, _nextDensity, _nextPotential;

    /// <param name="sums">Sums of one to <see cref="StageSums{P}.Fused"/> stages.</param>
    /// <param name="point">Point of the stage.</param>
    /// <param name="rate">Right-hand side.</param>
    /// <param name="unknowns">Where density and potential are.</param>
    /// <param name="edges">Number of edges.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StageSource(StageSums<P> sums, P[] point, P[] rate, in FlowUnknowns unknowns, int edges, W inverseThermalVoltage)
    {
        int c = unknowns.Density, count = sums.Count;
        (_apart, _last, _count, _inverseThermalVoltage) = (unknowns.Potential - c, edges, count, inverseThermalVoltage);
        _point = ref First(point, c);
        _rate = ref First(rate, c);
        _state = ref First(sums.State, c);
        _mass = ref First(sums.Mass, c);
        _k0 = ref First(sums.Stages[0], c);
        _k1 = ref First(sums.Stages[Math.Min(1, count - 1)], c);
        _k2 = ref First(sums.Stages[Math.Min(2, count - 1)], c);
        _k3 = ref First(sums.Stages[Math.Min(3, count - 1)], c);
        _k4 = ref First(sums.Stages[Math.Min(4, count - 1)], c);
        _a = ref First(sums.PointFactors);
        _c = ref First(sums.RateFactors);
        sums.Form(point, rate, c, 2);
        sums.Form(point, rate, unknowns.Potential, 2);
        (_density, _nextDensity) = (A.Get(ref _point, 0), A.Get(ref _point, 1));
        (_potential, _nextPotential) = (A.Get(ref _point, _apart), A.Get(ref _point, _apart + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EdgeEnds<W> Take(nint e)
    {
        // The node behind the edge, so that the edge need not wait for it; at the end the last one again.
        nint n = Math.Min(e + 2, _last), p = n + _apart;
        W density = A.Get(ref _state, n), potential = A.Get(ref _state, p), sum = default;
        AddTerm(ref _k0, 0, n, p, ref density, ref potential, ref sum);
        if (_count > 1)
            AddTerm(ref _k1, 1, n, p, ref density, ref potential, ref sum);
        if (_count > 2)
            AddTerm(ref _k2, 2, n, p, ref density, ref potential, ref sum);
        if (_count > 3)
            AddTerm(ref _k3, 3, n, p, ref density, ref potential, ref sum);
        if (_count > 4)
            AddTerm(ref _k4, 4, n, p, ref density, ref potential, ref sum);
        A.Put(ref _point, n, density);
        A.Put(ref _point, p, potential);
        if (e + 2 == n)
        {
            A.Put(ref _rate, n, sum * A.Get(ref _mass, n));
            // The potential has no mass, so that the stages before give nothing.
            A.Put(ref _rate, p, default);
        }
        EdgeEnds<W> ends = default;
        (ends.Left, ends.Right, ends.Drop, ends.InverseThermalVoltage) = (_density, _nextDensity, _potential - _nextPotential,
            _inverseThermalVoltage);
        (_density, _potential, _nextDensity, _nextPotential) = (_nextDensity, _nextPotential, density, potential);
        return ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddTerm(ref P stage, nint j, nint n, nint p, ref W density, ref W potential, ref W sum)
    {
        W k = A.Get(ref stage, n), a = A.Get(ref _a, j);
        density = W.MultiplyAdd(a, k, density);
        potential = W.MultiplyAdd(a, A.Get(ref stage, p), potential);
        sum = W.MultiplyAdd(A.Get(ref _c, j), k, sum);
    }
}
