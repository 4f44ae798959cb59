using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Chemical potentials of the species at nodes and interfaces.</summary>
/// <remarks>
/// The balance of energy needs each several times in an evaluation: dissipation along edges and of reactions, and chemical work. They
/// are worked out once.
/// </remarks>
internal abstract class NodePotentials<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    protected NodePotentials(UnknownLayout u)
    {
        int[] faces = [.. u.ChannelInterfaces.Select(f => f.First)];
        Proton = new(u.Proton, u.PsgNodes, u.Proton);
        Bound = new(u.Bound, u.Bound >= 0 ? u.PsgNodes : [], u.Bound);
        Inserted = new(u.Hydrogen, u.Wo3Nodes, u.Hydrogen);
        OnFaces = [.. InterfaceSpecies.All.Where(s => u.Start(s) >= 0)
            .Select(s => new SpeciesPotential<P>(u.Start(s), faces, u.Interfacial[s.PotentialOf], s.Place, s.PotentialOf))];
    }

    /// <summary>Protons in PSG.</summary>
    public SpeciesPotential<P> Proton { get; }

    /// <summary>Bound protons; no places without traps.</summary>
    public SpeciesPotential<P> Bound { get; }

    /// <summary>Inserted hydrogen.</summary>
    public SpeciesPotential<P> Inserted { get; }

    /// <summary>Species on the PSG/WO3 interfaces.</summary>
    public SpeciesPotential<P>[] OnFaces { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<SpeciesPotential<P>> All => [Proton, .. Bound.Nodes.Length > 0 ? [Bound] : Array.Empty<SpeciesPotential<P>>(), Inserted, .. OnFaces];

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
    private readonly ChemicalPotentials<W> _potentials = ChemicalPotentials<W>.Of(context.Broadcast<W, A>, context.Device);
    private readonly InterfaceChemistry<P> _chemistry = InterfaceChemistry<P>.Of(context.Pack, context.Device);

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public override void Update(P[] x)
    {
        Update<MobileProton>(x, Proton);
        if (Bound.Nodes.Length > 0)
            Update<BoundProton>(x, Bound);
        Update<InsertedHydrogen>(x, Inserted);
        UpdateFaces(x);
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public override void UpdateSlopes(P[] x)
    {
        UpdateSlopes<MobileProton>(x, Proton);
        if (Bound.Nodes.Length > 0)
            UpdateSlopes<BoundProton>(x, Bound);
        UpdateSlopes<InsertedHydrogen>(x, Inserted);
        UpdateFaceSlopes(x);
    }

    // The last group of nodes overlaps the one before it: they are stored, not added.
    [MethodImpl(Compilation.HotLoop)]
    private void Update<TSpecies>(P[] x, SpeciesPotential<P> species)
        where TSpecies : struct, ISpecies
    {
        int last = species.Value.Length - A.Count;
        for (int i = 0; ; i = Math.Min(i + A.Count, last))
        {
            A.Store(species.Value, i, TSpecies.Potential(_potentials, A.Load(x, species.Start + i), ThermalVoltage(x, species, i)));
            if (i == last)
                break;
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void UpdateSlopes<TSpecies>(P[] x, SpeciesPotential<P> species)
        where TSpecies : struct, ISpecies
    {
        int last = species.Value.Length - A.Count;
        for (int i = 0; ; i = Math.Min(i + A.Count, last))
        {
            var density = new Dual<W, Gradient4<W>>(A.Load(x, species.Start + i), Gradient4<W>.Seed(0));
            var thermal = new Dual<W, Gradient4<W>>(ThermalVoltage(x, species, i), Gradient4<W>.Seed(1));
            var potential = TSpecies.Potential(_potentials, density, thermal);
            A.Store(species.Value, i, potential.Value);
            A.Store(species.ByDensity, i, potential.Slope.D0);
            A.Store(species.ByTemperature, i, potential.Slope.D1 * VoltPerKelvin);
            if (i == last)
                break;
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void UpdateFaces(P[] x)
    {
        foreach (SpeciesPotential<P> own in OnFaces)
            for (int k = 0; k < own.Value.Length; k++)
                own.Value[k] = _chemistry.Potential(own.Place, x[own.Amount + k], context.ThermalVoltageAt(x, own.Nodes[k]));
    }

    [MethodImpl(Compilation.HotLoop)]
    private void UpdateFaceSlopes(P[] x)
    {
        foreach (SpeciesPotential<P> own in OnFaces)
            for (int k = 0; k < own.Value.Length; k++)
            {
                var thermal = new Dual<P, Gradient4<P>>(context.ThermalVoltageAt(x, own.Nodes[k]), Gradient4<P>.Seed(1));
                var potential = _chemistry.Potential(own.Place, new Dual<P, Gradient4<P>>(x[own.Amount + k], Gradient4<P>.Seed(0)), thermal);
                (own.Value[k], own.ByDensity[k], own.ByTemperature[k]) = (potential.Value, potential.Slope.D0, potential.Slope.D1 * VoltPerKelvin);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private W ThermalVoltage(P[] x, SpeciesPotential<P> species, int place) =>
        !_hasHeat ? _thermalVoltage
        : (species.IsRow ? A.Load(x, _u.Temperature + species.Nodes[0] + place) : A.Gather(x, _u.Temperature, species.Nodes, place)) * VoltPerKelvin;

    /// <summary>A species at nodes: one loop each has the compiler's full budget for inlining its potential.</summary>
    private interface ISpecies
    {
        static abstract T Potential<T>(in ChemicalPotentials<W> potentials, T density, T thermalVoltage)
            where T : struct, IReal<T, W>;
    }

    private readonly struct MobileProton : ISpecies
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Potential<T>(in ChemicalPotentials<W> potentials, T density, T thermalVoltage)
            where T : struct, IReal<T, W> => potentials.Proton(density, thermalVoltage);
    }

    private readonly struct BoundProton : ISpecies
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Potential<T>(in ChemicalPotentials<W> potentials, T density, T thermalVoltage)
            where T : struct, IReal<T, W> => potentials.Bound(density, thermalVoltage);
    }

    private readonly struct InsertedHydrogen : ISpecies
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Potential<T>(in ChemicalPotentials<W> potentials, T density, T thermalVoltage)
            where T : struct, IReal<T, W> => potentials.Inserted(density, thermalVoltage);
    }
}
