using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Edges;

/// <summary>A device, or several in lanes: where its unknowns are, its parameters, its temperature, and what it dissipates.</summary>
internal class DeviceLanes<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly IReadOnlyList<DeviceColumn> _columns;

    /// <summary>Shares out devices over lanes; the last fills the lanes that are left.</summary>
    /// <param name="columns">Devices with their meshes.</param>
    /// <param name="layout">Where the unknowns live.</param>
    /// <param name="hasLedger">See <see cref="HasLedger"/>.</param>
    public DeviceLanes(IReadOnlyList<DeviceColumn> columns, UnknownLayout layout, bool hasLedger)
    {
        _columns = columns;
        U = layout;
        HasHeat = layout.Temperature >= 0;
        HasLedger = hasLedger;
        HasEnergy = HasLedger || HasHeat;
        InverseThermalVoltage = Pack(d => 1 / Constants.ThermalVoltage(d.Heat.AmbientTemperature));
        IsReferenceTemperature = !HasHeat
            && columns.All(c => c.Device.Heat.AmbientTemperature == c.Device.Heat.ReferenceTemperature);
        HeatGradient = HasEnergy && !HasHeat ? AlignedArray.Create<P>(layout.Size) : [];
    }

    /// <summary>Where the unknowns live.</summary>
    public UnknownLayout U { get; }

    /// <summary>The device that decides which terms there are; all lanes have the same.</summary>
    public Device Device => _columns[0].Device;

    /// <summary>The mesh whose topology all lanes share.</summary>
    public ControlVolumeMesh Mesh => _columns[0].Mesh;

    /// <summary>True when temperature is an unknown.</summary>
    public bool HasHeat { get; }

    /// <summary>True when dissipation is worked out, which warms the device or is added up.</summary>
    public bool HasEnergy { get; }

    /// <summary>True when dissipated heat and chemical work are added up.</summary>
    public bool HasLedger { get; }

    /// <summary>True when every rate is taken at the reference temperature, where Arrhenius factors are 1.</summary>
    public bool IsReferenceTemperature { get; }

    /// <summary>q/kT of an isothermal run [1/V].</summary>
    public P InverseThermalVoltage { get; }

    /// <summary>Dissipated power so far in this evaluation [W].</summary>
    public P HeatRate { get; set; }

    /// <summary>Derivative of the dissipated power by each unknown; empty when temperature is one, whose rows then say it.</summary>
    public P[] HeatGradient { get; }

    /// <summary>A number of each device, one a lane.</summary>
    public P Pack(Func<Device, double> value) => Pack((d, _) => value(d));

    /// <summary>A number of each device and mesh, one a lane.</summary>
    public P Pack(Func<Device, ControlVolumeMesh, double> value) => PackColumn(c => value(c.Device, c.Mesh));

    /// <summary>A number of each column, one a lane.</summary>
    public P PackColumn(Func<DeviceColumn, double> value)
    {
        Span<double> lanes = stackalloc double[P.LaneCount];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = value(_columns[Math.Min(i, _columns.Count - 1)]);
        }
        return P.FromLanes(lanes);
    }

    /// <summary>States of rest.</summary>
    public P[] RestState()
    {
        Scalar[][] own = [.. _columns.Select(c => c.RestState())];
        var state = AlignedArray.Create<P>(U.Size);
        Span<double> lanes = stackalloc double[P.LaneCount];
        for (int u = 0; u < state.Length; u++)
        {
            for (int i = 0; i < lanes.Length; i++)
                lanes[i] = own[Math.Min(i, own.Length - 1)][u];
            state[u] = P.FromLanes(lanes);
        }
        return state;
    }

    /// <summary>Area of an interface [m^2].</summary>
    public P AreaOf(Interface face) => Pack((_, m) => AreaOf(m, face));

    /// <summary>Area of an interface in a mesh of the same topology [m^2].</summary>
    public static double AreaOf(ControlVolumeMesh mesh, Interface face) =>
        mesh.Interfaces.First(i => i.First == face.First && i.Second == face.Second).Area;

    /// <summary>Volumes of mesh nodes [m^3].</summary>
    public P[] Volumes(int[] nodes) => AlignedArray.Of(nodes.Select(n => Pack((_, m) => m.Volume[n])));

    /// <summary>q/kT at a mesh node [1/V].</summary>
    public P InverseThermalVoltageAt(P[] x, int node) => HasHeat
        ? P.Reciprocal(x[U.Temperature + node] * Constants.VoltPerKelvin)
        : InverseThermalVoltage;

    /// <summary>A number of each device, as the loops over edges and nodes compute with it.</summary>
    public W Broadcast<W, A>(Func<Device, double> value)
        where W : struct, IParameter<W>, IReal<W, W>
        where A : struct, IAccess<P, W> => A.Broadcast(Pack(value));

    /// <summary>Length and area of edges, and the factor on their rates.</summary>
    public (P[] Length, P[] Area, P[] Factor) Factors(EdgeSet edges)
    {
        P[] Each(Func<DeviceColumn, int, double> value) => AlignedArray.Of(edges.Edges.Select(e => PackColumn(c => value(c, e))));
        return (Each((c, e) => c.Mesh.EdgeLength[e]), Each((c, e) => c.Mesh.EdgeArea[e]), Each((c, e) => c.HopFactors?[e] ?? 1));
    }

    /// <summary>The sweep of what flows in rows to which other parts may add.</summary>
    /// <param name="edges">Edges.</param>
    /// <param name="unknowns">Where the species has its unknowns.</param>
    /// <param name="flow">Law of its flow.</param>
    /// <param name="chemical">Enthalpy, where heat is dissipated.</param>
    /// <param name="conductance">For links that are no edges: factor on the flow of each.</param>
    /// <param name="poisson">Poisson's equation, for a charged species.</param>
    public EdgeTransport<P> Transport<W, A, TFlow, TCharge, THeat>(
        EdgeSet edges, FlowUnknowns unknowns, TFlow flow, SpeciesPotential<P>? chemical, P[]? conductance = null,
        PoissonRows<P>? poisson = null)
        where W : struct, IParameter<W>, IReal<W, W>
        where A : struct, IAccess<P, W>
        where TFlow : struct, IEdgeFlow<W>
        where TCharge : struct
        where THeat : struct
    {
        P[] one = AlignedArray.Of(Enumerable.Repeat(P.From(1), edges.Count));
        (P[], P[], P[]) factors = conductance is null ? Factors(edges) with { Factor = one } : (one, one, conductance);
        return edges.IsChain
            ? new EdgeTransport<P, W, A, TFlow, Chain, TCharge, THeat>(this, edges, unknowns, flow, factors, chemical, poisson)
            : new EdgeTransport<P, W, A, TFlow, Scattered, TCharge, THeat>(this, edges, unknowns, flow, factors, chemical, poisson);
    }
}
