using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Verification;

/// <summary>A wave that a field is made to follow: value, slope and rate.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Amplitude">Amplitude.</param>
/// <param name="Wavenumber">Wavenumber [1/m].</param>
/// <param name="Phase">Phase.</param>
/// <param name="Frequency">Angular frequency [1/s].</param>
/// <param name="Tilt">Constant slope besides [1/m].</param>
internal sealed record Wave(double Mean, double Amplitude, double Wavenumber, double Phase, double Frequency, double Tilt = 0)
{
    /// <summary>Value at a depth [m] and time [s].</summary>
    public double Value(double z, double t) =>
        Mean + Tilt * z + Amplitude * Math.Cos(Wavenumber * z + Phase) * (1 + 0.5 * Math.Sin(Frequency * t));

    /// <summary>Derivative by the depth.</summary>
    public double Slope(double z, double t) =>
        Tilt - Amplitude * Wavenumber * Math.Sin(Wavenumber * z + Phase) * (1 + 0.5 * Math.Sin(Frequency * t));

    /// <summary>Derivative by time.</summary>
    public double Rate(double z, double t) => Amplitude * Math.Cos(Wavenumber * z + Phase) * 0.5 * Frequency * Math.Cos(Frequency * t);
}

/// <summary>Manufactured solution of the whole device between blocking interfaces: protons, potential, hydrogen, temperature.</summary>
/// <remarks>
/// Fluxes are written here again from physics.md, at the faces of the control volumes; rates, charges and heat are
/// integrated over each volume by three Gauss points. What the solver makes of its nodal values then differs by the error
/// of its discretisation and nothing else.
/// </remarks>
internal sealed class Manufactured
{
    private const double Duration = 1e-9;
    private readonly Device _device;
    private readonly Device _sources;
    private readonly VirtualDevice _sample;
    private readonly ControlVolumeMesh _mesh;
    private readonly UnknownLayout _u;
    private readonly Wave _proton, _potential, _hydrogen, _film, _temperature;
    private readonly double _uRest, _gate;

    /// <summary>The problem on a mesh.</summary>
    /// <param name="device">Parameters.</param>
    /// <param name="sources">Parameters by which the sources are written: the same, or mistaken ones.</param>
    /// <param name="cells">Cells of PSG; the other layers have half as many.</param>
    public Manufactured(Device device, Device sources, int cells)
    {
        (_device, _sources) = (CalibrationRules.Resolve(device), CalibrationRules.Resolve(sources));
        _sample = new(_device, 1e-9, new()
        {
            Psg = PsgNodes.Tanh,
            TanhStrength = 0.8,
            PsgCells = cells,
            Wo3Uniform = true,
            Wo3Cells = cells / 2,
            PdCells = cells / 2,
            OxideCells = cells / 2
        });
        (_mesh, _u) = (_sample.Simulation.Mesh, _sample.Layout);
        _uRest = CellVoltage.InsertionAt(_device, _device.Heat.AmbientTemperature);
        _gate = _device.Gate.RestVoltage + 1;
        double c = _device.Psg.FixedChargeDensity, C = _device.Wo3.RestComposition * _device.Wo3.SiteDensity, k = 1.7 * Math.PI / 10e-9,
            w = 2 / Duration;
        _proton = new(c, 0.3 * c, k, 0.4, w);
        // A strong field mostly by the tilt, which needs no charge.
        _potential = new(-_uRest, 0.05, 0.8 * k, -0.3, 1.3 * w, -1.5e8);
        _hydrogen = new(C, 0.4 * C, 0.9 * k, 0.2, 0.8 * w);
        _film = new(0.005, 0.03, 1.1 * k, 0.7, 1.2 * w, 2e6);
        // Zero at the bottom, which the solver holds at the ambient.
        double bottom = _mesh.Z[^1];
        _temperature = new(_device.Heat.AmbientTemperature, _device.Heat.Enabled ? 15 : 0, 2.5 * Math.PI / bottom,
            Math.PI / 2 - 2.5 * Math.PI, 1.1 * w);
    }

    /// <summary>Largest errors of each field over its amplitude, at the end of the run.</summary>
    public Dictionary<string, double> Errors()
    {
        Scalar[] x = _sample.State;
        Visit((unknown, z, wave) => x[unknown] = new(wave.Value(z, 0)));
        DeviceSystem<Scalar> system = _sample.Simulation.System;
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = new(_gate) });
        x[_u.GateVoltage] = new(_gate);
        x[_u.GateCharge] = new(Capacitance * (_gate - _potential.Value(_mesh.Z[_u.PsgNodes[0]], 0) - _device.Gate.RestVoltage - _uRest));
        var sourced = new SourcedSystem(system, Sources, Duration);
        new RosenbrockIntegrator<Scalar>(sourced, Method.Rodas4P.Tableau(), 1e-8, 1000000)
            .Advance(x, new Scalar[sourced.QuadratureCount], Duration);
        Dictionary<string, double> errors = [];
        Visit((unknown, z, wave) =>
        {
            string name = ReferenceEquals(wave, _proton) ? "protons" : ReferenceEquals(wave, _potential) ? "potential"
                : ReferenceEquals(wave, _hydrogen) ? "hydrogen"
                : ReferenceEquals(wave, _film) ? "potential of the film" : "temperature";
            errors[name] = Math.Max(errors.GetValueOrDefault(name), Math.Abs(x[unknown] - wave.Value(z, Duration)) / wave.Amplitude);
        });
        return errors;
    }

    private double Area => _sample.Area;

    private double Capacitance => Area * VacuumPermittivity * _device.Psg.RelativePermittivity / _device.Psg.SternThickness;

    private double Thermal(double z, double t) => VoltPerKelvin * _temperature.Value(z, t);

    private void Visit(Action<int, double, Wave> field)
    {
        for (int i = 0; i < _u.PsgNodes.Length; i++)
        {
            field(_u.Proton + i, _mesh.Z[_u.PsgNodes[i]], _proton);
            field(_u.Potential + i, _mesh.Z[_u.PsgNodes[i]], _potential);
        }
        for (int j = 0; j < _u.Wo3Nodes.Length; j++)
        {
            field(_u.Hydrogen + j, _mesh.Z[_u.Wo3Nodes[j]], _hydrogen);
            if (_u.FilmPotential >= 0)
                field(_u.FilmPotential + j, _mesh.Z[_u.Wo3Nodes[j]], _film);
        }
        if (_u.Temperature >= 0)
            for (int n = 0; n < _mesh.NodeCount; n++)
                field(_u.Temperature + n, _mesh.Z[n], _temperature);
    }

    /// <summary>Sources: what the exact fields change and carry away.</summary>
    private void Sources(double t, double[] s)
    {
        for (int region = 0; region < _mesh.Regions.Length; region++)
        {
            (int first, int last) = (_mesh.RegionStart[region], _mesh.RegionStart[region + 1] - 1);
            for (int n = first; n <= last; n++)
            {
                double above = n > first ? (_mesh.Z[n - 1] + _mesh.Z[n]) / 2 : _mesh.Z[n];
                double below = n < last ? (_mesh.Z[n] + _mesh.Z[n + 1]) / 2 : _mesh.Z[n];
                Node(n, above, below, n > first, n < last, t, s);
            }
        }
        if (_u.Temperature >= 0)
            HeatAcross(t, s);
    }

    private void Node(int n, double above, double below, bool hasAbove, bool hasBelow, double t, double[] s)
    {
        double Integral(Func<double, double> f)
        {
            double middle = (above + below) / 2, half = (below - above) / 2, r = Math.Sqrt(0.6) * half;
            return Area * half / 9 * (5 * f(middle - r) + 8 * f(middle) + 5 * f(middle + r));
        }
        double Out(Func<double, double> flux) => Area * ((hasBelow ? flux(below) : 0) - (hasAbove ? flux(above) : 0));
        MaterialKind material = _mesh.MaterialOf(n);
        double eps = VacuumPermittivity * _sources.Psg.RelativePermittivity, heat = 0;
        if (material == MaterialKind.Electrolyte)
        {
            int i = _u.Local[n];
            s[_u.Proton + i] = Integral(z => _proton.Rate(z, t)) + Out(z => ProtonFlux(z, t));
            double charge = Integral(z => ElementaryCharge * (_proton.Value(z, t) - _sources.Psg.FixedChargeDensity));
            double displacement = -Out(z => -eps * _potential.Slope(z, t));
            double wall = !hasAbove ? Capacitance * (_gate - _potential.Value(above, t) - _device.Gate.RestVoltage - _uRest)
                : !hasBelow ? -Layer(t) : 0;
            s[_u.Potential + i] = -(displacement + wall + charge);
            if (_u.Temperature >= 0)
                heat = Integral(z => ElementaryCharge * ProtonFlux(z, t) * -_potential.Slope(z, t));
        }
        else if (material == MaterialKind.Channel)
        {
            s[_u.Hydrogen + _u.Local[n]] = Integral(z => _hydrogen.Rate(z, t)) + Out(z => HydrogenFlux(z, t));
            if (_u.Temperature >= 0)
                heat = Integral(z => ElementaryCharge * HydrogenFlux(z, t)
                    * -(_sources.Wo3.InteractionPotential / _sources.Wo3.SiteDensity * _hydrogen.Slope(z, t) + FilmSlope(z, t)));
            if (_u.FilmPotential >= 0)
            {
                double permittivity = VacuumPermittivity * _sources.Wo3.Permittivity,
                    C = _sources.Wo3.RestComposition * _sources.Wo3.SiteDensity;
                double charge = Integral(z => ElementaryCharge * (_hydrogen.Value(z, t) - C - Electrons(_film.Value(z, t))));
                double wall = !hasAbove ? Layer(t)
                    : !hasBelow ? -Area * VacuumPermittivity * _sources.Heat.OxidePermittivity / _sources.Heat.OxideThickness
                        * _film.Value(below, t) : 0;
                s[_u.FilmPotential + _u.Local[n]] = -(-Out(z => -permittivity * _film.Slope(z, t)) + wall + charge);
            }
        }
        if (_u.Temperature < 0)
            return;
        (double conductivity, double capacity) = Thermal(material);
        s[_u.Temperature + n] = capacity * Integral(z => _temperature.Rate(z, t)) + Out(z => -conductivity * _temperature.Slope(z, t))
            - heat;
    }

    /// <summary>Displacement into the compact layer at the channel.</summary>
    private double Layer(double t)
    {
        double film = _u.FilmPotential >= 0 ? _film.Value(_mesh.Z[_u.Wo3Nodes[0]], t) : 0;
        return Capacitance * (_potential.Value(_mesh.Z[_u.PsgNodes[^1]], t) - film + _uRest);
    }

    private double FilmSlope(double z, double t) => _u.FilmPotential >= 0 ? _film.Slope(z, t) : 0;

    /// <summary>Electrons beyond those at rest [m^-3], which keep the ambient's temperature.</summary>
    private double Electrons(double band)
    {
        Channel wo3 = _sources.Wo3;
        double rest = wo3.RestComposition * wo3.SiteDensity + wo3.LocalisedDensity / wo3.Thickness,
            p = band / ThermalVoltage(_sources.Heat.AmbientTemperature);
        return wo3.Statistics == ElectronStatisticsLaw.Boltzmann ? rest * (Math.Exp(p) - 1)
            : wo3.StateDensity * FermiIntegral.Half<Scalar, Scalar>(new(FermiIntegral.InverseHalf(rest / wo3.StateDensity) + p)) - rest;
    }

    /// <summary>Heat between layers and to the outside by the exact temperatures of the nodes; compact layers' capacity.</summary>
    private void HeatAcross(double t, double[] s)
    {
        foreach (Interface f in _mesh.Interfaces)
        {
            bool compact = (_mesh.MaterialOf(f.First) == MaterialKind.Electrolyte)
                != (_mesh.MaterialOf(f.Second) == MaterialKind.Electrolyte);
            double resistance = 1 / _sources.Heat.InterfaceConductance
                + (compact ? _sources.Psg.SternThickness / _sources.Psg.ThermalConductivity : 0);
            double flow = Area / resistance * (_temperature.Value(_mesh.Z[f.First], t) - _temperature.Value(_mesh.Z[f.Second], t));
            s[_u.Temperature + f.First] += flow;
            s[_u.Temperature + f.Second] -= flow;
            if (!compact)
                continue;
            int node = _mesh.MaterialOf(f.First) == MaterialKind.Electrolyte ? f.First : f.Second;
            s[_u.Temperature + node] += _sources.Psg.HeatCapacity * Area * _sources.Psg.SternThickness
                * _temperature.Rate(_mesh.Z[node], t);
        }
    }

    private (double Conductivity, double Capacity) Thermal(MaterialKind material) => material switch
    {
        MaterialKind.GateMetal => (_sources.Pd.ThermalConductivity, _sources.Pd.HeatCapacity),
        MaterialKind.Electrolyte => (_sources.Psg.ThermalConductivity, _sources.Psg.HeatCapacity),
        MaterialKind.Channel => (_sources.Wo3.ThermalConductivity, _sources.Wo3.HeatCapacity),
        _ => (_sources.Heat.OxideConductivity, _sources.Heat.OxideHeatCapacity),
    };

    private double ProtonFlux(double z, double t)
    {
        Electrolyte psg = _sources.Psg;
        double thermal = Thermal(z, t), field = -_potential.Slope(z, t), x = psg.HopDistance * field / (2 * thermal);
        double g = Math.Abs(x) < 1e-4 ? 1 + x * x / 6 : Math.Sinh(x) / x;
        double diffusivity = psg.HopDistance * psg.HopDistance * psg.AttemptFrequency * Math.Exp(-psg.ActivationEnergy / thermal);
        return g * diffusivity * (_proton.Value(z, t) * field / thermal - _proton.Slope(z, t));
    }

    private double HydrogenFlux(double z, double t)
    {
        Channel wo3 = _sources.Wo3;
        double thermal = Thermal(z, t), reference = ThermalVoltage(_sources.Heat.ReferenceTemperature);
        double arrhenius = Math.Exp(-wo3.DiffusionActivationEnergy * (1 / thermal - 1 / reference)),
            y = _hydrogen.Value(z, t) / wo3.SiteDensity;
        if (wo3.SpaceCharge)
        {
            double force = wo3.InteractionPotential / wo3.SiteDensity * _hydrogen.Slope(z, t) + FilmSlope(z, t);
            double vacancy = wo3.DiffusionLaw == DiffusionLaw.Fick ? 1 : 1 - y;
            double mobility = wo3.DiffusionLaw == DiffusionLaw.Fick ? wo3.Diffusivity
                : wo3.TracerDiffusivityDilute * Math.Pow(wo3.TracerDiffusivityRich / wo3.TracerDiffusivityDilute,
                    y / wo3.TracerRichComposition);
            return -mobility * arrhenius / vacancy * (_hydrogen.Slope(z, t) + _hydrogen.Value(z, t) * (1 - y) * force / thermal);
        }
        double coefficient = wo3.DiffusionLaw == DiffusionLaw.Fick
            ? wo3.Diffusivity
            : wo3.TracerDiffusivityDilute * Math.Pow(wo3.TracerDiffusivityRich / wo3.TracerDiffusivityDilute, y / wo3.TracerRichComposition)
                * (wo3.InteractionPotential * y / thermal + wo3.DiluteSpecies / (1 - y));
        return -coefficient * arrhenius * _hydrogen.Slope(z, t);
    }
}
