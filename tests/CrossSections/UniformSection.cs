using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Assembly;

namespace FvSolver.Tests.CrossSections;

/// <summary>A cross-section in which nothing varies along x, on the z mesh of the stack of the same device.</summary>
internal static class UniformSection
{
    public static ControlVolumeMesh Mesh(Device device, ControlVolumeMesh stack, int columns)
    {
        double length = device.Geometry.Length;
        double[] z = [.. stack.Z.Order().Aggregate(new List<double>(), (kept, at) =>
        {
            if (kept.Count == 0 || at - kept[^1] > 1e-16)
                kept.Add(at);
            return kept;
        })];
        double Start(int r) => stack.Z[stack.RegionStart[r]];
        double End(int r) => stack.Z[stack.RegionStart[r + 1] - 1];
        double layer = device.Psg.SternThickness;
        return CrossSectionMesh.Build(new()
        {
            Depth = device.Geometry.Width,
            CompactLayer = layer,
            Rectangles = [.. stack.Regions.Select((region, r) => new Rectangle(region.Name, region.Material, 0, length,
                region.Material == MaterialKind.Electrolyte ? End(r - 1) : Start(r),
                region.Material == MaterialKind.Electrolyte ? Start(r + 1) : End(r)))],
        }, Grading1D.Uniform(length, columns), z);
    }

    /// <summary>The system of a small section of two columns under a rising voltage, and its pattern.</summary>
    public static (DeviceSystem<Scalar> System, SparsityPattern Pattern) TwoColumns(Device device)
    {
        SparsityPattern? pattern = null;
        var system = new DeviceSystem<Scalar>([new(device, Mesh(device, DeviceOptions.SmallMesh(device), 2))],
            made => LinearSolverChoice.ForDevice(pattern = made, 2, LinearSolverKind.Managed), tracksEnergy: true);
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = new(1.3), Slope = new(7e9) });
        return (system, pattern!);
    }

    public static MeshSettings Coarse { get; } = new()
    {
        PsgCells = 24,
        Wo3Cells = 6,
        OxideCells = 6,
        PdCells = 2,
        PsgFirstCellChannel = 0.03e-9
    };

    public static ControlVolumeMesh Stack(Device device) => DeviceStack.Mesh(device, Coarse);
}
