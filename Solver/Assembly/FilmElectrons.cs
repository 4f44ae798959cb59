using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Electrons of WO3 in equilibrium with source and drain, psi = 0, in Poisson's equation of
/// <see cref="HydrogenTransport"/>.</summary>
/// <remarks>At node j the row of phi_j gets -q V_j (n - n_ref), with n by phi_j alone.</remarks>
internal abstract class FilmElectrons<P> : IFilmElectrons<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly P[] _volume;

    protected FilmElectrons(AssemblyContext<P> context)
    {
        U = context.U;
        Statistics = ElectronStatistics<P>.Of(context.Pack, context.Device);
        _volume = AlignedArray.Of(U.Wo3Nodes.Select(n => context.Pack((_, m) => m.Volume[n])));
        Charge = AlignedArray.Of(_volume.Select(v => v * -Constants.ElementaryCharge));
    }

    /// <summary>The part of a context: eight nodes at a time where there are so many.</summary>
    public static FilmElectrons<P> Of(AssemblyContext<P> context) =>
        context is AssemblyContext<Scalar> scalar && context.U.Wo3Nodes.Length >= Lanes.Count
            ? (FilmElectrons<P>)(object)new FilmElectrons<Scalar, Lanes, EightEdges>(scalar)
            : new FilmElectrons<P, P, OneEdge<P>>(context);

    protected UnknownLayout U { get; }

    protected ElectronStatistics<P> Statistics { get; }

    /// <summary>-q V of each node [C m^3].</summary>
    protected P[] Charge { get; }

    /// <summary>Place of each node's own entry.</summary>
    protected int[] Slots { get; private set; } = [];

    public void Enter(MatrixEntries<P> entries) =>
        Slots = [.. Enumerable.Range(U.FilmPotential, Charge.Length).Select(j => entries.Slot(j, j))];

    public abstract void AddResidual(P[] x, P[] f);

    public abstract void AddLinearised(P[] x, P[] f, Span<P> jacobian);

    public P ChargeOf(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += Statistics.Excess(x[U.FilmPotential + j]) * Charge[j];
        return sum;
    }

    public P Energy(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += Statistics.Energy(x[U.FilmPotential + j]) * _volume[j];
        return sum;
    }
}

/// <inheritdoc/>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loop over nodes computes with.</typeparam>
/// <typeparam name="A">How nodes are taken from the state.</typeparam>
internal sealed class FilmElectrons<P, W, A>(AssemblyContext<P> context) : FilmElectrons<P>(context)
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly ElectronStatistics<W> _statistics = ElectronStatistics<W>.Of(context.Broadcast<W, A>, context.Device);
    private readonly P[] _slope = AlignedArray.Create<P>(context.U.Wo3Nodes.Length);

    [MethodImpl(Compilation.HotLoop)]
    public override void AddResidual(P[] x, P[] f)
    {
        ref P band = ref AlignedArray.First(x, U.FilmPotential), row = ref AlignedArray.First(f, U.FilmPotential),
            charge = ref AlignedArray.First(Charge);
        nint last = Charge.Length - A.Count;
        for (nint j = 0; ; j = Math.Min(j + A.Count, last))
        {
            A.Add(ref row, j, _statistics.Excess(A.Get(ref band, j)) * A.Get(ref charge, j));
            if (j == last)
                break;
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public override void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        ref P band = ref AlignedArray.First(x, U.FilmPotential), row = ref AlignedArray.First(f, U.FilmPotential),
            charge = ref AlignedArray.First(Charge);
        ref P slopes = ref AlignedArray.First(_slope);
        nint last = Charge.Length - A.Count;
        for (nint j = 0; ; j = Math.Min(j + A.Count, last))
        {
            W excess = _statistics.Excess(A.Get(ref band, j), out W slope), q = A.Get(ref charge, j);
            A.Add(ref row, j, excess * q);
            A.Put(ref slopes, j, slope * q);
            if (j == last)
                break;
        }
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        int[] slots = Slots;
        for (int j = 0; j < slots.Length; j++)
            Unsafe.Add(ref entries, slots[j]) += Unsafe.Add(ref slopes, j);
    }
}
