using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
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
    private readonly EdgeTransport<P> _links;
    private readonly (int Node, P Conductance)[] _sinks;
    private readonly P[] _capacity;
    private readonly P _ambient;

    public HeatConduction(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _ambient = context.Pack(d => d.Heat.AmbientTemperature);
        _capacity = [.. Enumerable.Range(0, mesh.NodeCount)
            .Select(n => context.Pack((d, m) => HeatFlow.Capacity(d, m.MaterialOf(n)) * HeatVolume(d, m, n)))];
        // Links with their conductances: edges, and interfaces of no length.
        (int Left, int Right, P Conductance)[] links =
        [
            .. Enumerable.Range(0, mesh.EdgeCount).Select(e => (mesh.EdgeLeft[e], mesh.EdgeRight[e], context.Pack((d, m) =>
                HeatFlow.Conductivity(d, m.MaterialOf(m.EdgeLeft[e])) * m.EdgeArea[e] / m.EdgeLength[e]))),
            .. mesh.Interfaces.Select((own, i) => (own.First, own.Second, context.Pack((d, m) => m.Interfaces[i].Area
                * HeatFlow.InterfaceConductance(d, m.MaterialOf(own.First), m.MaterialOf(own.Second))))),
        ];
        links = [.. links.OrderBy(l => l.Left)];
        _links = Transport(context, EdgeSet.Between([.. links.Select(l => l.Left)], [.. links.Select(l => l.Right)]),
            [.. links.Select(l => l.Conductance)]);
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

    public void Enter(MatrixEntries<P> entries)
    {
        entries.AddMass(_u.Temperature, _capacity);
        _links.Enter(entries);
        foreach ((int node, P conductance) in _sinks)
            entries.Add(_u.Temperature + node, _u.Temperature + node, -conductance);
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        _links.AddResidual(x, f);
        foreach ((int node, P conductance) in _sinks)
            f[_u.Temperature + node] -= (x[_u.Temperature + node] - _ambient) * conductance;
    }

    private static EdgeTransport<P> Transport(AssemblyContext<P> context, EdgeSet links, P[] conductance)
    {
        if (context is not AssemblyContext<Scalar> scalar)
            return Of<P, P, OneEdge<P>>(context, links, conductance);
        var numbers = (Scalar[])(object)conductance;
        return (EdgeTransport<P>)(object)(links.Count < Lanes.Count || !links.IsChain
            ? Of<Scalar, Scalar, OneEdge<Scalar>>(scalar, links, numbers) : Of<Scalar, Lanes, EightEdges>(scalar, links, numbers));
    }

    private static EdgeTransport<Q> Of<Q, W, A>(AssemblyContext<Q> context, EdgeSet links, Q[] conductance)
        where Q : struct, IParameter<Q>, IReal<Q, Q>
        where W : struct, IParameter<W>, IReal<W, W>
        where A : struct, IAccess<Q, W> => context.Transport<W, A, LinearFlow<W>, Neutral, Isothermal>(
            links, new(context.U.Temperature, -1, -1), LinearFlow<W>.Of(context.Broadcast<W, A>, _ => 1), null, conductance);

    private static double HeatVolume(Device d, ControlVolumeMesh mesh, int node)
    {
        double volume = mesh.Volume[node];
        foreach (Interface f in mesh.Interfaces)
            if ((f.First == node || f.Second == node) && mesh.MaterialOf(node) == MaterialKind.Electrolyte)
                volume += f.Area * HeatFlow.CompactLayer(d, mesh.MaterialOf(f.First), mesh.MaterialOf(f.Second));
        return volume;
    }
}
