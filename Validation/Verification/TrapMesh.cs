using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Verification;

/// <summary>Step of a film with traps, and of one with few protons, on finer and finer meshes.</summary>
public sealed class TrapMesh : ValidationCase
{
    private const string Finest = "240";

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
        "protons that Pd gives in a pulse of +10 V or -8.5 V, 5 ns, presets trapping and dilute; automatic mesh and cells by a hyperbolic "
            + "tangent, of which 60 are 1.2e-3 off. Before traps were in detailed balance the step fell from 4237 to 286 pS from 30 "
            + "to 960 cells";

    /// <inheritdoc/>
    public override Control Control { get; } = new("cells that grow from 0.1 nm at both faces, too coarse where the bound charge varies");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach (string preset in new[] { "trapping", "dilute" })
            foreach (double amplitude in new[] { 10, -8.5 })
            {
                double finest = Given(preset, amplitude, Finest, isCoarse: false);
                checks.Add(new($"{preset}, {amplitude} V: protons on {Finest} cells", "1", finest, Band.Shown));
                foreach (string cells in new[] { "auto", "120", "60" })
                    checks.Add(new($"{preset}, {amplitude} V: {cells} cells over {Finest}", "1",
                        Given(preset, amplitude, cells, context.Perturbed) / finest, 1, cells == "60" ? Band.Shown : Band.Relative(1e-3)));
            }
        return new(checks);
    }

    private static double Given(string preset, double amplitude, string cells, bool isCoarse)
    {
        string[] mesh = isCoarse ? ["mesh.psg_cells=60", "mesh.psg_first_cell_gate=0.1 nm", "mesh.psg_first_cell_channel=0.1 nm"]
            : cells == "auto" ? [] : [$"mesh.psg_cells={cells}", "mesh.psg=tanh"];
        DeviceSimulation device = CaseRun.CreateDevice(
            CaseReader.Read("single", [$"preset={preset}", $"protocol.0.amplitude={amplitude} V", .. mesh]));
        device.Pulse(amplitude, 5e-9, device.Device.Gate.EdgeTime);
        device.Rest(1);
        return new Inventory(device).Given;
    }
}
