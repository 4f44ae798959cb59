using System.Runtime.Intrinsics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Settings;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Which direct solver a run uses.</summary>
/// <remarks>
/// In 1-D the block-tridiagonal LU is the fastest by far. In 2-D the choice goes by the expected time of a time step, one
/// factorisation and six solves, from fits to measurements on half-gated grids of 60 x 40 to 200 x 200 nodes on one 2.6 GHz core: the
/// managed solver does many more operations than the sparse ones, but in dense kernels, and wins up to columns of
/// some hundred unknowns.
/// </remarks>
public static class LinearSolverChoice
{
    // Blocks beyond this size [bytes] are left to the sparse solvers, which need a tenth of it.
    private const double LargestBlocks = 2e9;

    /// <summary>Makes the solver of a device's system.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="dimension">1 or 2.</param>
    /// <param name="kind">A kind, or <see cref="LinearSolverKind.Auto"/>.</param>
    /// <exception cref="PlatformNotSupportedException">The kind asked for needs a library that is not installed.</exception>
    public static ILinearSolver<Scalar> ForDevice(SparsityPattern pattern, int dimension, LinearSolverKind kind) =>
        dimension == 1 && kind is (LinearSolverKind.Auto or LinearSolverKind.BlockTridiagonal)
            ? new BlockTridiagonal<Scalar>(pattern)
            : new ScalarSolver(Create(pattern, dimension, kind, p => new BlockColumnSolver(p)));

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
        if (dimension == 1 || !klu && !umfpack)
            return LinearSolverKind.BlockTridiagonal;
        var (operations, bytes) = ManagedWork(pattern);
        double rate = Vector512.IsHardwareAccelerated ? 1.4e10 : Vector256.IsHardwareAccelerated ? 9e9 : 5e9;
        // Each solve reads the blocks twice.
        double managed = bytes > LargestBlocks ? double.PositiveInfinity : operations / rate + 12 * bytes / 2e10;
        double kluTime = klu ? 2.6e-9 * Math.Pow(pattern.Size, 1.75) : double.PositiveInfinity;
        double umfpackTime = umfpack ? 3.6e-7 * Math.Pow(pattern.Size, 1.19) : double.PositiveInfinity;
        if (managed <= Math.Min(kluTime, umfpackTime))
            return LinearSolverKind.BlockTridiagonal;
        return kluTime <= umfpackTime ? LinearSolverKind.Klu : LinearSolverKind.Umfpack;
    }

    private static (double Operations, double Bytes) ManagedWork(SparsityPattern pattern)
    {
        int[] level = pattern.Level;
        var coupled = new bool[pattern.Size];
        for (int k = 0; k < pattern.Rows.Length; k++)
        {
            int i = pattern.Rows[k], j = pattern.Columns[k];
            if (level[i] >= 0 && level[j] >= 0 && level[i] != level[j])
                coupled[i] = coupled[j] = true;
        }
        double operations = 0, bytes = 0;
        foreach (var unknowns in Enumerable.Range(0, pattern.Size).Where(u => level[u] >= 0).GroupBy(u => level[u]))
        {
            double n = unknowns.Count(), m = unknowns.Count(u => coupled[u]);
            operations += 2.0 / 3 * n * n * n + 4.0 / 3 * m * m * m;
            bytes += sizeof(double) * n * n;
        }
        return (operations, bytes);
    }
}
