using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Edges;

/// <summary>Partial molar enthalpy over q [V] of a species at its places, for the present evaluation, with its slopes.</summary>
/// <param name="Start">First unknown of the species, on which the enthalpy depends.</param>
/// <param name="Count">Number of places, a node or a face each.</param>
/// <param name="Place">Place among the species of the interface, where it is one.</param>
internal sealed record SpeciesPotential<P>(int Start, int Count, int Place = -1)
    where P : struct, IParameter<P>
{
    /// <summary>The enthalpy, of charged species without q phi.</summary>
    public P[] Value { get; } = AlignedArray.Create<P>(Count);

    /// <summary>Derivative with respect to the unknown, a density or a coverage.</summary>
    public P[] ByDensity { get; } = AlignedArray.Create<P>(Count);
}
