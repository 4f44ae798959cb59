using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>The slow coordinate of a device whose gate is open: hydrogen on the channel's side, as
/// the logarithm of its ratio to rest.</summary>
/// <remarks>
/// K = (hydrogen in WO3 and adsorbed) + (charge that ends on the channel)/q in excess of rest does not change while the gate is open and
/// no gas forms, since Q_M + q N_Pd does not; u = ln(1 + K/N_0), N_0 the hydrogen of WO3 and interface at rest.
/// </remarks>
public sealed class SlowContent
{
    private readonly UnknownLayout _u;

    /// <summary>The content of devices with the mesh and parameters of one.</summary>
    public SlowContent(DeviceSimulation device)
    {
        _u = device.Layout;
        for (int j = 0; j < _u.Wo3Nodes.Length; j++)
            Atoms += device.RestState[_u.Hydrogen + j] * device.Mesh.Volume[_u.Wo3Nodes[j]];
    }

    /// <summary>N_0: hydrogen in WO3 at rest.</summary>
    public double Atoms { get; }

    /// <summary>Hydrogen that a gate has when it has given none.</summary>
    public static double ReservoirAtoms(Device d, UnknownLayout layout) =>
        d.Pd.AtomDensity * d.Pd.Thickness * layout.GateInterfaces.Sum(f => f.Area);

    /// <summary>u of the present state of a device.</summary>
    public double Of(Inventory stores, DeviceSimulation device) =>
        Math.Log(1 + Excess(stores, device) / Atoms);

    /// <summary>K of the present state [atoms].</summary>
    public static double Excess(Inventory stores, DeviceSimulation device) =>
        device.GateCharge / Constants.ElementaryCharge + stores.Electrolyte + stores.Coverage + stores.Channel;

    /// <summary>Puts a device into its state of rest but for hydrogen spread evenly over the channel, so that it has a content.</summary>
    /// <param name="device">The device.</param>
    /// <param name="u">u that is to be.</param>
    /// <param name="given">Hydrogen that the gate has given; null for as much as was spread.</param>
    public void Spread(DeviceSimulation device, double u, double? given)
    {
        device.RestState.CopyTo(device.State, 0);
        double factor = Math.Exp(u);
        for (int j = 0; j < _u.Wo3Nodes.Length; j++)
            device.State[_u.Hydrogen + j] = new(device.RestState[_u.Hydrogen + j] * factor);
        device.State[_u.GateHydrogen] = new(_u.NothingGiven + (given ?? Atoms * (factor - 1)));
    }
}
