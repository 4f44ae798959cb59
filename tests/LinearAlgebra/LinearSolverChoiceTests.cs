using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

public sealed class LinearSolverChoiceTests
{
    private static SparsityPattern Grid(int columns, int rows) => GridSystem.Dominant(columns, rows, 1, 1).Pattern;

    [Fact]
    public void The_managed_solver_goes_along_a_stack_and_dissects_a_cross_section()
    {
        using var stack = LinearSolverChoice.ForDevice(Grid(9, 1), 1, LinearSolverKind.Managed);
        using var section = LinearSolverChoice.ForDevice(Grid(9, 8), 2, LinearSolverKind.Managed);
        Assert.Equal("managed block-tridiagonal LU", stack.Name);
        Assert.Equal("managed multifrontal LU", section.Name);
    }

    [Theory]
    [InlineData(LinearSolverKind.Klu, "libklu1")]
    [InlineData(LinearSolverKind.Umfpack, "libumfpack5")]
    public void A_library_is_used_or_names_its_package(LinearSolverKind kind, string package)
    {
        SparsityPattern pattern = Grid(3, 3);
        if (kind == LinearSolverKind.Klu ? SuiteSparse.IsKluAvailable : SuiteSparse.IsUmfpackAvailable)
        {
            using var solver = LinearSolverChoice.ForDevice(pattern, 1, kind);
            Assert.Contains("SuiteSparse", solver.Name);
        }
        else
            Assert.Contains(package, Assert.Throws<PlatformNotSupportedException>(() => LinearSolverChoice.Sparse(pattern, kind)).Message);
    }
}
