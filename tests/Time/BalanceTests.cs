using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using Xunit;

namespace FvSolver.Tests.Time;

/// <summary>Steps keep the balance of a quadrature and what the state stores.</summary>
public class BalanceTests
{
    private const double Tolerance = 1e-4, Duration = 5;

    [Fact]
    public void A_watched_step_misses_the_balance_by_its_tolerance_at_most()
    {
        (double unwatched, StepStatistics before) = Run(0, Energy);
        (double watched, StepStatistics after) = Run(1, Energy);

        Assert.True(Math.Abs(watched) <= after.Steps * Tolerance, $"{watched} in {after.Steps} steps");
        // The control: the error of the state alone does not see it.
        Assert.True(Math.Abs(unwatched) > before.Steps * Tolerance, $"{unwatched} in {before.Steps} steps");
    }

    [Fact]
    public void A_step_is_not_shortened_for_what_no_step_size_mends()
    {
        // As rounding: a hundred times the tolerance however near two states are.
        static double Noisy(double[] u) => Energy(u) + 0.01 * Math.Sin(1e9 * u[0]);
        StepStatistics unwatched = Run(0, Energy).Statistics, watched = Run(1, Noisy).Statistics;

        Assert.True(watched.Rejections > unwatched.Rejections, "the noise was not seen");
        Assert.True(watched.Steps + watched.Rejections < 2 * unwatched.Steps, $"{watched.Steps} and {watched.Rejections}");
    }

    private static double Energy(double[] u) => 0.5 * u[0] * u[0];

    /// <summary>u' = -u from 100, whose energy u^2/2 is lost at the rate u^2.</summary>
    private static (double Missed, StepStatistics Statistics) Run(double scale, Func<double[], double> store)
    {
        var system = new SmallSystem([1], (_, u) => [-u[0]], (_, _) => new double[,] { { -1 } },
            quadrature: (_, u) => -u[0] * u[0], quadratureGradient: (_, u) => [-2 * u[0]])
        {
            BalanceScale = scale,
            Store = store,
        };
        var integrator = new RosenbrockIntegrator<Scalar>(system, RosenbrockTableau.Rodas4P, Tolerance, 100_000);
        Scalar[] state = [new(100)], lost = [default];
        integrator.Advance(state, lost, Duration);
        return (lost[0] - Energy([state[0]]) + Energy([100]), integrator.Statistics);
    }
}
