using System.Globalization;
using System.Text;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.CrossSections;

public sealed class TriangleStepTests
{
    private const double Depth = 50e-9;

    private static readonly Rectangle[] s_rectangles =
    [
        new("gate", MaterialKind.GateMetal, 0, 10e-9, 0, 2e-9),
        new("psg", MaterialKind.Electrolyte, 0, 20e-9, 2e-9, 12e-9),
        new("channel", MaterialKind.Channel, 0, 20e-9, 12e-9, 18e-9),
    ];

    private static (double[] X, double[] Z) Lines =>
    (
        new LineGrading { MaxSize = 1.5e-9, Growth = 1.4, FineLines = [new(10e-9, 0.4e-9)] }.Lines([0, 10e-9, 20e-9]),
        new LineGrading { MaxSize = 1e-9, Growth = 1.4, FineLines = [new(2e-9, 0.1e-9), new(12e-9, 0.1e-9)] }.Lines([0, 2e-9, 12e-9, 18e-9])
    );

    [Fact]
    public void Triangles_along_the_grid_give_the_step_of_the_grid_at_ten_volts()
    {
        (double[] x, double[] z) = Lines;
        double grid = Step(CrossSectionMesh.Build(new() { Rectangles = s_rectangles, Depth = Depth }, x, z));
        Assert.True(grid > 1e-12);
        Assert.Equal(1, Step(Triangles(0)) / grid, 0.005);
    }

    [Fact]
    public void Triangles_oblique_to_the_field_are_refused_where_hops_are_long()
    {
        ControlVolumeMesh mesh = Triangles(0.2);
        MeshException refused = Assert.Throws<MeshException>(() => new DeviceSimulation(CalibrationRules.Resolve(new()), mesh, new()));
        Assert.Contains("oblique", refused.Message);
        // Short hops are drift and diffusion, which any mesh describes.
        var drift = new DeviceSimulation(CalibrationRules.Resolve(new() { Psg = new() { HopDistance = 1e-12, ActivationEnergy = 0.3 } }),
            mesh, new());
        Assert.True(drift.Layout.Size > 0);
    }

    /// <summary>Step of conductance by one pulse of 10 V and 5 ns [S].</summary>
    private static double Step(ControlVolumeMesh mesh)
    {
        Device device = CalibrationRules.Resolve(new());
        var simulation = new DeviceSimulation(device, mesh, new());
        var readout = new ChannelReadout(simulation);
        double before = readout.Conductance;
        simulation.Pulse(10, 5e-9, device.Gate.EdgeTime);
        simulation.Rest(1);
        return readout.Conductance - before;
    }

    /// <summary>The grid's cells as two triangles each, through the reader of mesh files; inner points moved
    /// at random by a part of their distance.</summary>
    private static ControlVolumeMesh Triangles(double shake)
    {
        (double[] x, double[] z) = Lines;
        var random = new Random(1);
        int Cell(int i, int j) => i < 0 || j < 0 || i >= x.Length - 1 || j >= z.Length - 1 ? -1 : Array.FindIndex(s_rectangles, r =>
            0.5 * (x[i] + x[i + 1]) is var cx && 0.5 * (z[j] + z[j + 1]) is var cz && cx > r.Left && cx < r.Right && cz > r.Top
                && cz < r.Bottom);
        int Point(int i, int j) => i * z.Length + j + 1;
        StringBuilder nodes = new(), elements = new();
        int count = 0;
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < z.Length; j++)
            {
                int own = Cell(i, j), side = i == 0 ? 4 : i == x.Length - 1 ? 5 : 0;
                bool isInner = own >= 0 && Cell(i - 1, j) == own && Cell(i, j - 1) == own && Cell(i - 1, j - 1) == own;
                double Moved(double[] line, int k) => line[k]
                    + (isInner ? shake * (2 * random.NextDouble() - 1) * Math.Min(line[k] - line[k - 1], line[k + 1] - line[k]) : 0);
                nodes.AppendLine(CultureInfo.InvariantCulture, $"{Point(i, j)} {Moved(x, i) * 1e9:R} {Moved(z, j) * 1e9:R} 0");
                if (side > 0 && j < z.Length - 1 && z[j] > s_rectangles[2].Top - 1e-15)
                    elements.AppendLine(CultureInfo.InvariantCulture, $"{++count} 1 2 {side} {side} {Point(i, j)} {Point(i, j + 1)}");
                if (own < 0)
                    continue;
                foreach ((int a, int b, int c) in new[] { (Point(i, j), Point(i + 1, j), Point(i + 1, j + 1)),
                    (Point(i, j), Point(i + 1, j + 1), Point(i, j + 1)) })
                    elements.AppendLine(CultureInfo.InvariantCulture, $"{++count} 2 2 {own + 1} {own + 1} {a} {b} {c}");
            }
        string text = "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n5\n"
            + "1 4 \"source\"\n1 5 \"drain\"\n2 1 \"gate\"\n2 2 \"psg\"\n2 3 \"channel\"\n$EndPhysicalNames\n"
            + FormattableString.Invariant($"$Nodes\n{x.Length * z.Length}\n{nodes}$EndNodes\n$Elements\n{count}\n{elements}$EndElements\n");
        return GmshReader.Read(new StringReader(text), "grid.msh", new()
        {
            Materials = s_rectangles.ToDictionary(r => r.Name, r => r.Material),
            Depth = Depth,
            Scale = 1e-9,
            Repair = true,
        });
    }
}
