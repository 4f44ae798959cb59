using FvSolver.Mesh;
using Xunit;

namespace FvSolver.Tests.Mesh;

public sealed class CrossSectionMeshTests
{
    private const double Nm = 1e-9, Layer = 0.17e-9, Depth = 50e-9;

    /// <summary>The device of the paper with contacts, side walls of PSG and a gate shorter than the channel.</summary>
    internal static CrossSection Device(double layer = Layer) => new()
    {
        Depth = Depth,
        CompactLayer = layer,
        Rectangles =
        [
            new("oxide", MaterialKind.Oxide, -30 * Nm, 180 * Nm, 30 * Nm, 130 * Nm),
            new("psg", MaterialKind.Electrolyte, -30 * Nm, 180 * Nm, 10 * Nm, 30 * Nm),
            new("channel", MaterialKind.Channel, 0, 150 * Nm, 20 * Nm, 30 * Nm),
            new("gate", MaterialKind.GateMetal, 10 * Nm, 140 * Nm, -10 * Nm, 10 * Nm),
            new("source", MaterialKind.ContactMetal, -30 * Nm, 0, 15 * Nm, 30 * Nm),
            new("drain", MaterialKind.ContactMetal, 150 * Nm, 180 * Nm, 15 * Nm, 30 * Nm),
        ],
    };

    private static ControlVolumeMesh DeviceMesh(double layer = Layer) => CrossSectionMesh.Build(
        Device(layer), new LineGrading { MaxSize = 10 * Nm, Growth = 1.5 }, new LineGrading { MaxSize = 4 * Nm, Growth = 1.5 });

    private static CrossSection Box(double width, double height, int layers = 1) => new()
    {
        Depth = Depth,
        Rectangles =
        [
            .. Enumerable.Range(0, layers).Select(k => new Rectangle(
                $"r{k}", k % 2 == 0 ? MaterialKind.Oxide : MaterialKind.ContactMetal, 0, width, height * k / layers,
                height * (k + 1) / layers)),
        ],
    };

    private static LineGrading Sizes(double size) => new() { MaxSize = size };

    [Fact]
    public void A_single_column_equals_the_stack()
    {
        double[] gate = Grading1D.Uniform(20 * Nm, 4), psg = Grading1D.TwoSided(10 * Nm - 2 * Layer, 30, 0.03 * Nm, 0.01 * Nm);
        double[] channel = Grading1D.FirstThenEqual(10 * Nm, 8, 0.76 * Nm), oxide = Grading1D.Geometric(300 * Nm, 12, 1 * Nm);
        double width = 150 * Nm;
        StackLayer[] layers =
        [
            new("gate", MaterialKind.GateMetal, 0, gate), new("psg", MaterialKind.Electrolyte, 20 * Nm + Layer, psg),
            new("channel", MaterialKind.Channel, 30 * Nm, channel), new("oxide", MaterialKind.Oxide, 40 * Nm, oxide),
        ];
        ControlVolumeMesh stack = StackMesh.Build(layers, width * Depth);
        var section = new CrossSection
        {
            Depth = Depth,
            CompactLayer = Layer,
            Rectangles = [.. layers.Select((l, k) => new Rectangle(l.Name, l.Material, 0, width, k == 1 ? 20 * Nm : l.Start,
                k == 1 ? 30 * Nm : l.Start + l.Nodes[^1]))],
        };
        double[] lines = [.. layers.SelectMany(l => l.Nodes.Select(s => l.Start + s)).Order().Aggregate(new List<double>(), (kept, z) =>
        {
            if (kept.Count == 0 || z - kept[^1] > 1e-16)
                kept.Add(z);
            return kept;
        })];
        ControlVolumeMesh mesh = CrossSectionMesh.Build(section, [0, width], lines);

        Assert.Equal(2 * stack.NodeCount, mesh.NodeCount);
        Assert.Equal(stack.Regions, mesh.Regions);
        for (int r = 0; r < 4; r++)
            for (int column = 0; column < 2; column++)
                for (int k = 0; k < layers[r].Nodes.Length; k++)
                {
                    int a = stack.RegionStart[r] + k, b = mesh.RegionStart[r] + column * layers[r].Nodes.Length + k;
                    AssertClose(stack.Z[a], mesh.Z[b]);
                    Assert.Equal(column * width, mesh.X[b]);
                    AssertClose(stack.Volume[a] / 2, mesh.Volume[b]);
                }
        var down = Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.X[mesh.EdgeLeft[e]] == 0 && mesh.X[mesh.EdgeRight[e]] == 0)
            .ToArray();
        Assert.Equal(stack.EdgeCount, down.Length);
        for (int e = 0; e < down.Length; e++)
        {
            AssertClose(stack.EdgeLength[e], mesh.EdgeLength[down[e]]);
            AssertClose(stack.EdgeArea[e] / 2, mesh.EdgeArea[down[e]]);
        }
        Assert.Equal(6, mesh.Interfaces.Length);
        foreach (Interface i in mesh.Interfaces)
        {
            AssertClose(width * Depth / 2, i.Area);
            Interface one = Assert.Single(stack.Interfaces, s => stack.RegionOf(s.First) == mesh.RegionOf(i.First));
            AssertClose(stack.Z[one.Second] - stack.Z[one.First], mesh.Z[i.Second] - mesh.Z[i.First], 1e-16);
        }
        foreach (string side in new[] { "top", "bottom" })
            AssertClose(width * Depth, mesh.Boundaries.Where(b => b.Name == side).Sum(b => b.Area));
    }

    private static void AssertClose(double expected, double actual, double absolute = 0) =>
        Assert.InRange(actual, expected - 1e-11 * Math.Abs(expected) - absolute, expected + 1e-11 * Math.Abs(expected) + absolute);

    [Fact]
    public void Volumes_of_regions_and_their_faces_add_up()
    {
        ControlVolumeMesh mesh = DeviceMesh(0);
        double[] area = [130 * 20, 210 * 5 + 150 * 5, 150 * 10, 210 * 100, 30 * 15, 30 * 15];
        for (int r = 0; r < area.Length; r++)
        {
            double expected = area[r] * Nm * Nm * Depth;
            AssertClose(expected, mesh.Volume[mesh.RegionStart[r]..mesh.RegionStart[r + 1]].Sum());
            AssertClose(2 * expected, Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.RegionOf(mesh.EdgeLeft[e]) == r)
                .Sum(e => mesh.EdgeArea[e] * mesh.EdgeLength[e]));
        }
        Assert.Equal(["gate", "psg", "channel", "oxide", "source", "drain"], mesh.Regions.Select(r => r.Name));
    }

    [Fact]
    public void Compact_layers_are_carved_and_joined_on_all_sides()
    {
        ControlVolumeMesh mesh = DeviceMesh();
        double Shared(string first, string second) => mesh.Interfaces
            .Where(i => mesh.Regions[mesh.RegionOf(i.First)].Name == first && mesh.Regions[mesh.RegionOf(i.Second)].Name == second)
            .Sum(i => i.Area) / Depth / Nm;
        double l = Layer / Nm;
        Assert.Equal(130, Shared("gate", "psg"), 1e-6);
        // Side walls of the contacts take their layers off the ends of the channel.
        Assert.Equal(150 - 2 * l, Shared("psg", "channel"), 1e-6);
        // Top of the contact, and its side wall less the layer above the channel; the corner belongs to neither.
        Assert.Equal(30 + 5 - l, Shared("psg", "source"), 1e-6);
        Assert.Equal(30 + 5 - l, Shared("psg", "drain"), 1e-6);
        Assert.Equal(150, Shared("channel", "oxide"), 1e-6);
        Assert.Equal(10, Shared("channel", "source"), 1e-6);
        foreach (Interface i in mesh.Interfaces)
        {
            double distance = Math.Abs(mesh.X[i.First] - mesh.X[i.Second]) + Math.Abs(mesh.Z[i.First] - mesh.Z[i.Second]);
            bool layer = mesh.MaterialOf(i.First) == MaterialKind.Electrolyte || mesh.MaterialOf(i.Second) == MaterialKind.Electrolyte;
            Assert.Equal(layer ? Layer : 0, distance, 1e-6 * Layer);
        }
        double psg = 210 * 5 + 150 * 5 - l * (130 + (150 - 2 * l) + 2 * (30 + 5)) - 2 * l * l;
        AssertClose(psg * Nm * Nm * Depth, mesh.Volume[mesh.RegionStart[1]..mesh.RegionStart[2]].Sum(), 1e-6 * Nm * Nm * Depth);
    }

    [Fact]
    public void A_drawn_gap_equals_a_carved_layer()
    {
        var nominal = new CrossSection
        {
            Depth = Depth,
            CompactLayer = Layer,
            Rectangles = [new("g", MaterialKind.GateMetal, 0, 10 * Nm, 0, 5 * Nm),
                new("e", MaterialKind.Electrolyte, 0, 10 * Nm, 5 * Nm, 9 * Nm)],
        };
        CrossSection drawn = nominal with { Rectangles = [nominal.Rectangles[0], nominal.Rectangles[1] with { Top = 5 * Nm + Layer }] };
        ControlVolumeMesh a = CrossSectionMesh.Build(nominal, Sizes(2 * Nm), Sizes(1 * Nm)),
            b = CrossSectionMesh.Build(drawn, Sizes(2 * Nm), Sizes(1 * Nm));
        Assert.Equal(a.Volume, b.Volume);
        Assert.Equal(a.Interfaces, b.Interfaces);
        Assert.NotEmpty(a.Interfaces);
    }

    [Fact]
    public void Nodes_of_a_region_go_column_by_column()
    {
        ControlVolumeMesh mesh = DeviceMesh();
        for (int r = 0; r < mesh.Regions.Length; r++)
            for (int n = mesh.RegionStart[r] + 1; n < mesh.RegionStart[r + 1]; n++)
                Assert.True(mesh.X[n] > mesh.X[n - 1] || mesh.X[n] == mesh.X[n - 1] && mesh.Z[n] > mesh.Z[n - 1]);
    }

    [Fact]
    public void The_frame_is_named_and_holes_are_free()
    {
        ControlVolumeMesh mesh = DeviceMesh(0);
        double Length(string name) => mesh.Boundaries.Where(b => b.Name == name).Sum(b => b.Area) / Depth / Nm;
        Assert.Equal(130, Length("top"), 1e-6);
        Assert.Equal(210, Length("bottom"), 1e-6);
        Assert.Equal(120, Length("left"), 1e-6);
        Assert.Equal(120, Length("right"), 1e-6);
        // Sides of the gate and the PSG beside it.
        Assert.Equal(2 * 20 + 80, Length("free"), 1e-6);
    }

    [Fact]
    public void A_later_rectangle_covers_an_earlier_one()
    {
        var section = new CrossSection
        {
            Depth = 1,
            Rectangles = [new("a", MaterialKind.Oxide, 0, 4, 0, 2), new("b", MaterialKind.Channel, 1, 2, 0, 2),
                new("a", MaterialKind.Oxide, 1, 2, 1, 2)],
        };
        ControlVolumeMesh mesh = CrossSectionMesh.Build(section, Sizes(0.5), Sizes(0.5));
        Assert.Equal(["b", "a"], mesh.Regions.Select(r => r.Name));
        Assert.Equal(1, mesh.Volume[..mesh.RegionStart[1]].Sum(), 1e-12);
        Assert.Equal(7, mesh.Volume[mesh.RegionStart[1]..].Sum(), 1e-12);
    }

    [Fact]
    public void Triangles_cover_each_region_with_its_own_nodes()
    {
        ControlVolumeMesh mesh = DeviceMesh();
        var area = new double[mesh.Regions.Length];
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            int a = mesh.Triangles[t], b = mesh.Triangles[t + 1], c = mesh.Triangles[t + 2], r = mesh.RegionOf(a);
            Assert.Equal((r, r), (mesh.RegionOf(b), mesh.RegionOf(c)));
            area[r] += Math.Abs((mesh.X[b] - mesh.X[a]) * (mesh.Z[c] - mesh.Z[a]) - (mesh.X[c] - mesh.X[a]) * (mesh.Z[b] - mesh.Z[a])) / 2;
        }
        for (int r = 0; r < area.Length; r++)
            AssertClose(area[r] * Depth, mesh.Volume[mesh.RegionStart[r]..mesh.RegionStart[r + 1]].Sum());
    }

    [Fact]
    public void Linear_fields_are_in_balance_across_regions()
    {
        ControlVolumeMesh mesh = DeviceMesh(0);
        Assert.InRange(new LaplaceProblem(mesh).LargestImbalance((x, z) => 2 * x / Nm - 3 * z / Nm + 1), 0, 1e-11);
    }

    [Fact]
    public void A_manufactured_solution_converges_with_order_2()
    {
        double Exact(double x, double z) => Math.Sin(2 * x) * Math.Exp(z);
        double Source(double x, double z) => 3 * Exact(x, z);
        var errors = new List<double>();
        foreach (int n in new[] { 8, 16, 32 })
        {
            double[] x = Grading1D.Tanh(2, 2 * n, 1.5), z = Grading1D.Tanh(1, 2 * n, 1);
            var problem = new LaplaceProblem(CrossSectionMesh.Build(Box(2, 1, 2), x, z));
            errors.Add(problem.Error(problem.Solve(Exact, Source), Exact));
        }
        Assert.InRange(Math.Log2(errors[1] / errors[2]), 1.9, 2.1);
        Assert.InRange(Math.Log2(errors[0] / errors[1]), 1.9, 2.1);
    }

    public static TheoryData<string, CrossSection> Impossible => new()
    {
        { "at least one", new CrossSection { Depth = 1, Rectangles = [] } },
        { "depth", Box(1, 1) with { Depth = -1 } },
        { "compact layer", Box(1, 1) with { CompactLayer = double.NaN } },
        { "left must be less", new CrossSection { Depth = 1, Rectangles = [new("a", MaterialKind.Oxide, 1, 1, 0, 1)] } },
        { "one material", new CrossSection { Depth = 1,
            Rectangles = [new("a", MaterialKind.Oxide, 0, 1, 0, 1), new("a", MaterialKind.Channel, 1, 2, 0, 1)] } },
        { "'a' has no cell", new CrossSection { Depth = 1,
            Rectangles = [new("a", MaterialKind.Oxide, 0, 1, 0, 1), new("b", MaterialKind.Channel, 0, 1, 0, 1)] } },
        {
            "compact layer", new CrossSection
            {
                Depth = 1, CompactLayer = 0.6,
                Rectangles = [new("g", MaterialKind.GateMetal, 0, 1, 0, 1), new("e", MaterialKind.Electrolyte, 0, 1, 1, 2),
                    new("c", MaterialKind.Channel, 0, 1, 2, 3)],
            }
        },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void An_impossible_geometry_is_refused_in_one_line(string part, CrossSection section)
    {
        string message = Assert.Throws<MeshException>(() => CrossSectionMesh.Build(section, Sizes(0.5), Sizes(0.5))).Message;
        Assert.Contains(part, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_grid_line_is_named()
    {
        Assert.Contains("missing at z = 0.5", Assert.Throws<MeshException>(
            () => CrossSectionMesh.Build(Box(1, 1, 2), [0, 1], [0, 0.4, 1])).Message);
        Assert.Contains("must increase", Assert.Throws<MeshException>(() => CrossSectionMesh.Build(Box(1, 1), [0, 1], [0, 0, 1])).Message);
    }
}
