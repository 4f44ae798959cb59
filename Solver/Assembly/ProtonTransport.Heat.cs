using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

// Fluxes at a temperature that varies.
internal sealed partial class ProtonTransport<P, W, A, TLaw>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W MeanTemperature(P[] x, int e) => _isChain
        ? (A.Load(x, TemperatureLeft(0) + e) + A.Load(x, TemperatureLeft(0) + e + 1)) * 0.5
        : (A.Gather(x, _u.Temperature, _temperatureLeft, e) + A.Gather(x, _u.Temperature, _temperatureRight, e)) * 0.5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W InverseThermalVoltage(P[] x, int e) => W.Reciprocal(MeanTemperature(x, e) * VoltPerKelvin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W WarmRate(W inverse, int e) => A.Load(_conductance, e) * W.Exp(-(_activation * inverse));

    [MethodImpl(Compilation.HotLoop)]
    private void WarmEdgeResidual(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        W inverse = InverseThermalVoltage(x, e);
        A.Store(_current, e + 1, _flux.ShapeWithoutLimit(left, right, fall * inverse, inverse, A.Load(_hops, e)) * WarmRate(inverse, e));
        A.Store(_displacement, e + 1, fall * A.Load(_capacitance, e));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void LimitedWarmEdgeResidual(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        W inverse = InverseThermalVoltage(x, e);
        A.Store(_current, e + 1, _flux.Shape(left, right, fall * inverse, inverse, A.Load(_hops, e)) * WarmRate(inverse, e));
        A.Store(_displacement, e + 1, fall * A.Load(_capacitance, e));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void WarmEdgeJacobian(P[] x, int e)
    {
        SeedWarm(x, e, out Dual<W, Gradient4<W>> left, out Dual<W, Gradient4<W>> right, out Dual<W, Gradient4<W>> u, out Dual<W, Gradient4<W>> inverse);
        StoreWarm(x, e, _flux.ShapeWithoutLimit(left, right, u, inverse, A.Load(_hops, e)), inverse.Value);
    }

    [MethodImpl(Compilation.HotLoop)]
    private void LimitedWarmEdgeJacobian(P[] x, int e)
    {
        SeedWarm(x, e, out Dual<W, Gradient4<W>> left, out Dual<W, Gradient4<W>> right, out Dual<W, Gradient4<W>> u, out Dual<W, Gradient4<W>> inverse);
        StoreWarm(x, e, _flux.Shape(left, right, u, inverse, A.Load(_hops, e)), inverse.Value);
    }

    // The law sees u = fall/V_T and 1/V_T; the chain rule does the rest, with less arithmetic than numbers that carry all slopes along.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SeedWarm(
        P[] x, int e, out Dual<W, Gradient4<W>> left, out Dual<W, Gradient4<W>> right, out Dual<W, Gradient4<W>> u, out Dual<W, Gradient4<W>> inverse)
    {
        LoadEnds(x, e, out W leftValue, out W rightValue, out W fall);
        W inverseValue = InverseThermalVoltage(x, e);
        left = new(leftValue, Gradient4<W>.Seed(0));
        right = new(rightValue, Gradient4<W>.Seed(1));
        u = new(fall * inverseValue, Gradient4<W>.Seed(2));
        inverse = new(inverseValue, Gradient4<W>.Seed(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreWarm(P[] x, int e, in Dual<W, Gradient4<W>> shape, W inverse)
    {
        LoadEnds(x, e, out _, out _, out W fall);
        W rate = WarmRate(inverse, e), byInverse = (shape.Slope.D2 * fall + shape.Slope.D3 - shape.Value * _activation) * rate;
        Store(e, new(shape.Value * rate, new(shape.Slope.D0 * rate, shape.Slope.D1 * rate, shape.Slope.D2 * rate * inverse, default)));
        A.Store(_slopes.ByTemperature, e, -(byInverse * inverse * inverse * VoltPerKelvin));
    }

    /// <summary>Dependence of the fluxes on temperature.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddThermalEntries(Span<P> jacobian)
    {
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        for (int e = 0; e < _edges; e++)
        {
            ref int row = ref _protonSlots[2 * e * RowEntries], next = ref Unsafe.Add(ref row, RowEntries);
            P half = _slopes.ByTemperature[e] * 0.5;
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 4)) -= half;
            Unsafe.Add(ref entries, Unsafe.Add(ref row, 5)) -= half;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 4)) += half;
            Unsafe.Add(ref entries, Unsafe.Add(ref next, 5)) += half;
        }
    }
}
