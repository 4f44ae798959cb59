using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.LinearAlgebra;

/// <summary>Properties of every direct solver that is installed.</summary>
public sealed class DirectSolverTests
{
    /// <summary>The solvers that can run here; what is missing shows as skipped in <see cref="SuiteSparseTests"/>.</summary>
    public static TheoryData<LinearSolverKind> Installed
    {
        get
        {
            var kinds = new TheoryData<LinearSolverKind> { LinearSolverKind.Managed };
            if (SuiteSparse.IsKluAvailable)
                kinds.Add(LinearSolverKind.Klu);
            if (SuiteSparse.IsUmfpackAvailable)
                kinds.Add(LinearSolverKind.Umfpack);
            return kinds;
        }
    }

    private static ILinearSolver<double> Make(LinearSolverKind kind, SparsityPattern pattern) =>
        LinearSolverChoice.Sparse(pattern, kind);

    [Theory, MemberData(nameof(Installed))]
    public void Random_dominant_systems_agree_with_a_dense_reference(LinearSolverKind kind)
    {
        foreach ((int columns, int rows, int unknowns) in new[] { (1, 1, 1), (3, 1, 2), (1, 7, 3), (5, 4, 1), (7, 9, 3), (4, 35, 3),
            (3, 64, 2) })
        {
            var system = GridSystem.Dominant(columns, rows, unknowns, 17 + columns);
            AssertSolves(kind, system, 1e-12);
        }
    }

    [Theory, MemberData(nameof(Installed))]
    public void Drift_diffusion_with_25_decades_between_unknowns_agrees_with_a_dense_reference(LinearSolverKind kind)
    {
        foreach (bool gate in new[] { false, true })
            foreach ((int columns, int rows) in new[] { (2, 3), (8, 11), (5, 40) })
                AssertSolves(kind, GridSystem.DriftDiffusion(columns, rows, gate, 5), 1e-8);
    }

    [Theory, MemberData(nameof(Installed))]
    public void Refactorisation_follows_changing_values(LinearSolverKind kind)
    {
        var system = GridSystem.DriftDiffusion(6, 9, true, 3);
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        var random = new Random(8);
        double[] original = [.. Enumerable.Range(0, system.Pattern.Rows.Length).Select(k => system[k])];
        for (int round = 0; round < 12; round++)
        {
            system.Load(solver);
            double[] before = solver.Values.ToArray();
            Assert.Equal(-1, solver.Factorise());
            Assert.Equal(before, solver.Values.ToArray());
            double[] expected = system.NaturalVector(round), x = system.Times(expected);
            solver.Solve(x);
            Assert.InRange(system.Difference(x, expected), 0, 1e-8);
            for (int k = 0; k < system.Pattern.Rows.Length; k++)
                system[k] = original[k] * Math.Pow(10, 0.2 * (random.NextDouble() - 0.5));
        }
    }

    [Theory, MemberData(nameof(Installed))]
    public void Pivots_are_chosen_anew_when_the_old_ones_go_bad(LinearSolverKind kind)
    {
        // Diagonal first large, then 1e-14: kept pivots would lose fourteen digits.
        var pattern = new SparsityPattern(2, [0, 0, 1, 1], [0, 1, 0, 1], [0, 0], [1, 1]);
        using ILinearSolver<double> solver = Make(kind, pattern);
        foreach (double d in new[] { 1.0, 1e-14, 1.0 })
        {
            solver.Values[solver.Slot(0, 0)] = d;
            solver.Values[solver.Slot(0, 1)] = 1;
            solver.Values[solver.Slot(1, 0)] = 1;
            solver.Values[solver.Slot(1, 1)] = 3;
            Assert.Equal(-1, solver.Factorise());
            double[] x = [d * 1 + 2, 1 + 6];
            solver.Solve(x);
            Assert.Equal(1, x[0], 1e-12);
            Assert.Equal(2, x[1], 1e-12);
        }
    }

    [Theory, MemberData(nameof(Installed))]
    public void Singular_matrix_names_its_unknown(LinearSolverKind kind)
    {
        // Unknown 13 drops out of all equations.
        var system = GridSystem.Dominant(4, 3, 2, 9);
        for (int k = 0; k < system.Pattern.Rows.Length; k++)
            if (system.Pattern.Columns[k] == 13)
                system[k] = 0;
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        system.Load(solver);
        Assert.Equal(13, solver.Factorise());
        Assert.Equal(0, ((IConditionEstimate)solver).ReciprocalCondition);
        Assert.Throws<InvalidOperationException>(() => solver.Solve(new double[system.Size]));
    }

    [Theory, MemberData(nameof(Installed))]
    public void Solver_recovers_after_a_singular_or_infinite_matrix(LinearSolverKind kind)
    {
        var system = GridSystem.Dominant(4, 3, 2, 9);
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        foreach (double poison in new[] { 0, double.NaN, double.PositiveInfinity })
        {
            system.Load(solver);
            for (int i = 0; i < system.Size; i++)
                if (system.Pattern.Columns.Index().Any(e => e.Item == 5 && system.Pattern.Rows[e.Index] == i))
                    solver.Values[solver.Slot(i, 5)] = poison;
            Assert.Equal(5, solver.Factorise());
            system.Load(solver);
            Assert.Equal(-1, solver.Factorise());
            double[] expected = system.NaturalVector(2), x = system.Times(expected);
            solver.Solve(x);
            Assert.InRange(system.Difference(x, expected), 0, 1e-12);
        }
    }

    [Theory, MemberData(nameof(Installed))]
    public void Nearly_singular_matrix_shows_in_the_condition_and_names_its_unknown(LinearSolverKind kind)
    {
        var system = GridSystem.Dominant(4, 3, 2, 9);
        for (int k = 0; k < system.Pattern.Rows.Length; k++)
            if (system.Pattern.Columns[k] == 13)
                system[k] *= 1e-18;
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        system.Load(solver);
        Assert.Equal(-1, solver.Factorise());
        var estimate = (IConditionEstimate)solver;
        Assert.InRange(estimate.ReciprocalCondition, 1e-20, 1e-16);
        Assert.Equal(13, estimate.WeakestUnknown());
    }

    [Theory, MemberData(nameof(Installed))]
    public void Well_conditioned_matrix_is_said_to_be_so(LinearSolverKind kind)
    {
        var system = GridSystem.DriftDiffusion(5, 6, true, 1);
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        system.Load(solver);
        Assert.Equal(-1, solver.Factorise());
        Assert.InRange(((IConditionEstimate)solver).ReciprocalCondition, 1e-10, 1);
    }

    [Theory, MemberData(nameof(Installed))]
    public void Factorising_and_solving_allocates_nothing(LinearSolverKind kind)
    {
        var system = GridSystem.DriftDiffusion(6, 20, true, 3);
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        system.Load(solver);
        double[] x = system.NaturalVector(1);
        for (int round = 0; round < 3; round++)
        {
            solver.Factorise();
            solver.Solve(x);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 5; round++)
        {
            solver.Factorise();
            solver.Solve(x);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory, MemberData(nameof(Installed))]
    public void Entries_outside_the_pattern_and_wrong_lengths_are_refused(LinearSolverKind kind)
    {
        var system = GridSystem.Dominant(3, 3, 1, 1);
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        Assert.Contains("(0, 8)", Assert.Throws<ArgumentException>(() => solver.Slot(0, 8)).Message);
        Assert.Throws<ArgumentException>(() => solver.Slot(-1, 0));
        Assert.Throws<InvalidOperationException>(() => solver.Solve(new double[9]));
        system.Load(solver);
        solver.Factorise();
        Assert.Throws<ArgumentException>(() => solver.Solve(new double[8]));
        Assert.Throws<ArgumentException>(() => Make(kind, system.Pattern with { Scale = [.. system.Pattern.Scale.Select(_ => 0.0)] }));
        Assert.Throws<ArgumentException>(() => Make(kind, system.Pattern with { Rows = [.. system.Pattern.Rows.Select(r => r + 1)] }));
    }

    [Theory, MemberData(nameof(Installed))]
    public void Disposed_solver_says_so(LinearSolverKind kind)
    {
        var solver = Make(kind, GridSystem.Dominant(3, 3, 1, 1).Pattern);
        solver.Dispose();
        solver.Dispose();
        Assert.Throws<ObjectDisposedException>(() => solver.Factorise());
    }

    private static void AssertSolves(LinearSolverKind kind, GridSystem system, double tolerance)
    {
        using ILinearSolver<double> solver = Make(kind, system.Pattern);
        Assert.Equal(system.Size, solver.Size);
        system.Load(solver);
        Assert.Equal(-1, solver.Factorise());
        double[] b = system.Times(system.NaturalVector(4)), x = [.. b];
        solver.Solve(x);
        Assert.InRange(system.Difference(x, system.DenseSolution(b)), 0, tolerance);
        Assert.InRange(system.Difference(x, system.NaturalVector(4)), 0, tolerance);
    }
}
