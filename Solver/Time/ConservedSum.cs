using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Time;

/// <summary>A weighted sum of unknowns that the equations keep: q u is constant whatever the state.</summary>
/// <param name="Weights">q, one a unknown.</param>
/// <param name="Rows">Rows to which what rounding has lost is returned.</param>
public sealed record ConservedSum<P>(P[] Weights, int[] Rows)
    where P : struct, IParameter<P>;
