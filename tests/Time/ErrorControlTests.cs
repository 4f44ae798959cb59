using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Time;
using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.Time;

/// <summary>Error control, the end of a segment, and what happens when nothing helps.</summary>
public class ErrorControlTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(OrderTests.Methods), MemberType = typeof(OrderTests))]
    public void The_error_falls_with_the_tolerance_over_many_decades_of_time(string name)
    {
        // A fast decay, then a slow one: u' = -1e6 (u - w), w' = -w; 0.1 us to 5 s in one run.
        var system = new SmallSystem([1, 1],
            (_, u) => [-1e6 * (u[0] - u[1]), -u[1]],
            (_, _) => new[,] { { -1e6, 1e6 }, { 0, -1 } });
        RosenbrockTableau method = new[] { RosenbrockTableau.Rodas4, RosenbrockTableau.Rodas4P,
            RosenbrockTableau.Rodas5P }.Single(m => m.Name == name);
        double before = double.PositiveInfinity;
        foreach (double rtol in new[] { 1e-3, 1e-5, 1e-7, 1e-9 })
        {
            double worst = 0;
            var steps = new Steps((t, u) => worst = Math.Max(worst, Math.Abs(u[1] - Math.Exp(-t))));
            system.Run(method, [2, 1], 5, 0, rtol, steps);
            output.WriteLine($"{name}, rtol {rtol:e0}: error {worst:e2} in {steps.Times.Count} steps");
            Assert.True(worst < 10 * rtol, $"error {worst:e2} at rtol {rtol:e0}");
            Assert.True(worst < before / 5);
            before = worst;
        }
    }

    [Fact]
    public void Steps_follow_a_solution_that_relaxes_without_delay()
    {
        // u' = -e^(2u) is -ln(1 + 2t)/2: but for the slow growth of |u| the error of a step depends on the ratio of step and time only. A
        // controller that looks at the last error alone makes steps as long as they should have been one step before: 0.36 of the time.
        var system = new SmallSystem([1], (_, u) => [-Math.Exp(2 * u[0])], (_, u) => new[,] { { -2 * Math.Exp(2 * u[0]) } });
        var steps = new Steps();
        system.Run(RosenbrockTableau.Rodas4, [0], 1e7, 0, 1e-4, steps);
        double[] ratios = [.. steps.Times.Zip(steps.Times.Skip(1)).Where(p => p.First is > 1e4 and < 1e6)
            .Select(p => p.Second / p.First - 1)];
        output.WriteLine($"{ratios.Length} steps of {ratios.Min():0.00} to {ratios.Max():0.00} of the time");
        Assert.True(ratios.Min() > 0.5 && ratios.Max() < 0.7);
    }

    [Theory]
    [InlineData(5e-9)]
    [InlineData(1.0)]
    [InlineData(100.0)]
    public void The_last_step_ends_on_the_end_of_the_segment_exactly(double duration)
    {
        double rate = 10 / duration;
        var system = new SmallSystem([1], (_, u) => [-rate * u[0]], (_, _) => new[,] { { -rate } });
        var steps = new Steps();
        system.Run(RosenbrockTableau.Rodas4P, [1], duration, observer: steps);
        Assert.True(steps.Times.Count > 5);
        Assert.Equal(duration, steps.Times[^1]);
        Assert.True(steps.Times.Zip(steps.Times.Skip(1)).All(p => p.First < p.Second));
    }

    [Fact]
    public void One_unknown_among_many_is_not_lost_in_the_mean()
    {
        // Van der Pol's oscillator and 398 unknowns at rest: at rtol 0.2 errors of three times their size are small in the mean.
        const int size = 400;
        const double mu = 20;
        var matrix = new double[size, size];
        var system = new SmallSystem([.. Enumerable.Repeat(1.0, size)],
            (_, u) => [u[1], mu * ((1 - u[0] * u[0]) * u[1] - u[0]), .. new double[size - 2]],
            (_, u) =>
            {
                (matrix[0, 1], matrix[1, 0], matrix[1, 1]) = (1, mu * (-2 * u[0] * u[1] - 1), mu * (1 - u[0] * u[0]));
                return matrix;
            });
        double largest = 0;
        system.Run(RosenbrockTableau.Rodas4, [2, 0, .. new double[size - 2]], 10, rtol: 0.2,
            observer: new Steps((_, u) => largest = Math.Max(largest, Math.Abs(u[0]))));
        output.WriteLine($"largest {largest}");
        // Its amplitude is 2.01 to 2.02 for any mu.
        Assert.InRange(largest, 1.9, 2.3);
    }

    [Fact]
    public void A_step_out_of_the_range_of_an_unknown_is_rejected()
    {
        // u' = -u^2 falls to 0 as 1/t. A step that ends below 0, within its tolerance, starts a solution that falls for ever.
        SmallSystem System(params UnknownRange<Scalar>[] ranges) => new([1], (_, u) => [-u[0] * u[0]], (_, u) => new[,] { { -2 * u[0] } })
        {
            Ranges = ranges,
        };
        var steps = new Steps((_, u) => Assert.InRange(u[0].Value, 0, 1));
        (double[] end, _) = System(new UnknownRange<Scalar>(0, 1, new(0), new(1)))
            .Run(RosenbrockTableau.Rodas4P, [1], 1e12, rtol: 1e-3, observer: steps);
        output.WriteLine($"{steps.Times.Count} steps to {end[0]}");
        Assert.InRange(end[0], 0, 1e-6);
        NumericalException e = Assert.Throws<NumericalException>(() => System().Run(RosenbrockTableau.Rodas4P, [1], 1e12, rtol: 1e-3));
        Assert.True(e.Time > 1e6);
    }

    [Fact]
    public void A_solution_that_blows_up_ends_in_an_error_with_time_step_and_unknown()
    {
        // u_1' = u_1^2 leaves every bound at t = 1; the other unknown is harmless.
        var system = new SmallSystem([1, 1], (_, u) => [-u[0], u[1] * u[1]], (_, u) => new[,] { { -1, 0 }, { 0, 2 * u[1] } });
        NumericalException e = Assert.Throws<NumericalException>(() => system.Run(RosenbrockTableau.Rodas4P, [1, 1], 2));
        Assert.Equal(1, e.Time, 1e-3);
        Assert.Equal(1, e.Unknown);
        Assert.True(e.Step > 10 && e.StepSize < 1e-13);
        Assert.Contains("step size vanished", e.Message);
    }

    [Fact]
    public void An_evaluation_that_fails_ends_in_an_error_that_names_the_unknown()
    {
        // The second of three unknowns has no rate beyond t = 0.5; the others go on.
        var system = new SmallSystem([1, 1, 1],
            (t, u) => [-u[0], t > 0.5 ? double.NaN : -u[1], -u[2]],
            (_, _) => new double[,] { { -1, 0, 0 }, { 0, -1, 0 }, { 0, 0, -1 } });
        NumericalException e = Assert.Throws<NumericalException>(() => system.Run(RosenbrockTableau.Rodas4P, [1, 1, 1], 1));
        Assert.InRange(e.Time, 0.45, 0.5);
        Assert.Equal(1, e.Unknown);
    }

    [Fact]
    public void A_singular_system_ends_in_an_error_that_names_the_unknown()
    {
        // The algebraic row does not depend on its unknown: index 2.
        var system = new SmallSystem([1, 0], (_, u) => [-u[0], u[0] - 1], (_, _) => new double[,] { { -1, 0 }, { 1, 0 } });
        NumericalException e = Assert.Throws<NumericalException>(() => system.Run(RosenbrockTableau.Rodas4P, [1, 1], 1));
        Assert.Equal((0.0, 0, 1), (e.Time, e.Step, e.Unknown));
    }

    [Fact]
    public void Too_many_steps_end_in_an_error_that_names_the_setting()
    {
        var system = new SmallSystem([1, 1], (_, u) => [1e3 * u[1], -1e3 * u[0]], (_, _) => new[,] { { 0, 1e3 }, { -1e3, 0 } });
        NumericalException e = Assert.Throws<NumericalException>(() => system.Run(RosenbrockTableau.Rodas4P, [1, 0], 1, maxSteps: 20));
        Assert.Equal(20, e.Step);
        Assert.Contains("solver.max_steps = 20", e.Message);
    }

    private sealed class Steps(Action<double, Scalar[]>? look = null) : IStepObserver<Scalar>
    {
        public List<double> Times { get; } = [];

        public void OnStep(double time, Scalar[] state)
        {
            Times.Add(time);
            look?.Invoke(time, state);
        }
    }
}
