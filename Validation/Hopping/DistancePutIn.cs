using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Hopping;

/// <summary>Full model with other hopping distances: the fit follows what is put in.</summary>
public sealed class DistancePutIn : ValidationCase
{
    public override string Id => "mission.distance-put-in";

    public override string Title => "In the full model the fitted distance follows the hopping distance put in within 5 %";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation => "step = A t^beta sinh(q a V / (2 k T d))";

    public override string Source =>
        "the distance put in; an independent solver finds 4.39 and 6.73 angstrom for 4.5 and 7.0 on 5 nm, the activation energy following "
            + "its rule";

    public override Control Control { get; } = new("the compact layers are 0.28 nm thick");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        List<double> fitted = [];
        double[] distances = [4.5, 5.72, 7.0], independent = [4.39, 5.55, 6.73];
        for (int i = 0; i < distances.Length; i++)
        {
            Device first = ReferenceSets.Frozen;
            Electrolyte psg = first.Psg with { Thickness = 5e-9, HopDistance = distances[i] * 1e-10, ActivationEnergy = double.NaN };
            if (context.Perturbed)
                psg = psg with { SternThickness = 0.28e-9 };
            double found = SinglePulseFit.Measure(CalibrationRules.Resolve(first with { Psg = psg }),
                cancel: context.Cancel).Distance * 1e10;
            fitted.Add(found);
            checks.Add(new($"fitted, {distances[i]:0.0#} Å put in", "Å", found, distances[i], Band.Relative(0.05)));
            checks.Add(new($"the same against the independent solver, {distances[i]:0.0#} Å", "Å", found, independent[i],
                Band.Absolute(0.02)));
        }
        return new(checks)
        {
            Charts = [new("Fitted hopping distance on 5 nm", "put in [Å]", "fitted [Å]",
                new Curve("full model", CurveStyle.Markers, distances, fitted),
                new Curve("the same", CurveStyle.Line, distances, distances))],
        };
    }
}
