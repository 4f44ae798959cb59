using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

/// <summary>A weighted sum of unknowns that the equations keep, or let go into a quadrature: q u + w Q is constant.</summary>
/// <param name="Weights">q, one a unknown.</param>
/// <param name="Rows">Rows to which what rounding has lost is returned.</param>
/// <param name="Left">The quadrature Q of what has left, linear in the unknowns, or -1.</param>
/// <param name="PerLeft">w.</param>
public sealed record ConservedSum<P>(P[] Weights, int[] Rows, int Left = -1, double PerLeft = 0)
    where P : struct, IParameter<P>;
