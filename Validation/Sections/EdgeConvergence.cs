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
    private const int Meshes = 4;

    public override string Id => "verification.gate-edge";

    public override string Title => "The step of a pulse under the edge of a gate converges with the mesh";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "|ΔG(h/2) / ΔG(h) - 1| ≤ 1 %";

    public override string Source =>
        "a number that depends on the mesh is no result. Where each component of the field moves protons on its own, sinh(x) of the larger "
            + "outruns that of the smaller: what leaves the corner of the gate runs down in a sheet one cell wide, on every mesh";

    public override bool Quick => false;

    public override Control Control { get; } = new("each component of the field moves protons on its own (hop_field = component)");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        List<Curve> curves = [];
        HopField field = context.Perturbed ? HopField.Component : HopField.Whole;
        foreach ((string words, HopLaw law, bool isRounded) in new[]
        {
            ("sinh law, sharp edge", HopLaw.Sinh, false),
            ("saturating law, sharp edge", HopLaw.Saturating, false),
            ("sinh law, rounded edge", HopLaw.Sinh, true),
            ("saturating law, rounded edge", HopLaw.Saturating, true),
        })
        {
            List<double> sizes = [], steps = [];
            for (int k = 0; k < Meshes; k++)
            {
                context.Cancel.ThrowIfCancellationRequested();
                double finer = 1 << k, size = 0.48e-9 / finer;
                (double step, double protons) = Pulse(size, finer, law, field, isRounded);
                sizes.Add(size);
                steps.Add(step);
                checks.Add(new($"{words}: step with cells of {size * 1e9:g3} nm at the edge ({protons:f2} protons)", "S", step,
                    Band.Shown));
            }
            // Beyond its largest rate the saturating law leaves what a corner injects as a thin beam: each halving takes 1.6 % off.
            checks.Add(new($"{words}: change by the last refinement", "1", steps[^1] / steps[^2] - 1, 0,
                law == HopLaw.Sinh ? Band.Absolute(0.01) : Band.Shown));
            curves.Add(new(words, CurveStyle.Markers, sizes, steps));
        }
        return new(checks)
        {
            Charts = [new("Step of one pulse of 10 V and 5 ns", "cells at the edge [m]", "step [S]",
            curves) { LogX = true }]
        };
    }

    /// <summary>Step and protons of a pulse; cells and their growth are finer everywhere by one factor.</summary>
    private static (double Step, double Protons) Pulse(double size, double finer, HopLaw law, HopField field, bool isRounded)
    {
        double growth = 1 + 0.3 / finer;
        Device first = ReferenceSets.Held;
        Electrolyte psg = first.Psg with { HopLaw = law, HopField = field, ActivationEnergy = double.NaN };
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
            new LineGrading { MaxSize = 4e-9 / finer, Growth = growth, FineLines = [new(Edge, size)] },
            new LineGrading
            {
                MaxSize = 1.5e-9 / finer,
                Growth = growth,
                FineLines =
                [
                    new(Top + layer, 0.1e-9 / finer), new(face - layer, 0.1e-9 / finer), new(face, device.Wo3.LatticePlane * 2 / finer),
                ],
            }, film);
        var simulation = new DeviceSimulation(device, mesh, new());
        var readout = new ChannelReadout(simulation);
        double before = readout.Conductance;
        simulation.Pulse(10, 5e-9, device.Gate.EdgeTime);
        simulation.Rest(1);
        return (readout.Conductance - before, new Inventory(simulation).Channel);
    }
}
