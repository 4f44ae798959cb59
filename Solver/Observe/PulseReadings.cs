using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Observe;

/// <summary>What a pulse does, from its start to the read after its rest.</summary>
/// <param name="now">Readings of the device.</param>
public sealed class PulseReadings(DeviceReadings now)
{
    private double _given, _channel, _charge, _peakTemperature;
    private long _steps;

    /// <summary>The device at the present moment: that of the read when a row is recorded.</summary>
    public DeviceReadings Now { get; } = now;

    /// <summary>Time at which the pulse started [s].</summary>
    public double Start { get; private set; }

    /// <summary>Amplitude [V].</summary>
    public double Amplitude { get; private set; }

    /// <summary>Width from base to base [s].</summary>
    public double Width { get; private set; }

    /// <summary>Conductance before the pulse [S].</summary>
    public double ConductanceBefore { get; private set; }

    /// <summary>Conductance at the read [S].</summary>
    public double ConductanceAfter { get; private set; }

    /// <summary>Hydrogen injected by Pd since the start.</summary>
    public double Injected => Now.Inventory.Given - _given;

    /// <summary>Hydrogen that entered WO3 since the start.</summary>
    public double Inserted => Now.Inventory.Channel - _channel;

    /// <summary>Charge that the source drove into the gate from the start of the pulse to its end [C].</summary>
    public double GateCharge { get; private set; }

    /// <summary>Energies of the clamped pulse [J].</summary>
    public PulseEnergy Energy { get; private set; }

    /// <summary>Largest ln f (f in bar) at a corner.</summary>
    public double LogFugacity { get; private set; } = double.NegativeInfinity;

    /// <summary>Largest density of dissolved hydrogen at a corner or the read [m^-2].</summary>
    public double Dissolved { get; private set; }

    /// <summary>Largest radius of curvature of a bubble at a time step [m]; 0 without bubbles.</summary>
    public double BubbleRadius { get; private set; }

    /// <summary>Highest temperature at a time step above the ambient [K].</summary>
    public double TemperatureRise => _peakTemperature - Now.Device.Device.Heat.AmbientTemperature;

    /// <summary>Accepted time steps since the start.</summary>
    public long TimeSteps => Now.Device.Statistics.Steps - _steps;

    /// <summary>Number of the pulse, from 1.</summary>
    public long Number { get; internal set; }

    /// <summary>Bounds on the error of the step and of the conductance after it, from pulses that were mapped before [S].</summary>
    public (double Step, double After) Bound { get; internal set; }

    /// <summary>A pulse starts.</summary>
    internal void Begin(double amplitude, double width)
    {
        (Start, Amplitude, Width) = (Now.Device.Time, amplitude, width);
        ConductanceBefore = Now.Readout.Conductance;
        _given = Now.Inventory.Given;
        _channel = Now.Inventory.Channel;
        _charge = Now.Device.GateCharge;
        _steps = Now.Device.Statistics.Steps;
        _peakTemperature = Now.Device.Device.Heat.AmbientTemperature;
        LogFugacity = double.NegativeInfinity;
        (Dissolved, BubbleRadius) = (0, 0);
    }

    /// <summary>A time step has reached a temperature [K].</summary>
    internal void SeeTemperature(double temperature) => _peakTemperature = Math.Max(_peakTemperature, temperature);

    /// <summary>A time step has reached a radius of a bubble [m].</summary>
    internal void SeeBubble(double radius) => BubbleRadius = Math.Max(BubbleRadius, radius);

    /// <summary>The pulse is at a corner.</summary>
    internal void SeeGas()
    {
        LogFugacity = Math.Max(LogFugacity, Now.Gas.LogFugacity);
        Dissolved = Math.Max(Dissolved, Now.Gas.Dissolved);
    }

    /// <summary>The pulse is over; its rest begins.</summary>
    internal void End(PulseEnergy energy)
    {
        GateCharge = Now.Device.GateCharge - _charge + Constants.ElementaryCharge * Injected;
        Energy = energy;
    }

    /// <summary>The rest is over.</summary>
    internal void Read() => ConductanceAfter = Now.Readout.Conductance;
}
