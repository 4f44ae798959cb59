using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Rate of chemical work, sum over species of mu dN/dt [W], and its gradient: one term of the balance of energy.</summary>
/// <remarks>
/// With V dc/dt etc. the rates of the residual in particles per second, the sum over nodes of potential times rate, plus
/// the reservoir's, which the gate knows, and that of the gas that leaks out. Bubbles have the potential of dissolved hydrogen.
/// </remarks>
internal sealed class ChemicalWork<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly GateContact<P> _gate;
    private readonly ChannelContact<P> _channel;
    private readonly SpeciesPotential<P>[] _species;

    public ChemicalWork(AssemblyContext<P> context, GateContact<P> gate, ChannelContact<P> channel)
    {
        (_context, _u, _gate, _channel) = (context, context.U, gate, channel);
        NodePotentials<P> at = context.AtNodes!;
        _species = [.. new[] { at.Proton, at.Bound, at.Inserted, at.Adsorbed, at.Molecule }.Where(s => s.Nodes.Length > 0)];
        Weights = AlignedArray.Create<P>(_u.Size);
    }

    /// <summary>Energy per particle [J] by the row of its balance, 0 for other rows; filled by <see cref="Linearise"/>.</summary>
    public P[] Weights { get; }

    /// <summary>Rate [W] from a residual and the potentials of its state.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Rate(P[] f)
    {
        P sum = Sum(f);
        for (int k = 0; k < _channel.LeakRates.Length; k++)
            sum += _context.AtNodes!.Molecule.Value[k] * _channel.LeakRates[k] * ElementaryCharge;
        return sum + _gate.ReservoirWork;
    }

    /// <summary>What the rates of the species give of it [W].</summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Sum(P[] f)
    {
        P sum = default;
        foreach (SpeciesPotential<P> species in _species)
            sum += species.Value.Length == 1
                ? species.Value[0] * f[species.Start]
                : VectorMath.Product<P>(species.Value, f.AsSpan(species.Start, species.Value.Length));
        for (int k = 0; k < _channel.LeakRates.Length; k++)
            sum += _context.AtNodes!.Molecule.Value[k] * f[_u.Bubbles + k];
        return sum * ElementaryCharge;
    }

    /// <summary>
    /// Rate [W], and its derivative by each unknown at fixed rates of species; <see cref="Weights"/> say what those add.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Linearise(P[] f, P[] gradient)
    {
        Array.Clear(gradient);
        foreach (SpeciesPotential<P> species in _species)
        {
            VectorMath.Scale(Doubles(Weights, species.Start, species.Value.Length), ElementaryCharge, VectorMath.Doubles(species.Value));
            AddSlopes(f, gradient, species);
        }
        for (int k = 0; k < _channel.LeakRates.Length; k++)
        {
            SpeciesPotential<P> molecule = _context.AtNodes!.Molecule;
            Weights[_u.Bubbles + k] = molecule.Value[k] * ElementaryCharge;
            AddSlope(gradient, molecule, k, GoneMolecules(f, k) * ElementaryCharge);
            gradient[_u.Dissolved + k] += molecule.Value[k] * _channel.LeakGradient[_u.Dissolved + k] * ElementaryCharge;
        }
        foreach (int u in _gate.GradientSupport)
            gradient[u] += _gate.ReservoirGradient[u];
        return Rate(f);
    }

    /// <summary>Molecules that pass from the dissolved state into bubbles or leak out at an interface [1/s].</summary>
    private P GoneMolecules(P[] f, int interfaceNumber) => f[_u.Bubbles + interfaceNumber] + _channel.LeakRates[interfaceNumber];

    [MethodImpl(Compilation.HotLoop)]
    private void AddSlopes(P[] f, P[] gradient, SpeciesPotential<P> species)
    {
        int count = species.Nodes.Length;
        if (!species.IsRow)
        {
            for (int i = 0; i < count; i++)
                AddSlope(gradient, species, i, f[species.Start + i] * ElementaryCharge);
            return;
        }
        ReadOnlySpan<double> rate = Doubles(f, species.Start, count);
        VectorMath.AddScaledProduct(Doubles(gradient, species.Start, count), ElementaryCharge, VectorMath.Doubles(species.ByDensity), rate);
        if (_context.HasHeat)
            VectorMath.AddScaledProduct(Doubles(gradient, _u.Temperature + species.Nodes[0], count), ElementaryCharge,
                VectorMath.Doubles(species.ByTemperature), rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSlope(P[] gradient, SpeciesPotential<P> species, int place, P rate)
    {
        gradient[species.Start + place] += species.ByDensity[place] * rate;
        if (_context.HasHeat)
            gradient[_u.Temperature + species.Nodes[place]] += species.ByTemperature[place] * rate;
    }

    private static Span<double> Doubles(P[] array, int start, int count) =>
        VectorMath.Doubles(array).Slice(start * P.LaneCount, count * P.LaneCount);
}
