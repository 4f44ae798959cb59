using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Observe;

/// <summary>Molecular hydrogen at the interface: fugacity that the adsorbed hydrogen stands for, radius of
/// bubbles, barrier of nuclei, damage.</summary>
public sealed class GasState
{
    private readonly DeviceSimulation _device;
    private readonly UnknownLayout _u;
    private readonly BubbleGas<Scalar> _gas;
    private readonly HenryLaw<Scalar> _henry;
    private readonly BubbleNucleation<Scalar> _nuclei;
    private readonly (double Bubbles, double Drop)[] _before;
    private readonly LangmuirAdsorption<Scalar> _adsorption;
    private readonly Scalar _thermalVoltage;

    /// <summary>Gas of a device.</summary>
    public GasState(DeviceSimulation device)
    {
        _device = device;
        _u = device.Layout;
        Device d = device.Device;
        _gas = BubbleGas<Scalar>.Of(Pack.One(d), d);
        _henry = HenryLaw<Scalar>.Of(Pack.One(d), d);
        _nuclei = BubbleNucleation<Scalar>.Of(Pack.One(d), d);
        _before = new (double, double)[_u.ChannelInterfaces.Length];
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

    /// <summary>True when there is a bubble: more than one molecule.</summary>
    public bool HasBubble => _gas.Content(new Scalar(Bubbles)) > 1;

    /// <summary>Radius of curvature of the fullest bubbles [m]; 0 without bubbles.</summary>
    public double Radius => HasBubble ? _gas.Radius(new Scalar(Bubbles)) : 0;

    /// <summary>Pressure in them [Pa]; 0 without bubbles.</summary>
    public double Pressure => HasBubble ? _gas.Pressure(new Scalar(Radius)) : 0;

    /// <summary>Barrier W/kT of a nucleus at a density of dissolved hydrogen [m^-2]; infinite below the pressure of the film.</summary>
    public double Barrier(double dissolved) => _nuclei.Pressure(new Scalar(dissolved)) - _gas.FilmPressure is { Value: > 0 } excess
        ? _nuclei.Barrier(excess)
        : double.PositiveInfinity;

    /// <summary>Molecules that have gone up the gradient of fugacity, into bubbles or out, since
    /// the last look: 0 by the second law.</summary>
    public double Uphill()
    {
        double uphill = 0;
        if (_u.Bubbles < 0)
            return uphill;
        for (int k = 0; k < _before.Length; k++)
        {
            Scalar bubbles = _device.State[_u.Bubbles + k], dissolved = _device.State[_u.Dissolved + k];
            double inside = Math.Exp(_gas.LogFugacity(bubbles)), outside = _henry.Fugacity(dissolved);
            // What an integration error may turn is no gradient.
            double drop = outside - inside, least = 1e-3 * Math.Max(Math.Abs(outside), inside), moved = bubbles - _before[k].Bubbles;
            drop = Math.Abs(drop) > least ? drop : 0;
            // Where both ends of a step see the gradient the other way.
            if (moved * drop < 0 && moved * _before[k].Drop < 0)
                uphill += Math.Abs(moved) * _u.ChannelInterfaces[k].Area;
            _before[k] = (bubbles, drop);
        }
        return uphill;
    }

    private double Largest(int start)
    {
        double largest = 0;
        if (start >= 0)
            for (int k = 0; k < _u.ChannelInterfaces.Length; k++)
                largest = Math.Max(largest, _device.State[start + k]);
        return largest;
    }
}
