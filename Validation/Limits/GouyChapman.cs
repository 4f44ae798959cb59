using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Potential at a blocking gate: the nonlinear Poisson-Boltzmann profile.</summary>
public sealed class GouyChapman : ValidationCase
{
    public override string Id => "limits.gouy-chapman";

    public override string Title => "At a blocking gate the protons take the Gouy-Chapman profile";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "lambda^2 s'^2 = 2 (e^{-s} - 1 + s), s = (phi - phi_bulk)/V_T\nV_G - V_rest = V_T s_0 + l_S V_T |s'|";

    public override string Source =>
        "Gouy (1910) and Chapman (1913) for one mobile species over a fixed background; first integral as in D. C. Grahame, Chem. Rev. "
            + "41, 441 (1947)";

    public override Control Control { get; } = new("the mesh is uniform and coarser than the layer");

    public override ValidationOutcome Run(RunContext context)
    {
        double thermal = Constants.ThermalVoltage(300);
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach (double volts in new[] { 0.3, 0.05, -0.05, -0.6 })
        {
            var mesh = LimitingDevices.Fine(context.Perturbed ? 16 : 300);
            var sample = new VirtualDevice(LimitingDevices.SlowGate(4e25, 1e-30, 0.5), 1e-9,
                context.Perturbed ? mesh with { TanhStrength = 0.1 } : mesh);
            double[] rest = sample.Potential();
            sample.Hold(sample.Device.Gate.RestVoltage + volts, 1e-9, 1e-3);
            double[] depth = sample.Depth(), s = [.. sample.Potential().Select((phi, i) => (phi - rest[i]) / thermal)];
            var layer = new DiffuseLayer(sample.Device.Psg, volts);
            double[] exact = layer.Profile(depth);
            double charge = sample.Device.Psg.RelativePermittivity * Constants.VacuumPermittivity * thermal * layer.Slope(layer.Surface);
            checks.Add(new($"edge of the layer at {volts:0.##} V", "kT/q", s[0], layer.Surface, Band.Relative(1e-3)));
            checks.Add(new($"charge on the gate at {volts:0.##} V", "C/m^2", sample.Simulation.GateCharge / sample.Area, charge,
                Band.Relative(1e-3)));
            checks.Add(new($"largest deviation of the profile at {volts:0.##} V", "1",
                s.Select((x, i) => Math.Abs(x - exact[i])).Max() / Math.Abs(layer.Surface), 0, Band.Absolute(2e-3)));
            int[] near = [.. Enumerable.Range(0, depth.Length).Where(i => depth[i] < 3e-9 && i % 4 == 0)];
            curves.Add(new($"{volts:0.##} V", CurveStyle.Markers, [.. near.Select(i => depth[i] * 1e9)], [.. near.Select(i => s[i])]));
            curves.Add(new("", CurveStyle.Line, [.. near.Select(i => depth[i] * 1e9)], [.. near.Select(i => exact[i])]));
        }
        return new(checks) { Charts = [new("Potential beside a blocking gate", "depth [nm]", "(phi - phi_bulk)/V_T", curves)] };
    }
}
