using FvSolver.Mesh;
using Xunit;

namespace FvSolver.Tests.Mesh;

public sealed class MeshQualityTests
{
    private static readonly ControlVolumeMesh s_mesh = CrossSectionMesh.Build(
        new CrossSection
        {
            Depth = 2,
            Rectangles = [new("a", MaterialKind.Oxide, 0, 3, 0, 2),
            new("b", MaterialKind.ContactMetal, 3, 7, 0, 2)]
        },
        [0, 1, 3, 4, 7], [0, 1, 2]);

    [Fact]
    public void Figures_of_a_small_grid()
    {
        MeshQuality quality = MeshQuality.Of(s_mesh);
        Assert.Equal((18, s_mesh.EdgeCount), (quality.Nodes, quality.Edges));
        Assert.Equal(0.5, quality.SmallestVolume, 1e-12);
        Assert.Equal(4, quality.LargestVolume, 1e-12);
        Assert.Equal((1.0, 3.0, 3.0), (quality.ShortestEdge, quality.LongestEdge, quality.EdgeRatio));
        Assert.Equal(3, quality.WorstGrowth, 1e-12);
        Assert.Equal(Math.Atan(1.0 / 3) * 180 / Math.PI, quality.SmallestAngle, 1e-9);
        Assert.Equal(90, quality.LargestAngle, 1e-9);
        Assert.Equal(10.0 / 3, quality.WorstAspect, 1e-9);
    }

    [Fact]
    public void Regions_are_judged_on_their_own()
    {
        Assert.Equal(2, MeshQuality.Of(s_mesh, 0).WorstGrowth, 1e-12);
        Assert.Equal(2, MeshQuality.Of(s_mesh, 0).EdgeRatio, 1e-12);
        Assert.Equal(3, MeshQuality.Of(s_mesh, 1).LongestEdge, 1e-12);
    }

    [Fact]
    public void A_stack_has_no_angles()
    {
        ControlVolumeMesh stack = StackMesh.Build([new("a", MaterialKind.Oxide, 0, [0, 1, 3])], 1);
        Assert.Equal(2, MeshQuality.Of(stack).WorstGrowth, 1e-12);
        Assert.True(double.IsNaN(MeshQuality.Of(stack).SmallestAngle));
    }
}
