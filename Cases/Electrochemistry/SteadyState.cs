using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>A device whose gate is held at a voltage until nothing moves any more, or for a given time.</summary>
/// <remarks>
/// WO3 is closed and the stores are finite, so the one true steady state carries no proton current: the channel has filled,
/// or emptied, to the composition at which U_W balances the gate. A current at a voltage is quasi-steady: it holds while
/// the film is in balance with itself and the channel has room, and must be asked for at a time. The way there is followed
/// with the error-controlled integrator over ever longer times: physical time is the continuation parameter, so that every
/// plateau on the way is one that the device would show.
/// </remarks>
public sealed class SteadyState
{
    private const int PerDecade = 8;
    private const double FirstTime = 1e-10, Longest = 1e9, Settled = 1e-7;

    /// <summary>Columns over time since the voltage is reached.</summary>
    public static readonly Column[] Columns =
    [
        new("time", "s", "time since the voltage was reached"),
        new("gate_voltage", "V", "potential of the gate"),
        new("gate_current", "A", "current into the gate"),
        new("current_faradaic", "A", "part of it that is protons given by Pd"),
        new("current_density", "A/m^2", "gate current over the area"),
        new("conductance", "S", "conductance of the channel"),
        new("composition", "1", "mean composition of WO3"),
        new("coverage", "1", "coverage of adsorbed hydrogen"),
        new("protons_given", "1", "hydrogen given by Pd since rest, number for the device"),
    ];

    private SteadyState()
    {
    }

    /// <summary>What was measured on the way.</summary>
    public Table Series { get; } = new(Columns);

    /// <summary>True when nothing moved any more at the end.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>Time at the voltage [s].</summary>
    public required double Time { get; init; }

    /// <summary>Current at the end.</summary>
    public required GateCurrent Current { get; init; }

    /// <summary>Holds a voltage.</summary>
    /// <param name="potentiostat">The device.</param>
    /// <param name="voltage">Voltage [V]; it is reached by a ramp of the device's edge time.</param>
    /// <param name="at">Time at which to stop [s]; null goes on to the steady state.</param>
    /// <param name="cancel">Ends it.</param>
    public static SteadyState Reach(Potentiostat potentiostat, double voltage, double? at = null, CancellationToken cancel = default)
    {
        double area = potentiostat.Device.Device.Geometry.Area;
        var rows = new List<double[]>();
        double start = Moved(potentiostat);
        if (voltage != potentiostat.Device.GateVoltage)
            potentiostat.Ramp(voltage, potentiostat.Device.Device.Gate.EdgeTime);
        double time = 0;
        bool settled = false;
        GateCurrent current = potentiostat.Current();
        for (int k = 0; !settled && time < (at ?? Longest); k++)
        {
            cancel.ThrowIfCancellationRequested();
            double next = Math.Min(at ?? Longest, FirstTime * Math.Pow(10, (double)k / PerDecade));
            double before = Moved(potentiostat), metal = potentiostat.Device.GateCharge, length = next - time;
            potentiostat.Hold(length);
            time = next;
            // The charging current as a mean over the interval: in a full channel at high voltage the instantaneous one is
            // the difference of huge exchange fluxes.
            current = potentiostat.Current() with { Capacitive = (potentiostat.Device.GateCharge - metal) / length };
            rows.Add([
                time, voltage, current.Total, current.Faradaic, current.Total / area, potentiostat.Conductance,
                potentiostat.Inventory.Composition, potentiostat.Coverage, potentiostat.Inventory.Given]);
            // An interval is as long as all the time before it: what still moves would show in it. One proton in a million is noise.
            double moved = Math.Abs(Moved(potentiostat) - start);
            settled = at is null && Math.Abs(Moved(potentiostat) - before) * PerDecade <= Settled * moved + 1e-6
                && Math.Abs(current.Faradaic) * time / Constants.ElementaryCharge <= Settled * moved + 1e-6;
        }
        var state = new SteadyState { IsSettled = settled, Time = time, Current = current };
        foreach (double[] row in rows)
            state.Series.Append(row);
        return state;
    }

    /// <summary>Time at which a share of what the channel took up or gave was there [s].</summary>
    public double TimeOf(double share)
    {
        IReadOnlyList<double> y = Series["composition"], t = Series["time"];
        double target = y[0] + share * (y[^1] - y[0]);
        for (int i = 1; i < y.Count; i++)
            if ((y[i] - target) * (y[^1] - y[0]) >= 0 && y[i] != y[i - 1])
                return t[i - 1] + (t[i] - t[i - 1]) * (target - y[i - 1]) / (y[i] - y[i - 1]);
        return t[^1];
    }

    /// <summary>Composition at which U_W balances a gate voltage: U_W(y_ref) - U_W(y) = V - V_rest,
    /// with the reservoir on its plateau.</summary>
    public static double BalancedComposition(Device device, double voltage)
    {
        double temperature = device.Heat.AmbientTemperature;
        double target = InsertionPotential.At(device, device.Wo3.RestComposition, device.Heat.ReferenceTemperature)
            - (voltage - device.Gate.RestVoltage);
        // The potential falls with ln(y/(1-y)): bisection in that.
        double low = -700, high = 700;
        while (high - low > 1e-13 * Math.Max(1, Math.Abs(low)))
        {
            double middle = (low + high) / 2;
            double y = 1 / (1 + Math.Exp(-middle));
            double potential = device.Wo3.StandardPotential - device.Wo3.InteractionPotential * y
                - device.Wo3.DiluteSpecies * Constants.ThermalVoltage(temperature) * middle
                - (device.Wo3.SpaceCharge ? ElectronStatistics.NeutralBand(device, y * device.Wo3.SiteDensity) : 0);
            (low, high) = potential > target ? (middle, high) : (low, middle);
        }
        return 1 / (1 + Math.Exp(-low));
    }

    private static double Moved(Potentiostat potentiostat) => potentiostat.Inventory.Given;
}
