using CsCheck;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Plots;
using ScottPlot;
using Xunit;

namespace FvSolver.Tests.Output;

/// <summary>The small geometry under the pictures.</summary>
public class DrawingTests
{
    private static readonly Gen<(double A, double B, double C)> Plane =
        Gen.Select(Gen.Double[-3, 3], Gen.Double[0.1, 3], Gen.Double[-3, -0.1]);

    private static TriangleField Linear((double A, double B, double C) f)
    {
        MapSpec grid = MapSpec.OnGrid("", "", [0, 0.3, 1], [0, 0.8, 1], new double[9]);
        return new TriangleField(grid.X, grid.Y, [.. grid.X.Zip(grid.Y, (x, y) => f.A + f.B * x + f.C * y)], grid.Triangles);
    }

    [Fact]
    public void A_linear_field_is_exact_at_every_pixel() => Plane.Sample(f =>
    {
        double[,] raster = Linear(f).Raster(new CoordinateRect(0, 1, 0, 1), 20, 10);
        for (int r = 0; r < 10; r++)
            for (int c = 0; c < 20; c++)
                Assert.Equal(f.A + f.B * (c + 0.5) / 20 + f.C * (1 - (r + 0.5) / 10), raster[r, c], 9);
    }, iter: 50);

    [Fact]
    public void Pixels_outside_of_all_triangles_have_no_value()
    {
        double[,] raster = new TriangleField([0, 1, 0], [0, 0, 1], [1, 1, 1], [0, 1, 2]).Raster(new CoordinateRect(0, 1, 0, 1), 10, 10);
        Assert.Equal(1, raster[9, 0]);
        Assert.True(double.IsNaN(raster[0, 9]));
    }

    [Fact]
    public void Contour_lines_lie_on_their_level_and_cross_the_whole_field() => Plane.Sample(f =>
    {
        double level = f.A + 0.5 * f.B + 0.5 * f.C;
        List<Coordinates[]> lines = Linear(f).Contour(level);
        foreach (Coordinates p in lines.SelectMany(l => l))
            Assert.Equal(level, f.A + f.B * p.X + f.C * p.Y, 9);
        // The level of the centre cuts the unit square through its middle: from side to opposite side.
        double length = lines.Sum(l => Math.Sqrt(Math.Pow(l[0].X - l[1].X, 2) + Math.Pow(l[0].Y - l[1].Y, 2)));
        double expected = Math.Sqrt(f.B * f.B + f.C * f.C) / Math.Max(Math.Abs(f.B), Math.Abs(f.C));
        Assert.Equal(expected, length, 6);
    }, iter: 100);

    [Fact]
    public void Thinning_keeps_ends_and_extremes()
    {
        double[] y = [.. Enumerable.Range(0, 100_000).Select(i => Math.Sin(i * 0.001))];
        y[31_234] = 7;
        y[77_777] = -7;
        int[] kept = [.. Thinning.Indices(y)];
        Assert.True(kept.Length <= Thinning.Limit);
        Assert.Equal(kept.Order(), kept);
        Assert.Superset(new HashSet<int> { 0, 31_234, 77_777, 99_999 }, kept.ToHashSet());
    }

    [Fact]
    public void Large_and_small_numbers_give_their_power_of_ten_to_the_caption()
    {
        var density = new AxisScale(new AxisSpec("density", "m^-3"), [4e25, 8e25], 0);
        Assert.Equal("density (10²⁴ m⁻³)", density.Caption);
        Assert.Equal(40, density.Low, 9);
        Assert.Equal(80, density.Map(8e25), 9);
        Assert.Equal("current (nA)", new AxisScale(new AxisSpec("current", "A"), [0, 5e-9], 0).Caption);
        Assert.Equal("pulse number", new AxisScale(new AxisSpec("pulse number", "1"), [0, 2000], 0).Caption);
    }

    [Fact]
    public void An_axis_within_a_decade_has_numbers_and_ticks_stand_where_they_are_wanted()
    {
        static string[] Numbers(AxisScale scale)
        {
            ITickGenerator ticks = scale.Ticks(1);
            using Paint paint = Paint.NewDisposablePaint();
            ticks.Regenerate(new(scale.Low, scale.High), Edge.Bottom, 400, paint, new());
            return [.. ticks.Ticks.Where(t => t.IsMajor).Select(t => t.Label)];
        }
        Assert.Equal(["14", "16", "18", "20"], Numbers(new(new("current", "A/m^2") { Log = true }, [13.9, 20.1], 0)));
        Assert.Equal(["−90", "−45", "0"], Numbers(new(new("phase", "deg") { Min = -95, Max = 5, TickStep = 45 }, [-80], 0)));
    }

    [Fact]
    public void A_legend_beside_the_axes_would_make_its_panel_narrower_than_the_others()
    {
        // Curves everywhere, so that there is no room within the axes.
        CurveSpec[] curves = [.. Enumerable.Range(0, 12).Select(i => new CurveSpec { Label = $"{i}", X = [0, 1], Y = [i, 11 - i] })];
        var panel = new PanelSpec { X = new("x", "1"), Y = new("y", "1"), Curves = curves };
        float Below(bool isAlone) => PanelDrawing.Of(panel, new PixelSize(400, 300), PictureTheme.Light, isAlone).Below;
        Assert.Equal(0, Below(isAlone: true));
        Assert.True(Below(isAlone: false) > 0);
    }

    [Fact]
    public void Every_axis_has_a_length_and_holds_its_values() =>
        Gen.Select(Gen.Double[-1e30, 1e30].Array[0, 5], Gen.Bool, Gen.Bool).Sample((values, log, reversed) =>
    {
        var scale = new AxisScale(new AxisSpec("x", "1") { Log = log, Reversed = reversed }, values, 0.02);
        Assert.True(scale.High > scale.Low);
        Assert.All(values.Where(scale.Shows), v => Assert.InRange(scale.Fraction(v), -1e-9, 1 + 1e-9));
        Assert.InRange(scale.RoundLevels(8).Count, 2, 20);
    }, iter: 300);

    [Fact]
    public void Words_go_where_nothing_is()
    {
        var occupied = new Occupancy();
        occupied.AddLine(0, 0, 1, 1);
        (double, double)[] corners = [(0.7, 0.7), (0, 0), (0, 0.7), (0.7, 0)];
        Assert.Equal((2, 0), occupied.Take(0.3, 0.3, corners));
        Assert.Equal((3, 0), occupied.Take(0.3, 0.3, corners));
    }

    [Theory]
    [InlineData(5e-9, "s", "5 ns")]
    [InlineData(10, "V", "10 V")]
    [InlineData(-8.5, "V", "−8.5 V")]
    [InlineData(2.5e-15, "J", "2.5 fJ")]
    [InlineData(1e3, "s", "1 ks")]
    [InlineData(0, "s", "0 s")]
    [InlineData(1e-30, "J", "1×10⁻¹² aJ")]
    public void Quantities_take_prefixes(double value, string unit, string text) => Assert.Equal(text, Typography.Quantity(value, unit));
}
