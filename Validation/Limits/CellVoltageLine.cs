using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using FvSolver.Validation.Twin;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Limits;

/// <summary>Gate voltage of rest against the pressure under which Pd was loaded, and that the solver rests there.</summary>
public sealed class CellVoltageLine : ValidationCase
{
    public override string Id => "limits.cell-voltage";

    public override string Title =>
        "The rest voltage follows the hydrogen in Pd off the plateau, stays on it, and the device carries no current there";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "V_rest = U_Pd(x_H, T) - U_W(y_ref, T) + V_cell\ndV_rest/d ln p = -kT/2q off the plateau, 0 on it\nln p_plat = dH/RT - dS/R";

    public override string Source =>
        "Nernst equation for H2 = 2 H(Pd); onen2022: 3 % H2 in N2, then vacuum; plateau of PdHx: Flanagan and Oates (1991)";

    public override Control Control { get; } = new("the electromotive force does not enter: V_rest is 0.75 V whatever Pd holds");

    public override ValidationOutcome Run(RunContext context)
    {
        Device At(double bar, PdPreparation preparation) => CalibrationRules.Resolve(new()
        {
            Pd = new() { HydrogenPressure = bar * PascalPerBar, Preparation = preparation },
            Gate = new() { RestVoltage = context.Perturbed ? 0.75 : double.NaN },
        });
        double thermal = ThermalVoltage(300), contact = At(0.03, PdPreparation.InContact).Pd.EquilibriumPotential;
        double Slope(double low, double high, PdPreparation preparation) =>
            (At(high, preparation).Gate.RestVoltage - At(low, preparation).Gate.RestVoltage) / Math.Log(high / low);
        List<Check> checks =
        [
            new("plateau pressure at 300 K", "bar", PalladiumIsotherm.PlateauPressure(new(), 300), 0.0149, Band.Relative(0.01)),
            new("U_Pd pumped down", "mV", 1e3 * At(0.03, PdPreparation.PumpedDown).Pd.EquilibriumPotential, 54.4, Band.Absolute(0.1)),
            new("U_Pd in contact with 3 % H2", "mV", 1e3 * contact, 1e3 * thermal / 2 * Math.Log(1 / 0.03), Band.Relative(1e-12)),
            new("x_H in contact with 3 % H2", "1", At(0.03, PdPreparation.InContact).Pd.HydrogenFraction, 0.68, Band.Absolute(0.005)),
            new("offset of the preset onen2022-v1", "V", ReferenceSets.Frozen.Hypotheses.CellOffset, 1.057, Band.Absolute(5e-4)),
            new("slope above the plateau, in contact", "V", Slope(0.02, 1, PdPreparation.InContact), -thermal / 2, Band.Relative(1e-6)),
            new("slope below the plateau, in contact", "V", Slope(1e-4, 0.01, PdPreparation.InContact), -thermal / 2, Band.Relative(1e-6)),
            new("slope below the plateau, pumped down", "V", Slope(1e-4, 0.01, PdPreparation.PumpedDown), -thermal / 2,
                Band.Relative(1e-6)),
            new("slope on the plateau, pumped down", "V", Slope(0.02, 1, PdPreparation.PumpedDown), 0, Band.Absolute(1e-6 * thermal)),
        ];
        foreach ((string name, double bar, PdPreparation preparation) in new[]
        {
            ("3 % H2, in contact", 0.03, PdPreparation.InContact),
            ("3 % H2, pumped down", 0.03, PdPreparation.PumpedDown),
            ("0.1 % H2", 1e-3, PdPreparation.PumpedDown),
        })
        {
            // Held at what the formula says, not at what the solver calls its rest.
            const double duration = 1e6;
            Device device = At(bar, preparation);
            double rest = device.Hypotheses.CellOffset
                - (thermal / 2 * Math.Log(preparation == PdPreparation.PumpedDown
                    ? Math.Min(bar, PalladiumIsotherm.PlateauPressure(device.Pd, 300)) : bar))
                - InsertionPotential.At(device, device.Wo3.RestComposition, 300);
            var sample = new VirtualDevice(device, 1e-8);
            sample.Hold(rest, 1e-6, duration);
            double exchange = device.Pd.ExchangeCurrentDensity / ElementaryCharge * sample.Area * duration;
            checks.Add(new($"given by Pd in {duration:g1} s at V_rest over its exchange, {name}", "1", sample.Inventory.Given / exchange, 0,
                Band.Absolute(1e-12)));
        }
        double[] pressures = [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, -4 + i / 10.0))];
        Curve Line(string name, CurveStyle mark, PdPreparation preparation) =>
            new(name, mark, pressures, [.. pressures.Select(p => At(p, preparation).Gate.RestVoltage)]);
        return new(checks)
        {
            Charts =
            [
                new("Gate voltage of rest", "pressure of hydrogen [bar]", "V_rest [V]",
                    Line("in contact", CurveStyle.Line, PdPreparation.InContact),
                    Line("pumped down", CurveStyle.Dashed, PdPreparation.PumpedDown)) { LogX = true },
            ],
        };
    }
}
