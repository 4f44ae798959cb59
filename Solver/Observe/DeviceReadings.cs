using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Observe;

/// <summary>What can be read off a device in its present state.</summary>
public sealed class DeviceReadings
{
    private readonly UnknownLayout _u;
    private readonly double[] _share;

    // Edges in PSG: the potentials of their ends, and their length.
    private readonly (int Left, int Right, double Length)[] _electrolyteEdges;
    private double _lastTime, _lastCharge, _lastGiven;

    /// <summary>Readings of a device.</summary>
    public DeviceReadings(DeviceSimulation device)
    {
        Device = device;
        Inventory = new(device);
        Readout = new(device);
        Gas = new(device);
        _u = device.Layout;
        double area = _u.ChannelInterfaces.Sum(f => f.Area);
        _share = [.. _u.ChannelInterfaces.Select(f => f.Area / area)];
        ControlVolumeMesh mesh = device.Mesh;
        _electrolyteEdges = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Electrolyte)
            .Select(e => (_u.Potential + _u.Local[mesh.EdgeLeft[e]], _u.Potential + _u.Local[mesh.EdgeRight[e]], mesh.EdgeLength[e]))];
    }

    /// <summary>The device.</summary>
    public DeviceSimulation Device { get; }

    /// <summary>Its hydrogen, and the balances over it.</summary>
    public Inventory Inventory { get; }

    /// <summary>Read-out of the channel.</summary>
    public ChannelReadout Readout { get; }

    /// <summary>Molecular hydrogen at the interface.</summary>
    public GasState Gas { get; }

    /// <summary>Time of the present state since the start of the run [s].</summary>
    public double Time { get; private set; }

    /// <summary>Current into the gate from outside [A], mean since the reading before: d(charge of
    /// the metal)/dt + q d(injected)/dt.</summary>
    public double GateCurrent { get; private set; }

    /// <summary>Coverage of adsorbed hydrogen, mean over the interface.</summary>
    public double MeanCoverage
    {
        get
        {
            double sum = 0;
            for (int k = 0; k < _share.Length; k++)
                sum += _share[k] * Device.State[_u.Coverage + k];
            return sum;
        }
    }

    /// <summary>Composition of the first lattice plane of WO3, mean over the interface.</summary>
    public double SurfaceComposition
    {
        get
        {
            double sum = 0;
            for (int k = 0; k < _share.Length; k++)
                sum += _share[k] * CompositionAt(k);
            return sum;
        }
    }

    /// <summary>Highest temperature [K]; the ambient's where heat is not modelled.</summary>
    public double HighestTemperature
    {
        get
        {
            double highest = Device.Device.Heat.AmbientTemperature;
            if (_u.Temperature >= 0)
                for (int n = 0; n < _u.Local.Length; n++)
                    highest = Math.Max(highest, Device.State[_u.Temperature + n]);
            return highest;
        }
    }

    /// <summary>Largest field in PSG [V/m].</summary>
    public double LargestField
    {
        [MethodImpl(Compilation.HotLoop)]
        get
        {
            double largest = 0;
            Scalar[] state = Device.State;
            foreach ((int left, int right, double length) in _electrolyteEdges)
                largest = Math.Max(largest, Math.Abs(state[left] - state[right]) / length);
            return largest;
        }
    }

    /// <summary>Composition of WO3 next to a node of the interface.</summary>
    public double CompositionAt(int k) =>
        Device.State[_u.Hydrogen + _u.Local[_u.ChannelInterfaces[k].Second]] / Device.Device.Wo3.SiteDensity;

    /// <summary>Makes the present moment the start of the next mean current.</summary>
    internal void MarkCharge() => (_lastTime, _lastCharge, _lastGiven) = (Device.Time, Device.GateCharge, Inventory.Given);

    /// <summary>Takes note of a time [s], and of the mean current up to it.</summary>
    /// <returns>True when time has passed since the reading before.</returns>
    internal bool MoveTo(double time)
    {
        double charge = Device.GateCharge, given = Inventory.Given, elapsed = time - _lastTime;
        Time = time;
        GateCurrent = elapsed > 0 ? (charge - _lastCharge + Constants.ElementaryCharge * (given - _lastGiven)) / elapsed : 0;
        (_lastTime, _lastCharge, _lastGiven) = (time, charge, given);
        return elapsed > 0;
    }
}
