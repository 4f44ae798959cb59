using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

/// <summary>A test that needs a library of SuiteSparse, skipped with the reason where it is missing.</summary>
public sealed class SuiteSparseFactAttribute : FactAttribute
{
    public SuiteSparseFactAttribute(LinearSolverKind kind) =>
        Skip = kind == LinearSolverKind.Klu ? SuiteSparse.WhyNoKlu : SuiteSparse.WhyNoUmfpack;
}

public sealed class SuiteSparseTests
{
    [SuiteSparseFact(LinearSolverKind.Klu)]
    public void Klu_keeps_its_pivots_while_the_values_change_little()
    {
        var system = GridSystem.Dominant(6, 6, 2, 1);
        using var solver = new KluSolver(system.Pattern);
        for (int round = 0; round < 5; round++)
        {
            system.Load(solver);
            Assert.Equal(-1, solver.Factorise());
            for (int k = 0; k < system.Pattern.Rows.Length; k++)
                system[k] *= 1.01;
        }
        Assert.Equal(1, solver.FreshFactorisations);
    }

    [SuiteSparseFact(LinearSolverKind.Umfpack)]
    public void Umfpack_refines_when_asked()
    {
        var system = GridSystem.DriftDiffusion(6, 12, true, 1);
        using var plain = new UmfpackSolver(system.Pattern);
        using var refined = new UmfpackSolver(system.Pattern, refinementSteps: 2);
        double[] expected = system.NaturalVector(1);
        foreach (UmfpackSolver solver in new[] { plain, refined })
        {
            system.Load(solver);
            Assert.Equal(-1, solver.Factorise());
            double[] x = system.Times(expected);
            solver.Solve(x);
            Assert.InRange(system.Difference(x, expected), 0, 1e-8);
        }
    }
}
