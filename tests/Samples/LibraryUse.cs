using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;

namespace FvSolver.Tests.Samples;

/// <summary>The solver from C#: a device on a thinner film, twenty pulses up and twenty down, read after each.</summary>
public static class LibraryUse
{
    public static IReadOnlyList<double> Run(TextWriter output)
    {
        var device = new Device { Psg = new() { Thickness = 5e-9 } };
        device = CalibrationRules.Resolve(device);
        var simulation = new DeviceSimulation(device, new MeshSettings(), new SolverSettings());
        var channel = new ChannelReadout(simulation);
        var stores = new Inventory(simulation);
        var conductance = new List<double> { channel.Conductance };
        foreach (double amplitude in Enumerable.Repeat(5.0, 20).Concat(Enumerable.Repeat(-3.5, 20)))
        {
            PulseEnergy energy = simulation.Pulse(amplitude, width: 5e-9, edge: device.Gate.EdgeTime);
            simulation.Rest(1);
            conductance.Add(channel.Conductance);
            output.WriteLine(
                $"{amplitude,5} V  {channel.Conductance * 1e9:f3} nS  {stores.Given:f1} protons given  {energy.Proton * 1e18:f2} aJ");
        }
        return conductance;
    }
}
