using System.Numerics;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>Current into the gate, by what carries it [A].</summary>
/// <param name="Faradaic">q times the hydrogen that Pd gives per time.</param>
/// <param name="Capacitive">dQ_M/dt.</param>
/// <param name="Leak">Electrons through PSG.</param>
public readonly record struct GateCurrent(double Faradaic, double Capacitive, double Leak)
{
    /// <summary>I_G [A], positive into the gate.</summary>
    public double Total => Faradaic + Capacitive + Leak;
}

/// <summary>A device about one state with the gate clamped: exact rates of change, exact response to small signals.</summary>
/// <remarks>
/// With M du/dt = F(u) + b (V(t) - V_G) in the row of the gate voltage, a signal v e^(i w t) gives (i w M - J) u = b v, and
/// the current i w Q_M + q dJ_L/du u + G_leak v, where q J_L A is the rate in the row of the hydrogen that Pd gives. J is
/// the exact Jacobian of the equations that the time integration solves. A state that is not steady is taken as frozen.
/// </remarks>
internal sealed class Linearisation
{
    private readonly DeviceSystem<Scalar> _system;
    private readonly SparsityPattern _pattern;
    private readonly LevelSolver _solver;
    private readonly Scalar[] _rate, _quadratures, _jacobian;
    private readonly Scalar[][] _gradient;
    private readonly double[] _entries, _mass;
    private readonly double _leak, _resistance;

    /// <summary>Prepares for the states of a device.</summary>
    /// <param name="system">Its equations.</param>
    /// <param name="device">Its parameters.</param>
    /// <param name="pattern">Pattern of its Jacobian.</param>
    public Linearisation(DeviceSystem<Scalar> system, Device device, SparsityPattern pattern)
    {
        (_system, _pattern, _solver) = (system, pattern, new(pattern));
        _rate = new Scalar[_system.Size];
        _quadratures = new Scalar[_system.QuadratureCount];
        _jacobian = new Scalar[_system.Solver.Values.Length];
        _gradient = [.. Enumerable.Range(0, _system.QuadratureCount).Select(_ => new Scalar[_system.Size])];
        _entries = new double[pattern.Rows.Length];
        Dictionary<(int, int), double> coupled = system.MassCouplings.GroupBy(m => (m.Row, m.Column))
            .ToDictionary(g => g.Key, g => g.Sum(m => m.Value.Value));
        _mass = [.. pattern.Rows.Zip(pattern.Columns, (row, column) =>
            (row == column ? system.Mass[row].Value : 0) + coupled.GetValueOrDefault((row, column)))];
        _leak = device.Psg.LeakageConductivity * device.Geometry.Area / device.Psg.Thickness;
        _resistance = device.Gate.SeriesResistance;
    }

    /// <summary>Current while the clamped voltage changes at a rate.</summary>
    /// <param name="state">The state.</param>
    /// <param name="slope">dV/dt [V/s].</param>
    public GateCurrent Current(Scalar[] state, double slope)
    {
        Evaluate(state, slope);
        int n = _system.Size;
        UnknownLayout u = _system.Layout;
        // Differential rows give du/dt by M du/dt = F, algebraic ones by their derivative along the solution: J du/dt = -dF/dt.
        var rhs = new Complex[n];
        for (int i = 0; i < n; i++)
            rhs[i] = _system.Mass[i] != 0 ? _rate[i].Value : 0;
        rhs[u.GateVoltage] = -slope;
        var values = new Complex[_entries.Length];
        for (int e = 0; e < values.Length; e++)
            values[e] = _system.Mass[_pattern.Rows[e]] == 0 ? _entries[e] : _mass[e];
        double charging = _solver.Solve(values, rhs)[u.GateCharge].Real;
        return new(Constants.ElementaryCharge * _rate[u.GateHydrogen], charging, _leak * state[u.GateVoltage]);
    }

    /// <summary>Impedance of the gate against the channel [ohm] at each frequency [Hz], with the series resistance.</summary>
    public Complex[] Impedance(Scalar[] state, IReadOnlyList<double> frequencies)
    {
        Evaluate(state, 0);
        UnknownLayout u = _system.Layout;
        var z = new Complex[frequencies.Count];
        Parallel.For(0, z.Length, k =>
        {
            Complex s = new(0, 2 * Math.PI * frequencies[k]);
            var values = new Complex[_entries.Length];
            for (int e = 0; e < values.Length; e++)
                values[e] = s * _mass[e] - _entries[e];
            var rhs = new Complex[_system.Size];
            rhs[u.GateVoltage] = 1;
            Complex[] response = _solver.Solve(values, rhs);
            // The row of N_Pd itself says that the rate of giving is i w N_Pd, without the differences of q dJ_L/du u.
            Complex admittance = s * (response[u.GateCharge] + Constants.ElementaryCharge * response[u.GateHydrogen]) + _leak;
            z[k] = 1 / admittance + _resistance;
        });
        return z;
    }

    /// <summary>Largest relative rate of change of the state while it is clamped [1/s].</summary>
    public double Drift(Scalar[] state)
    {
        Evaluate(state, 0);
        double largest = 0;
        for (int i = 0; i < _system.Size; i++)
            if (_system.Mass[i] != 0 && i != _system.Layout.GateHydrogen)
                largest = Math.Max(largest, Math.Abs(_rate[i] / _system.Mass[i]) / (_system.Scale[i] + Math.Abs(state[i])));
        return largest;
    }

    private void Evaluate(Scalar[] state, double slope)
    {
        _system.Connect(new LinearDrive<Scalar>
        {
            Mode = DriveMode.Voltage,
            Start = state[_system.Layout.GateVoltage],
            Slope = new(slope),
        });
        _system.Residual(0, state, _rate, _quadratures);
        _system.Jacobian(0, state, _jacobian, _gradient);
        for (int e = 0; e < _entries.Length; e++)
            _entries[e] = _jacobian[_system.Solver.Slot(_pattern.Rows[e], _pattern.Columns[e])];
    }
}
