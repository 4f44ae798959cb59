using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Observe;

/// <summary>Conductance between source and drain of a channel in a cross-section, on a frozen composition.</summary>
/// <remarks>Solves div(sigma grad psi) = 0 with psi = 0 at the source and 1 at the drain; sigma of an edge is the mean of its nodes, with
/// space charge by the electrons that conduct.</remarks>
internal sealed class SheetConduction
{
    private readonly UnknownLayout _u;
    private readonly ChannelTerminal[] _terminals;
    private readonly FilmColumns _columns;
    private readonly ElectronConductivity<Scalar> _law;
    private readonly ConductingElectrons<Scalar> _electrons;
    private readonly (int Left, int Right, double AreaOverLength)[] _edges;
    private readonly ILinearSolver<double> _solver;
    private readonly double[] _sigma, _charge, _psi;
    private readonly double _flatBand, _layer;
    private readonly bool _hasImage;

    public SheetConduction(DeviceSimulation device)
    {
        ControlVolumeMesh mesh = device.Mesh;
        Device d = device.Device;
        _u = device.Layout;
        _terminals = ChannelTerminals.Of(mesh);
        _columns = new(mesh, _u);
        _law = ElectronConductivity<Scalar>.Of(Pack.One(d), d);
        _electrons = ConductingElectrons<Scalar>.Of(Pack.One(d), d);
        _hasImage = _u.Electron >= 0;
        _flatBand = -InsertionPotential.AtRest(d);
        _layer = d.Psg.RelativePermittivity * Constants.VacuumPermittivity / d.Psg.SternThickness;
        _edges = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Channel)
            .Select(e => (_u.Local[mesh.EdgeLeft[e]], _u.Local[mesh.EdgeRight[e]], mesh.EdgeArea[e] / mesh.EdgeLength[e]))];
        int n = _u.Wo3Nodes.Length;
        (_sigma, _psi, _charge) = (new double[n], new double[n], new double[_u.ChannelInterfaces.Length]);
        var pattern = new PatternBuilder();
        foreach ((int left, int right, _) in _edges)
            pattern.Add([left, right], [left, right]);
        _solver = LinearSolverChoice.Sparse(pattern.Build(n, new int[n], [.. Enumerable.Repeat(1.0, n)]), LinearSolverKind.Managed);
    }

    /// <summary>Conductance of a state [S].</summary>
    public double Conductance(Scalar[] state)
    {
        SetConductivity(state);
        Span<double> matrix = _solver.Values;
        matrix.Clear();
        foreach ((int left, int right, double areaOverLength) in _edges)
        {
            double g = 0.5 * (_sigma[left] + _sigma[right]) * areaOverLength;
            foreach ((int n, int other) in new[] { (left, right), (right, left) })
                if (_terminals[n] == ChannelTerminal.None)
                {
                    matrix[_solver.Slot(n, n)] += g;
                    matrix[_solver.Slot(n, other)] -= g;
                }
        }
        for (int n = 0; n < _psi.Length; n++)
        {
            if (_terminals[n] != ChannelTerminal.None)
                matrix[_solver.Slot(n, n)] = 1;
            _psi[n] = _terminals[n] == ChannelTerminal.Drain ? 1 : 0;
        }
        int singular = _solver.Factorise();
        if (singular >= 0)
            throw new Time.NumericalException("the channel does not conduct between source and drain", 0, 0, 0, _u.Hydrogen + singular);
        _solver.Solve(_psi);
        double current = 0;
        foreach ((int left, int right, double areaOverLength) in _edges)
        {
            double flow = 0.5 * (_sigma[left] + _sigma[right]) * areaOverLength * (_psi[left] - _psi[right]);
            if (_terminals[left] == ChannelTerminal.Drain)
                current += flow;
            if (_terminals[right] == ChannelTerminal.Drain)
                current -= flow;
        }
        return current;
    }

    // What conducts: with space charge electrons, else one for each hydrogen.
    private Scalar Carriers(Scalar[] state, int n)
    {
        Scalar hydrogen = state[_u.Hydrogen + n];
        return _u.FilmPotential < 0 ? hydrogen
            : _u.ElectronDensity < 0 ? _electrons.At(hydrogen, state[_u.FilmPotential + n])
            : _electrons.Of(hydrogen, state[_u.ElectronDensity + n]);
    }

    private void SetConductivity(Scalar[] state)
    {
        Array.Clear(_charge);
        for (int n = 0; n < _sigma.Length; n++)
        {
            Scalar density = state[_u.Hydrogen + n];
            _sigma[n] = _law.At(Carriers(state, n));
            if (_columns.Of[n] >= 0)
                _charge[_columns.Of[n]] += Constants.ElementaryCharge * (density + _law.Background) * _columns.Thickness[n];
        }
        if (!_hasImage)
            return;
        for (int n = 0; n < _sigma.Length; n++)
        {
            int k = _columns.Of[n];
            if (k < 0)
                continue;
            Interface face = _u.ChannelInterfaces[k];
            double drop = state[_u.Potential + _u.Local[face.First]] - state[_u.Electron + _u.Local[face.Second]] - _flatBand;
            _sigma[n] *= ElectronConductivity<Scalar>.ImageFactor(new Scalar(drop * _layer / _charge[k]));
        }
    }
}
