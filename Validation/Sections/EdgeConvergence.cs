using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Sections;

/// <summary>Step of one pulse under a gate that ends over the channel, on finer and finer meshes at the edge.</summary>
internal sealed class EdgeConvergence : ValidationCase
{
    private const double Edge = 20e-9, Length = 40e-9, Top = 5e-9;
    private static readonly double[] s_sizes = [0.6e-9, 0.3e-9, 0.15e-9];

    public override string Id => "verification.gate-edge";

    public override string Title => "The step of a pulse under the edge of a gate converges with the mesh";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "|ΔG(h/2) / ΔG(h) - 1| ≤ 1 %";

    public override string Source =>
        "a number that depends on the mesh is no result; the field of a sharp edge is singular without the compact layer and the charge "
            + "of protons";

    public override bool Quick => false;

    public override Control Control { get; } = new("cells at the edge are ten times as wide, those of the case for measurements of time");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        List<Curve> curves = [];
        double[] sizes = [.. s_sizes.Select(h => context.Perturbed ? 10 * h : h)];
        foreach ((string words, HopLaw law, bool isRounded) in new[]
        {
            ("sinh law, sharp edge", HopLaw.Sinh, false),
            ("saturating law, sharp edge", HopLaw.Saturating, false),
            ("sinh law, rounded edge", HopLaw.Sinh, true),
            ("saturating law, rounded edge", HopLaw.Saturating, true),
        })
        {
            List<double> steps = [];
            foreach ((int k, double size) in sizes.Index())
            {
                context.Cancel.ThrowIfCancellationRequested();
                (double step, double protons) = Pulse(size, 0.1e-9 / (1 << k), law, isRounded);
                steps.Add(step);
                checks.Add(new($"{words}: step with cells of {size * 1e9:g3} nm at the edge ({protons:f2} protons)", "S", step,
                    Band.Shown));
            }
            checks.Add(new($"{words}: change by the last refinement", "1", steps[^1] / steps[^2] - 1, 0, Band.Absolute(0.01)));
            curves.Add(new(words, CurveStyle.Markers, sizes, steps));
        }
        return new(checks)
        {
            Charts = [new("Step of one pulse of 10 V and 5 ns", "cells at the edge [m]", "step [S]",
            curves) { LogX = true }]
        };
    }

    private static (double Step, double Protons) Pulse(double size, double across, HopLaw law, bool isRounded)
    {
        Device first = ReferenceSets.Held;
        Electrolyte psg = first.Psg with { HopLaw = law, ActivationEnergy = double.NaN };
        Device device = CalibrationRules.Resolve(first with { Psg = psg });
        double layer = device.Psg.SternThickness, face = Top + device.Psg.Thickness, floor = face + device.Wo3.Thickness;
        Rectangle[] rectangles =
        [
            new("psg", MaterialKind.Electrolyte, 0, Length, Top, face),
            new("channel", MaterialKind.Channel, 0, Length, face, floor),
            new("gate", MaterialKind.GateMetal, 0, Edge, 0, Top),
        ];
        // The face of the gate rises by 1 nm over its last 8 nm.
        FilmThickness? film = isRounded
            ? new(Top + layer, face - layer, FilmThickness.RoundedEdge(Edge, 8e-9, 0.1, 1))
            : null;
        ControlVolumeMesh mesh = CrossSectionMesh.Build(
            new() { Rectangles = rectangles, Depth = device.Geometry.Width, CompactLayer = layer },
            new LineGrading { MaxSize = 4e-9, Growth = 1.3, FineLines = [new(Edge, size)] },
            new LineGrading
            {
                MaxSize = 1.5e-9,
                Growth = 1.3,
                FineLines = [new(Top + layer, across), new(face - layer, across), new(face, device.Wo3.LatticePlane * 2)],
            }, film);
        var simulation = new DeviceSimulation(device, mesh, new());
        var readout = new ChannelReadout(simulation);
        double before = readout.Conductance;
        simulation.Pulse(10, 5e-9, device.Gate.EdgeTime);
        simulation.Rest(1);
        return (readout.Conductance - before, new Inventory(simulation).Channel);
    }
}
