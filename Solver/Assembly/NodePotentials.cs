using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Partial molar enthalpies over q of the species at nodes and interfaces [V], h = mu - T dmu/dT.</summary>
/// <remarks>
/// Heat on an edge is the current times the drop of h and phi, heat of a reaction minus the sum of number times h times rate: affinity
/// less T dS. Mixing is entropy alone, so that h of protons, mobile and bound, and of molecules in an ideal gas is 0, that of adsorbed
/// hydrogen a constant, and that of inserted hydrogen varies with g_W alone.
/// </remarks>
internal abstract class NodePotentials<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    protected NodePotentials(UnknownLayout u)
    {
        Inserted = new(u.Hydrogen, u.Wo3Nodes.Length);
        Electrons = new(u.ElectronDensity, u.ElectronDensity >= 0 ? u.Wo3Nodes.Length : 0);
        OnFaces = [.. InterfaceSpecies.All.Where(s => u.Start(s) >= 0)
            .Select(s => new SpeciesPotential<P>(u.Start(s), u.ChannelInterfaces.Length, s.Place))];
    }

    /// <summary>Inserted hydrogen.</summary>
    public SpeciesPotential<P> Inserted { get; }

    /// <summary>Species on the PSG/WO3 interfaces.</summary>
    public SpeciesPotential<P>[] OnFaces { get; }

    /// <summary>Electrons of WO3 that have a density of their own: all of f_e', since their heat T dS is the contacts'. Their energy counts
    /// with the field's.</summary>
    public SpeciesPotential<P> Electrons { get; }

    /// <summary>The enthalpies of a context: eight nodes at a time where there are so many.</summary>
    public static NodePotentials<P> Of(AssemblyContext<P> context)
    {
        if (context is not AssemblyContext<Scalar> scalar)
            return new NodePotentials<P, P, OneEdge<P>>(context);
        bool isShort = Math.Min(context.U.PsgNodes.Length, context.U.Wo3Nodes.Length) < Lanes.Count;
        return (NodePotentials<P>)(object)(isShort
            ? new NodePotentials<Scalar, Scalar, OneEdge<Scalar>>(scalar)
            : new NodePotentials<Scalar, Lanes, EightEdges>(scalar));
    }

    /// <summary>Enthalpies of a state.</summary>
    public abstract void Update(P[] x);
}

/// <inheritdoc/>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loops over nodes compute with.</typeparam>
/// <typeparam name="A">How nodes are taken from the state.</typeparam>
internal sealed class NodePotentials<P, W, A> : NodePotentials<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly InsertionPotential<W> _insertion;
    private readonly W _inverseSites;
    private readonly ElectronStatistics<P> _electrons;

    public NodePotentials(AssemblyContext<P> context) : base(context.U)
    {
        _insertion = InsertionPotential<W>.Of(context.Broadcast<W, A>, context.Device);
        _inverseSites = context.Broadcast<W, A>(d => 1 / d.Wo3.SiteDensity);
        _electrons = ElectronStatistics<P>.Of(context.Pack, context.Device);
        InterfaceChemistry<P> chemistry = InterfaceChemistry<P>.Of(context.Pack, context.Device);
        foreach (SpeciesPotential<P> own in OnFaces)
            Array.Fill(own.Value, chemistry.Enthalpy(own.Place));
        Array.Fill(Inserted.ByDensity, context.Pack(d => d.Wo3.InteractionPotential / d.Wo3.SiteDensity));
    }

    // The last group of nodes overlaps the one before it: they are stored, not added.
    [MethodImpl(Compilation.HotLoop)]
    public override void Update(P[] x)
    {
        ref P density = ref AlignedArray.First(x, Inserted.Start), enthalpy = ref AlignedArray.First(Inserted.Value);
        int last = Inserted.Count - A.Count;
        for (int i = 0; ; i = Math.Min(i + A.Count, last))
        {
            A.Put(ref enthalpy, i, _insertion.Enthalpy(A.Get(ref density, i) * _inverseSites));
            if (i == last)
                break;
        }
        for (int i = 0; i < Electrons.Count; i++)
        {
            Dual<P, Gradient4<P>> band = _electrons.Band<Dual<P, Gradient4<P>>>(new(x[Electrons.Start + i], Gradient4<P>.Seed(0)));
            (Electrons.Value[i], Electrons.ByDensity[i]) = (band.Value, band.Slope.D0);
        }
    }
}
