using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

/// <summary>Space charge of WO3: its electrons in Poisson's equation of <see cref="HydrogenDiffusion{P}"/>, and
/// the oxide between film and substrate.</summary>
/// <remarks>
/// At node j the row of phi_j gets -q V_j (n - n_ref), with n by phi_j alone: the electrons are in equilibrium with source and drain, psi
/// = 0. At the back of the film it loses the displacement C_ox phi_b into the substrate.
/// </remarks>
internal abstract class FilmElectrons<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly P[] _volume;
    private readonly P _restHydrogen;
    private readonly (int Node, P Capacitance)[] _back;

    protected FilmElectrons(AssemblyContext<P> context)
    {
        U = context.U;
        _restHydrogen = Poisson<P>.InChannel(context.Pack).FixedChargeDensity;
        Statistics = ElectronStatistics<P>.Of(context.Pack, context.Device);
        _volume = AlignedArray.Of(U.Wo3Nodes.Select(n => context.Pack((_, m) => m.Volume[n])));
        Charge = AlignedArray.Of(_volume.Select(v => v * -Constants.ElementaryCharge));
        P oxide = SubstrateOxide<P>.Of(context.Pack, context.Device).Capacitance;
        _back = [.. context.Mesh.Interfaces.Select((f, i) => (f, i))
            .Where(t => context.Mesh.MaterialOf(t.f.First) == MaterialKind.Channel
                && context.Mesh.MaterialOf(t.f.Second) == MaterialKind.Oxide)
            .Select(t => (U.FilmPotential + U.Local[t.f.First], oxide * context.Pack((_, m) => m.Interfaces[t.i].Area)))];
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

    public void Declare(PatternBuilder pattern)
    {
        for (int j = 0; j < Charge.Length; j++)
            pattern.Add(U.FilmPotential + j, U.FilmPotential + j);
    }

    public void Bind(ILinearSolver<P> solver) =>
        Slots = [.. Enumerable.Range(0, Charge.Length).Select(j => solver.Slot(U.FilmPotential + j, U.FilmPotential + j))];

    public void AddConstants(P[] jacobian, P[] mass)
    {
        foreach ((int node, P capacitance) in _back)
            jacobian[Slots[node - U.FilmPotential]] -= capacitance;
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        AddElectrons(x, f);
        AddSubstrate(x, f);
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        AddElectrons(x, f, jacobian);
        AddSubstrate(x, f);
    }

    /// <summary>Displacement into the substrate less the charge of the film [C]: what balances gate and PSG.</summary>
    public P Drained(P[] x)
    {
        P sum = default;
        foreach ((int node, P capacitance) in _back)
            sum += x[node] * capacitance;
        for (int j = 0; j < _volume.Length; j++)
            sum += (x[U.Hydrogen + j] - _restHydrogen - Statistics.Excess(x[U.FilmPotential + j])) * Charge[j];
        return sum;
    }

    /// <summary>Energy of the field in the oxide and free energy of the electrons above that at rest [J].</summary>
    public P Energy(P[] x)
    {
        P sum = default;
        foreach ((int node, P capacitance) in _back)
            sum += x[node] * x[node] * capacitance * 0.5;
        for (int j = 0; j < _volume.Length; j++)
            sum += Statistics.Energy(x[U.FilmPotential + j]) * _volume[j];
        return sum;
    }

    protected abstract void AddElectrons(P[] x, P[] f);

    protected abstract void AddElectrons(P[] x, P[] f, Span<P> jacobian);

    [MethodImpl(Compilation.HotLoop)]
    private void AddSubstrate(P[] x, P[] f)
    {
        foreach ((int node, P capacitance) in _back)
            f[node] -= x[node] * capacitance;
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
    protected override void AddElectrons(P[] x, P[] f)
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
    protected override void AddElectrons(P[] x, P[] f, Span<P> jacobian)
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
