using FvSolver.Solver.Time;
using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.Time;

/// <summary>Observed order of the methods, of their quadratures, and their damping.</summary>
public class OrderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Methods => ["RODAS4", "RODASP", "Rodas5P"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_ordinary_differential_equation_is_solved_with_the_order_of_the_method(string name)
    {
        // A predator and its prey: nonlinear, without closed solution in time, but with the invariant below.
        var system = new SmallSystem([1, 1],
            (_, u) => [u[0] * (1 - u[1]), u[1] * (u[0] - 1)],
            (_, u) => new[,] { { 1 - u[1], -u[0] }, { u[1], u[0] - 1 } },
            quadrature: (_, u) => u[0] * (1 - u[1]),
            quadratureGradient: (_, u) => [1 - u[1], -u[0]]);
        RosenbrockTableau method = Method(name);
        double[] exact = system.Run(RosenbrockTableau.Rodas5P, [1.5, 0.7], 4, 4.0 / 8192).State;
        double Error(int steps)
        {
            (double[] u, double quadrature) = system.Run(method, [1.5, 0.7], 4, 4.0 / steps);
            // The quadrature is that of du_0/dt: the same method must give u_0 itself, to rounding.
            Assert.Equal(u[0] - 1.5, quadrature, 1e-12);
            return Math.Abs(u[0] - exact[0]) + Math.Abs(u[1] - exact[1]);
        }
        AssertOrder(name, Error, 128, method.Order, 0.25);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_algebraic_equation_beside_it_does_not_lower_the_order(string name)
    {
        // u' = -u v, 0 = v^3 + v - u: index 1, nonlinear in the algebraic unknown. With u = v^3 + v, v gives the time.
        var system = new SmallSystem([1, 0],
            (_, u) => [-u[0] * u[1], u[1] * u[1] * u[1] + u[1] - u[0]],
            (_, u) => new[,] { { -u[1], -u[0] }, { -1, 3 * u[1] * u[1] + 1 } });
        RosenbrockTableau method = Method(name);
        double[] exact = system.Run(RosenbrockTableau.Rodas5P, [10, 2], 2, 2.0 / 8192).State;
        double Error(int steps)
        {
            double[] u = system.Run(method, [10, 2], 2, 2.0 / steps).State;
            return Math.Abs(u[0] - exact[0]) + Math.Abs(u[1] - exact[1]);
        }
        Assert.Equal(exact[0], exact[1] * exact[1] * exact[1] + exact[1], 1e-12);
        AssertOrder(name, Error, 64, method.Order, 0.35);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Data_that_depend_on_time_do_not_lower_the_order(string name)
    {
        // One unknown is data, as the gate voltage of an ideal source: 0 = sin(t) - v, u' = v u.
        var system = new SmallSystem([1, 0],
            (t, u) => [u[1] * u[0], Math.Sin(t) - u[1]],
            (_, u) => new[,] { { u[1], u[0] }, { 0, -1 } },
            timeRate: (t, _) => [0, Math.Cos(t)]);
        RosenbrockTableau method = Method(name);
        double Error(int steps) =>
            Math.Abs(system.Run(method, [1, 0], 3, 3.0 / steps).State[0] - Math.Exp(1 - Math.Cos(3)));
        AssertOrder(name, Error, 16, method.Order, 0.3);
    }

    [Theory]
    [InlineData("RODAS4", 2.5)]
    [InlineData("RODASP", 4)]
    [InlineData("Rodas5P", 4)]
    public void Diffusion_from_a_boundary_that_moves_in_time_keeps_the_stiff_order(string name, double order)
    {
        // u_t = u_zz + source with u = sin(z + t). RODAS4 is known to lose order here; RODASP was made not to.
        const int cells = 40;
        double h = 1.0 / cells;
        double[] mass = [0, .. Enumerable.Repeat(1.0, cells - 1), 0];
        double Exact(double z, double t) => Math.Sin(z + t);
        // The discrete Laplacian of sin is known exactly, so that there is no error in space.
        double eigenvalue = -4 / (h * h) * Math.Pow(Math.Sin(h / 2), 2);
        double Source(double z, double t) => Math.Cos(z + t) - eigenvalue * Math.Sin(z + t);
        double SourceRate(double z, double t) => -Math.Sin(z + t) - eigenvalue * Math.Cos(z + t);
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, cells + 1).Select(value)];
        bool IsEnd(int i) => i is 0 or cells;
        var system = new SmallSystem(mass,
            (t, u) => Each(i => IsEnd(i) ? Exact(i * h, t) - u[i] : (u[i - 1] - 2 * u[i] + u[i + 1]) / (h * h) + Source(i * h, t)),
            (_, _) =>
            {
                var j = new double[cells + 1, cells + 1];
                for (int i = 0; i <= cells; i++)
                {
                    j[i, i] = IsEnd(i) ? -1 : -2 / (h * h);
                    if (!IsEnd(i))
                        j[i, i - 1] = j[i, i + 1] = 1 / (h * h);
                }
                return j;
            },
            timeRate: (t, _) => Each(i => IsEnd(i) ? Math.Cos(i * h + t) : SourceRate(i * h, t)));
        double Error(int steps)
        {
            double[] u = system.Run(Method(name), Each(i => Exact(i * h, 0)), 1, 1.0 / steps).State;
            return Math.Sqrt(u.Select((v, i) => Math.Pow(v - Exact(i * h, 1), 2)).Average());
        }
        AssertOrder(name, Error, 4, order, 0.35);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_stiff_transient_is_gone_after_one_step(string name)
    {
        foreach (double rate in new[] { 1e6, 1e10, 1e14 })
        {
            var system = new SmallSystem([1], (_, u) => [-rate * u[0]], (_, _) => new[,] { { -rate } });
            double[] u = system.Run(Method(name), [1], 1, 1).State;
            Assert.InRange(Math.Abs(u[0]), 0, 20 / rate);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_decay_never_grows_at_any_step_size(string name)
    {
        for (double z = 1e-3; z < 1e9; z *= 1.7)
        {
            double rate = z;
            var system = new SmallSystem([1], (_, u) => [-rate * u[0]], (_, _) => new[,] { { -rate } });
            Assert.InRange(Math.Abs(system.Run(Method(name), [1], 1, 1).State[0]), 0, 1);
        }
    }

    private static RosenbrockTableau Method(string name) =>
        new[] { RosenbrockTableau.Rodas4, RosenbrockTableau.Rodas4P, RosenbrockTableau.Rodas5P }.Single(m => m.Name == name);

    private void AssertOrder(string name, Func<int, double> error, int steps, double order, double slack)
    {
        double first = error(steps), second = error(2 * steps), third = error(4 * steps);
        double observed = Math.Log2(second / third);
        output.WriteLine($"{name}: errors {first:e2}, {second:e2}, {third:e2}; orders {Math.Log2(first / second):f2}, {observed:f2}");
        Assert.True(observed > order - slack, $"observed order {observed:f2}, expected {order}");
    }
}
