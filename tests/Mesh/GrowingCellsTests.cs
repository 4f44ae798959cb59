using FvSolver.Mesh;
using Xunit;

namespace FvSolver.Tests.Mesh;

public sealed class GrowingCellsTests
{
    [Theory]
    [InlineData(60, 0.04, 0.015, 4)]
    [InlineData(20, 0.013, 0.013, 4)]
    [InlineData(100, 0.01, 0.01, 1)]
    [InlineData(40, 0.19, 0.001, 0.5)]
    [InlineData(30, 1e-5, 0.2, 8)]
    public void Cells_grow_in_proportion_to_the_distance_from_the_nearer_end(int cells, double first, double last, double ratio)
    {
        const double Length = 9.66;
        double[] nodes = Grading1D.GrowingFromEnds(Length, cells, first, last, ratio), sizes = Sizes(nodes);
        Assert.Equal((0, Length, cells), (nodes[0], nodes[^1], sizes.Length));
        int largest = Array.IndexOf(sizes, sizes.Max());
        // A geometric series on either side of the cell where they meet, the ends as given to within the growth of one cell.
        int left = Math.Max(0, largest - 1), right = Math.Min(cells, largest + 2);
        double atGate = Growth(sizes[..left], first), atChannel = Growth([.. sizes[right..].Reverse()], last);
        if (left > 1 && right < cells - 1)
            Assert.Equal(ratio, Math.Log(atGate) / Math.Log(atChannel), 1e-6 * ratio);

        static double Growth(double[] side, double end)
        {
            if (side.Length < 2)
                return 1;
            double growth = side[1] / side[0];
            Assert.All(side.Zip(side.Skip(1), (a, b) => b / a), r => Assert.Equal(growth, r, 1e-6));
            Assert.InRange(side[0] / end, 1, growth);
            return growth;
        }
    }

    [Fact]
    public void Twice_as_many_cells_of_half_the_size_split_each_cell()
    {
        double[] coarse = Grading1D.GrowingFromEnds(9.66, 30, 0.05, 0.02, 4), fine = Grading1D.GrowingFromEnds(9.66, 60, 0.025, 0.01, 4);
        for (int i = 0; i < coarse.Length; i++)
            Assert.Equal(coarse[i], fine[2 * i], 1e-10);
    }

    [Fact]
    public void Ends_larger_than_equal_cells_are_refused() =>
        Assert.Contains("must be smaller than equal cells",
            Assert.Throws<MeshException>(() => Grading1D.GrowingFromEnds(1, 10, 0.2, 0.2, 4)).Message);

    private static double[] Sizes(double[] nodes) => [.. nodes.Zip(nodes.Skip(1), (a, b) => b - a)];
}
