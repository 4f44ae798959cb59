using System.Diagnostics;
using System.Globalization;
using System.Text;
using FvSolver.Mesh;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Mesh;

/// <summary>A test that runs Gmsh, skipped where it is not installed.</summary>
public sealed class GmshFactAttribute : FactAttribute
{
    public GmshFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(f => File.Exists(Path.Combine(f, "gmsh")) || File.Exists(Path.Combine(f, "gmsh.exe"))))
            Skip = "gmsh is not installed";
    }
}

/// <summary>The same for several inputs.</summary>
public sealed class GmshTheoryAttribute : TheoryAttribute
{
    public GmshTheoryAttribute() => Skip = new GmshFactAttribute().Skip;
}

public sealed class GmshReaderTests
{
    private const double Nm = 1e-9, Depth = 50e-9;

    private static readonly Dictionary<string, MaterialKind> s_materials = new()
    {
        ["gate"] = MaterialKind.GateMetal,
        ["psg"] = MaterialKind.Electrolyte,
        ["channel"] = MaterialKind.Channel,
        ["oxide"] = MaterialKind.Oxide,
    };

    private static GmshOptions Options => new() { Depth = Depth, Scale = Nm, Materials = s_materials, Repair = true };

    private static string Data(string file) => Path.Combine(Checkout.Root, "tests", "Mesh", "Data", file);

    private static ControlVolumeMesh Read(string text, Func<GmshOptions, GmshOptions>? change = null)
    {
        var options = new GmshOptions { Depth = 1, Materials = new Dictionary<string, MaterialKind> { ["a"] = MaterialKind.Oxide } };
        return GmshReader.Read(new StringReader(text), "test.msh", change?.Invoke(options) ?? options);
    }

    /// <summary>Triangles over a grid of moved points, in version 2.2; the second half may be another region.</summary>
    private static string Grid(int n, double shake, int seed, bool two = false)
    {
        var random = new Random(seed);
        var text = new StringBuilder(
            "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n2\n2 1 \"a\"\n2 2 \"b\"\n$EndPhysicalNames\n$Nodes\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"{(n + 1) * (n + 1)}");
        for (int i = 0; i <= n; i++)
            for (int j = 0; j <= n; j++)
            {
                bool fixedX = i == 0 || i == n || 2 * i == n && two, fixedY = j == 0 || j == n;
                double x = (i + (fixedX ? 0 : shake * (random.NextDouble() - 0.5))) / n,
                    y = (j + (fixedY ? 0 : shake * (random.NextDouble() - 0.5))) / n;
                text.AppendLine(CultureInfo.InvariantCulture, $"{i * (n + 1) + j + 1} {x:R} {y:R} 0");
            }
        text.AppendLine(CultureInfo.InvariantCulture, $"$EndNodes\n$Elements\n{2 * n * n}");
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                int a = i * (n + 1) + j + 1, b = a + n + 1, k = 2 * (i * n + j) + 1, region = two && 2 * i >= n ? 2 : 1;
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"{k} 2 2 {region} {region} {a} {b} {b + 1}\n{k + 1} 2 2 {region} {region} {a} {b + 1} {a + 1}");
            }
        return text.Append("$EndElements\n").ToString();
    }

    [Fact]
    public void A_film_drawn_at_its_nominal_thickness_makes_room_for_its_compact_layers()
    {
        const double Layer = 0.17e-9;
        (double Top, double Bottom, double Volume) Film(double nominal)
        {
            ControlVolumeMesh mesh = GmshReader.Read(Data("stack22.msh"), Options with { CompactLayer = Layer, FilmThickness = nominal });
            int[] film = [.. Enumerable.Range(0, mesh.NodeCount).Where(n => mesh.MaterialOf(n) == MaterialKind.Electrolyte)];
            return (film.Min(n => mesh.Z[n]), film.Max(n => mesh.Z[n]), film.Sum(n => mesh.Volume[n]));
        }
        var drawn = Film(0);
        double thickness = drawn.Bottom - drawn.Top;
        var nominal = Film(thickness);
        Assert.Equal((drawn.Top + Layer, drawn.Bottom - Layer), (nominal.Top, nominal.Bottom), Within(1e-15));
        Assert.Equal(drawn.Volume * (thickness - 2 * Layer) / thickness, nominal.Volume, 1e-9 * drawn.Volume);
        // Drawn without them, or at another thickness than the device has, it is what is meant.
        Assert.Equal(drawn, Film(thickness + 2 * Layer));

        static EqualityComparer<(double, double)> Within(double length) =>
            EqualityComparer<(double, double)>.Create(
                (a, b) => Math.Abs(a.Item1 - b.Item1) < length && Math.Abs(a.Item2 - b.Item2) < length);
    }

    [Fact]
    public void Both_versions_give_the_same_mesh()
    {
        ControlVolumeMesh a = GmshReader.Read(Data("stack22.msh"), Options), b = GmshReader.Read(Data("stack41.msh"), Options);
        Assert.Equal(a.Volume.Length, b.Volume.Length);
        for (int n = 0; n < a.NodeCount; n++)
            Assert.Equal(a.Volume[n], b.Volume[n], 1e-9 * a.Volume[n]);
        Assert.Equal(a.EdgeLeft, b.EdgeLeft);
        Assert.Equal(a.EdgeRight, b.EdgeRight);
    }

    [Theory]
    [InlineData("stack22.msh")]
    [InlineData("stack41.msh")]
    public void Regions_interfaces_and_boundaries_have_their_sizes(string file) => AssertStack(GmshReader.Read(Data(file), Options));

    [GmshFact]
    public void A_mesh_made_now_has_them_too()
    {
        using var directory = new TemporaryDirectory();
        foreach (string format in new[] { "msh22", "msh41" })
        {
            string path = directory[format + ".msh"];
            using var gmsh = Process.Start(new ProcessStartInfo("gmsh",
                ["-2", "-v", "1", "-format", format, "-clscale", "0.5", "-o", path, Data("stack.geo")]))!;
            gmsh.WaitForExit();
            Assert.Equal(0, gmsh.ExitCode);
            AssertStack(GmshReader.Read(path, Options));
        }
    }

    private static void AssertStack(ControlVolumeMesh mesh)
    {
        Assert.Equal(["gate", "psg", "channel", "oxide"], mesh.Regions.Select(r => r.Name));
        double[] area = [40, 240, 180, 360];
        for (int r = 0; r < 4; r++)
        {
            double expected = area[r] * Nm * Nm * Depth;
            Assert.Equal(expected, mesh.Volume[mesh.RegionStart[r]..mesh.RegionStart[r + 1]].Sum(), 1e-9 * expected);
            Assert.Equal(2 * expected, Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.RegionOf(mesh.EdgeLeft[e]) == r)
                .Sum(e => mesh.EdgeArea[e] * mesh.EdgeLength[e]), 1e-6 * expected);
        }
        Assert.All(mesh.Volume, v => Assert.True(v > 0));
        double Shared(int first) => mesh.Interfaces.Where(i => mesh.RegionOf(i.First) == first && mesh.RegionOf(i.Second) == first + 1)
            .Sum(i => i.Area) / Depth / Nm;
        Assert.Equal([10, 30, 30], new[] { 0, 1, 2 }.Select(r => Math.Round(Shared(r), 6)));
        Assert.All(mesh.Interfaces, i => Assert.Equal((mesh.X[i.First], mesh.Z[i.First]), (mesh.X[i.Second], mesh.Z[i.Second])));
        Assert.Equal(10, mesh.Boundaries.Where(b => b.Name == "top").Sum(b => b.Area) / Depth / Nm, 1e-6);
        Assert.Equal(30, mesh.Boundaries.Where(b => b.Name == "bottom").Sum(b => b.Area) / Depth / Nm, 1e-6);
        Assert.InRange(new LaplaceProblem(mesh).LargestImbalance((x, z) => 3 * x / Nm - z / Nm), 0, 1e-6);
    }

    [Fact]
    public void A_manufactured_solution_converges_with_order_2()
    {
        double Exact(double x, double z) => Math.Sin(2 * x) * Math.Exp(z);
        double Source(double x, double z) => 3 * Exact(x, z);
        // Mean over several random meshes of each size.
        var errors = new List<double>();
        foreach (int n in new[] { 8, 16, 32 })
            errors.Add(Enumerable.Range(0, 6).Average(seed =>
            {
                var problem = new LaplaceProblem(Read(Grid(n, 0.5, seed), o => o with { Repair = true }));
                return problem.Error(problem.Solve(Exact, Source), Exact);
            }));
        Assert.InRange(Math.Log2(errors[0] / errors[2]) / 2, 1.9, 2.3);
    }

    [Fact]
    public void Right_triangles_give_the_volumes_of_the_grid()
    {
        ControlVolumeMesh triangles = Read(Grid(6, 0, 1));
        var box = new CrossSection { Depth = 1, Rectangles = [new("a", MaterialKind.Oxide, 0, 1, 0, 1)] };
        ControlVolumeMesh grid = CrossSectionMesh.Build(box, Grading1D.Uniform(1, 6), Grading1D.Uniform(1, 6));
        Assert.Equal(grid.EdgeLeft, triangles.EdgeLeft);
        Assert.Equal(grid.EdgeRight, triangles.EdgeRight);
        for (int n = 0; n < grid.NodeCount; n++)
            Assert.Equal(grid.Volume[n], triangles.Volume[n], 1e-12);
        for (int e = 0; e < grid.EdgeCount; e++)
            Assert.Equal(grid.EdgeArea[e], triangles.EdgeArea[e], 1e-12);
    }

    [Fact]
    public void Y_up_turns_the_device_over()
    {
        ControlVolumeMesh down = Read(Grid(2, 0, 1)), up = Read(Grid(2, 0, 1), o => o with { YPointsUp = true });
        Assert.Equal((0, 1), (down.Z.Min(), down.Z.Max()));
        Assert.Equal((-1, 0), (up.Z.Min(), up.Z.Max()));
        Assert.Equal(1, up.Volume.Sum(), 1e-12);
    }

    internal static ControlVolumeMesh TwoRegions() => Read(Grid(12, 0.9, 4, two: true), o => o with
    {
        Repair = true,
        Materials = new Dictionary<string, MaterialKind> { ["a"] = MaterialKind.Oxide, ["b"] = MaterialKind.Channel },
    });

    [Fact]
    public void Repair_keeps_areas_and_interfaces()
    {
        ControlVolumeMesh mesh = TwoRegions();
        Assert.Equal(0.5, mesh.Volume[..mesh.RegionStart[1]].Sum(), 1e-9);
        Assert.Equal(0.5, mesh.Volume[mesh.RegionStart[1]..].Sum(), 1e-9);
        Assert.Equal(1, mesh.Interfaces.Sum(i => i.Area), 1e-9);
        Assert.Equal(4, mesh.Boundaries.Sum(b => b.Area), 1e-9);
    }

    [Fact]
    public void A_mesh_that_is_not_Delaunay_is_refused_with_place_and_remedy()
    {
        // Two flat triangles whose common edge faces two obtuse angles.
        const string text =
            "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n2 1 \"a\"\n$EndPhysicalNames\n$Nodes\n4\n1 0 0 0\n2 4 0 0\n3 2 1 "
                + "0\n4 2 -1 0\n$EndNodes\n"
            + "$Elements\n2\n1 2 2 1 1 1 2 3\n2 2 2 1 1 1 2 4\n$EndElements\n";
        var error = Assert.Throws<MeshException>(() => Read(text));
        Assert.Contains("x = 2 m, z = 0 m", error.Message);
        Assert.Contains("Repair", error.Message);
        Assert.Equal(("test.msh", 17), (error.File, error.Line));
        Assert.Equal(4, Read(text, o => o with { Repair = true }).Volume.Sum(), 1e-12);
    }

    [Fact]
    public void An_obtuse_angle_at_the_rim_is_refused_with_place_and_remedy()
    {
        const string text =
            "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n2 1 \"a\"\n$EndPhysicalNames\n$Nodes\n3\n1 0 0 0\n2 4 0 0\n3 2 1 "
                + "0\n$EndNodes\n"
            + "$Elements\n1\n1 2 2 1 1 1 2 3\n$EndElements\n";
        string message = Assert.Throws<MeshException>(() => Read(text)).Message;
        Assert.Contains("rim of 'a' is 126.9 degrees", message);
        Assert.Contains("x = 2 m, z = 0 m", message);
    }

    public static TheoryData<string, string, string> Broken => new()
    {
        { "x", "y", "not a Gmsh mesh" },
        { "2.2 0 8", "1.0 0 8", "version 1.0" },
        { "2.2 0 8", "2.2 1 8", "order of bytes" },
        { "2.2 0 8", "2.2 1 4", "of 4 bytes" },
        { "1 2 2 1 1", "1 2 -9 1 1", "no number of items" },
        { "1 2 2 1 1", "1 2 99999999999 1 1", "no number of items" },
        { "$MeshFormat\n", "$NOD\n", "version 1" },
        { "$EndElements", "", "ends within $Elements" },
        { "\n2 2 2 1 1 1 5 2\n", "\n", "$Elements has too few" },
        { "1 2 2 1 1", "1 3 2 1 1", "an integer is missing" },
        { "1 2 2 1 1", "1 77 2 1 1", "of type 77" },
        { "1 2 2 1 1", "1 4 2 1 1", "three-dimensional" },
        { "1 2 2 1 1", "1 9 2 1 1", "higher order" },
        { "1 2 2 1 1", "1 2 2 0 1", "no physical surface" },
        { "2 1 \"a\"", "2 1 \"c\"", "region 'c' has no material" },
        { "1 0 0 0", "1 0 0 1", "outside the x-y plane" },
        { "1 0 0 0", "1 0 nan 0", "not a finite number" },
        { "1 0 0 0", "1 0 0,5 0", "not a finite number" },
        { "1 0 0 0", "1 0", "too few" },
        { "1 0 0 0", "2 0 0 0", "given twice" },
        { "1 2 2 1 1 1 4", "1 2 2 1 1 1 99", "node 99 is not" },
        { "1 2 2 1 1 1 4", "1 2 2 1 1 1 1", "has no area" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_broken_file_is_refused_in_one_line_with_its_place(string old, string now, string part)
    {
        string text = Grid(2, 0, 1);
        text = old == "x" ? now : text.Contains(old) ? text.Replace(old, now) : text;
        string message = Assert.Throws<MeshException>(() => Read(text)).Message;
        Assert.Contains(part, message);
        Assert.StartsWith("test.msh(", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_tag_that_has_no_opposite_is_refused()
    {
        byte[] mesh = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "layers22.bin.msh"));
        // Type, length and tags of the first run of elements, number and group of its first element.
        int at = mesh.AsSpan().IndexOf("$Elements\n"u8) + "$Elements\n".Length;
        at += mesh.AsSpan(at).IndexOf((byte)'\n') + 1 + 4 * sizeof(int);
        BitConverter.TryWriteBytes(mesh.AsSpan(at), int.MinValue);
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["m.msh"], mesh);
        string message = Assert.Throws<MeshException>(() => GmshReader.Read(directory["m.msh"], Options)).Message;
        Assert.Contains("-2147483648 is out of range", message);
    }

    [Theory]
    [InlineData("stack22.msh")]
    [InlineData("stack41.msh")]
    public void A_file_cut_anywhere_is_refused_in_one_line(string file)
    {
        string[] lines = File.ReadAllLines(Data(file));
        for (int keep = 0; keep < lines.Length; keep += 13)
        {
            string text = string.Join('\n', lines[..keep]);
            string message = Assert.Throws<MeshException>(() => GmshReader.Read(new StringReader(text), "cut.msh", Options)).Message;
            Assert.StartsWith("cut.msh(", message);
        }
    }

    [Theory]
    [InlineData("2.2 0 8", "2.0 0 8")]
    [InlineData("2.2 0 8", "2.1 0 8")]
    [InlineData("1 0 0 0\n", "1 0 0 1e-18\n")]
    [InlineData(" 2 2 1 1 ", " 2 2 -1 1 ")]
    [InlineData(" 2 2 1 1 ", " 2 4 1 1 1 -2 ")]
    [InlineData("$EndNodes", "$EndNodes\n$Empty\n$EndEmpty\n$Unknown\nx\n$EndUnknown")]
    public void Forms_that_mean_the_same_give_the_same_mesh(string old, string now)
    {
        string text = Grid(3, 0, 2);
        ControlVolumeMesh expected = Read(text), mesh = Read(text.Replace(old, now));
        Assert.Equal(expected.Volume, mesh.Volume);
        Assert.Equal(expected.EdgeArea, mesh.EdgeArea);
    }

    [Fact]
    public void Tags_may_be_negative_and_long()
    {
        const string head = "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n2 1 \"a\"\n$EndPhysicalNames\n";
        string Mesh(long a, long b) => head + $"$Nodes\n4\n{a} 0 0 0\n{b} 1 0 0\n3 1 1 0\n4 0 1 0\n$EndNodes\n"
            + $"$Elements\n1\n9000000000 3 2 1 1 {a} {b} 3 4\n$EndElements\n";
        ControlVolumeMesh mesh = Read(Mesh(-7, 9_000_000_000));
        Assert.Equal(1, mesh.Volume.Sum(), 1e-12);
        Assert.Equal(Read(Mesh(1, 2)).Volume, mesh.Volume);
    }

    [GmshTheory]
    [InlineData("-format msh22")]
    [InlineData("-format msh22 -bin")]
    [InlineData("-format msh40")]
    [InlineData("-format msh41")]
    [InlineData("-format msh41 -bin")]
    [InlineData("-format msh22 -parametric")]
    [InlineData("-format msh22 -bin -parametric")]
    [InlineData("-format msh41 -parametric")]
    [InlineData("-format msh41 -bin -parametric")]
    [InlineData("-format msh22 -part 3")]
    [InlineData("-format msh41 -part 3")]
    [InlineData("-format msh40 -part 3")]
    [InlineData("-format msh22 -bin -part 3")]
    public void Every_form_that_gmsh_writes_gives_the_same_mesh(string form)
    {
        using var directory = new TemporaryDirectory();
        string path = directory["m.msh"];
        using Process gmsh = Process.Start(new ProcessStartInfo("gmsh",
            ["-2", Data("stack.geo"), "-o", path, .. form.Split(' ')])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        gmsh.StandardOutput.ReadToEnd();
        gmsh.WaitForExit();
        Assert.Equal(0, gmsh.ExitCode);
        AssertStack(GmshReader.Read(path, Options));
    }

    [Fact]
    public void Groups_and_materials_must_match()
    {
        string text = Grid(2, 0, 1);
        Assert.Contains("no physical groups", Assert.Throws<MeshException>(() => Read(text.Replace(" 2 2 1 1 ", " 2 2 0 1 "))).Message);
        Assert.Contains("'z', which is not in the mesh", Assert.Throws<MeshException>(() => Read(text, o => o with
        {
            Materials = new Dictionary<string, MaterialKind> { ["a"] = MaterialKind.Oxide, ["z"] = MaterialKind.Oxide },
        })).Message);
        Assert.Contains("cannot be read", Assert.Throws<MeshException>(() => GmshReader.Read("absent.msh", Options)).Message);
        Assert.Contains("depth", Assert.Throws<MeshException>(() => Read(text, o => o with { Depth = 0 })).Message);
    }
}
