using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Studies;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Verification;

/// <summary>What <c>fv run --error</c> says about the first step of random devices covers their true error.</summary>
internal sealed class NumericalErrorCoverage : ValidationCase
{
    private static readonly string[] s_figures = ["step_first", "protons_per_pulse", "energy_proton"];

    public override string Id => "verification.numerical-error";

    public override string Title => "The stated error of a figure covers the true one";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "|figure - truth| <= 3 |figure - figure(h/2)| + 1.25 |figure - figure(tolerance/10)|";

    public override string Source => "runs on cells eight times smaller, with a relative tolerance of 1e-9";

    public override Control Control { get; } = new("a tenth of the error is stated");

    public override ValidationOutcome Run(RunContext context)
    {
        int devices = context.Quick ? 10 : 60, covered = 0, all = 0;
        double factor = context.Perturbed ? 0.1 : 1, worst = 0;
        foreach (CaseDefinition definition in Devices(devices))
        {
            IReadOnlyDictionary<string, Figure> figures = CaseFigures.Of(definition, s_figures);
            IReadOnlyDictionary<string, double> errors = ErrorEstimate.Begin(definition, "", default).Of(figures);
            IReadOnlyDictionary<string, Figure> truth =
                CaseFigures.Of(definition.With("mesh.refinement=8", "solver.relative_tolerance=1e-9"), s_figures);
            if (Math.Abs(truth["protons_per_pulse"].Value) < 1)
                continue;
            foreach (string name in s_figures)
            {
                double error = Math.Abs(figures[name].Value - truth[name].Value);
                all++;
                covered += error <= factor * errors[name] ? 1 : 0;
                worst = Math.Max(worst, error / Math.Abs(truth[name].Value));
            }
        }
        return new([
            new("share of figures whose error is covered", "1", (double)covered / all, Band.AtLeast(0.95)),
            new("largest true error of a step of over one proton, relative", "1", worst, Band.AtMost(1e-3)),
            new("figures judged", "1", all, Band.AtLeast(devices)),
        ]);
    }

    /// <summary>Random devices under single pulses up, from their thickness and field to the speeds of their interfaces.</summary>
    internal static IEnumerable<CaseDefinition> Devices(int count)
    {
        var random = new Random(7);
        double Between(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
        for (int k = 0; k < count; k++)
        {
            double thickness = Between(4, 15);
            yield return CaseReader.Read("single",
            [
                "preset=onen2022-v1", "mesh.psg_cells=auto",
                FormattableString.Invariant($"psg.thickness={thickness} nm"),
                FormattableString.Invariant($"psg.fixed_charge_density={Between(1e25, 2e26)}"),
                FormattableString.Invariant($"psg.stern_thickness={Between(0.12, 0.4)} nm"),
                FormattableString.Invariant($"pd.exchange_current_density={Between(70, 3000)}"),
                FormattableString.Invariant($"interface.exchange_current_density={Between(1, 200)}"),
                FormattableString.Invariant($"protocol.0.amplitude={0.75 + (Between(0.6, 1) * thickness)} V"),
                FormattableString.Invariant($"protocol.0.width={Between(3, 300)} ns"),
            ]);
        }
    }
}
