using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

public sealed class LinearSolverChoiceTests
{
    private static SparsityPattern Grid(int columns, int rows) => GridSystem.Dominant(columns, rows, 1, 1).Pattern;

    [Fact]
    public void Without_libraries_the_managed_solver_is_chosen() =>
        Assert.Equal(LinearSolverKind.BlockTridiagonal, LinearSolverChoice.Choose(Grid(90, 80), 2, klu: false, umfpack: false));

    [Fact]
    public void A_stack_always_takes_the_managed_solver() =>
        Assert.Equal(LinearSolverKind.BlockTridiagonal, LinearSolverChoice.Choose(Grid(90, 80), 1, klu: true, umfpack: true));

    [Fact]
    public void Column_height_and_size_choose_between_the_solvers()
    {
        // Long flat grid: small blocks; square grid: large ones.
        SparsityPattern flat = Grid(200, 10), middle = Grid(10, 900), large = Grid(20, 1000);
        Assert.Equal(LinearSolverKind.BlockTridiagonal, LinearSolverChoice.Choose(flat, 2, klu: true, umfpack: true));
        Assert.Equal(LinearSolverKind.Umfpack, LinearSolverChoice.Choose(large, 2, klu: true, umfpack: true));
        Assert.Equal(LinearSolverKind.Klu, LinearSolverChoice.Choose(large, 2, klu: true, umfpack: false));
        Assert.Equal(LinearSolverKind.Umfpack, LinearSolverChoice.Choose(middle, 2, klu: false, umfpack: true));
    }

    [Fact]
    public void A_forced_kind_is_used_or_names_the_package()
    {
        SparsityPattern pattern = Grid(3, 3);
        foreach ((LinearSolverKind kind, bool available, string package) in new[]
                 { (LinearSolverKind.Klu, SuiteSparse.IsKluAvailable, "libklu1"), (LinearSolverKind.Umfpack, SuiteSparse.IsUmfpackAvailable, "libumfpack5") })
        {
            if (available)
            {
                using ILinearSolver<double> solver = LinearSolverChoice.Create(pattern, 2, kind, p => new BlockColumnSolver(p));
                Assert.Contains("SuiteSparse", solver.Name);
            }
            else
                Assert.Contains(package, Assert.Throws<PlatformNotSupportedException>(
                    () => LinearSolverChoice.Create(pattern, 2, kind, p => new BlockColumnSolver(p))).Message);
        }
    }

    [Fact]
    public void The_stack_solver_is_made_by_the_delegate_given()
    {
        bool asked = false;
        using ILinearSolver<double> solver = LinearSolverChoice.Create(Grid(3, 3), 1, LinearSolverKind.Auto, p =>
        {
            asked = true;
            return new BlockColumnSolver(p);
        });
        Assert.True(asked);
    }
}
