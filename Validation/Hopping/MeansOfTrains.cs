using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Hopping;

/// <summary>Fig. 3A as the paper measured it: means over 1000 equal pulses of each pair, 4 x 4, and the paper's fit.</summary>
public sealed class MeansOfTrains : ValidationCase
{
    /// <inheritdoc/>
    public override string Id => "mission.hopping-distance-means";

    /// <inheritdoc/>
    public override string Title =>
        "Fig. 3A by means over 1000 equal pulses: hopping distance and exponent of the preset calibrated to them";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Mission;

    /// <inheritdoc/>
    public override string Equation => "DeltaG = A t^β sinh(q a V/2kTd)";

    /// <inheritdoc/>
    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Fig. 3A: 5.6 angstrom and 1.2, each point the mean of 1000 identical pulses";

    /// <inheritdoc/>
    public override bool Quick => false;

    /// <inheritdoc/>
    public override Control Control { get; } = new("the preset onen2022-v1, which is calibrated to single pulses from rest");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        string preset = context.Perturbed ? "onen2022-v1" : "offset";
        CaseDefinition definition = CaseReader.Read("single", [$"preset={preset}", "psg.thickness=5 nm", "solver.relative_tolerance=1e-4"]);
        string[] names = ["train_hop_distance", "train_exponent", "train_worst_residual", "apparent_hop_distance", "apparent_exponent"];
        IReadOnlyDictionary<string, Figure> found = CaseFigures.Of(definition, names, context.Cancel);
        double Of(string name) => found[name].Value;
        return new(
            new Check("hopping distance by means of 1000 pulses", "Å", 1e10 * Of("train_hop_distance"), 5.6, Band.Absolute(0.1)),
            new Check("exponent by means of 1000 pulses", "1", Of("train_exponent"), 1.2, Band.Absolute(0.05)),
            new Check("worst residual of that fit", "1", Of("train_worst_residual"), Band.Shown),
            new Check("hopping distance by single pulses from rest", "Å", 1e10 * Of("apparent_hop_distance"), Band.Shown),
            new Check("exponent by single pulses from rest", "1", Of("apparent_exponent"), Band.Shown));
    }
}
