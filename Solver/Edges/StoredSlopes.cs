using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Edges;

/// <summary>Sink of rates that also stores derivatives, of flows and of what they dissipate, from which
/// <see cref="EdgeEntries{P}"/> are added.</summary>
internal ref struct StoredSlopes<P, W, A, TPlace, TCharge, THeat> : IEdgeSink<W>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly ref P _byLeft, _byRight, _byDrop, _byTemperature, _byAcross, _powerByAcross;
    private readonly ref P _powerByLeft, _powerByRight, _powerByDrop, _powerByTemperature, _chemicalByDensity;
    private readonly ref int _left, _right;
    private NodeRates<P, W, A, TPlace, TCharge, THeat> _rates;

    /// <param name="rates">Sink of the rates.</param>
    /// <param name="edges">Edges.</param>
    /// <param name="flow">Derivatives of the flow.</param>
    /// <param name="power">Derivatives of half of the dissipated power.</param>
    /// <param name="chemical">Enthalpy at the nodes, where it is not 0 and heat is dissipated.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StoredSlopes(
        NodeRates<P, W, A, TPlace, TCharge, THeat> rates, EdgeSet edges, EdgeSlopes<P> flow, EdgeSlopes<P> power,
        SpeciesPotential<P>? chemical)
    {
        _rates = rates;
        _byLeft = ref First(flow.ByLeft);
        _byRight = ref First(flow.ByRight);
        _byDrop = ref First(flow.ByDrop);
        _byTemperature = ref First(flow.ByTemperature);
        _byAcross = ref flow.ByAcross.Length > 0 ? ref First(flow.ByAcross) : ref Unsafe.NullRef<P>();
        _left = ref MemoryMarshal.GetArrayDataReference(edges.Left);
        _right = ref MemoryMarshal.GetArrayDataReference(edges.Right);
        if (typeof(THeat) == typeof(Isothermal))
            return;
        _powerByLeft = ref First(power.ByLeft);
        _powerByRight = ref First(power.ByRight);
        _powerByDrop = ref First(power.ByDrop);
        _powerByAcross = ref First(power.ByAcross);
        _powerByTemperature = ref First(power.ByTemperature);
        if (chemical is not null)
            _chemicalByDensity = ref First(chemical.ByDensity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(nint e, in EdgeEnds<W> ends, W flow, in FlowSlopes<W> slopes)
    {
        _rates.Take(e, ends, flow, slopes);
        A.Put(ref _byLeft, e, slopes.ByLeft);
        A.Put(ref _byRight, e, slopes.ByRight);
        if (typeof(TCharge) == typeof(Charged))
            A.Put(ref _byDrop, e, slopes.ByDrop);
        else if (typeof(TCharge) == typeof(Negative))
            A.Put(ref _byDrop, e, -slopes.ByDrop);
        bool isCrossed = typeof(TCharge) == typeof(Charged) && typeof(TPlace) == typeof(Scattered) && !Unsafe.IsNullRef(ref _byAcross);
        if (isCrossed)
            A.Put(ref _byAcross, e, slopes.ByAcross);
        // Of the mean temperature, of which each end has half: d(q/kT)/dT = -(q/kT)^2 k/q.
        W byTemperature = default;
        if (typeof(THeat) == typeof(Warm))
        {
            byTemperature = -(slopes.ByInverse * ends.InverseThermalVoltage * ends.InverseThermalVoltage * (0.5 * VoltPerKelvin));
            A.Put(ref _byTemperature, e, byTemperature);
        }
        if (typeof(THeat) == typeof(Isothermal))
            return;
        // Half of the power: q (drop dJ + J d(drop))/2.
        W drop = _rates.PotentialDrop(e, ends) * (0.5 * ElementaryCharge), half = flow * (0.5 * ElementaryCharge);
        W byLeft = drop * slopes.ByLeft, byRight = drop * slopes.ByRight;
        if (!Unsafe.IsNullRef(ref _chemicalByDensity))
        {
            byLeft += half * At(ref _chemicalByDensity, ref _left, e, 0);
            byRight -= half * At(ref _chemicalByDensity, ref _right, e, 1);
        }
        A.Put(ref _powerByLeft, e, byLeft);
        A.Put(ref _powerByRight, e, byRight);
        if (typeof(TCharge) == typeof(Charged))
            A.Put(ref _powerByDrop, e, drop * slopes.ByDrop + half);
        else if (typeof(TCharge) == typeof(Negative))
            A.Put(ref _powerByDrop, e, -(drop * slopes.ByDrop + half));
        if (isCrossed)
            A.Put(ref _powerByAcross, e, drop * slopes.ByAcross);
        if (typeof(THeat) == typeof(Warm))
            A.Put(ref _powerByTemperature, e, drop * byTemperature);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish() => _rates.Finish();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W At(ref P first, ref int nodes, nint e, nint end) =>
        typeof(TPlace) == typeof(Chain) ? A.Get(ref first, e + end) : A.Gather(ref first, ref Unsafe.Add(ref nodes, e));
}
