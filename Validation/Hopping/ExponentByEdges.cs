using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Hopping;

/// <summary>The exponent of the pulse width comes from the edges of the pulses.</summary>
public sealed class ExponentByEdges : ValidationCase
{
    public override string Id => "mission.exponent-by-edges";

    public override string Title => "The exponent of the pulse width is set by the pulse edges";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation => "step = A t^beta sinh(q a V / (2 k T d))";

    public override string Source => "an independent solver: 1.00, 1.08, 1.20 and 1.30 with edges of 0.02, 0.5, 1.1 and 1.5 ns on 5 nm";

    public override Control Control { get; } = new("every pulse has edges of 1.1 ns");

    public override ValidationOutcome Run(RunContext context)
    {
        double[] edges = [0.02, 0.5, 1.1, 1.5], independent = [1.00, 1.08, 1.20, 1.30];
        double[] found = [.. edges.Select(edge => SinglePulseFit.Measure(ReferenceSets.Frozen with
        {
            Psg = ReferenceSets.Frozen.Psg with { Thickness = 5e-9 },
            Gate = ReferenceSets.Frozen.Gate with { EdgeTime = context.Perturbed ? 1.1e-9 : edge * 1e-9 },
        }, cancel: context.Cancel).Exponent)];
        return new([.. edges.Select((edge, i) => new Check($"exponent with edges of {edge:0.##} ns", "1", found[i], independent[i],
            Band.Absolute(0.02)))])
        {
            Charts = [new("Exponent of the fit on 5 nm", "rise and fall time [ns]", "exponent",
                new Curve("model", CurveStyle.Markers, edges, found),
                new Curve("independent solver", CurveStyle.Line, edges, independent))],
        };
    }
}
