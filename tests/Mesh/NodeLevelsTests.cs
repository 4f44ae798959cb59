using FvSolver.Mesh;
using Xunit;

namespace FvSolver.Tests.Mesh;

public sealed class NodeLevelsTests
{
    private static ControlVolumeMesh Grid(double width, double height) => CrossSectionMesh.Build(
        new CrossSection { Depth = 1, Rectangles = [new("a", MaterialKind.Oxide, 0, width, 0, height)] },
        new LineGrading { MaxSize = 1 }, new LineGrading { MaxSize = 1 });

    private static void AssertFits(ControlVolumeMesh mesh, int[] level)
    {
        Assert.Equal(0, level.Min());
        for (int e = 0; e < mesh.EdgeCount; e++)
            Assert.InRange(Math.Abs(level[mesh.EdgeLeft[e]] - level[mesh.EdgeRight[e]]), 0, 1);
        foreach (Interface i in mesh.Interfaces)
            Assert.InRange(Math.Abs(level[i.First] - level[i.Second]), 0, 1);
    }

    [Theory]
    [InlineData(9, 4)]
    [InlineData(4, 9)]
    [InlineData(9, 1)]
    public void Levels_cost_no_more_than_columns_or_rows(double width, double height)
    {
        ControlVolumeMesh mesh = Grid(width, height);
        int[] level = NodeLevels.Of(mesh);
        AssertFits(mesh, level);
        double columns = (width + 1) * Math.Pow(height + 1, 3), rows = (height + 1) * Math.Pow(width + 1, 3);
        Assert.InRange(NodeLevels.Work(level), 0, Math.Min(columns, rows));
    }

    [Fact]
    public void Distances_reach_across_interfaces_and_on_to_the_next_node()
    {
        // Triangles: no columns, so distances are taken.
        ControlVolumeMesh mesh = GmshReaderTests.TwoRegions();
        int[] level = NodeLevels.Of(mesh);
        AssertFits(mesh, level);
        foreach (Interface i in mesh.Interfaces)
            Assert.Equal(level[i.First], level[i.Second]);
    }

    [Fact]
    public void A_device_with_compact_layers_fits()
    {
        ControlVolumeMesh mesh = CrossSectionMesh.Build(CrossSectionMeshTests.Device(), new LineGrading { MaxSize = 10e-9 }, new LineGrading { MaxSize = 3e-9 });
        AssertFits(mesh, NodeLevels.Of(mesh));
    }

    [Fact]
    public void Rings_and_separate_parts_fit()
    {
        var section = new CrossSection
        {
            Depth = 1,
            Rectangles =
            [
                new("a", MaterialKind.Oxide, 0, 9, 0, 2), new("a", MaterialKind.Oxide, 0, 2, 0, 9), new("a", MaterialKind.Oxide, 7, 9, 0, 9),
                new("a", MaterialKind.Oxide, 0, 9, 7, 9), new("b", MaterialKind.Channel, 4, 5, 4, 5),
            ],
        };
        ControlVolumeMesh mesh = CrossSectionMesh.Build(section, new LineGrading { MaxSize = 1 }, new LineGrading { MaxSize = 1 });
        AssertFits(mesh, NodeLevels.Of(mesh));
    }
}
