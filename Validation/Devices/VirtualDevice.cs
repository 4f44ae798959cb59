using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Devices;

/// <summary>A device as the cases use it: what is done to its gate, and what is read off it per area.</summary>
internal sealed class VirtualDevice
{
    /// <summary>A device at rest.</summary>
    /// <param name="device">Parameters; those that follow by rule are filled in.</param>
    /// <param name="rtol">Relative tolerance of the time integration.</param>
    /// <param name="mesh">Mesh, or null for the default one.</param>
    public VirtualDevice(Device device, double rtol = 1e-5, MeshSettings? mesh = null)
    {
        Device = CalibrationRules.Resolve(device);
        Simulation = new(Device, mesh ?? new(), new() { RelativeTolerance = rtol });
        Inventory = new(Simulation);
        Readout = new(Simulation);
        Area = Device.Geometry.Area;
    }

    /// <summary>Mesh of the reference values: tanh-graded PSG, WO3 in 16 equal cells.</summary>
    public static MeshSettings ReferenceMesh(int cells) => new() { Psg = PsgNodes.Tanh, PsgCells = cells, Wo3Uniform = true };

    /// <summary>Resolved parameters.</summary>
    public Device Device { get; }

    /// <summary>Its simulation.</summary>
    public DeviceSimulation Simulation { get; }

    /// <summary>Its stores.</summary>
    public Inventory Inventory { get; }

    /// <summary>Its channel.</summary>
    public ChannelReadout Readout { get; }

    /// <summary>Area of the gate [m^2].</summary>
    public double Area { get; }

    /// <summary>Its unknowns.</summary>
    public UnknownLayout Layout => Simulation.System.Layout;

    /// <summary>State vector.</summary>
    public Scalar[] State => Simulation.State;

    /// <summary>What has moved since rest, per area.</summary>
    public DeviceReading Read() =>
        new(Inventory.Channel / Area, Inventory.Coverage / Area, Inventory.Given / Area, Simulation.GateVoltage);

    /// <summary>A pulse with the device's edges, then the gate open.</summary>
    /// <returns>Readings at the end of the pulse and of the rest, and the energies of the pulse.</returns>
    public (DeviceReading EndOfPulse, DeviceReading AfterRest, PulseEnergy Energy) Pulse(double amplitude, double width, double rest = 1)
    {
        PulseEnergy energy = Simulation.Pulse(amplitude, width, Device.Gate.EdgeTime);
        DeviceReading end = Read();
        Simulation.Rest(rest);
        return (end, Read(), energy);
    }

    /// <summary>Ramps the gate to a voltage within a time and holds it there.</summary>
    public void Hold(double voltage, double ramp, double duration)
    {
        Simulation.Segment(Simulation.SourceMode, Simulation.GateVoltage, voltage, ramp);
        Simulation.Segment(Simulation.SourceMode, voltage, voltage, duration);
    }

    /// <summary>Current density of protons out of the gate, the mean over a further time at the present voltage [A/m^2].</summary>
    public double CurrentDensity(double duration)
    {
        double before = Inventory.Given, voltage = Simulation.GateVoltage;
        Simulation.Segment(Simulation.SourceMode, voltage, voltage, duration);
        return Constants.ElementaryCharge * (Inventory.Given - before) / (Area * duration);
    }

    /// <summary>Potential of each PSG node [V].</summary>
    public double[] Potential() => [.. Layout.PsgNodes.Select((_, i) => (double)State[Layout.Potential + i])];

    /// <summary>Depth of each PSG node below the first [m].</summary>
    public double[] Depth() => [.. Layout.PsgNodes.Select(n => Simulation.Mesh.Z[n] - Simulation.Mesh.Z[Layout.PsgNodes[0]])];
}
