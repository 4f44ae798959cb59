using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Energy of every pulse against its number: what the protons take, and all that a simple driver loses.</summary>
internal static class EnergyView
{
    public static FigureSpec? Of(Result result)
    {
        Table pulses = result.Record.Pulses;
        CurveSpec[] curves = [.. Curve(pulses, "energy_total", "total, with C V² of the film"),
            .. Curve(pulses, "energy_proton", "protons")];
        return curves.Length == 0 ? null : new FigureSpec
        {
            Name = "energy",
            Title = $"{result.Header.Title}: energy per pulse",
            Panels =
            [
                new PanelSpec
                {
                    X = new AxisSpec("pulse number", "1") { Whole = true },
                    Y = new AxisSpec("energy per pulse", "aJ") { Log = true },
                    Curves = curves,
                    References =
                    [
                        new("C V², 2.5 fJ", 1e18 * Published.CapacitiveEnergy,
                            1e18 * Published.CapacitiveEnergy) { Source = Published.Source },
                        new("protons, 15 aJ", 1e18 * Published.ProtonEnergy, 1e18 * Published.ProtonEnergy) { Source = Published.Source },
                    ],
                },
            ],
        };
    }

    private static IEnumerable<CurveSpec> Curve(Table pulses, string column, string label)
    {
        if (pulses.Has(column))
            yield return new CurveSpec
            {
                Label = label,
                Style = CurveStyle.Dots,
                X = [.. Enumerable.Range(1, pulses.Count).Select(i => (double)i)],
                Y = [.. pulses[column].Select(e => 1e18 * e)],
            };
    }
}
