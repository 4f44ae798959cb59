using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Inserted hydrogen in WO3: diffusion, with space charge also drift and Poisson's equation.</summary>
internal static class HydrogenTransport
{
    /// <summary>The part of a context: eight edges of one device at a time where there are so many, or one edge of several.</summary>
    public static SpeciesTransport<P> Of<P>(AssemblyContext<P> context)
        where P : struct, IParameter<P>, IReal<P, P>
    {
        EdgeSet edges = EdgeSet.Within(context.Mesh, context.U, MaterialKind.Channel);
        PoissonRows<P>? poisson = context.U.FilmPotential >= 0 ? PoissonRows<P>.InChannel(context, edges) : null;
        EdgeTransport<P> flows = context is not AssemblyContext<Scalar> scalar ? Flows<P, P, OneEdge<P>>(context, edges, poisson)
            : (EdgeTransport<P>)(object)(edges.Count < Lanes.Count || (!edges.IsChain && !context.HasEnergy)
                ? Flows<Scalar, Scalar, OneEdge<Scalar>>(scalar, edges, (PoissonRows<Scalar>?)(object?)poisson)
                : Flows<Scalar, Lanes, EightEdges>(scalar, edges, (PoissonRows<Scalar>?)(object?)poisson));
        return new(context, context.U.Hydrogen, context.U.Wo3Nodes, flows, poisson);
    }

    private static EdgeTransport<Q> Flows<Q, W, A>(AssemblyContext<Q> context, EdgeSet edges, PoissonRows<Q>? poisson)
        where Q : struct, IParameter<Q>, IReal<Q, Q>
        where W : struct, IParameter<W>, IReal<W, W>
        where A : struct, IAccess<Q, W>
    {
        return context.HasHeat ? Heated<Warm>() : context.HasEnergy ? Heated<Metered>() : Heated<Isothermal>();

        EdgeTransport<Q> Heated<THeat>()
            where THeat : struct
        {
            UnknownLayout u = context.U;
            var unknowns = new FlowUnknowns(u.Hydrogen, u.FilmPotential, u.Temperature);
            if (poisson is not null)
                return context.Transport<W, A, InsertionDrift<W, THeat>, Charged, THeat>(
                    edges, unknowns, InsertionDrift<W, THeat>.Of(context.Broadcast<W, A>, context.Device), context.AtNodes?.Inserted,
                    poisson: poisson);
            var law = InsertionDiffusion<W, THeat>.Of(context.Broadcast<W, A>, context.Device);
            return law.IsLinear && !context.HasEnergy
                ? context.Transport<W, A, LinearFlow<W>, Neutral, THeat>(edges, unknowns, law.Linear, null)
                : context.Transport<W, A, InsertionDiffusion<W, THeat>, Neutral, THeat>(edges, unknowns, law, context.AtNodes?.Inserted);
        }
    }
}
