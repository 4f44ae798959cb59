using System.Runtime.CompilerServices;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Electrons of WO3 with space charge in a cross-section: drift and diffusion between source and drain, which hold psi.</summary>
/// <remarks>
/// <para>Node i: V_i dn_i/dt = sum of flows in + electrons that reactions make, and -q V_i (n_i - n_ref) in the row of phi_i. The density
/// is the unknown, not psi: Poisson's equation is then linear, so that charge is conserved to rounding, and a film that is empty of
/// electrons is no singular one.</para>
/// <para>At a contact n is that in equilibrium with the metal, n(phi - V), and what flows to its nodes is what it takes: dN/dt = sum of
/// flows in.</para>
/// <para>The share of the electrons that conducts is taken at the start of each segment of the waveform: within a pulse the film gains less
/// than one part in a hundred.</para>
/// </remarks>
internal sealed class ElectronTransport<P> : IFilmElectrons<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly EdgeSet _edges;
    private readonly EdgeTransport<P> _flows;
    private readonly PoissonRows<P> _poisson;
    private readonly ElectronStatistics<P> _statistics;
    private readonly ConductingElectrons<P> _conducting;
    private readonly ElectronConductivity<P> _conductivity;
    private readonly P[] _volume, _conductance, _share;
    private readonly (int Density, int Potential, int Voltage)[] _held;
    private ILinearSolver<P>? _solver;

    public ElectronTransport(AssemblyContext<P> context)
    {
        (_context, _u) = (context, context.U);
        _statistics = ElectronStatistics<P>.Of(context.Pack, context.Device);
        _conducting = ConductingElectrons<P>.Of(context.Pack, context.Device);
        _conductivity = ElectronConductivity<P>.Of(context.Pack, context.Device);
        EdgeSet nodes = EdgeSet.Within(context.Mesh, _u, MaterialKind.Channel);
        int[] Rows(int[] ends) => [.. ends.Select(n => _u.ElectronRow(n) - _u.ElectronDensity)];
        _edges = nodes with { LeftRow = Rows(nodes.Left), RightRow = Rows(nodes.Right) };
        _poisson = PoissonRows<P>.OfElectrons(context, _edges);
        _flows = context.HasHeat ? Flows<Warm>() : context.HasEnergy ? Flows<Metered>() : Flows<Isothermal>();
        _conductance = [.. _flows.Conductance];
        _volume = AlignedArray.Of(_u.Wo3Nodes.Select(n => context.Pack((_, m) => m.Volume[n])));
        _share = AlignedArray.Create<P>(_volume.Length);
        _held = [.. Enumerable.Range(0, _volume.Length)
            .Where(n => _u.Terminals[n] != ChannelTerminal.None)
            .Select(n => (_u.ElectronDensity + n, _u.FilmPotential + n, _u.Terminals[n] == ChannelTerminal.Drain ? _u.DrainVoltage : -1))];
    }

    /// <summary>Takes the share that conducts from the state at the start of a segment.</summary>
    public void Prepare(P[] x)
    {
        for (int n = 0; n < _share.Length; n++)
            _share[n] = _conducting.Mobility(x[_u.Hydrogen + n], x[_u.ElectronDensity + n], _conductivity);
        for (int e = 0; e < _conductance.Length; e++)
            _flows.Conductance[e] = _conductance[e] * (_share[_edges.Left[e]] + _share[_edges.Right[e]]) * 0.5;
    }

    /// <summary>Densities at contacts, which hang on the potential by an exponential.</summary>
    public IEnumerable<int> Held => _held.Select(h => h.Density);

    public void Declare(PatternBuilder pattern)
    {
        _flows.Declare(pattern);
        _poisson.Declare(pattern);
        for (int n = 0; n < _volume.Length; n++)
            pattern.Add(_u.ElectronRow(n), _u.ElectronDensity + n);
        foreach (int taken in new[] { _u.Drained, _u.Drained + 1 })
            pattern.Add(taken, taken);
        foreach ((int density, int potential, int voltage) in _held)
            pattern.Add([density], [density, potential, voltage]);
    }

    public void Bind(ILinearSolver<P> solver) => _solver = solver;

    public void AddConstants(P[] jacobian, P[] mass)
    {
        _flows.Bind(_solver!, jacobian);
        _poisson.AddConstants(_solver!, jacobian);
        for (int n = 0; n < _volume.Length; n++)
            if (_u.Terminals[n] == ChannelTerminal.None)
                mass[_u.ElectronDensity + n] += _volume[n];
        mass[_u.Drained] = mass[_u.Drained + 1] = P.From(1);
        foreach ((int density, _, _) in _held)
            jacobian[_solver!.Slot(density, density)] -= P.From(1);
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        _flows.AddResidual(x, f);
        foreach ((int density, int potential, int voltage) in _held)
            f[density] += _statistics.Excess(Band(x, potential, voltage)) + _statistics.RestDensity - x[density];
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        _flows.AddLinearised(x, f, jacobian);
        foreach ((int density, int potential, int voltage) in _held)
        {
            f[density] += _statistics.Excess(Band(x, potential, voltage), out P slope) + _statistics.RestDensity - x[density];
            jacobian[_solver!.Slot(density, potential)] += slope;
            if (voltage >= 0)
                jacobian[_solver.Slot(density, voltage)] -= slope;
        }
    }

    public P ChargeOf(P[] x)
    {
        P sum = default;
        for (int n = 0; n < _volume.Length; n++)
            sum += (x[_u.ElectronDensity + n] - _statistics.RestDensity) * _poisson.Charge[n];
        return sum;
    }

    public P Energy(P[] x)
    {
        P sum = default;
        for (int n = 0; n < _volume.Length; n++)
            sum += _statistics.Energy(_statistics.Band(x[_u.ElectronDensity + n])) * _volume[n];
        return sum;
    }

    private static P Band(P[] x, int potential, int voltage) => voltage >= 0 ? x[potential] - x[voltage] : x[potential];

    private EdgeTransport<P> Flows<THeat>()
        where THeat : struct => _context.Transport<P, OneEdge<P>, ElectronDrift<P>, Negative, THeat>(
            _edges, new(_u.ElectronDensity, _u.FilmPotential, _u.Temperature), ElectronDrift<P>.Of(_context.Pack, _context.Device),
            _context.AtNodes?.Electrons, poisson: _poisson);
}
