using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Sections;

/// <summary>A film on two contacts that leave a gap: the current crowds at their edges.</summary>
internal sealed class SpreadingResistance : ValidationCase
{
    private const double Film = 10e-9, Depth = 50e-9, Voltage = 1e-3;
    private static readonly double[] s_gaps = [0.5, 1, 3];

    public override string Id => "limits.spreading-resistance";

    public override string Title => "A film on two contacts has the resistance of the conformal map";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "R = 2 K(k')/(sigma W K(k)), k = 1/cosh(pi s/4h)\nlong gaps: R = (s/h + 4 ln 2/pi)/(sigma W)";

    public override string Source =>
        "cosh(pi (x + i z)/h) maps half of a film of thickness h over a gap s onto a half plane; the middle of the gap is at half the "
            + "voltage";

    public override Control Control { get; } = new("the contacts cover the ends of the film from top to bottom");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        List<double> computed = [], expected = [];
        foreach (double ratio in s_gaps)
        {
            (double run, double read) = Squares(ratio * Film, context.Perturbed);
            computed.Add(run);
            double angle = Math.PI * ratio / 4;
            expected.Add(2 / EllipticIntegral.Ratio(1 / Math.Cosh(angle), Math.Tanh(angle)));
            checks.Add(new($"resistance times sigma W under a bias of the drain, s/h = {ratio}", "1", run, expected[^1],
                Band.Relative(0.01)));
            checks.Add(new($"the same by the read-out of the conductance, s/h = {ratio}", "1", read, expected[^1], Band.Relative(0.01)));
        }
        return new(checks)
        {
            Charts =
            [
                new("Resistance", "gap over thickness", "resistance times conductivity times depth",
                    new Curve("solver", CurveStyle.Markers, s_gaps, computed), new Curve("", CurveStyle.Line, s_gaps, expected)),
            ],
        };
    }

    private static (double Run, double Read) Squares(double gap, bool atEnds)
    {
        double end = gap / 2 + (atEnds ? 0 : 4 * Film), metal = end + 4e-9, top = 4e-9, face = top + 5e-9, floor = face + Film,
            bottom = floor + 4e-9;
        Rectangle[] rectangles =
        [
            new("source", MaterialKind.ContactMetal, -metal, -gap / 2, top, bottom),
            new("drain", MaterialKind.ContactMetal, gap / 2, metal, top, bottom),
            new("psg", MaterialKind.Electrolyte, -end, end, top, face),
            new("channel", MaterialKind.Channel, -end, end, face, floor),
            new("gate", MaterialKind.GateMetal, -end, end, 0, top),
        ];
        ControlVolumeMesh mesh = CrossSectionMesh.Build(new() { Rectangles = rectangles, Depth = Depth },
            new LineGrading { MaxSize = 4e-9, Growth = 1.2, FineLines = [new(-gap / 2, 0.02e-9), new(gap / 2, 0.02e-9)] },
            new LineGrading { MaxSize = 2e-9, Growth = 1.2, FineLines = [new(floor, 0.02e-9)] });
        Device device = LimitingDevices.Frozen;
        device = CalibrationRules.Resolve(device with { Wo3 = device.Wo3 with { Electrons = true } });
        var simulation = new DeviceSimulation(device, mesh, new());
        double rest = simulation.GateVoltage;
        simulation.Segment(DriveMode.Voltage, rest, rest, 1e-9, drain: Voltage);
        // Long against the charging of the glass through the film.
        simulation.Segment(DriveMode.Voltage, rest, rest, 1e-5);
        UnknownLayout u = simulation.Layout;
        double sigma = ElementaryCharge * device.Wo3.ElectronMobility * device.Wo3.RestComposition * device.Wo3.SiteDensity, current = 0;
        for (int e = 0; e < mesh.EdgeCount; e++)
        {
            (int a, int b) = (mesh.EdgeLeft[e], mesh.EdgeRight[e]);
            // Edges that start in the middle of the gap.
            if (mesh.MaterialOf(a) == MaterialKind.Channel && (mesh.X[a] < 1e-15) != (mesh.X[b] < 1e-15))
                current += sigma * mesh.EdgeArea[e] / mesh.EdgeLength[e]
                    * Math.Abs(simulation.State[u.Electron + u.Local[a]] - simulation.State[u.Electron + u.Local[b]]);
        }
        return (Voltage / current * sigma * Depth, sigma * Depth / new ChannelReadout(simulation).Conductance);
    }
}
