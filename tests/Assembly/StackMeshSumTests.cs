using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Assembly;

/// <summary>The 1-D mesh of a device: sums over control volumes, end cells, interfaces.</summary>
public class StackMeshSumTests
{
    [Theory]
    [InlineData(10e-9, true, false)]
    [InlineData(10e-9, false, true)]
    [InlineData(4e-9, false, false)]
    public void Volumes_lengths_and_areas_add_up_to_the_device(double thickness, bool tanh, bool uniform)
    {
        var device = new Device { Psg = new() { Thickness = thickness }, Heat = new() { Enabled = true } };
        ControlVolumeMesh mesh = DeviceStack.Mesh(device,
            new MeshSettings { Psg = tanh ? PsgNodes.Tanh : PsgNodes.Graded, Wo3Uniform = uniform });
        double area = device.Geometry.Length * device.Geometry.Width, stern = device.Psg.SternThickness;
        double[] layers = [device.Pd.Thickness, thickness - 2 * stern, device.Wo3.Thickness, device.Heat.OxideThickness];
        for (int r = 0; r < 4; r++)
        {
            int from = mesh.RegionStart[r], to = mesh.RegionStart[r + 1];
            Assert.Equal(layers[r] * area, mesh.Volume[from..to].Sum(), layers[r] * area * 1e-13);
            Assert.Equal(layers[r], mesh.Z[to - 1] - mesh.Z[from], 1e-20);
            double length = Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.RegionOf(mesh.EdgeLeft[e]) == r)
                .Sum(e => mesh.EdgeLength[e]);
            Assert.Equal(layers[r], length, layers[r] * 1e-13);
        }
        Assert.All(mesh.EdgeArea, a => Assert.Equal(area, a, area * 1e-15));
        Assert.All(mesh.Interfaces, f => Assert.Equal(area, f.Area, area * 1e-15));
        Assert.Equal(3, mesh.Interfaces.Length);
        // Both compact layers lie between the nodes of the interfaces of PSG.
        Assert.Equal([stern, stern, 0], mesh.Interfaces.Select(f => mesh.Z[f.Second] - mesh.Z[f.First]), (a, b) => Math.Abs(a - b) < 1e-20);
    }

    [Fact]
    public void The_first_control_volume_of_the_channel_is_one_lattice_plane()
    {
        var device = new Device();
        ControlVolumeMesh mesh = DeviceStack.Mesh(device, new MeshSettings());
        int first = mesh.Interfaces[1].Second;
        Assert.Equal(MaterialKind.Channel, mesh.MaterialOf(first));
        Assert.Equal(device.Wo3.LatticePlane, mesh.Volume[first] / device.Geometry.Area, 1e-22);
    }

    [Fact]
    public void The_first_cells_of_the_electrolyte_are_those_that_are_set()
    {
        var settings = new MeshSettings { PsgCells = 80, PsgFirstCellGate = 0.05e-9, PsgFirstCellChannel = 0.02e-9 };
        ControlVolumeMesh mesh = DeviceStack.Mesh(new Device(), settings);
        double[] cells = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Electrolyte).Select(e => mesh.EdgeLength[e])];
        Assert.Equal(80, cells.Length);
        Assert.Equal(0.05e-9, cells[0], 0.1 * 0.05e-9);
        Assert.Equal(0.02e-9, cells[^1], 0.1 * 0.02e-9);
        // Neighbours differ little: the scheme keeps its order.
        Assert.All(cells.Zip(cells.Skip(1)), p => Assert.InRange(p.Second / p.First, 0.75, 1.3));
    }
}
