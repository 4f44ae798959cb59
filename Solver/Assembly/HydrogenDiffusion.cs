using System.Runtime.CompilerServices;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Inserted hydrogen in WO3: diffusion, with space charge also drift and Poisson's equation, and the heat it dissipates.</summary>
internal sealed class HydrogenDiffusion<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly UnknownLayout _u;
    private readonly P[] _volume;
    private readonly EdgeTransport<P> _edges;
    private readonly PoissonRows<P>? _poisson;
    private ILinearSolver<P>? _solver;

    public HydrogenDiffusion(AssemblyContext<P> context)
    {
        _u = context.U;
        _volume = [.. _u.Wo3Nodes.Select(n => context.Pack((_, m) => m.Volume[n]))];
        EdgeSet edges = EdgeSet.Within(context.Mesh, _u, MaterialKind.Channel);
        _poisson = _u.FilmPotential >= 0 ? PoissonRows<P>.InChannel(context, edges) : null;
        // Eight edges at a time where there are so many.
        _edges = context is not AssemblyContext<Scalar> scalar ? Transport<P, P, OneEdge<P>>(context, edges, _poisson)
            : (EdgeTransport<P>)(object)(edges.Count < Lanes.Count || (!edges.IsChain && !context.HasEnergy)
                ? Transport<Scalar, Scalar, OneEdge<Scalar>>(scalar, edges, (PoissonRows<Scalar>?)(object?)_poisson)
                : Transport<Scalar, Lanes, EightEdges>(scalar, edges, (PoissonRows<Scalar>?)(object?)_poisson));
    }

    /// <summary>Energy of the field in WO3 [J]; 0 where it is neutral.</summary>
    public P FieldEnergy(P[] x) => _poisson?.Energy(x) ?? default;

    /// <summary>Charge of the protons in WO3 in excess of rest [C]; 0 where it is neutral.</summary>
    public P ChargeOf(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length && _poisson is not null; j++)
            sum += (x[_u.Hydrogen + j] - _poisson.Law.FixedChargeDensity) * _poisson.Charge[j];
        return sum;
    }

    /// <summary>Hydrogen in WO3 [1], atoms of the whole device.</summary>
    public P Inventory(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += x[_u.Hydrogen + j] * _volume[j];
        return sum;
    }

    public void Declare(PatternBuilder pattern)
    {
        _edges.Declare(pattern);
        _poisson?.Declare(pattern);
    }

    public void Bind(ILinearSolver<P> solver) => _solver = solver;

    public void AddConstants(P[] jacobian, P[] mass)
    {
        _edges.Bind(_solver!, jacobian);
        _poisson?.AddConstants(_solver!, jacobian);
        for (int j = 0; j < _volume.Length; j++)
            mass[_u.Hydrogen + j] += _volume[j];
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f) => _edges.AddResidual(x, f);

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian) => _edges.AddLinearised(x, f, jacobian);

    private static EdgeTransport<Q> Transport<Q, W, A>(AssemblyContext<Q> context, EdgeSet edges, PoissonRows<Q>? poisson)
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
