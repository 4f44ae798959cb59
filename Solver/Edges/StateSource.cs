using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;
using static FvSolver.Solver.Arithmetic.AlignedArray;

namespace FvSolver.Solver.Edges;

/// <summary>Ends of edges from a state.</summary>
internal readonly ref struct StateSource<P, W, A, TPlace, TCharge, THeat> : IEdgeSource<W>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly ref P _density, _potential, _temperature;
    private readonly ref int _left, _right, _leftMesh, _rightMesh;
    private readonly W _inverseThermalVoltage;

    /// <param name="x">State.</param>
    /// <param name="unknowns">Where what flows has its unknowns.</param>
    /// <param name="edges">Edges.</param>
    /// <param name="inverseThermalVoltage">q/kT, where it is one [1/V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StateSource(P[] x, in FlowUnknowns unknowns, EdgeSet edges, W inverseThermalVoltage)
    {
        _density = ref First(x, unknowns.Density);
        if (typeof(TCharge) != typeof(Neutral))
            _potential = ref First(x, unknowns.Potential);
        if (typeof(THeat) == typeof(Warm))
            _temperature = ref First(x, unknowns.Temperature + (typeof(TPlace) == typeof(Chain) ? edges.LeftMesh[0] : 0));
        if (typeof(TPlace) != typeof(Chain))
        {
            _left = ref MemoryMarshal.GetArrayDataReference(edges.Left);
            _right = ref MemoryMarshal.GetArrayDataReference(edges.Right);
            _leftMesh = ref MemoryMarshal.GetArrayDataReference(edges.LeftMesh);
            _rightMesh = ref MemoryMarshal.GetArrayDataReference(edges.RightMesh);
        }
        _inverseThermalVoltage = inverseThermalVoltage;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EdgeEnds<W> Take(nint e)
    {
        EdgeEnds<W> ends = default;
        ends.Left = At(ref _density, ref _left, e, 0);
        ends.Right = At(ref _density, ref _right, e, 1);
        if (typeof(TCharge) == typeof(Charged))
            ends.Drop = At(ref _potential, ref _left, e, 0) - At(ref _potential, ref _right, e, 1);
        else if (typeof(TCharge) == typeof(Negative))
            ends.Drop = At(ref _potential, ref _right, e, 1) - At(ref _potential, ref _left, e, 0);
        ends.InverseThermalVoltage = typeof(THeat) == typeof(Warm)
            ? W.Reciprocal((At(ref _temperature, ref _leftMesh, e, 0) + At(ref _temperature, ref _rightMesh, e, 1)) * (0.5 * VoltPerKelvin))
            : _inverseThermalVoltage;
        return ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W At(ref P first, ref int nodes, nint e, nint end) =>
        typeof(TPlace) == typeof(Chain) ? A.Get(ref first, e + end) : A.Gather(ref first, ref Unsafe.Add(ref nodes, e));
}
