using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Settings;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Makes the direct solver that a run asks for.</summary>
public static class LinearSolverChoice
{
    /// <summary>The solver of a device's system.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="dimension">1 or 2.</param>
    /// <param name="kind">Kind.</param>
    /// <exception cref="PlatformNotSupportedException">The kind needs a library that is not installed.</exception>
    public static ILinearSolver<Scalar> ForDevice(SparsityPattern pattern, int dimension, LinearSolverKind kind) =>
        dimension == 1 && kind == LinearSolverKind.Managed
            ? new BlockTridiagonal<Scalar>(pattern)
            : new ScalarSolver(Sparse(pattern, kind));

    /// <summary>A solver for any sparse pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="kind">Kind.</param>
    /// <exception cref="PlatformNotSupportedException">The kind needs a library that is not installed.</exception>
    public static ILinearSolver<double> Sparse(SparsityPattern pattern, LinearSolverKind kind) => kind switch
    {
        LinearSolverKind.Managed => new MultifrontalSolver(pattern),
        LinearSolverKind.Klu => new KluSolver(pattern),
        LinearSolverKind.Umfpack => new UmfpackSolver(pattern),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such linear solver."),
    };
}
