using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>What an end of a capacitive link is.</summary>
internal enum LinkEndKind
{
    /// <summary>A dielectric, whose potential obeys Gauss's law.</summary>
    Dielectric,

    /// <summary>The gate metal.</summary>
    Gate,

    /// <summary>The channel without space charge, which stores the charge and carries it away.</summary>
    Channel,

    /// <summary>Source or drain metal, or the substrate.</summary>
    Contact,
}

/// <summary>An end of a link: its potential is the unknown (0 when it is -1) plus an offset.</summary>
internal readonly record struct LinkEnd<P>(LinkEndKind Kind, int Unknown, P Offset)
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Potential [V].</summary>
    public P Potential(P[] x) => Unknown >= 0 ? x[Unknown] + Offset : Offset;
}

/// <summary>A linear capacitor between two ends; displacement C (phi_A - phi_B) flows from A to B.</summary>
internal sealed record CapacitiveLink<P>(LinkEnd<P> A, LinkEnd<P> B, P Capacitance)
    where P : struct, IParameter<P>, IReal<P, P>;

/// <summary>Fields in insulators, below a film with space charge, and in the blocking compact layers between PSG and the contact metals:
/// Gauss's law without charge.</summary>
/// <remarks>
/// Every metal has an offset of its own such that the state of rest is free of field: phi = V_G - chi_G at the gate and
/// phi = V - U_W(y_ref) at contacts and channel. A film with space charge, whose potential counts from there, has the same, and so has the
/// substrate: it stands at the lower side of the insulators, or of the film itself, then behind the oxide that is not drawn. An edge of an
/// insulator is a link of capacitance eps A/h, a face between PSG and contact metal one of eps A/l_S. Charge of links that end on the gate
/// is counted by <see cref="GateContact{P}"/>, that on the channel belongs to the stored charge of its electrons.
/// </remarks>
internal sealed class CapacitiveLinks<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly SternLayer<P> _layer;
    private readonly P _gateOffset;
    private readonly double _middle;
    private readonly CapacitiveLink<P>[] _links;

    public CapacitiveLinks(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _layer = SternLayer<P>.Of(context.Pack, context.Device);
        _gateOffset = -SternLayer<P>.AtGate(context.Pack, context.Device).FlatBand;
        _middle = 0.5 * (_u.Wo3Nodes.Min(n => mesh.X[n]) + _u.Wo3Nodes.Max(n => mesh.X[n]));
        var links = new List<CapacitiveLink<P>>();
        if (_u.Insulators.Nodes.Length > 0)
            for (int e = 0; e < mesh.EdgeCount; e++)
            {
                int left = mesh.EdgeLeft[e], right = mesh.EdgeRight[e], edge = e;
                if (_u.Insulators.Tie[left] == InsulatorTie.None)
                    continue;
                LinkEnd<P> a = InsulatorEnd(left), b = InsulatorEnd(right);
                if (a.Kind == LinkEndKind.Dielectric || b.Kind == LinkEndKind.Dielectric || a.Kind != b.Kind)
                    links.Add(new(a, b, context.Pack((d, m) =>
                        d.Heat.OxidePermittivity * VacuumPermittivity * m.EdgeArea[edge] / m.EdgeLength[edge])));
            }
        for (int i = 0; i < mesh.Interfaces.Length; i++)
        {
            Interface f = mesh.Interfaces[i];
            int index = i;
            if (mesh.MaterialOf(f.First) == MaterialKind.Electrolyte && mesh.MaterialOf(f.Second) == MaterialKind.ContactMetal)
                links.Add(new(new(LinkEndKind.Dielectric, _u.Potential + _u.Local[f.First], default), ContactEnd(f.Second),
                    _layer.Capacitance * context.Pack((_, m) => m.Interfaces[index].Area)));
        }
        if (_u.FilmPotential >= 0)
            foreach ((int node, Func<ControlVolumeMesh, double> area) in Backs(mesh))
                links.Add(new(FilmEnd(node), new(LinkEndKind.Contact, -1, _layer.FlatBand),
                    SubstrateOxide<P>.Of(context.Pack, context.Device).Capacitance * context.Pack((_, m) => area(m))));
        _links = [.. links];
    }

    /// <summary>True when there is nothing to do, as in 1-D.</summary>
    public bool IsEmpty => _links.Length == 0;

    /// <summary>Links that end on the gate, the gate's end first.</summary>
    public IEnumerable<CapacitiveLink<P>> OnGate =>
        from link in _links
        where link.A.Kind == LinkEndKind.Gate || link.B.Kind == LinkEndKind.Gate
        select link.A.Kind == LinkEndKind.Gate ? link : new CapacitiveLink<P>(link.B, link.A, link.Capacitance);

    /// <summary>Potential of an insulator node [V].</summary>
    public P PotentialAt(P[] x, int node) => InsulatorEnd(node).Potential(x);

    public void Enter(MatrixEntries<P> entries)
    {
        foreach (CapacitiveLink<P> link in _links)
            foreach ((LinkEnd<P> near, LinkEnd<P> far) in new[] { (link.A, link.B), (link.B, link.A) })
                if (near.Kind == LinkEndKind.Dielectric)
                {
                    entries.Add(near.Unknown, near.Unknown, -link.Capacitance);
                    entries.Add(near.Unknown, far.Unknown, link.Capacitance);
                }
                else if (near.Kind == LinkEndKind.Channel && near.Unknown >= 0)
                {
                    int row = _u.ElectronRow(near.Unknown - _u.Electron);
                    entries.AddMass(row, link.Capacitance);
                    entries.Couple(row, far.Unknown, -link.Capacitance);
                }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        foreach (CapacitiveLink<P> link in _links)
        {
            P displacement = (link.A.Potential(x) - link.B.Potential(x)) * link.Capacitance;
            if (link.A.Kind == LinkEndKind.Dielectric)
                f[link.A.Unknown] -= displacement;
            if (link.B.Kind == LinkEndKind.Dielectric)
                f[link.B.Unknown] += displacement;
        }
    }

    /// <summary>Energy of the field, with the work of the offsets of metals [J].</summary>
    public P FieldEnergy(P[] x)
    {
        P sum = default;
        foreach (CapacitiveLink<P> link in _links)
        {
            P fall = link.A.Potential(x) - link.B.Potential(x);
            sum += (fall * 0.5 - link.A.Offset + link.B.Offset) * fall * link.Capacitance;
        }
        return sum;
    }

    /// <summary>Displacement that ends on channel and contacts [C].</summary>
    public P Drained(P[] x)
    {
        P sum = default;
        foreach (CapacitiveLink<P> link in _links)
        {
            P displacement = (link.A.Potential(x) - link.B.Potential(x)) * link.Capacitance;
            if (link.B.Kind is LinkEndKind.Channel or LinkEndKind.Contact)
                sum += displacement;
            if (link.A.Kind is LinkEndKind.Channel or LinkEndKind.Contact)
                sum -= displacement;
        }
        return sum;
    }

    private LinkEnd<P> InsulatorEnd(int node) => _u.Insulators.Tie[node] switch
    {
        InsulatorTie.Free => new(LinkEndKind.Dielectric, _u.Insulator + Array.BinarySearch(_u.Insulators.Free, node), default),
        InsulatorTie.Electrolyte => new(LinkEndKind.Dielectric, _u.Potential + _u.Local[_u.Insulators.Partner[node]], default),
        InsulatorTie.Insulator => InsulatorEnd(_u.Insulators.Partner[node]),
        InsulatorTie.Gate => new(LinkEndKind.Gate, _u.GateVoltage, _gateOffset),
        InsulatorTie.Channel when _u.FilmPotential >= 0 => FilmEnd(_u.Insulators.Partner[node]),
        InsulatorTie.Channel => new(LinkEndKind.Channel,
            _u.Electron >= 0 ? _u.Electron + _u.Local[_u.Insulators.Partner[node]] : -1, _layer.FlatBand),
        InsulatorTie.Contact => ContactEnd(_u.Insulators.Partner[node]),
        InsulatorTie.Substrate => new(LinkEndKind.Contact, -1, _layer.FlatBand),
        _ => throw new ArgumentException($"Node {node} has no potential."),
    };

    private LinkEnd<P> FilmEnd(int node) => new(LinkEndKind.Dielectric, _u.FilmPotential + _u.Local[node], _layer.FlatBand);

    // Faces of the film to the substrate: along a stack those to the oxide, in which nothing else is solved for, in a cross-section those
    // at the lower side of the mesh.
    private static IEnumerable<(int Node, Func<ControlVolumeMesh, double> Area)> Backs(ControlVolumeMesh mesh) => mesh.Dimension == 1
        ? mesh.Interfaces.Select((f, i) => (f, i))
            .Where(t => mesh.MaterialOf(t.f.First) == MaterialKind.Channel && mesh.MaterialOf(t.f.Second) == MaterialKind.Oxide)
            .Select(t => (t.f.First, (Func<ControlVolumeMesh, double>)(m => m.Interfaces[t.i].Area)))
        : mesh.Boundaries.Select((face, i) => (face, i))
            .Where(t => mesh.MaterialOf(t.face.Node) == MaterialKind.Channel && t.face.Name == "bottom")
            .Select(t => (t.face.Node, (Func<ControlVolumeMesh, double>)(m => m.Boundaries[t.i].Area)));

    private LinkEnd<P> ContactEnd(int metal) => new(LinkEndKind.Contact,
        ChannelTerminals.OfMetal(_context.Mesh, metal, _middle) == ChannelTerminal.Drain ? _u.DrainVoltage : -1, _layer.FlatBand);
}
