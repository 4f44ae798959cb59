using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

// Fluxes at a temperature that varies.
internal sealed partial class ProtonTransport<P, W, A, TLaw, TLimit, THeat>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W MeanTemperature(P[] x, int e) => _isChain
        ? (A.Load(x, TemperatureLeft(0) + e) + A.Load(x, TemperatureLeft(0) + e + 1)) * 0.5
        : (A.Gather(x, _u.Temperature, _temperatureLeft, e) + A.Gather(x, _u.Temperature, _temperatureRight, e)) * 0.5;

    [MethodImpl(Compilation.HotLoop)]
    private void WarmEdgeResidual(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        W inverse = W.Reciprocal(MeanTemperature(x, e) * VoltPerKelvin);
        A.Store(_current, e + 1, _flux.Evaluate(left, right, fall, inverse, new(A.Load(_hops, e), A.Load(_conductance, e))));
        A.Store(_displacement, e + 1, fall * A.Load(_capacitance, e));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void WarmEdgeJacobian(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        W inverse = W.Reciprocal(MeanTemperature(x, e) * VoltPerKelvin);
        Store(e, _flux.Evaluate(left, right, fall, inverse, new(A.Load(_hops, e), A.Load(_conductance, e)), out FlowSlopes<W> slopes), slopes);
        // The rate is that of the mean temperature: each end has half of it.
        A.Store(_slopes.ByLeftTemperature, e, -(slopes.ByInverse * inverse * inverse * (0.5 * VoltPerKelvin)));
    }

    /// <summary>Dependence of the fluxes on temperature.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddThermalEntries(Span<P> jacobian)
    {
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        for (int e = 0; e < _edges; e++)
        {
            ref int row = ref _protonSlots[2 * e * RowEntries], next = ref Unsafe.Add(ref row, RowEntries);
            P half = _slopes.ByLeftTemperature[e];
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 4)) -= half;
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 5)) -= half;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 4)) += half;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 5)) += half;
        }
    }
}
