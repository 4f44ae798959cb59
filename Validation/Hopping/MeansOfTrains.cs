using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Hopping;

/// <summary>Fig. 3 as the paper measured it: means over 1000 equal pulses of each pair, 4 x 4, and the paper's fit.</summary>
/// <param name="nanometres">Film thickness [nm].</param>
/// <param name="lattice">True for planes one hop apart, false for the continuum.</param>
internal sealed class MeansOfTrains(double nanometres, bool lattice) : ValidationCase
{
    /// <summary>Thicknesses of Fig. 3 on the continuum, those that are calibrated on lattice planes too.</summary>
    public static IEnumerable<MeansOfTrains> All =>
        [new(5, false), new(7.5, false), new(10, false), new(14, false), new(5, true), new(14, true)];

    private bool IsCalibrated => nanometres is 5 or 14;

    public override string Id => $"mission.hopping-distance-means-{nanometres:0.#}nm{(lattice ? "-lattice" : "")}";

    public override string Title =>
        $"Means over 1000 equal pulses on {nanometres:0.#} nm{(lattice ? " of lattice planes" : "")} "
        + "return the paper's hopping distance and exponent";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation => "DeltaG = A t^β sinh(q a V/2kTd)";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Fig. 3: 5.6 angstrom on every thickness and 1.2, "
        + "each point the mean of 1000 identical pulses. "
        + (IsCalibrated ? "The default device is calibrated to this thickness." : "Nothing is calibrated to this thickness.");

    public override bool Quick => false;

    public override Control Control { get; } = new("edges of 0.02 ns, and hops of 6.2 angstrom");

    public override ValidationOutcome Run(RunContext context)
    {
        string[] mistake = context.Perturbed ? ["gate.edge_time=0.02 ns", "psg.hop_distance=6.2 angstrom"] : [];
        string mesh = lattice ? "lattice" : "graded";
        CaseDefinition definition = CaseReader.Read("single",
            [$"psg.thickness={nanometres} nm", $"mesh.psg={mesh}", "solver.relative_tolerance=1e-4", .. mistake]);
        string[] names = ["train_hop_distance", "train_exponent", "train_worst_residual", "apparent_hop_distance", "apparent_exponent"];
        IReadOnlyDictionary<string, Figure> found = CaseFigures.Of(definition, names, context.Cancel);
        double Of(string name) => found[name].Value;
        return new(
            new Check("hopping distance by means of 1000 pulses", "Å", 1e10 * Of("train_hop_distance"), 5.6,
                Band.Absolute(nanometres == 5 ? 0.1 : 0.15)),
            new Check("exponent by means of 1000 pulses", "1", Of("train_exponent"), 1.2, Band.Absolute(0.05)),
            new Check("worst residual of that fit", "1", Of("train_worst_residual"), Band.Shown),
            new Check("hopping distance by single pulses from rest", "Å", 1e10 * Of("apparent_hop_distance"), Band.Shown),
            new Check("exponent by single pulses from rest", "1", Of("apparent_exponent"), Band.Shown));
    }
}
