using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Observe;

/// <summary>Hydrogen in each store in excess of the state of rest, and the balances over them; atoms of the whole device.</summary>
public sealed class Inventory
{
    private readonly DeviceSimulation _device;
    private readonly UnknownLayout _u;
    private readonly double[] _psgVolume, _wo3Volume, _area;

    /// <summary>Stores of a device.</summary>
    public Inventory(DeviceSimulation device)
    {
        _device = device;
        _u = device.Layout;
        _psgVolume = [.. _u.PsgNodes.Select(n => device.Mesh.Volume[n])];
        _wo3Volume = [.. _u.Wo3Nodes.Select(n => device.Mesh.Volume[n])];
        _area = [.. _u.ChannelInterfaces.Select(f => f.Area)];
    }

    /// <summary>Protons in PSG, mobile and bound.</summary>
    public double Electrolyte => Excess(_u.Proton, _psgVolume) + Excess(_u.Bound, _psgVolume);

    /// <summary>Hydrogen in WO3.</summary>
    public double Channel => Excess(_u.Hydrogen, _wo3Volume);

    /// <summary>Hydrogen adsorbed at the interface, on all its sites.</summary>
    public double Coverage => OnInterface.Where(s => s.Species.Atoms == 1).Sum(s => s.Number);

    /// <summary>Dissolved hydrogen molecules.</summary>
    public double Dissolved => Excess(_u.Dissolved, _area);

    /// <summary>Hydrogen molecules in bubbles.</summary>
    public double Bubbles => Excess(_u.Bubbles, _area);

    /// <summary>Particles of each species on the interface.</summary>
    private IEnumerable<(InterfaceSpecies Species, double Number)> OnInterface =>
        InterfaceSpecies.All.Select(s => (s, Excess(_u.Start(s), _area) * s.PerUnit(_device.Device)));

    /// <summary>Hydrogen molecules that leaked out.</summary>
    public double Leaked => _device.QuadratureLayout.LeakedGas >= 0 ? _device.Quadratures[_device.QuadratureLayout.LeakedGas] : 0;

    /// <summary>Hydrogen given by the gate.</summary>
    public double Given => _device.State[_u.GateHydrogen] - _u.NothingGiven;

    /// <summary>Mean composition y of the channel.</summary>
    public double Composition
    {
        get
        {
            double sum = 0, volume = 0;
            for (int j = 0; j < _wo3Volume.Length; j++)
            {
                sum += _device.State[_u.Hydrogen + j] * _wo3Volume[j];
                volume += _wo3Volume[j];
            }
            return sum / (volume * _device.Device.Wo3.SiteDensity);
        }
    }

    /// <summary>Protons that are there and were not given, or the reverse: 0 but for rounding.</summary>
    public double ProtonImbalance =>
        Electrolyte + OnInterface.Sum(s => s.Species.Atoms * s.Number) + Channel + 2 * Leaked - Given;

    /// <summary>Charge of gate and PSG in excess of rest, less the displacement that ends on channel
    /// and contacts [C]: 0 but for rounding.</summary>
    public double ChargeImbalance =>
        _device.GateCharge + Constants.ElementaryCharge * Electrolyte - _device.System.Drained(_device.State).Value;

    /// <summary>
    /// Electrons of WO3 in excess of rest, with those that the contacts took and those in the hydrogen of the interface and of the gas: 0
    /// but for rounding. 0 where electrons have no density of their own.
    /// </summary>
    public double ElectronImbalance => _u.ElectronDensity < 0 ? 0
        : Excess(_u.ElectronDensity, [.. _wo3Volume.Select((v, n) => _u.Terminals[n] == ChannelTerminal.None ? v : 0)])
            + Excess(_u.Drained, [1, 1]) + OnInterface.Sum(s => s.Species.Atoms * s.Number) + 2 * Leaked;

    private double Excess(int start, double[] weight)
    {
        if (start < 0)
            return 0;
        double sum = 0;
        for (int i = 0; i < weight.Length; i++)
            sum += weight[i] * (_device.State[start + i] - _device.RestState[start + i]);
        return sum;
    }
}
