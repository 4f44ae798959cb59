using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Figures;

/// <summary>The rule by which a calibration is the default: every band of the paper, on the continuum and on lattice planes.</summary>
public sealed class RivalBands : ValidationCase
{
    private const string Offset = "offset", Kinetic = "kinetic", SpaceCharge = "space-charge";

    private static readonly (string Name, string[] Mesh)[] s_meshes =
    [
        ("continuum", ["mesh.psg_first_cell_channel=10 pm", "mesh.psg_first_cell_gate=10 pm", "mesh.psg_cells=80"]),
        ("lattice", ["mesh.psg=lattice"]),
    ];

    public override string Id => "figures.rivals";

    public override string Title =>
        "The default holds every band of Figs. 2A and 3 on the continuum and on lattice planes, the closed cell does not";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "V_rest = U_Pd - U_W(y_ref) + V_cell\nDeltaG = A t^β sinh(q a V/2kTd)";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Figs. 2A, 3A, 3B and text; bands as in figures.response-to-pulses, "
        + "figures.large-device-current and mission.hopping-distance-means. Rival offset: the default, V_cell of unknown origin. "
        + "Rival kinetic: V_cell = 0, unequal transfer at the interfaces (Cases/Calibration/kinetic.toml). space-charge: an offset and "
        + "electrons that may run short (Cases/Calibration/space-charge.toml), shown.";

    public override bool Quick => false;

    public override Control Control { get; } = new("the default without its offset V_cell");

    public override ValidationOutcome Run(RunContext context)
    {
        string[] mistake = context.Perturbed ? ["hypotheses.cell_offset=0"] : [];
        List<Check> checks = [];
        foreach ((string name, string[] mesh) in s_meshes)
            checks.AddRange(Figures("default", Offset, name, [.. mesh, .. mistake], context.Cancel));
        Check[] closed = [.. s_meshes.SelectMany(m => Figures(Kinetic, Kinetic, m.Name, m.Mesh, context.Cancel))];
        checks.AddRange(closed.Select(c => c with { Band = Band.Shown }));
        checks.Add(new("bands that the closed cell fails, by which it is not the default", "1", closed.Count(c => !c.Passed),
            Band.AtLeast(1)));
        if (!context.Perturbed)
            checks.AddRange(s_meshes.SelectMany(m => Figures(SpaceCharge, SpaceCharge, m.Name, m.Mesh, context.Cancel))
                .Select(c => c with { Band = Band.Shown }));
        return new(checks);
    }

    private static IEnumerable<Check> Figures(string preset, string rival, string meshName, string[] mesh, CancellationToken cancel)
    {
        CaseDefinition Case(string name, params string[] more) =>
            CaseReader.Read(name, [$"preset={preset}", "solver.relative_tolerance=1e-3", .. mesh, .. more]);
        Check Of(string quantity, string unit, double value, Band band, double expected = double.NaN) =>
            new($"{rival}, {meshName}: {quantity}", unit, value, expected, band);

        RunRecord train = CaseRun.Start(Case("fig2a"), "", "").RunUnwritten(null, cancel).Record;
        StepSymmetry steps = StepSymmetry.Of(train.Pulses);
        double Train(string figure) => train.Figures[figure].Value;
        yield return Of("range", "1", Train("range"), Band.Between(17, 23));
        yield return Of("largest over smallest step up", "1", Train("step_variation"), Band.AtMost(1.35));
        yield return Of("step down over step up, least", "1", steps.LeastDownOverUp, Band.Absolute(0.1), 1);
        yield return Of("step down over step up, most", "1", steps.MostDownOverUp, Band.Absolute(0.1), 1);
        yield return Of("left of the range", "1", Train("return_error"), Band.Absolute(0.02), 0);
        yield return Of("protons a pulse", "1", Train("protons_per_pulse"), Band.Between(8, 11));
        yield return Of("proton energy", "aJ", 1e18 * Train("energy_proton"), Band.Between(13, 18));
        yield return Of("C V^2", "fJ", 1e15 * Train("energy_capacitive"), Band.Between(2.4, 2.7));
        CaseDefinition large = Case("single", "geometry.length=1000 nm", "geometry.width=750 nm");
        yield return Of("current of 750 x 1000 nm", "nA", 1e9 * CaseFigures.Of(large, ["dc_current"], cancel)["dc_current"].Value,
            Band.Between(24, 36));
        foreach (int thickness in (int[])[5, 14])
        {
            IReadOnlyDictionary<string, Figure> law = CaseFigures.Of(Case("single", $"psg.thickness={thickness} nm"),
                ["train_hop_distance", "train_exponent"], cancel);
            yield return Of($"distance on {thickness} nm", "Å", 1e10 * law["train_hop_distance"].Value,
                Band.Absolute(thickness == 5 ? 0.1 : 0.15), 5.6);
            yield return Of($"exponent on {thickness} nm", "1", law["train_exponent"].Value, Band.Absolute(0.05), 1.2);
        }
    }
}
