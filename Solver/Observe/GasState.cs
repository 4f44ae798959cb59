using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Observe;

/// <summary>Molecular hydrogen at the interface: fugacity that the adsorbed hydrogen stands for, pressure in bubbles, damage.</summary>
/// <remarks>Bubbles hold <see cref="AbelNoble{P}"/> gas of the number density n_b/(h_b f_b).</remarks>
public sealed class GasState
{
    private readonly DeviceSimulation _device;
    private readonly UnknownLayout _u;
    private readonly AbelNoble<Scalar> _gas;
    private readonly LangmuirAdsorption<Scalar> _adsorption;
    private readonly Scalar _thermalVoltage;

    /// <summary>Gas of a device.</summary>
    public GasState(DeviceSimulation device)
    {
        _device = device;
        _u = device.Layout;
        Device d = device.Device;
        _gas = AbelNoble<Scalar>.Of(Pack.One(d), d);
        _adsorption = LangmuirAdsorption<Scalar>.Of(Pack.One(d), d);
        _thermalVoltage = new(Constants.ThermalVoltage(d.Heat.ReferenceTemperature));
    }

    /// <summary>Largest ln f [ln bar] that any interface node's coverage is in equilibrium with: twice its potential over kT.</summary>
    public double LogFugacity
    {
        get
        {
            double largest = double.NegativeInfinity;
            for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
            {
                Scalar theta = _device.State[_u.Coverage + k];
                if (theta > 0 && theta < 1)
                    largest = Math.Max(largest, 2 * _adsorption.Potential(theta, _thermalVoltage) / _thermalVoltage);
            }
            return largest;
        }
    }

    /// <summary>Largest bubble density of any interface node [m^-2].</summary>
    public double Bubbles => Largest(_u.Bubbles);

    /// <summary>Largest dissolved density of any interface node [m^-2].</summary>
    public double Dissolved => Largest(_u.Dissolved);

    /// <summary>Pressure in the fullest bubbles [Pa]; 0 without bubbles, infinite from the density 1/b on.</summary>
    public double Pressure
    {
        get
        {
            double density = Math.Max(0, Bubbles) / (_device.Device.Gas.BubbleHeight * _device.Device.Gas.BubbleFraction);
            return density * _gas.ExcludedVolume < 1
                ? _gas.Pressure<Scalar>(new(density), new(Constants.Boltzmann * _device.Device.Heat.AmbientTemperature))
                : double.PositiveInfinity;
        }
    }

    /// <summary>True when the pressure has passed the critical one.</summary>
    public bool IsDamaged => _u.Bubbles >= 0 && Pressure > _device.Device.Gas.CriticalPressure;

    private double Largest(int start)
    {
        double largest = 0;
        if (start >= 0)
            for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
                largest = Math.Max(largest, _device.State[start + k]);
        return largest;
    }
}
