using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Assembly;

/// <summary>Chemical potential over q [V] of a species at its places, for the present evaluation, with its slopes.</summary>
/// <param name="Start">First unknown of the species, on which the potential depends.</param>
/// <param name="Nodes">Mesh node of each place, whose temperature the potential is taken at.</param>
/// <param name="Place">Place among the species of the interface, where it is one.</param>
internal sealed record SpeciesPotential<P>(int Start, int[] Nodes, int Place = -1)
    where P : struct, IParameter<P>
{
    /// <summary>True when the nodes follow one another.</summary>
    public bool IsRow { get; } = Nodes.Select((n, i) => n == Nodes[0] + i).All(ok => ok);

    /// <summary>The potential, of charged species without q phi.</summary>
    public P[] Value { get; } = AlignedArray.Create<P>(Nodes.Length);

    /// <summary>Derivative with respect to the unknown, a density or a coverage.</summary>
    public P[] ByDensity { get; } = AlignedArray.Create<P>(Nodes.Length);

    /// <summary>Derivative with respect to the temperature [V/K].</summary>
    public P[] ByTemperature { get; } = AlignedArray.Create<P>(Nodes.Length);
}
