using FvSolver.Mesh;
using Xunit;

namespace FvSolver.Tests.Mesh;

public sealed class LineGradingTests
{
    [Fact]
    public void Cells_start_at_their_size_grow_by_the_ratio_and_stay_below_the_largest()
    {
        var grading = new LineGrading { MaxSize = 2, Growth = 1.3, FineLines = [new(0, 0.1), new(30, 0.05)] };
        double[] lines = grading.Lines([0, 50]);
        double[] cells = [.. lines.Zip(lines.Skip(1), (a, b) => b - a)];
        Assert.Contains(30, lines);
        Assert.InRange(cells[0], 0.07, 0.12);
        int at = Array.IndexOf(lines, 30);
        Assert.InRange(cells[at], 0.04, 0.06);
        Assert.InRange(cells[at - 1], 0.04, 0.06);
        Assert.All(cells, c => Assert.InRange(c, 0, 2 + 1e-12));
        Assert.All(cells.Zip(cells.Skip(1), (a, b) => Math.Max(a / b, b / a)), r => Assert.InRange(r, 1, 1.5));
        Assert.Contains(cells, c => c > 1.8);
    }

    [Fact]
    public void Equal_ends_give_symmetric_lines()
    {
        double[] lines = new LineGrading { MaxSize = 1, Growth = 1.2, FineLines = [new(0, 0.1), new(10, 0.1)] }.Lines([0, 10]);
        for (int k = 0; k < lines.Length; k++)
            Assert.Equal(10 - lines[^(k + 1)], lines[k], 1e-12);
    }

    [Fact]
    public void Without_fine_lines_cells_are_equal_between_required_lines()
    {
        double[] lines = new LineGrading { MaxSize = 0.5 }.Lines([0, 1, 3]);
        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5, 3], lines.Select(l => Math.Round(l, 12)));
    }

    [Fact]
    public void A_thin_layer_stays_one_cell()
    {
        double[] lines = new LineGrading { MaxSize = 1, FineLines = [new(1.0, 0.01)] }.Lines([0, 1, 1.17, 2], keep: 0.17);
        Assert.DoesNotContain(lines, l => l is > 1 and < 1.17);
        Assert.Contains(lines, l => l is > 1.17 and < 1.3);
    }

    [Theory]
    [InlineData(0, 1.2, 0.5, 0.1)]
    [InlineData(1, 0.9, 0.5, 0.1)]
    [InlineData(1, 1.2, 3, 0.1)]
    [InlineData(1, 1.2, 0.5, 0)]
    public void Impossible_sizes_are_refused(double size, double growth, double position, double fine) =>
        Assert.Throws<MeshException>(() => new LineGrading
        {
            MaxSize = size,
            Growth = growth,
            FineLines = [new(position, fine)]
        }.Lines([0, 1]));
}
