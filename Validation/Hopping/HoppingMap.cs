using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Hopping;

/// <summary>Where the 5.6 angstrom hold and where they break: apparent distance over interface kinetics, compact layer and film.</summary>
public sealed class HoppingMap : ValidationCase
{
    private const string Abscissa = "both exchange currents over those of the first calibration";

    public override string Id => "mission.hopping-distance-map";

    public override string Title => "The apparent hopping distance over interface kinetics, compact layer and film thickness";

    public override CaseGroup Group => CaseGroup.Mission;

    public override string Equation => "step = A t^beta sinh(q a V / (2 k T d))";

    public override string Source =>
        "the paper's procedure on virtual devices; an independent solver, which opens the gate at once, finds 3.6 to 4 angstrom with "
            + "exchange currents from 1e4 A/m^2 on and a thick compact layer";

    public override bool Quick => false;

    public override Control Control { get; } = new("the compact layers of the first calibration are taken as 0.28 nm thick");

    public override ValidationOutcome Run(RunContext context)
    {
        double[] speed = context.Perturbed ? [1, 1000] : [0.1, 0.3, 1, 3, 10, 100, 1000],
            stern = context.Perturbed ? [0.28] : [0.08, 0.17, 0.28, 0.4];
        MeshSettings mesh = new() { PsgCells = 40 };
        Device first = ReferenceSets.Held, standard = first with { Psg = first.Psg with { ActivationEnergy = double.NaN } };
        SinglePulseFit Fit(double factor, double layer, double film, double hold) => SinglePulseFit.Measure(
            CalibrationRules.Resolve(standard with
            {
                Psg = standard.Psg with { Thickness = film * 1e-9, SternThickness = layer * 1e-9 },
                Pd = standard.Pd with { ExchangeCurrentDensity = factor * standard.Pd.ExchangeCurrentDensity },
                Interface = standard.Interface with { ExchangeCurrentDensity = factor * standard.Interface.ExchangeCurrentDensity },
                Gate = standard.Gate with { HoldTime = hold },
            }), 1e-5, mesh, context.Cancel);
        List<Chart> charts = [];
        Dictionary<(double Speed, double Stern, double Film), SinglePulseFit> map = [];
        foreach (double film in new[] { 5.0, 10.0 })
        {
            List<Curve> distance = [], exponent = [];
            foreach (double layer in stern)
            {
                foreach (double factor in speed)
                {
                    context.Cancel.ThrowIfCancellationRequested();
                    map[(factor, layer, film)] = Fit(factor, layer, film, standard.Gate.HoldTime);
                }
                distance.Add(new($"l_S = {layer:0.00} nm", CurveStyle.Markers, speed,
                    [.. speed.Select(s => map[(s, layer, film)].Distance * 1e10)]));
                distance.Add(new("", CurveStyle.Line, speed, [.. speed.Select(s => map[(s, layer, film)].Distance * 1e10)]));
                exponent.Add(new($"l_S = {layer:0.00} nm", CurveStyle.Markers, speed,
                    [.. speed.Select(s => map[(s, layer, film)].Exponent)]));
                exponent.Add(new("", CurveStyle.Line, speed, [.. speed.Select(s => map[(s, layer, film)].Exponent)]));
            }
            charts.Add(new($"Apparent distance on {film:0} nm", Abscissa, "apparent distance [Å]", distance) { LogX = true });
            charts.Add(new($"Exponent on {film:0} nm", Abscissa, "exponent", exponent) { LogX = true });
        }
        // The independent solver opens the gate as soon as the pulse has ended.
        SinglePulseFit atOnce = Fit(1000, 0.28, 5, hold: 0);
        double layerOfFirst = context.Perturbed ? 0.28 : 0.17;
        List<Check> checks =
        [
            new("apparent distance of the first calibration on 5 nm", "Å", map[(1, layerOfFirst, 5)].Distance * 1e10, 5.6,
                Band.Absolute(0.1)),
            new("apparent distance of the first calibration on 10 nm", "Å", map[(1, layerOfFirst, 10)].Distance * 1e10, 5.6,
                Band.Absolute(0.15)),
            new("fast interfaces beside compact layers of 0.28 nm, 5 nm, gate opened at once", "Å", atOnce.Distance * 1e10,
                Band.Between(3.6, 4)),
            new("the same with the hold of the default", "Å", map[(1000, 0.28, 5)].Distance * 1e10, Band.Shown),
        ];
        foreach (var row in map.GroupBy(m => (m.Key.Film, m.Key.Stern)))
        {
            var lowest = row.MinBy(m => m.Value.Distance);
            checks.Add(new(
                $"lowest on {row.Key.Film:0} nm with l_S = {row.Key.Stern:0.00} nm, at exchange currents x {lowest.Key.Speed:0.#}", "Å",
                lowest.Value.Distance * 1e10, Band.Shown));
        }
        return new(checks)
        {
            Charts = charts,
            Notes =
            [
                "Exchange currents of 700 and 10 A/m^2 are multiplied by the abscissa; all else is the first calibration.",
                "Where an interface is fast and its compact layer thick, the layer discharges into the film: "
                    + "the fit returns less than what was put in.",
            ],
        };
    }
}
