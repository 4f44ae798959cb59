using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

// Fluxes at a temperature that varies, and the heat that they dissipate.
internal sealed partial class ProtonTransport<P, W, A, TLaw>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W MeanTemperature(P[] x, int e) => _isChain
        ? (A.Load(x, TemperatureLeft(0) + e) + A.Load(x, TemperatureLeft(0) + e + 1)) * 0.5
        : (A.Gather(x, _u.Temperature, _temperatureLeft, e) + A.Gather(x, _u.Temperature, _temperatureRight, e)) * 0.5;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WarmEdgeResidual(P[] x, int e)
    {
        LoadEnds(x, e, out W left, out W right, out W fall);
        W inverse = W.Reciprocal(MeanTemperature(x, e) * VoltPerKelvin);
        W rate = A.Load(_conductance, e) * W.Exp(-(_activation * inverse));
        A.Store(_current, e + 1, _flux.Shape(left, right, fall * inverse, inverse, A.Load(_hops, e)) * rate);
        A.Store(_displacement, e + 1, fall * A.Load(_capacitance, e));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WarmEdgeJacobian(P[] x, int e)
    {
        LoadEnds(x, e, out W leftValue, out W rightValue, out W fallValue);
        var left = new Dual<W, Gradient4<W>>(leftValue, Gradient4<W>.Seed(0));
        var right = new Dual<W, Gradient4<W>>(rightValue, Gradient4<W>.Seed(1));
        var fall = new Dual<W, Gradient4<W>>(fallValue, Gradient4<W>.Seed(2));
        var temperature = new Dual<W, Gradient4<W>>(MeanTemperature(x, e), Gradient4<W>.Seed(3));
        var inverse = Dual<W, Gradient4<W>>.Reciprocal(temperature * VoltPerKelvin);
        var rate = Dual<W, Gradient4<W>>.Exp(inverse * -_activation) * A.Load(_conductance, e);
        var current = _flux.Shape(left, right, fall * inverse, inverse, A.Load(_hops, e)) * rate;
        Store(e, current);
        A.Store(_byTemperature, e, current.Slope.D3);
    }

    /// <summary>Dissipated power of each edge: q J A times the fall of phi + V_T ln a, each end at its own temperature.</summary>
    private void AddPower(P[] x, P[] f)
    {
        P[] potential = _context.AtNodes!.Proton;
        P total = default;
        if (_isChain)
        {
            int last = _edges - A.Count;
            for (int e = 0; ; e = Math.Min(e + A.Count, last))
            {
                W drop = A.Load(x, _u.Potential + e) - A.Load(x, _u.Potential + e + 1) + (A.Load(potential, e) - A.Load(potential, e + 1));
                A.Store(_power, e + 1, A.Load(_current, e + 1) * drop * ElementaryCharge);
                if (e == last)
                    break;
            }
        }
        else
        {
            for (int e = 0; e < _edges; e++)
                _power[e + 1] = _current[e + 1] * Drop(x, potential, e) * ElementaryCharge;
        }
        for (int e = 1; e <= _edges; e++)
            total += _power[e];
        _context.HeatRate += total;
        if (!_context.HasHeat)
            return;
        if (_isChain)
        {
            for (int i = 0; i < _nodes; i++)
                f[TemperatureLeft(0) + i] += (_power[i] + _power[i + 1]) * 0.5;
            return;
        }
        for (int e = 0; e < _edges; e++)
        {
            f[TemperatureLeft(e)] += _power[e + 1] * 0.5;
            f[TemperatureRight(e)] += _power[e + 1] * 0.5;
        }
    }

    private P Drop(P[] x, P[] potential, int e)
    {
        int left = _left[e], right = _right[e];
        return x[_u.Potential + left] - x[_u.Potential + right] + (potential[left] - potential[right]);
    }

    /// <summary>Dependence of the fluxes on temperature.</summary>
    private void AddThermalEntries(P[] jacobian)
    {
        for (int e = 0; e < _edges; e++)
        {
            int s = 2 * e * RowEntries, t = s + RowEntries;
            P half = _byTemperature[e] * 0.5;
            jacobian[_protonSlots[s + 4]] -= half;
            jacobian[_protonSlots[s + 5]] -= half;
            jacobian[_protonSlots[t + 4]] += half;
            jacobian[_protonSlots[t + 5]] += half;
        }
    }

    /// <summary>Dependence of the dissipated power on everything: q (drop dJ + J d(drop)).</summary>
    private void AddPowerEntries(P[] x, P[] jacobian)
    {
        P zero = default;
        NodePotentials<P> nodes = _context.AtNodes!;
        P[] potential = nodes.Proton, byDensity = nodes.ProtonByDensity, byTemperature = nodes.ProtonByTemperature;
        P[] gradient = _context.HeatGradient;
        for (int e = 0; e < _edges; e++)
        {
            int left = _left[e], right = _right[e];
            P drop = Drop(x, potential, e) * ElementaryCharge, flow = _current[e + 1] * ElementaryCharge;
            P byLeft = drop * _byLeft[e] + flow * byDensity[left];
            P byRight = drop * _byRight[e] - flow * byDensity[right];
            P byFall = drop * _byFall[e] + flow;
            P shared = _context.HasHeat ? drop * _byTemperature[e] * 0.5 : zero;
            P byHeatLeft = shared + flow * byTemperature[left];
            P byHeatRight = shared - flow * byTemperature[right];
            gradient[_u.Proton + left] += byLeft;
            gradient[_u.Proton + right] += byRight;
            gradient[_u.Potential + left] += byFall;
            gradient[_u.Potential + right] -= byFall;
            if (!_context.HasHeat)
                continue;
            gradient[TemperatureLeft(e)] += byHeatLeft;
            gradient[TemperatureRight(e)] += byHeatRight;
            for (int row = 2 * e * RowEntries; row <= (2 * e + 1) * RowEntries; row += RowEntries)
            {
                jacobian[_heatSlots[row]] += byLeft * 0.5;
                jacobian[_heatSlots[row + 1]] += byRight * 0.5;
                jacobian[_heatSlots[row + 2]] += byFall * 0.5;
                jacobian[_heatSlots[row + 3]] -= byFall * 0.5;
                jacobian[_heatSlots[row + 4]] += byHeatLeft * 0.5;
                jacobian[_heatSlots[row + 5]] += byHeatRight * 0.5;
            }
        }
    }
}
