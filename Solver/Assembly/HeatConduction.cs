using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Temperature: heat capacity, conduction along edges and across interfaces, and the outer conditions.</summary>
/// <remarks>
/// The coefficients are those of <see cref="HeatFlow"/>; the compact layer's heat capacity belongs to the PSG node beside it.
/// </remarks>
internal sealed class HeatConduction<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly (int Left, int Right, P Conductance)[] _links;
    private readonly (int Node, P Conductance)[] _sinks;
    private readonly P[] _capacity;

    // Of a stack of nodes in a row: conductances between neighbours.
    private readonly P[] _conductances;
    private readonly bool _isChain;
    private readonly P _ambient;
    private ILinearSolver<P>? _solver;

    public HeatConduction(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _ambient = context.Pack(d => d.Heat.AmbientTemperature);
        _capacity = [.. Enumerable.Range(0, mesh.NodeCount)
            .Select(n => context.Pack((d, m) => HeatFlow.Capacity(d, m.MaterialOf(n)) * HeatVolume(d, m, n)))];
        var links = new List<(int, int, P)>();
        for (int e = 0; e < mesh.EdgeCount; e++)
        {
            int edge = e;
            links.Add((mesh.EdgeLeft[e], mesh.EdgeRight[e], context.Pack((d, m) =>
                HeatFlow.Conductivity(d, m.MaterialOf(m.EdgeLeft[edge])) * m.EdgeArea[edge] / m.EdgeLength[edge])));
        }
        for (int i = 0; i < mesh.Interfaces.Length; i++)
        {
            int index = i;
            links.Add((mesh.Interfaces[i].First, mesh.Interfaces[i].Second, context.Pack((d, m) =>
            {
                Interface f = m.Interfaces[index];
                return f.Area * HeatFlow.InterfaceConductance(d, m.MaterialOf(f.First), m.MaterialOf(f.Second));
            })));
        }
        _links = [.. links.OrderBy(l => l.Item1)];
        _isChain = _links.Length == mesh.NodeCount - 1 && _links.Select((l, i) => l.Left == i && l.Right == i + 1).All(ok => ok);
        _conductances = AlignedArray.Of(_links.Select(l => l.Conductance));
        _sinks = [.. mesh.Boundaries
            .Select((face, k) => (face.Node, Conductance: context.Pack((d, m) =>
            m.Boundaries[k].Area * HeatFlow.SinkConductance(
                d, m.Boundaries[k].Name, m.MaterialOf(face.Node), m.Volume[face.Node] / m.Boundaries[k].Area))))];
        LossSupport = [.. _sinks.Select(s => _u.Temperature + s.Node).Distinct()];
        LossGradient = AlignedArray.Create<P>(_u.Size);
        foreach ((int node, P conductance) in _sinks)
            LossGradient[_u.Temperature + node] += conductance;
        RowsOfTemperature = AlignedArray.Create<P>(_u.Size);
        Array.Fill(RowsOfTemperature, P.From(1), _u.Temperature, mesh.NodeCount);
    }

    /// <summary>Unknowns on which the heat that leaves at the outer faces depends.</summary>
    public int[] LossSupport { get; }

    /// <summary>Derivative of that heat [W] by each unknown.</summary>
    public P[] LossGradient { get; }

    /// <summary>1 for the rows of temperature, 0 for others.</summary>
    public P[] RowsOfTemperature { get; }

    public void Declare(PatternBuilder pattern)
    {
        foreach ((int left, int right, _) in _links)
            pattern.Add([_u.Temperature + left, _u.Temperature + right], [_u.Temperature + left, _u.Temperature + right]);
    }

    public void Bind(ILinearSolver<P> solver) => _solver = solver;

    public void AddConstants(P[] jacobian, P[] mass)
    {
        for (int n = 0; n < _capacity.Length; n++)
            mass[_u.Temperature + n] += _capacity[n];
        foreach ((int leftNode, int rightNode, P conductance) in _links)
        {
            int left = _u.Temperature + leftNode, right = _u.Temperature + rightNode;
            jacobian[_solver!.Slot(left, left)] -= conductance;
            jacobian[_solver.Slot(left, right)] += conductance;
            jacobian[_solver.Slot(right, right)] -= conductance;
            jacobian[_solver.Slot(right, left)] += conductance;
        }
        foreach ((int node, P conductance) in _sinks)
            jacobian[_solver!.Slot(_u.Temperature + node, _u.Temperature + node)] -= conductance;
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        int start = _u.Temperature;
        if (_isChain)
            ChainFlows.Add(f, x, start, _conductances);
        for (int k = 0; k < _links.Length && !_isChain; k++)
        {
            ref readonly (int Left, int Right, P Conductance) link = ref _links[k];
            P power = (x[start + link.Left] - x[start + link.Right]) * link.Conductance;
            f[start + link.Left] -= power;
            f[start + link.Right] += power;
        }
        foreach ((int node, P conductance) in _sinks)
            f[_u.Temperature + node] -= (x[_u.Temperature + node] - _ambient) * conductance;
    }

    /// <remarks>It is linear: all entries of the Jacobian are constant.</remarks>
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian) => AddResidual(x, f);

    private static double HeatVolume(Device d, ControlVolumeMesh mesh, int node)
    {
        double volume = mesh.Volume[node];
        foreach (Interface f in mesh.Interfaces)
            if ((f.First == node || f.Second == node) && mesh.MaterialOf(node) == MaterialKind.Electrolyte)
                volume += f.Area * HeatFlow.CompactLayer(d, mesh.MaterialOf(f.First), mesh.MaterialOf(f.Second));
        return volume;
    }
}
