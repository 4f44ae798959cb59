using System.Diagnostics;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Bench;

/// <summary>Shares of a run's processor time [1]; what is left is the integrator's own arithmetic and whatever else there is.</summary>
/// <remarks>
/// The pieces are timed one by one after the run, on its last state and its last matrix, and multiplied by their counts: the
/// hot loop carries no clock. In a loop of its own a piece finds its data in the cache, so the shares are lower bounds.
/// </remarks>
/// <param name="Residual">Evaluations of F alone.</param>
/// <param name="Jacobian">Jacobians, each with F at the same state.</param>
/// <param name="Factorisation">Factorisations.</param>
/// <param name="Solve">Solutions of linear systems.</param>
public sealed record TimeShares(double Residual, double Jacobian, double Factorisation, double Solve)
{
    /// <summary>What is left.</summary>
    public double Rest => 1 - Residual - Jacobian - Factorisation - Solve;

    /// <summary>Microseconds of one piece: residual, Jacobian with residual, factorisation, solution.</summary>
    public required double[] Microseconds { get; init; }

    /// <summary>Measures the shares of a run that has just ended.</summary>
    /// <param name="device">The device after its run.</param>
    /// <param name="counts">Counts of the run.</param>
    /// <param name="method">Its method.</param>
    /// <param name="seconds">Its processor time [s].</param>
    public static TimeShares Of(DeviceSimulation device, StepStatistics counts, Method method, double seconds)
    {
        IStiffSystem<Scalar> system = device.System;
        ILinearSolver<Scalar> solver = system.Solver;
        Scalar[] rate = new Scalar[system.Size], rhs = new Scalar[system.Size], quadratures = new Scalar[system.QuadratureCount];
        var jacobian = new Scalar[solver.Values.Length];
        Scalar[][] gradient = [.. quadratures.Select(_ => new Scalar[system.Size])];
        double residual = Once(() => system.Residual(0, device.State, rate, quadratures));
        double derivative = Once(() => system.Linearise(0, device.State, rate, quadratures, jacobian, gradient));
        double factorise = Once(() => solver.Factorise());
        double solve = Once(() =>
        {
            rate.CopyTo(rhs, 0);
            solver.Solve(rhs);
        });
        long solves = counts.Factorisations * method.Tableau().Stages;
        return new((counts.Residuals - counts.Jacobians) * residual / seconds, counts.Jacobians * derivative / seconds,
            counts.Factorisations * factorise / seconds, solves * solve / seconds)
        {
            Microseconds = [1e6 * residual, 1e6 * derivative, 1e6 * factorise, 1e6 * solve],
        };
    }

    /// <summary>Seconds of one call: the fastest of several batches.</summary>
    private static double Once(Action piece)
    {
        long start = Stopwatch.GetTimestamp();
        piece();
        double first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int batch = (int)Math.Clamp(2e-3 / first, 1, 2000);
        double best = first > 0.02 ? first : double.PositiveInfinity;
        for (int round = 0; round < (first > 0.02 ? 2 : 12); round++)
        {
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < batch; i++)
                piece();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / batch);
        }
        return best;
    }
}
