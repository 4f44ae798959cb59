using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Assembly;

/// <summary>A species in a film: what flows along edges, the heat that it dissipates, and Poisson's equation where it has charge.</summary>
/// <remarks>
/// Node i: V_i dc_i/dt = sum of flows in, and with charge 0 = sum of displacement in + q V_i (c_i - c_fix), bound charge included. The
/// dissipated power of an edge is its flow times the drop of h and phi, half of it to each end.
/// </remarks>
/// <param name="context">Context.</param>
/// <param name="start">First unknown of the species.</param>
/// <param name="nodes">Its mesh nodes.</param>
/// <param name="edges">What flows along edges.</param>
/// <param name="poisson">Poisson's equation; null in a neutral film.</param>
internal sealed class SpeciesTransport<P>(
    AssemblyContext<P> context, int start, int[] nodes, EdgeTransport<P> edges, PoissonRows<P>? poisson) : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly P[] _volume = context.Volumes(nodes);

    /// <summary>Flows along the edges.</summary>
    public EdgeTransport<P> Edges => edges;

    /// <summary>Energy of the field in the film [J]; 0 where it is neutral.</summary>
    public P FieldEnergy(P[] x) => poisson?.Energy(x) ?? default;

    /// <summary>Charge of the species in excess of the fixed one [C]; 0 where the film is neutral.</summary>
    public P ChargeOf(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length && poisson is not null; j++)
            sum += (x[start + j] - poisson.Law.FixedChargeDensity) * poisson.Charge[j];
        return sum;
    }

    /// <summary>Particles in the film of the whole device.</summary>
    public P Inventory(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += x[start + j] * _volume[j];
        return sum;
    }

    public void Enter(MatrixEntries<P> entries)
    {
        edges.Enter(entries);
        poisson?.Enter(entries);
        entries.AddMass(start, _volume);
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f) => edges.AddResidual(x, f);

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian) => edges.AddLinearised(x, f, jacobian);
}
