using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Hopping;

/// <summary>Apparent hopping distance and exponent of the first calibration on one film thickness, by single pulses from rest.</summary>
/// <param name="nanometres">Film thickness [nm].</param>
internal sealed class ApparentDistance(double nanometres) : ValidationCase
{
    /// <summary>Thicknesses of Fig. 3.</summary>
    public static IEnumerable<ApparentDistance> All => new[] { 5, 4, 7.5, 10, 14 }.Select(d => new ApparentDistance(d));

    private bool IsCalibrated => nanometres == 5;

    public override string Id => $"mission.hopping-distance-{nanometres:0.#}nm";

    public override string Title =>
        $"Single pulses of the first calibration on {nanometres:0.#} nm return the paper's hopping distance and exponent";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation => "step = A t^beta sinh(q a V / (2 k T d))";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Fig. 3: 5.6 angstrom on every thickness, exponent 1.2. "
        + (IsCalibrated ? "The hopping distance put in and the pulse edges are calibrated to this figure."
            : "Nothing is calibrated to this thickness.");

    public override Control Control { get; } = new("the pulses have edges of 0.02 ns: the exponent falls to 1");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = ReferenceSets.Frozen with { Psg = ReferenceSets.Frozen.Psg with { Thickness = nanometres * 1e-9 } };
        SinglePulseFit fit = context.Perturbed
            ? SinglePulseFit.Measure(device with { Gate = device.Gate with { EdgeTime = 0.02e-9 } }, cancel: context.Cancel)
            : context.Once($"hopping-fit-{nanometres}", () => SinglePulseFit.Measure(device, cancel: context.Cancel));
        double width = IsCalibrated ? 0.1 : nanometres < 5 ? 0.2 : 0.15;
        List<Curve> curves = [];
        foreach (var group in fit.Points.GroupBy(p => p.Amplitude))
        {
            double[] t = [.. group.Select(p => p.Width * 1e9)];
            curves.Add(new($"{group.Key:0.##} V", CurveStyle.Markers, t, [.. group.Select(p => p.Step * 1e9)]));
            curves.Add(new("", CurveStyle.Line, t, [.. group.Select(p => p.Fitted * 1e9)]));
        }
        return new(
            new Check("apparent hopping distance", "Å", fit.Distance * 1e10, 5.6, Band.Absolute(width)),
            new Check("exponent", "1", fit.Exponent, 1.2, Band.Absolute(0.05)),
            new Check("hopping distance put in", "Å", device.Psg.HopDistance * 1e10, Band.Shown),
            new Check("worst residual of the fit", "1", fit.WorstResidual, Band.Shown))
        {
            Charts = [new("Step of conductance of one pulse from rest", "pulse width [ns]", "step [nS]", curves) { LogX = true,
                LogY = true }],
        };
    }
}
