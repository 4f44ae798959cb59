namespace FvSolver.Solver.Layout;

/// <summary>First unknowns of what a flow depends on; -1 for what is not there.</summary>
/// <param name="Density">Of the density, whose balance the flow enters.</param>
/// <param name="Potential">Of the electric potential, for a charged species.</param>
/// <param name="Temperature">Of the temperature.</param>
internal readonly record struct FlowUnknowns(int Density, int Potential, int Temperature);

/// <summary>Says to the compiler that edges are a chain, see <see cref="EdgeSet.IsChain"/>.</summary>
internal readonly struct Chain;

/// <summary>Says to the compiler that edges join any nodes.</summary>
internal readonly struct Scattered;
