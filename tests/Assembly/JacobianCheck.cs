using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Tests.Physics;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>The whole Jacobian, with what it leaves out, and the gradients of the quadratures, against differences.</summary>
internal static class JacobianCheck
{
    private const double Tolerance = 1e-7, Rounding = 1e-14;

    /// <summary>Compares in one state.</summary>
    /// <param name="system">System.</param>
    /// <param name="pattern">Its pattern.</param>
    /// <param name="time">Time [s].</param>
    /// <param name="x">State.</param>
    /// <param name="step">Change of each unknown over which differences are taken.</param>
    /// <param name="options">What a failure says of the device.</param>
    public static void Run(
        DeviceSystem<Scalar> system, SparsityPattern pattern, double time, Scalar[] x, Func<int, double> step, object options)
    {
        int n = system.Size, q = system.QuadratureCount;
        var values = new Scalar[system.Solver.Values.Length];
        Scalar[][] gradient = [.. Enumerable.Range(0, q).Select(_ => new Scalar[n])];
        system.Jacobian(time, x, values, gradient);
        // Rows of F, then of the quadratures; columns in units of each unknown's natural size.
        var exact = new double[n + q, n];
        for (int i = 0; i < pattern.Rows.Length; i++)
            exact[pattern.Rows[i], pattern.Columns[i]] = values[system.Solver.Slot(pattern.Rows[i], pattern.Columns[i])];
        for (int i = 0; i < q; i++)
            for (int j = 0; j < n; j++)
            {
                exact[n + i, j] = gradient[i][j];
                for (int row = 0; row < n && system.RateWeights[i] is { } weights; row++)
                    exact[n + i, j] += weights[row] * exact[row, j];
            }

        double[] at = Evaluate(system, time, x);
        var error = new double[n + q, n];
        for (int j = 0; j < n; j++)
        {
            int column = j;
            // The square roots of small fields change within 1e-4 V, everything else within 1e-2 V or more.
            double[][] slopes = [.. new[] { 1, 1e-3 }.Select(factor => Richardson.Derivative(
                value => Evaluate(system, time, [.. x.Select((old, i) => i == column ? new Scalar(value) : old)]),
                x[j], factor * step(j)))];
            for (int i = 0; i < n + q; i++)
                error[i, j] = slopes.Min(slope => Math.Abs(slope[i] - exact[i, j]));
        }
        for (int i = 0; i < n + q; i++)
        {
            double largest = Enumerable.Range(0, n).Max(j => Math.Abs(exact[i, j]) * system.Scale[j]);
            int worst = Enumerable.Range(0, n).MaxBy(j => error[i, j] * system.Scale[j]);
            // Differences know a row that hardly depends on anything, as that of a current source, no better than its last digits.
            Assert.True(error[i, worst] * system.Scale[worst] <= Tolerance * largest + Rounding * Math.Abs(at[i]),
                $"{Name(system, i)} by {system.Layout.Describe(worst)}: {exact[i, worst]:r}, off by {error[i, worst]:r}, largest of "
                    + $"the row {largest / system.Scale[worst]:r}; {options}");
        }
    }

    /// <summary>F and the rates of the quadratures.</summary>
    public static double[] Evaluate(DeviceSystem<Scalar> system, double time, Scalar[] x)
    {
        var f = new Scalar[system.Size];
        var q = new Scalar[system.QuadratureCount];
        system.Residual(time, x, f, q);
        return [.. f.Concat(q).Select(v => v.Value)];
    }

    /// <summary>What a row is.</summary>
    public static string Name(DeviceSystem<Scalar> system, int row) =>
        row < system.Size ? "balance of " + system.Layout.Describe(row) : $"quadrature {row - system.Size}";
}
