using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Electrons of WO3 in equilibrium with source and drain, psi = 0, in Poisson's equation of
/// <see cref="HydrogenTransport"/>.</summary>
internal static class FilmElectrons
{
    /// <summary>The part of a context: eight nodes at a time where there are so many.</summary>
    public static IFilmElectrons<P> Of<P>(AssemblyContext<P> context)
        where P : struct, IParameter<P>, IReal<P, P> =>
        context is AssemblyContext<Scalar> scalar && context.U.Wo3Nodes.Length >= Lanes.Count
            ? (IFilmElectrons<P>)(object)new FilmElectrons<Scalar, Lanes, EightEdges>(scalar)
            : new FilmElectrons<P, P, OneEdge<P>>(context);
}

/// <summary>At node j the row of phi_j gets -q V_j (n - n_ref), with n by phi_j alone.</summary>
/// <typeparam name="P">Numbers of the state.</typeparam>
/// <typeparam name="W">Numbers that the loop over nodes computes with.</typeparam>
/// <typeparam name="A">How nodes are taken from the state.</typeparam>
internal sealed class FilmElectrons<P, W, A>(AssemblyContext<P> context) : IFilmElectrons<P>
    where P : struct, IParameter<P>, IReal<P, P>
    where W : struct, IParameter<W>, IReal<W, W>
    where A : struct, IAccess<P, W>
{
    private readonly int _potential = context.U.FilmPotential;
    private readonly ElectronStatistics<P> _own = ElectronStatistics<P>.Of(context.Pack, context.Device);
    private readonly ElectronStatistics<W> _statistics = ElectronStatistics<W>.Of(context.Broadcast<W, A>, context.Device);
    private readonly P[] _volume = context.Volumes(context.U.Wo3Nodes), _slope = AlignedArray.Create<P>(context.U.Wo3Nodes.Length);
    // -q V of each node [C m^3].
    private readonly P[] _charge = AlignedArray.Of(context.Volumes(context.U.Wo3Nodes).Select(v => v * -Constants.ElementaryCharge));
    private int[] _slots = [];

    public void Enter(MatrixEntries<P> entries) =>
        _slots = [.. Enumerable.Range(_potential, _charge.Length).Select(j => entries.Slot(j, j))];

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        ref P band = ref AlignedArray.First(x, _potential), row = ref AlignedArray.First(f, _potential),
            charge = ref AlignedArray.First(_charge);
        nint last = _charge.Length - A.Count;
        for (nint j = 0; ; j = Math.Min(j + A.Count, last))
        {
            A.Add(ref row, j, _statistics.Excess(A.Get(ref band, j)) * A.Get(ref charge, j));
            if (j == last)
                break;
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        ref P band = ref AlignedArray.First(x, _potential), row = ref AlignedArray.First(f, _potential),
            charge = ref AlignedArray.First(_charge);
        ref P slopes = ref AlignedArray.First(_slope);
        nint last = _charge.Length - A.Count;
        for (nint j = 0; ; j = Math.Min(j + A.Count, last))
        {
            W excess = _statistics.Excess(A.Get(ref band, j), out W slope), q = A.Get(ref charge, j);
            A.Add(ref row, j, excess * q);
            A.Put(ref slopes, j, slope * q);
            if (j == last)
                break;
        }
        ref P entries = ref MemoryMarshal.GetReference(jacobian);
        int[] slots = _slots;
        for (int j = 0; j < slots.Length; j++)
            Unsafe.Add(ref entries, slots[j]) += Unsafe.Add(ref slopes, j);
    }

    public P ChargeOf(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += _own.Excess(x[_potential + j]) * _charge[j];
        return sum;
    }

    public P Energy(P[] x)
    {
        P sum = default;
        for (int j = 0; j < _volume.Length; j++)
            sum += _own.Energy(x[_potential + j]) * _volume[j];
        return sum;
    }
}
