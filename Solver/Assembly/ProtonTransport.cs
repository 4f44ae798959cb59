using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Assembly;

/// <summary>Mobile protons and the potential in PSG: hopping drift-diffusion with Poisson, and the heat it dissipates.</summary>
/// <remarks>
/// Node i: V_i dc_i/dt = sum of fluxes in, 0 = sum of displacement in + q V_i (c_i + b_i - c_fix). The dissipated power of an edge is its
/// flux times the drop of the electrochemical potential, half of it to each end.
/// </remarks>
internal abstract class ProtonTransport<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly UnknownLayout _u;
    private readonly P[] _volume;

    protected ProtonTransport(AssemblyContext<P> context)
    {
        _u = context.U;
        _volume = [.. _u.PsgNodes.Select(n => context.Pack((_, m) => m.Volume[n]))];
    }

    /// <summary>Flows along the edges.</summary>
    public abstract EdgeTransport<P> Edges { get; }

    /// <summary>The part of a context: eight edges of one device at a time where there are so many, or one edge of several.</summary>
    public static ProtonTransport<P> Of(AssemblyContext<P> context)
    {
        EdgeSet edges = EdgeSet.Within(context.Mesh, context.U, MaterialKind.Electrolyte);
        return context is AssemblyContext<Scalar> scalar && edges.Count >= Lanes.Count
            ? (ProtonTransport<P>)(object)new ProtonTransport<Scalar, Lanes, EightEdges>(scalar, edges)
            : new ProtonTransport<P, P, OneEdge<P>>(context, edges);
    }

    public virtual void Declare(PatternBuilder pattern) => Edges.Declare(pattern);

    public void Bind(ILinearSolver<P> solver) => Solver = solver;

    public virtual void AddConstants(P[] jacobian, P[] mass)
    {
        Edges.Bind(Solver!, jacobian);
        for (int i = 0; i < _volume.Length; i++)
            mass[_u.Proton + i] += _volume[i];
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f) => Edges.AddResidual(x, f);

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian) => Edges.AddLinearised(x, f, jacobian);

    /// <summary>Energy of the field in PSG [J].</summary>
    public abstract P FieldEnergy(P[] x);

    protected ILinearSolver<P>? Solver { get; private set; }
}

/// <inheritdoc/>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the sweep computes with.</typeparam>
/// <typeparam name="A">How edges are taken from the state.</typeparam>
internal sealed class ProtonTransport<P, W, A> : ProtonTransport<P>, IHopLawUse<W, EdgeTransport<P>>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly AssemblyContext<P> _context;
    private readonly EdgeSet _edges;
    private readonly PoissonRows<P> _poisson;

    public ProtonTransport(AssemblyContext<P> context, EdgeSet edges)
        : base(context)
    {
        (_context, _edges) = (context, edges);
        _poisson = PoissonRows<P>.InElectrolyte(context, edges);
        Edges = HopLaws.Use(context.Device.Psg.HopLaw, this);
    }

    /// <inheritdoc/>
    public override EdgeTransport<P> Edges { get; }

    public override void Declare(PatternBuilder pattern)
    {
        base.Declare(pattern);
        _poisson.Declare(pattern);
    }

    public override void AddConstants(P[] jacobian, P[] mass)
    {
        base.AddConstants(jacobian, mass);
        _poisson.AddConstants(Solver!, jacobian);
    }

    /// <inheritdoc/>
    public override P FieldEnergy(P[] x) => _poisson.Energy(x);

    // The JIT compiles one sweep for each law, limit, kind of heat and place: no call per edge is left.
    EdgeTransport<P> IHopLawUse<W, EdgeTransport<P>>.With<TLaw>() =>
        _context.Device.Psg.SiteDensity > 0 ? Limited<TLaw, SiteLimit>() : Limited<TLaw, NoSiteLimit>();

    private EdgeTransport<P> Limited<TLaw, TLimit>()
        where TLaw : struct, IHopLaw<TLaw, W>
        where TLimit : struct => _context.HasHeat ? Heated<TLaw, TLimit, Warm>()
            : _context.HasEnergy ? Heated<TLaw, TLimit, Metered>() : Heated<TLaw, TLimit, Isothermal>();

    private EdgeTransport<P> Heated<TLaw, TLimit, THeat>()
        where TLaw : struct, IHopLaw<TLaw, W>
        where TLimit : struct
        where THeat : struct => _edges.IsChain ? Placed<TLaw, TLimit, THeat, Chain, FieldAlong>(null)
            : _context.Device.Psg.HopField == HopField.Whole && _context.Mesh.Dimension > 1
                ? Placed<TLaw, TLimit, THeat, Scattered, FieldAround>(new(_context, _edges))
                : Placed<TLaw, TLimit, THeat, Scattered, FieldAlong>(null);

    private EdgeTransport<P, W, A, HoppingFlux<W, TLaw, TLimit, THeat, TField>, TPlace, Charged, THeat>
        Placed<TLaw, TLimit, THeat, TPlace, TField>(CrossField<P>? cross)
        where TLaw : struct, IHopLaw<TLaw, W>
        where TLimit : struct
        where THeat : struct
        where TPlace : struct
        where TField : struct => new(_context, _edges, new(_context.U.Proton, _context.U.Potential, _context.U.Temperature),
            HoppingFlux<W, TLaw, TLimit, THeat, TField>.Of(_context.Broadcast<W, A>, _context.Device), _context.Factors(_edges),
            _context.AtNodes?.Proton, _poisson, cross, isAlone: true);
}
