using System.Runtime.CompilerServices;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
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
    private readonly HeldNode[] _held;

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
        _volume = context.Volumes(_u.Wo3Nodes);
        _share = AlignedArray.Create<P>(_volume.Length);
        _held = [.. Enumerable.Range(0, _volume.Length)
            .Where(n => _u.Terminals[n] != ChannelTerminal.None)
            .Select(n => new HeldNode(
                _u.ElectronDensity + n, _u.FilmPotential + n, _u.Terminals[n] == ChannelTerminal.Drain ? _u.DrainVoltage : -1))];
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

    public void Enter(MatrixEntries<P> entries)
    {
        _flows.Enter(entries);
        _poisson.Enter(entries);
        for (int n = 0; n < _volume.Length; n++)
        {
            entries.Declare([_u.ElectronRow(n)], [_u.ElectronDensity + n]);
            if (_u.Terminals[n] == ChannelTerminal.None)
                entries.AddMass(_u.ElectronDensity + n, _volume[n]);
        }
        entries.AddMass(_u.Drained, [P.From(1), P.From(1)]);
        foreach (HeldNode node in _held)
        {
            entries.Add(node.Density, node.Density, P.From(-1));
            (node.ByPotential, node.ByVoltage) = (entries.Slot(node.Density, node.Potential), entries.Slot(node.Density, node.Voltage));
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        _flows.AddResidual(x, f);
        foreach (HeldNode node in _held)
            f[node.Density] += _statistics.Excess(node.Band(x)) + _statistics.RestDensity - x[node.Density];
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        _flows.AddLinearised(x, f, jacobian);
        foreach (HeldNode node in _held)
        {
            f[node.Density] += _statistics.Excess(node.Band(x), out P slope) + _statistics.RestDensity - x[node.Density];
            jacobian[node.ByPotential] += slope;
            if (node.ByVoltage >= 0)
                jacobian[node.ByVoltage] -= slope;
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

    private EdgeTransport<P> Flows<THeat>()
        where THeat : struct => _context.Transport<P, OneEdge<P>, ElectronDrift<P>, Negative, THeat>(
            _edges, new(_u.ElectronDensity, _u.FilmPotential, _u.Temperature), ElectronDrift<P>.Of(_context.Pack, _context.Device),
            _context.AtNodes?.Electrons, poisson: _poisson);

    private sealed record HeldNode(int Density, int Potential, int Voltage)
    {
        public int ByPotential, ByVoltage;

        public P Band(P[] x) => Voltage >= 0 ? x[Potential] - x[Voltage] : x[Potential];
    }
}
