using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>A slow gate beside a diffuse layer: the reaction sees the drop over the compact layer and the local density.</summary>
public sealed class FrumkinCorrection : ValidationCase
{
    private const double Exchange = 1e-6;

    public override string Id => "limits.frumkin-correction";

    public override string Title => "The gate reaction is driven by the compact layer's drop and the density beside it";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "J = j_0 e^{alpha (u - s_0)} (1 - e^{-u}), u = q (V_G - V_rest)/kT\ns_0 from the Gouy-Chapman layer";

    public override string Source => "A. N. Frumkin, Z. Phys. Chem. 164, 121 (1933), with the layer of limits.gouy-chapman";

    public override Control Control { get; } = new("the correction is left out: s_0 = 0");

    public override ValidationOutcome Run(RunContext context)
    {
        double thermal = Constants.ThermalVoltage(300);
        double[] drive = [-12, -6, -2, 2, 6, 12];
        List<Check> checks = [];
        List<double> computed = [], expected = [], uncorrected = [];
        foreach (double u in drive)
        {
            var sample = new VirtualDevice(LimitingDevices.SlowGate(4e25, Exchange, 0.5), 1e-9, LimitingDevices.Fine(300));
            sample.Hold(sample.Device.Gate.RestVoltage + u * thermal, 1e-9, 1e-3);
            double current = sample.CurrentDensity(1);
            double s = context.Perturbed ? 0 : new DiffuseLayer(sample.Device.Psg, u * thermal).Surface;
            double Law(double x) => Exchange * Math.Exp(0.5 * (u - x)) * (1 - Math.Exp(-u));
            checks.Add(new($"current at {u:0} kT/q, s_0 = {s:0.00}", "A/m^2", current, Law(s), Band.Relative(2e-3)));
            computed.Add(Math.Abs(current));
            expected.Add(Math.Abs(Law(s)));
            uncorrected.Add(Math.Abs(Law(0)));
        }
        return new(checks)
        {
            Charts = [new("Current of a slow gate", "q (V_G - V_rest)/kT", "|current density| [A/m^2]",
                new Curve("model", CurveStyle.Markers, drive, computed), new Curve("Frumkin", CurveStyle.Line, drive, expected),
                new Curve("without correction", CurveStyle.Dashed, drive, uncorrected)) { LogY = true }],
        };
    }
}
