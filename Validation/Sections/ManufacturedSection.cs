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

namespace FvSolver.Validation.Sections;

/// <summary>Manufactured solution of a whole cross-section between blocking interfaces: protons, potential in two
/// dielectrics, hydrogen, electrons, temperature.</summary>
/// <remarks>
/// Sources are what the exact fields change in each control volume and carry through the faces between volumes, integrated
/// numerically. What the solver makes of its nodal values then differs by the error of its discretisation and nothing else.
/// </remarks>
internal sealed class ManufacturedSection
{
    /// <summary>Duration of the run [s].</summary>
    public const double Duration = 1e-9;

    private readonly Device _device, _sources;
    private readonly ControlVolumeMesh _mesh;
    private readonly VolumeQuadrature _points;
    private readonly DeviceSimulation _simulation;
    private readonly UnknownLayout _u;
    private readonly SectionFields _fields;
    private readonly MaterialKind[] _material;
    private readonly int[] _potentialRow;
    private readonly double _uRest, _gate;

    /// <summary>The problem on a mesh.</summary>
    /// <param name="device">Parameters.</param>
    /// <param name="sources">Parameters by which the sources are written: the same, or mistaken ones.</param>
    /// <param name="mesh">Mesh of <see cref="SectionMesh"/>.</param>
    /// <param name="solved">The mesh on which the solver works: the same, or a mistaken one.</param>
    public ManufacturedSection(Device device, Device sources, ControlVolumeMesh mesh, ControlVolumeMesh solved)
    {
        (_device, _sources, _mesh) = (CalibrationRules.Resolve(device), CalibrationRules.Resolve(sources), mesh);
        _points = new(mesh, SectionMesh.Depth);
        _simulation = new(_device, solved, new() { Method = Method.Rodas4P });
        _u = _simulation.System.Layout;
        _fields = new(_sources);
        _material = [.. Enumerable.Range(0, mesh.NodeCount).Select(mesh.MaterialOf)];
        _potentialRow = [.. Enumerable.Range(0, mesh.NodeCount).Select(PotentialRow)];
        _uRest = CellVoltage.InsertionAt(_device, _device.Heat.AmbientTemperature);
        _gate = _device.Gate.RestVoltage + 1;
    }

    /// <summary>Errors of each field over its amplitude at the end of the run: root of the mean square over the volume.</summary>
    public Dictionary<string, double> Errors()
    {
        Scalar[] x = _simulation.State;
        Visit((unknown, _, exact, _, _) => x[unknown] = new(exact), 0);
        DeviceSystem<Scalar> system = _simulation.System;
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = new(_gate) });
        x[_u.GateVoltage] = new(_gate);
        x[_u.GateCharge] = new(_u.GateInterfaces.Sum(
            f => Capacitance(f) * (_gate - x[_u.Potential + _u.Local[f.Second]] - _device.Gate.RestVoltage - _uRest)));
        system.Prepare(x, new LinearDrive<Scalar> { Mode = DriveMode.Voltage });
        var sourced = new SourcedSystem(system, Sources, Duration);
        new RosenbrockIntegrator<Scalar>(sourced, Method.Rodas4P.Tableau(), 1e-5, 100000)
            .Advance(x, new Scalar[sourced.QuadratureCount], Duration);
        Dictionary<string, (double Square, double Volume)> sums = [];
        Visit((unknown, node, exact, amplitude, name) =>
        {
            (double square, double volume) = sums.GetValueOrDefault(name);
            double error = (x[unknown] - exact) / amplitude;
            sums[name] = (square + _mesh.Volume[node] * error * error, volume + _mesh.Volume[node]);
        }, Duration);
        return sums.ToDictionary(s => s.Key, s => Math.Sqrt(s.Value.Square / s.Value.Volume));
    }

    private double Capacitance(Interface f) => f.Area * VacuumPermittivity * _device.Psg.RelativePermittivity / _device.Psg.SternThickness;

    private int PotentialRow(int node) => _u.Insulators.Tie[node] switch
    {
        InsulatorTie.Free => _u.Insulator + Array.IndexOf(_u.Insulators.Free, node),
        InsulatorTie.Electrolyte => _u.Potential + _u.Local[_u.Insulators.Partner[node]],
        InsulatorTie.Channel when _u.FilmPotential >= 0 => _u.FilmPotential + _u.Local[_u.Insulators.Partner[node]],
        _ => _material[node] == MaterialKind.Electrolyte ? _u.Potential + _u.Local[node] : -1,
    };

    /// <summary>Potential in the insulator beside the PSG, or in the one below the film, which goes on with the film's.</summary>
    private Jet OxidePotential(double x, double z, double t)
    {
        if (z < SectionMesh.Floor)
            return _fields.InsulatorPotential(x, z, t);
        Jet film = _fields.Film.At(x, z, t);
        return film with { Value = film.Value - _uRest };
    }

    private void Visit(Action<int, int, double, double, string> field, double t)
    {
        void Each(int start, int[] nodes, Func<double, double, Jet> exact, double amplitude, string name)
        {
            for (int i = 0; i < nodes.Length && start >= 0; i++)
                field(start + i, nodes[i], exact(_mesh.X[nodes[i]], _mesh.Z[nodes[i]]).Value, amplitude, name);
        }
        Each(_u.Proton, _u.PsgNodes, (x, z) => _fields.Proton.At(x, z, t), _fields.Proton.Amplitude, "protons");
        Each(_u.Potential, _u.PsgNodes, (x, z) => _fields.Potential.At(x, z, t), _fields.Potential.Amplitude, "potential");
        Each(_u.Insulator, _u.Insulators.Free, (x, z) => OxidePotential(x, z, t), _fields.Potential.Amplitude,
            "potential in the insulator");
        Each(_u.Hydrogen, _u.Wo3Nodes, (x, z) => _fields.Hydrogen.At(x, z, t), _fields.Hydrogen.Amplitude, "hydrogen");
        Each(_u.Electron, _u.Wo3Nodes, (x, z) => _fields.Electron.At(x, z, t), _fields.Electron.Amplitude, "potential of electrons");
        Each(_u.ElectronDensity, _u.Wo3Nodes, (x, z) => _fields.ElectronDensity.At(x, z, t), _fields.ElectronDensity.Amplitude,
            "electrons");
        Each(_u.FilmPotential, _u.Wo3Nodes, (x, z) => _fields.Film.At(x, z, t), _fields.Film.Amplitude, "potential in WO3");
        if (_u.Temperature >= 0)
            for (int n = 0; n < _mesh.NodeCount; n++)
            {
                PlaneWave wave = _fields.Temperature(_material[n]);
                field(_u.Temperature + n, n, wave.At(_mesh.X[n], _mesh.Z[n], t).Value, wave.Amplitude, "temperature");
            }
    }

    private void Sources(double t, double[] s)
    {
        void Add(int row, double value)
        {
            if (row >= 0)
                s[row] += value;
        }
        foreach (VolumePoint p in _points.Volumes)
        {
            MaterialKind material = _material[p.Node];
            double heat = 0;
            if (material == MaterialKind.Electrolyte)
            {
                Jet c = _fields.Proton.At(p.X, p.Z, t);
                s[_u.Proton + _u.Local[p.Node]] += p.Volume * c.Rate;
                s[_potentialRow[p.Node]] -= p.Volume * ElementaryCharge * (c.Value - _sources.Psg.FixedChargeDensity);
                heat = _u.Temperature >= 0 ? _fields.ProtonHeat(p.X, p.Z, t) : 0;
            }
            else if (material == MaterialKind.Channel)
            {
                s[_u.Hydrogen + _u.Local[p.Node]] += p.Volume * _fields.Hydrogen.At(p.X, p.Z, t).Rate;
                heat = _u.Temperature >= 0 ? _fields.HydrogenHeat(p.X, p.Z, t) : 0;
                if (_u.Temperature >= 0 && _u.Electron >= 0)
                {
                    Jet psi = _fields.Electron.At(p.X, p.Z, t);
                    heat += _fields.Conductivity(p.X, p.Z, t) * (psi.X * psi.X + psi.Z * psi.Z);
                }
                if (_u.ElectronDensity >= 0)
                {
                    Jet n = _fields.ElectronDensity.At(p.X, p.Z, t);
                    if (_u.Terminals[_u.Local[p.Node]] == ChannelTerminal.None)
                        s[_u.ElectronDensity + _u.Local[p.Node]] += p.Volume * n.Rate;
                    s[_u.FilmPotential + _u.Local[p.Node]] -= p.Volume * _fields.FilmCharge(p.X, p.Z, t);
                    heat += _u.Temperature >= 0 ? _fields.ElectronHeat(p.X, p.Z, t) : 0;
                }
            }
            if (_u.Temperature >= 0)
                s[_u.Temperature + p.Node] += p.Volume * (Thermal(material).Capacity * _fields.Temperature(material).At(p.X, p.Z, t).Rate
                    - heat);
        }
        foreach (FacePoint p in _points.Faces)
        {
            void Across(int from, int to, Vector flux)
            {
                double flow = flux.X * p.AreaX + flux.Z * p.AreaZ;
                Add(from, flow);
                Add(to, -flow);
            }
            MaterialKind material = _material[p.From];
            if (material == MaterialKind.Electrolyte)
            {
                Jet phi = _fields.Potential.At(p.X, p.Z, t);
                Across(_u.Proton + _u.Local[p.From], _u.Proton + _u.Local[p.To], _fields.ProtonFlux(p.X, p.Z, t));
                Across(_potentialRow[p.From], _potentialRow[p.To],
                    -VacuumPermittivity * _sources.Psg.RelativePermittivity * new Vector(phi.X, phi.Z));
            }
            else if (_u.Insulators.Tie[p.From] != InsulatorTie.None)
            {
                Jet phi = OxidePotential(p.X, p.Z, t);
                Across(_potentialRow[p.From], _potentialRow[p.To],
                    -VacuumPermittivity * _sources.Heat.OxidePermittivity * new Vector(phi.X, phi.Z));
            }
            else if (material == MaterialKind.Channel)
            {
                (int from, int to) = (_u.Local[p.From], _u.Local[p.To]);
                Across(_u.Hydrogen + from, _u.Hydrogen + to, _fields.HydrogenFlux(p.X, p.Z, t));
                if (_u.Electron >= 0)
                    Across(_u.ElectronRow(from), _u.ElectronRow(to), _fields.ElectronCurrent(p.X, p.Z, t));
                if (_u.ElectronDensity >= 0)
                {
                    Jet phi = _fields.Film.At(p.X, p.Z, t);
                    Across(_u.ElectronRow(from), _u.ElectronRow(to), _fields.ElectronFlux(p.X, p.Z, t));
                    Across(_u.FilmPotential + from, _u.FilmPotential + to,
                        -VacuumPermittivity * _sources.Wo3.Permittivity * new Vector(phi.X, phi.Z));
                }
            }
            if (_u.Temperature >= 0)
            {
                Jet temperature = _fields.Temperature(material).At(p.X, p.Z, t);
                Across(_u.Temperature + p.From, _u.Temperature + p.To,
                    -Thermal(material).Conductivity * new Vector(temperature.X, temperature.Z));
            }
        }
        CompactLayers(t, s);
        for (int n = 0; n < _u.Wo3Nodes.Length && _u.ElectronDensity >= 0; n++)
            if (_u.Terminals[n] != ChannelTerminal.None)
                s[_u.ElectronDensity + n] -= _fields.AtContact(_mesh.X[_u.Wo3Nodes[n]], _mesh.Z[_u.Wo3Nodes[n]], t);
        if (_u.Temperature >= 0)
            HeatAcross(t, s);
    }

    /// <summary>Displacement through the compact layers by the exact potentials of the nodes; their
    /// charge in the balance of electrons.</summary>
    private void CompactLayers(double t, double[] s)
    {
        foreach (Interface f in _u.GateInterfaces)
            s[_u.Potential + _u.Local[f.Second]] -= Capacitance(f) * (_gate - Phi(f.Second).Value - _device.Gate.RestVoltage - _uRest);
        foreach (Interface f in _u.ChannelInterfaces)
        {
            (double x, double z) = (_mesh.X[f.Second], _mesh.Z[f.Second]);
            Jet phi = Phi(f.First);
            Jet psi = _u.Electron >= 0 ? _fields.Electron.At(x, z, t) : _u.FilmPotential >= 0 ? _fields.Film.At(x, z, t) : default;
            if (_u.FilmPotential >= 0)
                s[_u.FilmPotential + _u.Local[f.Second]] -= Capacitance(f) * (phi.Value - psi.Value + _uRest);
            s[_u.Potential + _u.Local[f.First]] += Capacitance(f) * (phi.Value - psi.Value + _uRest);
            if (_u.Electron >= 0 && _u.ElectronRow(_u.Local[f.Second]) is >= 0 and var row)
                s[row] += Capacitance(f) * (psi.Rate - phi.Rate);
        }

        Jet Phi(int node) => _fields.Potential.At(_mesh.X[node], _mesh.Z[node], t);
    }

    /// <summary>Heat between regions by the exact temperatures of the nodes; compact layers' capacity.</summary>
    private void HeatAcross(double t, double[] s)
    {
        foreach (Interface f in _mesh.Interfaces)
        {
            (MaterialKind first, MaterialKind second) = (_material[f.First], _material[f.Second]);
            bool compact = (first == MaterialKind.Electrolyte) != (second == MaterialKind.Electrolyte) && first != MaterialKind.Oxide
                && second != MaterialKind.Oxide;
            double resistance = 1 / _sources.Heat.InterfaceConductance
                + (compact ? _sources.Psg.SternThickness / _sources.Psg.ThermalConductivity : 0);
            (Jet a, Jet b) = (At(f.First), At(f.Second));
            s[_u.Temperature + f.First] += f.Area / resistance * (a.Value - b.Value);
            s[_u.Temperature + f.Second] -= f.Area / resistance * (a.Value - b.Value);
            if (compact)
                s[_u.Temperature + (first == MaterialKind.Electrolyte ? f.First : f.Second)] +=
                    _sources.Psg.HeatCapacity * f.Area * _sources.Psg.SternThickness * (first == MaterialKind.Electrolyte ? a : b).Rate;
        }

        Jet At(int node) => _fields.Temperature(_material[node]).At(_mesh.X[node], _mesh.Z[node], t);
    }

    private (double Conductivity, double Capacity) Thermal(MaterialKind material) => material switch
    {
        MaterialKind.GateMetal => (_sources.Pd.ThermalConductivity, _sources.Pd.HeatCapacity),
        MaterialKind.ContactMetal => (_sources.Heat.ContactConductivity, _sources.Heat.ContactHeatCapacity),
        MaterialKind.Electrolyte => (_sources.Psg.ThermalConductivity, _sources.Psg.HeatCapacity),
        MaterialKind.Channel => (_sources.Wo3.ThermalConductivity, _sources.Wo3.HeatCapacity),
        _ => (_sources.Heat.OxideConductivity, _sources.Heat.OxideHeatCapacity),
    };
}
