using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Conservation;

/// <summary>Free energy E - T_0 S of a device from its state [J], with surroundings at T_0: gas at the fugacity of
/// rest, hydrogen of constant potential in Pd.</summary>
/// <remarks>
/// Mixing is entropy alone and every standard potential is linear in T, so that the species' share is their free energy at T_0 whatever
/// their temperature; heat adds C [T - T_0 - T_0 ln(T/T_0)].
/// </remarks>
internal sealed class DeviceFreeEnergy(VirtualDevice sample)
{
    private readonly UnknownLayout _u = sample.Layout;
    private readonly double _ambient = sample.Device.Heat.AmbientTemperature, _vt = ThermalVoltage(sample.Device.Heat.AmbientTemperature);
    private readonly double _hydrogenInPd = RestDrop(sample.Device);
    private readonly double[] _capacity = [.. Enumerable.Range(0, sample.Simulation.Mesh.NodeCount)
        .Select(n => Capacity(sample.Device, sample.Simulation.Mesh, n))];

    /// <summary>The free energy of a state.</summary>
    public double Of(Scalar[] x)
    {
        Device d = sample.Device;
        ControlVolumeMesh mesh = sample.Simulation.Mesh;
        double sum = 0, rest = InsertionPotential.AtRest(d), area = sample.Area;
        double density = TrapExchange.RestDensity(d.Psg), bound = d.Psg.FixedChargeDensity - density;
        for (int i = 0; i < _u.PsgNodes.Length; i++)
        {
            double volume = mesh.Volume[_u.PsgNodes[i]], c = x[_u.Proton + i];
            sum += volume * _vt * (c * Math.Log(c / density) - c);
            if (_u.Bound >= 0)
                sum += volume * d.Psg.TrapDensity * Lattice(x[_u.Bound + i] / d.Psg.TrapDensity, bound / d.Psg.TrapDensity);
        }
        for (int i = 0; i < _u.Wo3Nodes.Length; i++)
        {
            double y = x[_u.Hydrogen + i] / d.Wo3.SiteDensity;
            sum += mesh.Volume[_u.Wo3Nodes[i]] * d.Wo3.SiteDensity * (Lattice(y, d.Wo3.RestComposition) - rest * y);
        }
        sum += area * d.Interface.SiteDensity * (Lattice(x[_u.Coverage], d.Interface.RestCoverage) - rest * x[_u.Coverage]);
        if (_u.Interfacial[InterfaceSpecies.Defects] is >= 0 and var defects)
            sum += area * d.Interface.DefectDensity * (Lattice(x[defects], d.Interface.DefectRestCoverage) - rest * x[defects]);
        if (_u.Dissolved >= 0)
        {
            double n = Math.Max(x[_u.Dissolved], double.Epsilon),
                leaked = sample.Simulation.Quadratures[sample.Simulation.QuadratureLayout.LeakedGas];
            sum += area * (_vt * (n * Math.Log(n / d.Gas.HenryConstant) - n) + Bubbles(x[_u.Bubbles])) - 2 * rest * leaked;
        }
        sum += x[_u.GateHydrogen] * _hydrogenInPd;
        double heat = 0;
        for (int n = 0; n < _capacity.Length && _u.Temperature >= 0; n++)
        {
            double rise = x[_u.Temperature + n] / _ambient - 1;
            heat += _capacity[n] * _ambient * (rise - Math.Log(1 + rise));
        }
        return sample.Simulation.System.FieldEnergy(x) + heat + ElementaryCharge * sum;
    }

    /// <summary>Potential of hydrogen in Pd over q with opposite sign [V]: V_G - phi at which the reaction rests.</summary>
    private static double RestDrop(Device d)
    {
        var gate = PalladiumInjection<Scalar>.Of(Pack.One(d), d);
        return gate.Rest.Enthalpy + gate.Rest.Slope * ThermalVoltage(d.Heat.AmbientTemperature);
    }

    /// <summary>Free energy of a lattice gas per site over q [V], from its logarithm of odds.</summary>
    private double Lattice(double part, double rest) =>
        _vt * (part * Math.Log(part) + (1 - part) * Math.Log(1 - part) - part * Math.Log(rest / (1 - rest)));

    /// <summary>Free energy of bubbles per area over q [V/m^2]: Abel-Noble gas, volume against the film,
    /// wall; constant potential below a molecule.</summary>
    private double Bubbles(double content)
    {
        Device d = sample.Device;
        double kT = Boltzmann * _ambient, b = d.Gas.ExcludedVolume / Avogadro, number = Math.Max(content / d.Gas.BubbleDensity, 1);
        double r = BubbleGas<Scalar>.Of(Pack.One(d), d).Radius(new Scalar(number * d.Gas.BubbleDensity)),
            volume = d.Gas.ShapeFactor * 4 * Math.PI / 3 * r * r * r;
        double pressure = number * kT / (volume - number * b);
        double energy = number * kT * (Math.Log(pressure / PascalPerBar) - 1) + d.Gas.FilmPressure * volume
            + d.Gas.SurfaceTension * 3 * volume / r;
        energy += (content / d.Gas.BubbleDensity - number) * (kT * Math.Log(pressure / PascalPerBar) + b * pressure);
        return energy * d.Gas.BubbleDensity / ElementaryCharge;
    }

    /// <summary>Heat capacity of a node [J/K], with that of the compact layer beside it.</summary>
    private static double Capacity(Device d, ControlVolumeMesh mesh, int node)
    {
        double layers = mesh.MaterialOf(node) != MaterialKind.Electrolyte ? 0
            : mesh.Interfaces.Where(f => f.First == node || f.Second == node).Sum(f => f.Area * d.Psg.SternThickness);
        return HeatFlow.Capacity(d, mesh.MaterialOf(node)) * (mesh.Volume[node] + layers);
    }
}
