using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Observe;

/// <summary>Molecular hydrogen at the interface: fugacity that the adsorbed hydrogen stands for, pressure in bubbles, damage.</summary>
/// <remarks>
/// Abel-Noble: p = n kT/(1 - n b), ln(f/p) = b p/(RT) (San Marchi, Somerday and Robinson, Int. J. Hydrogen Energy 32, 100
/// (2007)), n the number density n_b/(h_b f_b).
/// </remarks>
public sealed class GasState
{
    private readonly DeviceSimulation _device;
    private readonly UnknownLayout _u;
    private readonly double _lnRestOdds;

    /// <summary>Gas of a device.</summary>
    public GasState(DeviceSimulation device)
    {
        _device = device;
        _u = device.Layout;
        Device d = device.Device;
        double thermal = Constants.ThermalVoltage(d.Heat.ReferenceTemperature);
        // ln Theta: theta/(1-theta) in equilibrium with 1 bar.
        _lnRestOdds = Math.Log(d.Interface.RestCoverage / (1 - d.Interface.RestCoverage))
            + ChannelContact<Scalar>.RestPotential(d) / thermal;
    }

    /// <summary>Largest ln f [ln bar] that any interface node's coverage is in equilibrium with: 2 ln[(theta/(1-theta))/Theta].</summary>
    public double LogFugacity
    {
        get
        {
            double largest = double.NegativeInfinity;
            for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
            {
                double theta = _device.State[_u.Coverage + k];
                if (theta > 0 && theta < 1)
                    largest = Math.Max(largest, 2 * (Math.Log(theta / (1 - theta)) - _lnRestOdds));
            }
            return largest;
        }
    }

    /// <summary>Largest bubble density of any interface node [m^-2].</summary>
    public double Bubbles => Largest(_u.Bubbles);

    /// <summary>Largest dissolved density of any interface node [m^-2].</summary>
    public double Dissolved => Largest(_u.Dissolved);

    /// <summary>Pressure in the fullest bubbles [Pa]; 0 without bubbles.</summary>
    public double Pressure => AbelNoblePressure(
        Math.Max(0, Bubbles) / (_device.Device.Gas.BubbleHeight * _device.Device.Gas.BubbleFraction),
        _device.Device.Heat.AmbientTemperature, _device.Device.Gas.ExcludedVolume);

    /// <summary>True when the pressure has passed the critical one.</summary>
    public bool IsDamaged => _u.Bubbles >= 0 && Pressure > _device.Device.Gas.CriticalPressure;

    /// <summary>Pressure [Pa] of hydrogen of a number density [m^-3]; infinite from the density 1/b on.</summary>
    /// <param name="density">Molecules per volume [m^-3].</param>
    /// <param name="temperature">Temperature [K].</param>
    /// <param name="excludedVolume">b [m^3/mol].</param>
    public static double AbelNoblePressure(double density, double temperature, double excludedVolume)
    {
        double free = 1 - density * excludedVolume / Constants.Avogadro;
        return free > 0 ? density * Constants.Boltzmann * temperature / free : double.PositiveInfinity;
    }

    /// <summary>ln(f/p) = b p/(RT).</summary>
    public static double LogFugacityCoefficient(double pressure, double temperature, double excludedVolume) =>
        excludedVolume * pressure / (Constants.Avogadro * Constants.Boltzmann * temperature);

    private double Largest(int start)
    {
        double largest = 0;
        if (start >= 0)
            for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
                largest = Math.Max(largest, _device.State[start + k]);
        return largest;
    }
}
