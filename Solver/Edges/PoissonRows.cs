using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Edges;

/// <summary>Poisson's equation at the nodes of a film: its coefficients, and what of its Jacobian is
/// constant, all but the electrons of WO3.</summary>
/// <typeparam name="P">Numbers of the state.</typeparam>
internal sealed class PoissonRows<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly EdgeSet _edges;
    private readonly int _density, _potential;

    private PoissonRows(DeviceLanes<P> context, EdgeSet edges, Poisson<P> law, int[] nodes, int density, int potential, int bound,
        int charge = 1)
    {
        (_edges, Law, _density, _potential, Bound) = (edges, law, density, potential, bound);
        Capacitance = AlignedArray.Of(edges.Edges.Select(e => law.Permittivity * context.Pack((_, m) => m.EdgeArea[e] / m.EdgeLength[e])));
        Charge = AlignedArray.Of(nodes.Select(n => context.Pack((_, m) => charge * Materials.Constants.ElementaryCharge * m.Volume[n])));
    }

    /// <summary>The rows of the electrolyte.</summary>
    public static PoissonRows<P> InElectrolyte(DeviceLanes<P> context, EdgeSet edges) => new(
        context, edges, Poisson<P>.Of(context.Pack, context.Device), context.U.PsgNodes, context.U.Proton, context.U.Potential,
        context.U.Bound);

    /// <summary>The rows of the channel, less its electrons.</summary>
    public static PoissonRows<P> InChannel(DeviceLanes<P> context, EdgeSet edges) => new(
        context, edges, Poisson<P>.InChannel(context.Pack), context.U.Wo3Nodes, context.U.Hydrogen, context.U.FilmPotential, -1);

    /// <summary>What electrons with a density of their own add to the rows of the channel: -q V (n - n_ref), and no displacement.</summary>
    public static PoissonRows<P> OfElectrons(DeviceLanes<P> context, EdgeSet edges) => new(
        context, edges, Poisson<P>.OfElectrons(context.Pack), context.U.Wo3Nodes, context.U.ElectronDensity, context.U.FilmPotential, -1,
            charge: -1);

    /// <summary>The law.</summary>
    public Poisson<P> Law { get; }

    /// <summary>eps A/h of each edge [F].</summary>
    public P[] Capacitance { get; }

    /// <summary>q V of each node, -q V for electrons [C m^3].</summary>
    public P[] Charge { get; }

    /// <summary>First unknown of bound protons, or -1.</summary>
    public int Bound { get; }

    public void Enter(MatrixEntries<P> entries)
    {
        for (int i = 0; i < Charge.Length; i++)
        {
            entries.Add(_potential + i, _density + i, Charge[i]);
            entries.Add(_potential + i, Bound >= 0 ? Bound + i : -1, Charge[i]);
        }
        for (int e = 0; e < _edges.Count; e++)
        {
            int left = _potential + _edges.Left[e], right = _potential + _edges.Right[e];
            entries.AddFlow(left, right, left, right, Capacitance[e]);
        }
    }

    /// <summary>Energy of the field [J].</summary>
    public P Energy(P[] x)
    {
        P sum = default;
        for (int e = 0; e < _edges.Count; e++)
        {
            P drop = x[_potential + _edges.Left[e]] - x[_potential + _edges.Right[e]];
            sum += drop * drop * Capacitance[e] * 0.5;
        }
        return sum;
    }
}
