using FvSolver.Cases.Compact.Model;
using static System.Math;

namespace FvSolver.Cases.Compact;

/// <summary>Integrates the compact model over one segment of drive, from corner to corner.</summary>
/// <remarks>
/// RODAS3 of Sandu et al. (Atmospheric Environment 31, 3459 (1997)): linearly implicit, four stages, order 3 with an
/// embedded order 2, stiffly accurate, so that a rest of seconds after a pulse of nanoseconds costs few steps. With the
/// gate driven by a voltage D follows from it; with a current it is a state as well.
/// Error: each component to rtol of itself plus atol.
/// </remarks>
public sealed class CompactIntegrator(CompactModel model, double relativeTolerance = 1e-6)
{
    private const double Gamma = 0.5;
    private const int Size = CompactState.Size;
    private readonly double _atol = relativeTolerance * 1e-2 * (model.Parameters.ChannelCharge + model.Parameters.CoverageCharge);
    private readonly double[,] _matrix = new double[Size, Size];
    private readonly double[][] _k = [new double[Size], new double[Size], new double[Size], new double[Size]];
    private readonly double[] _full = new double[Size], _output = new double[CompiledEquations.Outputs * (Size + 1)];
    private double _v0, _rate, _current;
    private bool _clamped;

    /// <summary>Steps taken since construction.</summary>
    public int Steps { get; private set; }

    /// <summary>Drives the gate with a ramp from one voltage to another [V] over a time [s].</summary>
    /// <param name="start">State at the start; D is taken from the voltage.</param>
    /// <param name="from">Voltage at the start [V].</param>
    /// <param name="to">Voltage at the end [V].</param>
    /// <param name="duration">Time [s].</param>
    /// <param name="observe">Called after each step with the time since the start of the segment and the state, or null.</param>
    public CompactState Ramp(CompactState start, double from, double to, double duration, Action<double, CompactState>? observe = null)
    {
        (_clamped, _v0, _rate) = (true, from, duration > 0 ? (to - from) / duration : 0);
        return Advance(start, duration, observe);
    }

    /// <summary>Drives the gate with a current per area [A/m^2] over a time [s]; 0 is the open gate.</summary>
    public CompactState Current(CompactState start, double current, double duration, Action<double, CompactState>? observe = null)
    {
        (_clamped, _current) = (false, current);
        return Advance(start, duration, observe);
    }

    private CompactState Advance(CompactState start, double duration, Action<double, CompactState>? observe)
    {
        if (!(duration >= 0 && double.IsFinite(duration)))
            throw new ArgumentException($"A segment of drive lasts {duration:g6} s; a time of at least 0 is needed.");
        double t = 0;
        double[] y = start.ToArray();
        if (_clamped)
            y[0] = model.MetalAt(_v0, CompactState.Of(y));
        var next = new double[Size];
        double h = Min(duration, 1e-3 * duration + 1e-13);
        while (t < duration)
        {
            bool last = h >= duration - t;
            double step = last ? duration - t : h;
            double error = TryStep(t, y, step, next);
            if (error <= 1)
            {
                t = last ? duration : t + step;
                next.CopyTo(y, 0);
                if (_clamped)
                    y[0] = model.MetalAt(_v0 + _rate * t, CompactState.Of(y));
                Steps++;
                observe?.Invoke(t, CompactState.Of(y));
            }
            else if (step < 1e-25)
            {
                throw new ArithmeticException($"The compact model's step became too small at {t:g6} s of a segment of {duration:g6} s.");
            }
            h = step * Clamp(0.9 * Pow(Max(error, 1e-10), -1.0 / 3), 0.1, 8);
        }
        return CompactState.Of(y);
    }

    /// <summary>One step of RODAS3; returns its error over the tolerance, NaN-safe.</summary>
    private double TryStep(double t, double[] y, double h, double[] next)
    {
        double[] k1 = _k[0], k2 = _k[1], k3 = _k[2], k4 = _k[3];
        var f = new double[Size];
        var ft = new double[Size];
        var at = new double[Size];
        Slope(t, y, f, jacobian: true, ft);
        for (int i = 0; i < Size; i++)
            for (int j = 0; j < Size; j++)
                _matrix[i, j] = (i == j ? 1 / (h * Gamma) : 0) - _matrix[i, j];
        Factor();
        for (int i = 0; i < Size; i++)
            k1[i] = f[i] + 0.5 * h * ft[i];
        Solve(k1);
        for (int i = 0; i < Size; i++)
            k2[i] = f[i] + 4 / h * k1[i] + 1.5 * h * ft[i];
        Solve(k2);
        for (int i = 0; i < Size; i++)
            at[i] = y[i] + 2 * k1[i];
        Slope(t + h, at, f, jacobian: false, ft);
        for (int i = 0; i < Size; i++)
            k3[i] = f[i] + (k1[i] - k2[i]) / h;
        Solve(k3);
        for (int i = 0; i < Size; i++)
            at[i] += k3[i];
        Slope(t + h, at, f, jacobian: false, ft);
        for (int i = 0; i < Size; i++)
            k4[i] = f[i] + (k1[i] - k2[i] - 8.0 / 3 * k3[i]) / h;
        Solve(k4);
        double error = 0;
        for (int i = _clamped ? 1 : 0; i < Size; i++)
        {
            next[i] = y[i] + 2 * k1[i] + k3[i] + k4[i];
            double weighted = Abs(k4[i]) / (_atol + relativeTolerance * Max(Abs(y[i]), Abs(next[i])));
            error = double.IsNaN(weighted) ? double.PositiveInfinity : Max(error, weighted);
        }
        return double.IsFinite(error) ? error : 1e30;
    }

    /// <summary>Right-hand sides; on request the Jacobian into the matrix and the derivative to time.</summary>
    private void Slope(double t, double[] y, double[] f, bool jacobian, double[] ft)
    {
        y.CopyTo(_full, 0);
        if (_clamped)
            _full[0] = model.MetalAt(_v0 + _rate * t, CompactState.Of(y));
        model.Evaluate(_full, _output, jacobian);
        double leak = model.Parameters.LeakConductance;
        const int flow = CompiledEquations.Flow, voltage = CompiledEquations.Voltage;
        f[0] = _clamped ? 0 : _current - _output[flow] - leak * _output[voltage];
        for (int i = 1; i < Size; i++)
            f[i] = _output[i];
        if (!jacobian)
            return;
        double Derivative(int i, int k) => _output[CompiledEquations.Outputs + Size * i + k];
        // Clamped, D follows from V_G, which is linear in D and the states: dD/dk = -C dV_G/dk.
        double capacitance = model.GateCapacitance;
        for (int i = 0; i < Size; i++)
        {
            for (int k = 0; k < Size; k++)
                _matrix[i, k] = i > 0 ? Derivative(i, k) : _clamped ? 0 : -Derivative(flow, k) - leak * Derivative(voltage, k);
            double toMetal = _matrix[i, 0];
            ft[i] = _clamped ? toMetal * capacitance * _rate : 0;
            if (!_clamped)
                continue;
            _matrix[i, 0] = 0;
            for (int k = 1; k < Size; k++)
                _matrix[i, k] -= toMetal * capacitance * Derivative(voltage, k);
        }
    }

    /// <summary>LU in place without pivoting: the matrix is dominated by its diagonal, 1/(gamma h) plus relaxation.</summary>
    private void Factor()
    {
        for (int k = 0; k < Size - 1; k++)
            for (int i = k + 1; i < Size; i++)
            {
                double factor = _matrix[i, k] /= _matrix[k, k];
                for (int j = k + 1; j < Size; j++)
                    _matrix[i, j] -= factor * _matrix[k, j];
            }
    }

    private void Solve(double[] b)
    {
        for (int i = 1; i < Size; i++)
            for (int j = 0; j < i; j++)
                b[i] -= _matrix[i, j] * b[j];
        for (int i = Size - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < Size; j++)
                b[i] -= _matrix[i, j] * b[j];
            b[i] /= _matrix[i, i];
        }
    }
}
