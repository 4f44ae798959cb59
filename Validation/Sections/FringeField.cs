using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Sections;

/// <summary>A flat gate of finite width on a dielectric over the channel: parallel plates with the field at their rim.</summary>
/// <remarks>
/// The dielectric is PSG below the inner half of the gate and an insulator of the same permittivity beyond, so that
/// the field crosses from one to the other, and ends on the gate from both. Compact layers are made too thin to count.
/// </remarks>
internal sealed class FringeField : ValidationCase
{
    private const double Thickness = 10e-9, Depth = 50e-9;
    private static readonly double[] s_halfWidths = [0.5, 1, 2];

    public override string Id => "limits.fringe-field";

    public override string Title => "Parallel plates with the field at their rim have the capacitance of the conformal map";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "C = 2 eps W K(k)/K(k'), k = tanh(pi a/2d)";

    public override string Source =>
        "cosh(pi (x + i z)/d) maps half of a dielectric strip of thickness d, under a gate of half width a, onto a half plane; no field "
            + "leaves the bare upper face";

    public override Control Control { get; } = new("the dielectric ends with the gate, so that there is no field beyond its rim");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        List<double> computed = [], expected = [];
        foreach (double ratio in s_halfWidths)
        {
            double k = Math.Tanh(Math.PI * ratio / 2), permittivity = VacuumPermittivity * new Electrolyte().RelativePermittivity;
            computed.Add(Capacitance(ratio * Thickness, context.Perturbed) / Depth);
            expected.Add(permittivity * EllipticIntegral.Ratio(k, 1 / Math.Cosh(Math.PI * ratio / 2)));
            checks.Add(new($"capacitance per depth of half a gate, a/d = {ratio}", "F/m", computed[^1], expected[^1], Band.Relative(0.01)));
            checks.Add(new("share of it beyond parallel plates", "1", 1 - permittivity * ratio / computed[^1], Band.Shown));
        }
        return new(checks)
        {
            Charts =
            [
                new("Capacitance", "half width over thickness", "capacitance per depth [F/m]",
                    new Curve("solver", CurveStyle.Markers, s_halfWidths, computed),
                    new Curve("", CurveStyle.Line, s_halfWidths, expected)),
            ],
        };
    }

    /// <summary>Charge per volt of the half at x above 0.</summary>
    private static double Capacitance(double halfWidth, bool endsWithGate)
    {
        double end = endsWithGate ? halfWidth : halfWidth + 5 * Thickness, top = 5e-9, floor = top + Thickness, bottom = floor + 2e-9;
        Rectangle[] rectangles =
        [
            new("insulator", MaterialKind.Oxide, 0, end, top, floor),
            new("psg", MaterialKind.Electrolyte, 0, halfWidth / 2, top, floor),
            new("channel", MaterialKind.Channel, 0, end, floor, bottom),
            new("gate", MaterialKind.GateMetal, 0, halfWidth, 0, top),
        ];
        var section = new CrossSection { Rectangles = rectangles, Depth = Depth };
        ControlVolumeMesh mesh = CrossSectionMesh.Build(section,
            new LineGrading { MaxSize = 3e-9, Growth = 1.3, FineLines = [new(halfWidth, 0.05e-9)] },
            new LineGrading { MaxSize = 2e-9, Growth = 1.3, FineLines = [new(top, 0.05e-9)] });
        Device device = LimitingDevices.Frozen;
        device = CalibrationRules.Resolve(device with { Psg = device.Psg with { SternThickness = 1e-14 } });
        var simulation = new DeviceSimulation(device, mesh, new());
        (double voltage, double charge) = (simulation.GateVoltage, simulation.GateCharge);
        simulation.Segment(DriveMode.Voltage, voltage, voltage + 1, 1e-9);
        return simulation.GateCharge - charge;
    }
}
