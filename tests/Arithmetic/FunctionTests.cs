using FvSolver.Solver.Arithmetic;
using Xunit;
using Xunit.Abstractions;
using DualLanes = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Lanes,
    FvSolver.Solver.Arithmetic.Gradient4<FvSolver.Solver.Arithmetic.Lanes>>;
using DualScalar = FvSolver.Solver.Arithmetic.Dual<FvSolver.Solver.Arithmetic.Scalar,
    FvSolver.Solver.Arithmetic.Gradient4<FvSolver.Solver.Arithmetic.Scalar>>;

namespace FvSolver.Tests.Arithmetic;

/// <summary>Functions and their derivatives against 100-digit references, over the whole range, for one number and for lanes.</summary>
public class FunctionTests(ITestOutputHelper output)
{
    private const double Epsilon = 2.220446049250313e-16;

    private static readonly double[] Everywhere = [.. Magnitudes(1e-300, 700).SelectMany(x => new[] { -x, x }), 0];

    private static readonly double[] Errors =
        [.. Magnitudes(1e-300, 26).SelectMany(x => new[] { -x, x }), 0, .. Enumerable.Range(0, 120).Select(i => 0.5 + 0.05 * i)];

    private static IEnumerable<(double U, double A, double B)> Drifts =>
        from u in Everywhere.Where(u => Math.Abs(u) < 200).Append(0)
        from pair in new (double A, double B)[] { (3e25, 8e25), (8e25, 3e25), (1e20, 1e26), (5e25, 5e25), (1e26, 0) }
        select (u, pair.A, pair.B);

    [Fact]
    public void Exponential_less_one() =>
        Check(Everywhere, Exact.Expm1, Exact.Exp, DualScalar.Expm1, DualLanes.Expm1, Exact.RelativeError, Exact.MixedError, 2, 2);

    [Fact]
    public void Exponential() =>
        Check(Everywhere, Exact.Exp, Exact.Exp, DualScalar.Exp, DualLanes.Exp, Exact.RelativeError, Exact.RelativeError, 2, 2);

    [Fact]
    public void Logarithm_of_lanes()
    {
        double worst = 0;
        foreach (double x in Magnitudes(1e-300, 1e300).Concat(Magnitudes(1e-15, 0.4).SelectMany(d => new[] { 1 - d, 1 + d })))
            worst = Math.Max(worst, Exact.RelativeError(Lanes.Log(Lanes.From(x))[5], Math.Log(x)) / Epsilon);
        output.WriteLine($"worst {worst:f2} units of rounding");
        Assert.InRange(worst, 0, 2);
        Assert.Equal(0, Lanes.Log(Lanes.From(1))[0]);
        foreach (double x in new[] { 0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Equal(double.NaN, Lanes.Log(Lanes.From(x))[2]);
    }

    [Fact]
    public void Bernoulli_function() =>
        Check(Everywhere, Exact.Bernoulli, Exact.BernoulliSlope,
            u => DualScalar.Bernoulli(u, out _), u => DualLanes.Bernoulli(u, out _), Exact.RelativeError, Exact.RelativeError, 2, 30);

    [Fact]
    public void Mirrored_Bernoulli_function()
    {
        static DualScalar One(DualScalar u)
        {
            DualScalar.Bernoulli(u, out DualScalar mirrored);
            return mirrored;
        }
        static DualLanes Eight(DualLanes u)
        {
            DualLanes.Bernoulli(u, out DualLanes mirrored);
            return mirrored;
        }
        // Its slope is that of the function plus 1, so it is as exact as a number of the size of 1 can be.
        Check(Everywhere, u => Exact.Bernoulli(-u), u => -Exact.BernoulliSlope(-u), One, Eight,
            Exact.RelativeError, Exact.MixedError, 2, 8);
    }

    [Fact]
    public void Hyperbolic_sine_over_its_argument() =>
        Check(Everywhere, Exact.Sinhc, Exact.SinhcSlope, DualScalar.Sinhc, DualLanes.Sinhc, Exact.RelativeError, Exact.RelativeError, 3,
            60);

    [Fact]
    public void Hyperbolic_sine_without_slope_is_the_same()
    {
        foreach (double x in Everywhere)
        {
            Assert.InRange(Exact.RelativeError(Scalar.Sinhc(new(x)), Exact.Sinhc(x)), 0, 3 * Epsilon);
            Assert.InRange(Exact.RelativeError(Lanes.Sinhc(Lanes.From(x))[3], Exact.Sinhc(x)), 0, 3 * Epsilon);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1.4)]
    [InlineData(1e-6)]
    [InlineData(0)]
    public void Hopping_drift_is_the_product_of_its_functions(double hops)
    {
        double worst = 0;
        foreach ((double u, double a, double b) in Drifts)
        {
            Wide forward = Exact.Sinhc(hops * u) * Exact.Bernoulli(-u) * a, backward = Exact.Sinhc(hops * u) * Exact.Bernoulli(u) * b;
            double exact = (forward - backward).ToDouble(), size = (forward + backward).ToDouble();
            double eight = Lanes.FittedDifference(Lanes.From(hops * u), Lanes.From(u), Lanes.From(a), Lanes.From(b))[6];
            double one = Scalar.FittedDifference(new(hops * u), new(u), new(a), new(b));
            worst = Math.Max(worst, Math.Max(Math.Abs(eight - exact), Math.Abs(one - exact)) / (size * Epsilon));
        }
        output.WriteLine($"worst {worst:f2} units of rounding");
        Assert.InRange(worst, 0, 8);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1.4)]
    [InlineData(1e-6)]
    [InlineData(0)]
    public void Slopes_of_the_hopping_drift_are_those_of_the_product(double hops)
    {
        double worst = 0;
        foreach ((double u, double a, double b) in Drifts)
        {
            Wide shape = Exact.Sinhc(hops * u), forward = Exact.Bernoulli(-u), backward = Exact.Bernoulli(u);
            Wide forwardSlope = -Exact.BernoulliSlope(-u), backwardSlope = Exact.BernoulliSlope(u), shapeSlope = Exact.SinhcSlope(hops * u);
            (Wide Exact, Wide Size)[] expected =
            [
                (shapeSlope * (forward * a - backward * b), Wide.Abs(shapeSlope) * (forward * a + backward * b)),
                // The slope of the pair is between 0 and 1, each as exact as a number of the size of 1.
                (shape * (forwardSlope * a - backwardSlope * b), shape * (a + b)),
                (shape * forward, shape * forward),
                (-(shape * backward), shape * backward),
            ];
            Lanes.FittedDifference(Lanes.From(hops * u), Lanes.From(u), Lanes.From(a), Lanes.From(b), out Lanes x8, out Lanes u8,
                out Lanes a8, out Lanes b8);
            Scalar.FittedDifference(new(hops * u), new(u), new(a), new(b), out Scalar x1, out Scalar u1, out Scalar a1, out Scalar b1);
            foreach ((int i, double found) in new double[] { x8[2], u8[3], a8[4], b8[5] }.Index()
                .Concat(new double[] { x1, u1, a1, b1 }.Index()))
                worst = Math.Max(worst, Math.Abs((found - expected[i].Exact).ToDouble())
                    / Math.Max(expected[i].Size.ToDouble() * Epsilon, double.Epsilon));
        }
        output.WriteLine($"worst {worst:f1} units of rounding");
        Assert.InRange(worst, 0, 400);
    }

    [Fact]
    public void Complementary_error_function() =>
        Check(Errors, Exact.Erfc, Exact.ErfcSlope, DualScalar.Erfc, DualLanes.Erfc, Exact.RelativeError, Exact.RelativeError, 40, 400);

    [Fact]
    public void Both_references_of_the_error_function_agree()
    {
        foreach (double x in new[] { 6.0, 7.0, 8.0 })
            Assert.InRange(Math.Abs(((Exact.ErfcBySeries(x) - Exact.ErfcByFraction(x)) / Exact.Erfc(x)).ToDouble()), 0, 1e-60);
    }

    [Theory]
    [InlineData(-1e4)]
    [InlineData(-745)]
    [InlineData(-710)]
    [InlineData(710)]
    [InlineData(1e4)]
    [InlineData(1e300)]
    public void Beyond_the_range_of_the_exponential_no_primitive_becomes_a_not_a_number(double x)
    {
        foreach (double value in new double[]
        {
            Scalar.Expm1(new(x)), Scalar.Sinhc(new(x)), Scalar.Bernoulli(new(x), out Scalar mirrored), mirrored,
            Scalar.BernoulliSlope(new(x), Scalar.Bernoulli(new(x), out mirrored), mirrored),
            Scalar.Sinhc(new(x), out Scalar slope), slope, Scalar.Erfc(new(x)),
            Lanes.Expm1(Lanes.From(x))[0], Lanes.Exp(Lanes.From(x))[0], Lanes.Bernoulli(Lanes.From(x), out Lanes lanes)[0], lanes[0],
            Lanes.FittedDifference(Lanes.From(Math.Clamp(x, -1e5, 1e5)), Lanes.From(Math.Clamp(x, -1e5, 1e5)), Lanes.From(1e25),
                Lanes.From(2e25))[0],
        })
            Assert.True(double.IsFinite(value), $"{value} at {x}");
    }

    [Fact]
    public void The_pair_of_Bernoulli_functions_differs_by_its_argument_and_keeps_equilibrium()
    {
        foreach (double u in Everywhere)
        {
            double value = Scalar.Bernoulli(new(u), out Scalar mirrored);
            Assert.Equal(mirrored, value + u, Math.Max(1, Math.Abs(u)) * Epsilon);
            if (Math.Abs(u) < 600)
                Assert.Equal(1, mirrored / (value * Math.Exp(u)), Math.Max(8, Math.Abs(u)) * Epsilon);
        }
    }

    [Fact]
    public void Other_elementary_functions_of_lanes_and_numbers_are_those_of_the_library()
    {
        foreach (double x in Magnitudes(1e-300, 1e300))
        {
            Assert.Equal(Math.Log(x), Scalar.Log(new(x)));
            Assert.Equal(Math.Log(x), Lanes.Log(Lanes.From(x))[5], Math.Abs(Math.Log(x)) * 4 * Epsilon);
            Assert.Equal(Math.Sqrt(x), Lanes.Sqrt(Lanes.From(x))[5]);
            Assert.Equal(x, Lanes.Abs(Lanes.From(-x))[5]);
            Assert.Equal((1.0, -1.0, 0.0), (Lanes.Sign(Lanes.From(x))[0], Lanes.Sign(Lanes.From(-x))[7],
                Lanes.Exceeds(Lanes.From(-x), Lanes.From(x))[2]));
        }
    }

    [Fact]
    public void Duals_follow_the_rules_of_calculus()
    {
        var x = new DualScalar(new(1.3), Gradient4<Scalar>.Seed(0));
        var y = new DualScalar(new(-0.7), Gradient4<Scalar>.Seed(1));
        void Expect(DualScalar term, double value, double byX, double byY)
        {
            Assert.Equal(value, term.Value, 1e-15);
            Assert.Equal(byX, term.Slope.D0, 1e-15);
            Assert.Equal(byY, term.Slope.D1, 1e-15);
        }
        Expect(x * y, -0.91, -0.7, 1.3);
        Expect(x / y, 1.3 / -0.7, 1 / -0.7, -1.3 / 0.49);
        Expect(x - y, 2.0, 1, -1);
        Expect(-(x + y), -0.6, -1, -1);
        Expect(x + 2.0, 3.3, 1, 0);
        Expect(x * 2.0 - new Scalar(1), 1.6, 2, 0);
        Expect(DualScalar.Reciprocal(y), 1 / -0.7, 0, -1 / 0.49);
        Expect(DualScalar.Log(x), Math.Log(1.3), 1 / 1.3, 0);
        Expect(DualScalar.Sqrt(x), Math.Sqrt(1.3), 0.5 / Math.Sqrt(1.3), 0);
        Expect(DualScalar.Abs(y), 0.7, 0, -1);
        Expect(DualScalar.Max(x, new(2)), 2, 0, 0);
        Expect(DualScalar.Max(x, new(1)), 1.3, 1, 0);
        Expect(DualScalar.Sqrt(DualScalar.Constant(default)), 0, 0, 0);
    }

    private static IEnumerable<double> Magnitudes(double from, double to)
    {
        // Coarse below 1e-20, where only limits matter; fine where formulas are switched and exponents are split.
        for (double x = from; x < Math.Min(to, 1e-20); x *= 1e20)
            yield return x;
        for (double x = Math.Max(from, 1e-20); x < Math.Min(to, 1e-3); x *= 7.3)
            yield return x;
        double ratio = Math.Pow(to / 1e-3, 1.0 / 300);
        for (int i = 0; i <= 300; i++)
            yield return 1e-3 * Math.Pow(ratio, i) is var x && x > to ? to : x;
        foreach (double edge in new[] { 0.25, 0.3, 0.5 * Math.Log(2), 1.25, 1.5 * Math.Log(2), 30.5 * Math.Log(2) })
            if (edge < to)
                foreach (double x in new[] { Math.BitDecrement(edge), edge, Math.BitIncrement(edge) })
                    yield return x;
    }

    private void Check(
        double[] points, Func<Wide, Wide> value, Func<Wide, Wide> slope,
        Func<DualScalar, DualScalar> one, Func<DualLanes, DualLanes> eight,
        Func<double, Wide, double> error, Func<double, Wide, double> slopeError, double valueUnits, double slopeUnits)
    {
        double worstValue = 0, worstSlope = 0, atValue = 0, atSlope = 0;
        for (int start = 0; start < points.Length; start += Lanes.Count)
        {
            double[] x = [.. Enumerable.Range(0, Lanes.Count).Select(i => points[Math.Min(start + i, points.Length - 1)])];
            DualLanes lanes = eight(new(Lanes.FromLanes(x), Gradient4<Lanes>.Seed(2)));
            for (int i = 0; i < x.Length; i++)
            {
                DualScalar scalar = one(new(new(x[i]), Gradient4<Scalar>.Seed(2)));
                Wide exact = value(x[i]), exactSlope = slope(x[i]);
                Keep(error(scalar.Value, exact), x[i], ref worstValue, ref atValue);
                Keep(error(lanes.Value[i], exact), x[i], ref worstValue, ref atValue);
                Keep(slopeError(scalar.Slope.D2, exactSlope), x[i], ref worstSlope, ref atSlope);
                Keep(slopeError(lanes.Slope.D2[i], exactSlope), x[i], ref worstSlope, ref atSlope);
                Assert.Equal(0.0, (scalar.Slope.D0 + scalar.Slope.D1 + scalar.Slope.D3).Value);
            }
        }
        output.WriteLine(
            $"value: {worstValue / Epsilon:f2} epsilon at {atValue:r}; slope: {worstSlope / Epsilon:f2} epsilon at {atSlope:r}");
        Assert.True(worstValue <= valueUnits * Epsilon, $"value: {worstValue / Epsilon:f2} epsilon at {atValue:r}");
        Assert.True(worstSlope <= slopeUnits * Epsilon, $"slope: {worstSlope / Epsilon:f2} epsilon at {atSlope:r}");
    }

    private static void Keep(double error, double x, ref double worst, ref double at)
    {
        if (!(error <= worst))
            (worst, at) = (error, x);
    }
}
