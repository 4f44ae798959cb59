using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.Time;

/// <summary>A sum that the equations keep, where the matrix of a step is too large to hold every digit of what is stored.</summary>
public class ConservationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1e5)]
    [InlineData(1e8)]
    public void Neither_small_nor_large_losses_add_up_over_short_steps(double exchange)
    {
        double lost = Lost(exchange, keeps: true), unkept = Lost(exchange, keeps: false);
        output.WriteLine($"{exchange:e0} exchanges a step: {lost:e2} lost, {unkept:e2} when nothing is returned");
        Assert.InRange(lost, 0, 4e-14);
        Assert.True(unkept > 4e-14);
    }

    /// <summary>Largest loss of two stores in fast exchange, the second of which feeds a third, in thirty thousand equal steps.</summary>
    private static double Lost(double exchange, bool keeps)
    {
        const int Steps = 30_000;
        double fast = exchange * Steps;
        var system = new SmallSystem([1, 1, 1],
            (_, u) => [fast * (2 * u[1] - u[0]), fast * (u[0] - 2 * u[1]) - u[1], u[1]],
            (_, _) => new[,] { { -fast, 2 * fast, 0 }, { fast, -2 * fast - 1, 0 }, { 0, 1, 0 } })
        {
            Conserved = keeps ? [new([new(1), new(1), new(1)], [0])] : [],
        };
        var stored = new Stored();
        system.Run(RosenbrockTableau.Rodas4P, [1, 0.5, 0], 1, 1.0 / Steps, observer: stored);
        return stored.Worst / 1.5;
    }

    private sealed class Stored : IStepObserver<Scalar>
    {
        public double Worst { get; private set; }

        public void OnStep(double time, Scalar[] state) => Worst = Math.Max(Worst, Math.Abs(state.Sum(u => u.Value) - 1.5));
    }
}
