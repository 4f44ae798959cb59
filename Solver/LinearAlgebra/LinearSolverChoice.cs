using FvSolver.Solver.Settings;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Which direct solver a run uses.</summary>
/// <remarks>
/// In 1-D the block-tridiagonal LU is the fastest by far. In 2-D the fill grows: KLU for small systems, UMFPACK beyond
/// <see cref="UmfpackFrom"/> unknowns, and without them the managed block-tridiagonal LU over grid columns, which is
/// also used where its work is so small that its dense kernels win.
/// </remarks>
public static class LinearSolverChoice
{
    /// <summary>Number of unknowns from which UMFPACK is preferred to KLU in 2-D.</summary>
    public const int UmfpackFrom = 5000;

    /// <summary>Number of operations of a factorisation below which the managed solver is preferred in 2-D.</summary>
    public const double ManagedBelow = 5e6;

    /// <summary>Makes the solver for a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="dimension">1 or 2.</param>
    /// <param name="kind">A kind, or <see cref="LinearSolverKind.Auto"/>.</param>
    /// <param name="stack">Makes the block-tridiagonal solver of 1-D.</param>
    /// <exception cref="PlatformNotSupportedException">The kind asked for needs a library that is not installed.</exception>
    public static ILinearSolver<double> Create(
        SparsityPattern pattern, int dimension, LinearSolverKind kind, Func<SparsityPattern, ILinearSolver<double>> stack)
    {
        if (kind == LinearSolverKind.Auto)
            kind = Choose(pattern, dimension, SuiteSparse.IsKluAvailable, SuiteSparse.IsUmfpackAvailable);
        return kind switch
        {
            LinearSolverKind.Klu => new KluSolver(pattern),
            LinearSolverKind.Umfpack => new UmfpackSolver(pattern),
            LinearSolverKind.BlockTridiagonal => dimension == 1 ? stack(pattern) : new BlockColumnSolver(pattern),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such linear solver."),
        };
    }

    /// <summary>The kind that suits a pattern, given what is installed.</summary>
    public static LinearSolverKind Choose(SparsityPattern pattern, int dimension, bool klu, bool umfpack)
    {
        if (dimension == 1 || !klu && !umfpack || Work(pattern) < ManagedBelow)
            return LinearSolverKind.BlockTridiagonal;
        if (umfpack && (!klu || pattern.Size >= UmfpackFrom))
            return LinearSolverKind.Umfpack;
        return LinearSolverKind.Klu;
    }

    // 2 n^3 a level: all unknowns taken as coupled to other levels.
    private static double Work(SparsityPattern pattern)
    {
        double work = 0;
        foreach (var level in pattern.Level.Where(l => l >= 0).CountBy(l => l))
            work += 2 * Math.Pow(level.Value, 3);
        return work;
    }
}
