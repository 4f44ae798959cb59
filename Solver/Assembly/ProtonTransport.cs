using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Mobile protons and the potential in PSG: hopping drift-diffusion with Poisson.</summary>
internal static class ProtonTransport
{
    /// <summary>The part of a context: eight edges of one device at a time where there are so many, or one edge of several.</summary>
    public static SpeciesTransport<P> Of<P>(AssemblyContext<P> context)
        where P : struct, IParameter<P>, IReal<P, P>
    {
        EdgeSet edges = EdgeSet.Within(context.Mesh, context.U, MaterialKind.Electrolyte);
        PoissonRows<P> poisson = PoissonRows<P>.InElectrolyte(context, edges);
        HopLaw law = context.Device.Psg.HopLaw;
        EdgeTransport<P> flows = context is AssemblyContext<Scalar> scalar && edges.Count >= Lanes.Count
            ? (EdgeTransport<P>)(object)HopLaws.Use(law,
                new Flows<Scalar, Lanes, EightEdges>(scalar, edges, (PoissonRows<Scalar>)(object)poisson))
            : HopLaws.Use(law, new Flows<P, P, OneEdge<P>>(context, edges, poisson));
        return new(context, context.U.Proton, context.U.PsgNodes, flows, poisson);
    }

    // The JIT compiles one sweep for each law, limit, kind of heat and place: no call per edge is left.
    private sealed record Flows<P, W, A>(AssemblyContext<P> Context, EdgeSet Edges, PoissonRows<P> Poisson)
        : IHopLawUse<W, EdgeTransport<P>>
        where P : struct, IParameter<P>, IReal<P, P>
        where W : struct, IParameter<W>, IReal<W, W>
        where A : struct, IAccess<P, W>
    {
        public EdgeTransport<P> With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, W> =>
            Context.Device.Psg.SiteDensity > 0 ? Limited<TLaw, SiteLimit>() : Limited<TLaw, NoSiteLimit>();

        private EdgeTransport<P> Limited<TLaw, TLimit>()
            where TLaw : struct, IHopLaw<TLaw, W>
            where TLimit : struct => Context.HasHeat ? Heated<TLaw, TLimit, Warm>()
                : Context.HasEnergy ? Heated<TLaw, TLimit, Metered>() : Heated<TLaw, TLimit, Isothermal>();

        private EdgeTransport<P> Heated<TLaw, TLimit, THeat>()
            where TLaw : struct, IHopLaw<TLaw, W>
            where TLimit : struct
            where THeat : struct => Edges.IsChain ? Placed<TLaw, TLimit, THeat, Chain, FieldAlong>(null)
                : Context.Device.Psg.HopField == HopField.Whole && Context.Mesh.Dimension > 1
                    ? Placed<TLaw, TLimit, THeat, Scattered, FieldAround>(new(Context, Edges))
                    : Placed<TLaw, TLimit, THeat, Scattered, FieldAlong>(null);

        private EdgeTransport<P, W, A, HoppingFlux<W, TLaw, TLimit, THeat, TField>, TPlace, Charged, THeat>
            Placed<TLaw, TLimit, THeat, TPlace, TField>(CrossField<P>? cross)
            where TLaw : struct, IHopLaw<TLaw, W>
            where TLimit : struct
            where THeat : struct
            where TPlace : struct
            where TField : struct => new(Context, Edges, new(Context.U.Proton, Context.U.Potential, Context.U.Temperature),
                HoppingFlux<W, TLaw, TLimit, THeat, TField>.Of(Context.Broadcast<W, A>, Context.Device), Context.Factors(Edges),
                poisson: Poisson, cross: cross, isAlone: true);
    }
}
