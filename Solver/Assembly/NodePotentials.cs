using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Chemical potentials over q [V] of protons at the nodes of PSG and of hydrogen at those of WO3, with their slopes.</summary>
/// <remarks>
/// The balance of energy needs each several times in an evaluation: dissipation along edges and chemical work at nodes. They
/// are worked out once.
/// </remarks>
internal abstract class NodePotentials<P>(UnknownLayout u)
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>Protons, without q phi.</summary>
    public P[] Proton { get; } = AlignedArray.Create<P>(u.PsgNodes.Length);

    /// <summary>Derivative by the density [V m^3].</summary>
    public P[] ProtonByDensity { get; } = AlignedArray.Create<P>(u.PsgNodes.Length);

    /// <summary>Derivative by the temperature [V/K].</summary>
    public P[] ProtonByTemperature { get; } = AlignedArray.Create<P>(u.PsgNodes.Length);

    /// <summary>Inserted hydrogen.</summary>
    public P[] Inserted { get; } = AlignedArray.Create<P>(u.Wo3Nodes.Length);

    /// <summary>Derivative by the density [V m^3].</summary>
    public P[] InsertedByDensity { get; } = AlignedArray.Create<P>(u.Wo3Nodes.Length);

    /// <summary>Derivative by the temperature [V/K].</summary>
    public P[] InsertedByTemperature { get; } = AlignedArray.Create<P>(u.Wo3Nodes.Length);

    /// <summary>The potentials of a context: eight nodes at a time where there are so many.</summary>
    public static NodePotentials<P> Of(AssemblyContext<P> context)
    {
        if (context is not AssemblyContext<Scalar> scalar)
            return new NodePotentials<P, P, OneEdge<P>>(context);
        bool isShort = Math.Min(context.U.PsgNodes.Length, context.U.Wo3Nodes.Length) < Lanes.Count;
        return (NodePotentials<P>)(object)(isShort
            ? new NodePotentials<Scalar, Scalar, OneEdge<Scalar>>(scalar)
            : new NodePotentials<Scalar, Lanes, EightEdges>(scalar));
    }

    /// <summary>Potentials of a state.</summary>
    public abstract void Update(P[] x);

    /// <summary>Potentials and slopes of a state.</summary>
    public abstract void UpdateSlopes(P[] x);
}

/// <inheritdoc/>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loops over nodes compute with.</typeparam>
/// <typeparam name="A">How nodes are taken from the state.</typeparam>
internal sealed class NodePotentials<P, W, A>(AssemblyContext<P> context) : NodePotentials<P>(context.U)
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly UnknownLayout _u = context.U;
    private readonly bool _hasHeat = context.HasHeat;
    private readonly W _thermalVoltage = W.Reciprocal(A.Broadcast(context.InverseThermalVoltage));
    private readonly ChemicalPotentials<W> _potentials = context.PotentialsOf<W, A>();

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public override void Update(P[] x)
    {
        // The last group overlaps the one before it: nodes are stored, not added.
        int last = Proton.Length - A.Count;
        for (int i = 0; ; i = Math.Min(i + A.Count, last))
        {
            A.Store(Proton, i, _potentials.Proton(A.Load(x, _u.Proton + i), ThermalVoltage(x, _u.PsgNodes, i)));
            if (i == last)
                break;
        }
        last = Inserted.Length - A.Count;
        for (int j = 0; ; j = Math.Min(j + A.Count, last))
        {
            A.Store(Inserted, j, _potentials.Inserted(A.Load(x, _u.Hydrogen + j), ThermalVoltage(x, _u.Wo3Nodes, j)));
            if (j == last)
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public override void UpdateSlopes(P[] x)
    {
        int last = Proton.Length - A.Count;
        for (int i = 0; ; i = Math.Min(i + A.Count, last))
        {
            var density = new Dual<W, Gradient4<W>>(A.Load(x, _u.Proton + i), Gradient4<W>.Seed(0));
            var thermal = new Dual<W, Gradient4<W>>(ThermalVoltage(x, _u.PsgNodes, i), Gradient4<W>.Seed(1));
            Store(_potentials.Proton(density, thermal), i, Proton, ProtonByDensity, ProtonByTemperature);
            if (i == last)
                break;
        }
        last = Inserted.Length - A.Count;
        for (int j = 0; ; j = Math.Min(j + A.Count, last))
        {
            var density = new Dual<W, Gradient4<W>>(A.Load(x, _u.Hydrogen + j), Gradient4<W>.Seed(0));
            var thermal = new Dual<W, Gradient4<W>>(ThermalVoltage(x, _u.Wo3Nodes, j), Gradient4<W>.Seed(1));
            Store(_potentials.Inserted(density, thermal), j, Inserted, InsertedByDensity, InsertedByTemperature);
            if (j == last)
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in Dual<W, Gradient4<W>> potential, int place, P[] value, P[] byDensity, P[] byTemperature)
    {
        A.Store(value, place, potential.Value);
        A.Store(byDensity, place, potential.Slope.D0);
        A.Store(byTemperature, place, potential.Slope.D1 * VoltPerKelvin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W ThermalVoltage(P[] x, int[] nodes, int place) =>
        _hasHeat ? A.Gather(x, _u.Temperature, nodes, place) * VoltPerKelvin : _thermalVoltage;
}
