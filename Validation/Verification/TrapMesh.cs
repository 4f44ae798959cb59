using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Verification;

/// <summary>Step of a film with traps, and of one with few protons, on finer and finer meshes.</summary>
/// <remarks>
/// With traps the step is decided within the layers that the double layers leave behind: splitting cells of a mesh of 60 by four moves it
/// by 1.1e-3 from 0.1 to 0.8 nm off the face that protons enter by, by 4e-8 in the middle. Meshes that grow by tanh have 19 of 60 cells in
/// the middle; whatever their strength and first cells, 60 of them are 1.3e-3 off (error of second order). Three quarters of the cells
/// within the layers are enough.
/// </remarks>
public sealed class TrapMesh : ValidationCase
{
    private const int Coarsest = 60, Finest = 240;
    private const double Layer = 0.8e-9, FirstCell = 10e-12;

    /// <inheritdoc/>
    public override string Id => "verification.trap-mesh";

    /// <inheritdoc/>
    public override string Title => "Steps with traps, and with few protons, do not depend on the mesh";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Verification;

    /// <inheritdoc/>
    public override string Equation => "|N(h)/N(240 cells) - 1| ≤ 1e-3";

    /// <inheritdoc/>
    public override string Source =>
        "protons that Pd gives in a pulse of +10 V or -8.5 V, 5 ns, presets trapping and dilute; automatic mesh, and meshes with three "
            + "quarters of their cells within 0.8 nm of a face, where steps with traps are decided. By a hyperbolic tangent a third of the "
            + "cells stands in the middle, where they change nothing, and 60 are 1.3e-3 off at any strength";

    /// <inheritdoc/>
    public override Control Control { get; } = new("cells that grow from 0.1 nm at both faces, too coarse where the bound charge varies");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach (string preset in new[] { "trapping", "dilute" })
            foreach (double amplitude in new[] { 10, -8.5 })
            {
                double finest = Given(Layered(preset, Finest), amplitude);
                checks.Add(new($"{preset}, {amplitude} V: protons on {Finest} cells", "1", finest, Band.Shown));
                void Add(string name, DeviceSimulation device, Band band) =>
                    checks.Add(new($"{preset}, {amplitude} V: {name} over {Finest} cells", "1", Given(device, amplitude) / finest, 1,
                        band));
                string[] coarse = ["mesh.psg_cells=60", "mesh.psg_first_cell_gate=0.1 nm", "mesh.psg_first_cell_channel=0.1 nm"];
                Add("automatic mesh", Device(preset, $"protocol.0.amplitude={amplitude} V", context.Perturbed ? coarse : []),
                    Band.Relative(1e-3));
                foreach (int cells in new[] { 2 * Coarsest, Coarsest })
                    Add($"{cells} cells", context.Perturbed ? Device(preset, "mesh.psg=graded", coarse) : Layered(preset, cells),
                        Band.Relative(1e-3));
                Add($"{Coarsest} by tanh", Device(preset, "mesh.psg=tanh", [$"mesh.psg_cells={Coarsest}"]), Band.Shown);
            }
        return new(checks);
    }

    private static double Given(DeviceSimulation device, double amplitude)
    {
        device.Pulse(amplitude, 5e-9, device.Device.Gate.EdgeTime);
        device.Rest(1);
        return new Inventory(device).Given;
    }

    private static DeviceSimulation Device(string preset, string setting, string[] mesh) =>
        CaseRun.CreateDevice(CaseReader.Read("single", [$"preset={preset}", setting, .. mesh]));

    /// <summary>A device on a mesh that is fine in the layers at both faces of PSG.</summary>
    private static DeviceSimulation Layered(string preset, int cells)
    {
        Device device = CaseReader.Read("single", [$"preset={preset}"]).Device;
        double length = device.Psg.FilmThickness, pd = device.Pd.Thickness, wo3 = device.Wo3.Thickness;
        int inLayer = 3 * cells / 8;
        double[] layer = Grading1D.Geometric(Layer, inLayer, FirstCell * Coarsest / cells),
            middle = Grading1D.Geometric(length / 2 - Layer, cells / 2 - inLayer, layer[^1] - layer[^2]),
            half = [.. layer, .. middle.Skip(1).Select(z => Layer + z)];
        ControlVolumeMesh mesh = StackMesh.Build(
        [
            new("gate", MaterialKind.GateMetal, 0, Grading1D.Uniform(pd, 1)),
            new("psg", MaterialKind.Electrolyte, pd + device.Psg.SternThickness,
                [.. half, .. half.Reverse().Skip(1).Select(z => length - z)]),
            new("wo3", MaterialKind.Channel, pd + device.Psg.Thickness,
                Grading1D.FirstThenEqual(wo3, 16, 2 * device.Wo3.LatticePlane)),
            new("oxide", MaterialKind.Oxide, pd + device.Psg.Thickness + wo3, Grading1D.Uniform(device.Heat.OxideThickness, 1)),
        ], device.Geometry.Area);
        return new(device, mesh, new SolverSettings());
    }
}
