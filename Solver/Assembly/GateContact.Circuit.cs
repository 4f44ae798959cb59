using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

// Charge and voltage of the gate, and what the film between its faces loses.
internal sealed partial class GateContact<P>
{
    /// <summary>Adds the balances of charge and voltage, and the film's losses.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddBalances(P[] x, P[] f, in Flows flows)
    {
        P gate = x[_u.GateVoltage], charge = x[_u.GateCharge], stored = flows.Stored;
        foreach (CapacitiveLink<P> link in _links)
            stored += (link.A.Potential(x) - link.B.Potential(x)) * link.Capacitance;
        ReservoirWork = flows.ReservoirWork;
        f[_u.GateHydrogen] += flows.Protons;
        P leak = gate * _leakConductance;
        P balance = stored - charge;
        if (Drive.Mode == DriveMode.Voltage)
        {
            f[_u.GateCharge] += balance;
            f[_u.GateVoltage] += Drive.At(Time) - gate;
            WorkRate = gate * leak - (charge + x[_u.GateHydrogen] * ElementaryCharge) * Drive.Slope + DielectricLoss(gate);
        }
        else
        {
            P current = Current(gate);
            f[_u.GateCharge] += current - leak;
            f[_u.GateVoltage] += balance;
            WorkRate = gate * current;
        }
        if (_context.HasEnergy)
            AddFilmLoss(f, gate * leak + DielectricLoss(gate));
    }

    /// <summary>Adds the derivatives of the balances of charge and voltage, and of the film's losses.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddCircuit(P[] x, Span<P> jacobian)
    {
        P gate = x[_u.GateVoltage], one = P.From(1);
        P[] work = WorkGradient;
        bool isClamped = Drive.Mode == DriveMode.Voltage;
        BalanceSlots balance = isClamped ? _ofCharge : _ofVoltage;
        for (int i = 0; i < _faces.Length; i++)
        {
            jacobian[balance.ByPotential[i]] -= _faces[i].Capacitance;
            jacobian[balance.ByGate] += _faces[i].Capacitance;
        }
        for (int i = 0; i < _links.Length; i++)
        {
            jacobian[balance.ByGate] += _links[i].Capacitance;
            if (balance.ByLink[i] >= 0)
                jacobian[balance.ByLink[i]] -= _links[i].Capacitance;
        }
        jacobian[balance.ByCharge] -= one;
        if (isClamped)
        {
            jacobian[_ofVoltage.ByGate] -= one;
            work[_u.GateVoltage] += gate * _leakConductance * 2 + DielectricLossSlope(gate);
            work[_u.GateCharge] -= Drive.Slope;
            work[_u.GateHydrogen] -= Drive.Slope * ElementaryCharge;
        }
        else
        {
            P conductance = Drive.Mode == DriveMode.Resistor ? _inverseResistance : default;
            jacobian[_ofCharge.ByGate] -= _leakConductance;
            jacobian[_ofCharge.ByGate] -= conductance;
            work[_u.GateVoltage] += Current(gate) - gate * conductance;
        }
        if (_context.HasEnergy)
        {
            P slope = gate * _leakConductance * 2 + DielectricLossSlope(gate);
            if (!_context.HasHeat)
                _context.HeatGradient[_u.GateVoltage] += slope;
            else
                foreach (Face face in _faces)
                    jacobian[face.HeatByGate] += slope * face.Area * _inverseArea;
        }
    }

    /// <summary>dF/dt at fixed unknowns: the waveform.</summary>
    public void AddTimeDerivative(P[] rate)
    {
        if (Drive.Mode == DriveMode.Voltage)
            rate[_u.GateVoltage] += Drive.Slope;
        else if (Drive.Mode == DriveMode.Resistor)
            rate[_u.GateCharge] += Drive.Slope * _inverseResistance;
        else if (Drive.Mode == DriveMode.Current)
            rate[_u.GateCharge] += Drive.Slope;
    }

    /// <summary>d(WorkRate)/dt at fixed unknowns [W/s].</summary>
    public P WorkTimeDerivative(P[] x) => Drive.Mode switch
    {
        DriveMode.Resistor => x[_u.GateVoltage] * Drive.Slope * _inverseResistance,
        DriveMode.Current => x[_u.GateVoltage] * Drive.Slope,
        _ => default,
    };

    /// <summary>Current into the gate from outside [A]; meaningful for every drive but the ideal voltage source.</summary>
    [MethodImpl(Compilation.Operator)]
    private P Current(P gate) => Drive.Mode switch
    {
        DriveMode.Resistor => (Drive.At(Time) - gate) * _inverseResistance,
        DriveMode.Current => Drive.At(Time),
        _ => default,
    };

    /// <summary>Loss of a dielectric with a loss tangent in the field V/d while the gate ramps
    /// [W]: (pi/2) tan(delta) C |V dV/dt|.</summary>
    [MethodImpl(Compilation.Operator)]
    private P DielectricLoss(P gate) =>
        Drive.Mode == DriveMode.Voltage ? P.Abs(gate * Drive.Slope) * _lossFactor : default;

    [MethodImpl(Compilation.Operator)]
    private P DielectricLossSlope(P gate) =>
        Drive.Mode == DriveMode.Voltage ? P.Sign(gate) * P.Abs(Drive.Slope) * _lossFactor : default;

    /// <summary>Adds the leak's and the dielectric's heat, to the electrolyte at the gate: over 10 nm it spreads within 0.2 ns.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void AddFilmLoss(P[] f, P power)
    {
        _context.HeatRate += power;
        if (_context.HasHeat)
            foreach (Face face in _faces)
                f[face.Block.Rows[RowHeatPsg]] += power * face.Area * _inverseArea;
    }

    private BalanceSlots Enter(MatrixEntries<P> entries, int row) => new(
        entries.Slot(row, _u.GateVoltage), entries.Slot(row, _u.GateCharge),
        [.. _faces.Select(f => entries.Slot(row, f.Block.Unknowns[Phi]))], [.. _links.Select(l => entries.Slot(row, l.B.Unknown))]);

    /// <summary>Where the balance of displacement has its entries, in the row of the charge or of the voltage.</summary>
    private readonly record struct BalanceSlots(int ByGate, int ByCharge, int[] ByPotential, int[] ByLink);
}
