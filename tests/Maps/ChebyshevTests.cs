using FvSolver.Solver.Maps;
using Xunit;

namespace FvSolver.Tests.Maps;

/// <summary>Series and sparse interpolants against functions that they represent exactly.</summary>
public sealed class ChebyshevTests
{
    [Fact]
    public void A_series_gives_the_function_its_slope_and_the_same_whatever_is_beside_a_point()
    {
        ChebyshevSeries series = ChebyshevSeries.Of(-0.3, 3.2, Math.Exp, 30, 1e-14), derivative = series.Derivative();
        double[] u = [.. Enumerable.Range(0, 103).Select(i => -0.3 + 3.5 * i / 102)];
        var lanes = new double[u.Length];
        series.At(u, lanes);
        for (int i = 0; i < u.Length; i++)
        {
            Assert.Equal(Math.Exp(u[i]), series.At(u[i]), 1e-11);
            Assert.Equal(Math.Exp(u[i]), derivative.At(u[i]), 1e-9);
            Assert.Equal(series.At(u[i]), lanes[i], 1e-14);
            var alone = new double[1];
            series.At([u[i]], alone);
            Assert.Equal(lanes[i], alone[0]);
        }
    }

    [Fact]
    public void A_bank_gives_each_of_its_series_and_the_same_whatever_is_beside_a_point()
    {
        ChebyshevSeries[] series =
        [
            ChebyshevSeries.Of(-0.3, 3.2, Math.Exp, 30, 1e-14), new(-0.3, 3.2, [7]), ChebyshevSeries.Of(-0.3, 3.2, Math.Sin, 9, 0),
            // Its last terms are beyond the last bit of the others.
            new(-0.3, 3.2, [1, 0.5, 1e-18, 1e-19]),
        ];
        var bank = new SeriesBank(-0.3, 3.2, series);
        double[] u = [.. Enumerable.Range(0, 37).Select(i => -0.3 + 3.5 * i / 36)];
        double[][] values = [new double[37], new double[37], new double[37]], alone = [new double[1]];
        bank.At([2, 0, 1], u, values);
        for (int i = 0; i < u.Length; i++)
        {
            Assert.Equal(series[2].At(u[i]), values[0][i], 1e-14);
            Assert.Equal(series[0].At(u[i]), values[1][i], 1e-13);
            Assert.Equal(7, values[2][i]);
            bank.At([0], u.AsSpan(i, 1), alone);
            Assert.Equal(values[1][i], alone[0][0]);
            bank.At([3], u.AsSpan(i, 1), alone);
            Assert.Equal(series[3].At(u[i]), alone[0][0], 1e-15);
        }
    }

    [Fact]
    public void A_table_gives_values_and_slopes_from_the_cell_of_a_point_nearby()
    {
        ChebyshevSeries series = ChebyshevSeries.Of(-0.3, 3.5, u => 0.1 * Math.Exp(-u), 24, 1e-14), derivative = series.Derivative();
        var table = new CellTable(series);
        const double Cell = 3.8 / 512;
        foreach (double u in new[] { -0.3, -0.2987, 0.11, 1.7321, 3.49, 3.5 })
            // Beyond the interval, in the next cell, and so far away that the cell of the point itself has to be taken.
            foreach (double near in new[] { u, u + 0.6 * Cell, u - 0.6 * Cell, u + 5 * Cell, -2, 9 })
            {
                Assert.Equal(u + series.At(u), table.Next(u, near, out double slope), 1e-13);
                Assert.Equal(derivative.At(u), slope, 1e-9);
            }
        double[] walked = [-0.3, .. new double[40]], slopes = new double[40];
        // It ends where a point would be beyond what it may come to.
        int count = table.Walk(walked, slopes, (-0.3, 3.5), (-0.3, 1.2));
        Assert.InRange(count, 20, 39);
        Assert.True(walked[count] <= 1.2 && walked[count] + series.At(walked[count]) > 1.2);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(walked[i] + series.At(walked[i]), walked[i + 1], 1e-12);
            Assert.Equal(derivative.At(walked[i]), slopes[i], 1e-9);
        }
    }

    [Fact]
    public void A_sparse_interpolant_is_exact_for_the_polynomials_of_its_set_and_not_beyond()
    {
        // All products of total degree up to 4 in three variables, added in an order in which every smaller one comes first.
        var set = new SparseIndexSet([9, 9, 9]);
        set.Add([0, 0, 0]);
        for (int round = 0; round < 4; round++)
            foreach (int[] next in set.Margin().ToList())
                if (next.Sum() <= 4)
                    set.Add(next);
        Assert.Equal(35, set.Indices.Count);
        double F(double[] x) => 1 + x[0] * x[1] * x[2] - 3 * x[0] * x[0] * x[1] * x[1] + x[2] * x[2] * x[2] * x[0];
        var polynomial = SparsePolynomial.Through(set.Indices, [.. set.Indices.Select(i => F(SparseIndexSet.Point(i)))],
            out double[] surpluses);
        double At(SparsePolynomial p, double[] x)
        {
            // All ways to the value agree.
            double[] points = [.. x.SelectMany(v => Enumerable.Repeat(v, 8))], values = new double[8], slopes = new double[8];
            p.At(points, values, slopes);
            var along = new ChebyshevSeries(-1, 1, p.Contract(x.AsSpan(1)));
            Assert.All(values, v => Assert.Equal(along.At(x[0]), v, 1e-13));
            Assert.All(slopes, s => Assert.Equal(along.Derivative().At(x[0]), s, 1e-12));
            return along.At(x[0]);
        }
        double[] point = [0.37, -0.81, 0.59];
        Assert.Equal(F(point), At(polynomial, point), 1e-13);
        double G(double[] x) => F(x) + Math.Pow(x[0], 5);
        Assert.NotEqual(G(point), At(SparsePolynomial.Through(set.Indices, [.. set.Indices.Select(i => G(SparseIndexSet.Point(i)))], out _),
            point), 1e-3);
        Assert.Contains(surpluses, s => Math.Abs(s) > 0.1);
    }
}
