using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Time;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Rate of chemical energy, sum over species of h dN/dt [W], and its gradient: one term of the balance of energy.</summary>
/// <remarks>
/// With V dc/dt etc. the rates of the residual in particles per second, the sum over nodes of enthalpy times rate, plus
/// the reservoir's, which the gate knows. Protons and gas, also what has leaked out, have none: see <see cref="NodePotentials{P}"/>.
/// </remarks>
internal sealed class ChemicalWork<P>(AssemblyContext<P> context, GateContact<P> gate)
    where P : struct, IParameter<P>, IReal<P, P>
{
    private readonly SpeciesPotential<P>[] _species = [context.AtNodes!.Inserted, .. context.AtNodes.OnFaces];

    /// <summary>Energy per particle [J] by the row of its balance, 0 for other rows; filled by <see cref="Linearise"/>.</summary>
    public P[] Weights { get; } = AlignedArray.Create<P>(context.U.Size);

    /// <summary>Rate [W] from a residual and the enthalpies of its state.</summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Rate(P[] f) => Sum(f) + gate.ReservoirWork;

    /// <summary>What the rates of the species give of it [W].</summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Sum(P[] f)
    {
        P sum = default;
        foreach (SpeciesPotential<P> species in _species)
            sum += species.Count == 1
                ? species.Value[0] * f[species.Start]
                : VectorMath.Product<P>(species.Value, f.AsSpan(species.Start, species.Count));
        return sum * ElementaryCharge;
    }

    /// <summary>
    /// Rate [W], and its derivative with respect to each unknown at fixed rates of species; <see cref="Weights"/> say what those add.
    /// </summary>
    [MethodImpl(Compilation.HotLoop)]
    public P Linearise(P[] f, P[] gradient)
    {
        Array.Clear(gradient);
        foreach (SpeciesPotential<P> species in _species)
        {
            VectorMath.Scale(Own(Weights, species), ElementaryCharge, VectorMath.Doubles(species.Value));
            VectorMath.AddScaledProduct(Own(gradient, species), ElementaryCharge, VectorMath.Doubles(species.ByDensity), Own(f, species));
        }
        foreach (int u in gate.GradientSupport)
            gradient[u] += gate.ReservoirGradient[u];
        return Rate(f);
    }

    private static Span<double> Own(P[] array, SpeciesPotential<P> species) =>
        VectorMath.Doubles(array).Slice(species.Start * P.LaneCount, species.Count * P.LaneCount);
}
