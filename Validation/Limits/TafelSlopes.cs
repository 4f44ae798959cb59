using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>With a fast bulk the gate current is that of one interface: Tafel slopes in either direction.</summary>
public sealed class TafelSlopes : ValidationCase
{
    private const double Exchange = 1e-3, Alpha = 0.3;

    public override string Id => "limits.tafel-slopes";

    public override string Title => "With a fast bulk each interface shows its two Tafel slopes";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "d ln J/dV = alpha q/kT upwards, (1-alpha) q/kT downwards\nJ = j_0 (e^{alpha u} - e^{-(1-alpha) u}), u = q (V_G - V_rest)/kT";

    public override string Source => "Butler-Volmer equation without double-layer effect: the Debye length vanishes";

    public override Control Control { get; } = new("alpha and 1 - alpha are exchanged");

    public override ValidationOutcome Run(RunContext context)
    {
        double alpha = context.Perturbed ? 1 - Alpha : Alpha, thermal = Constants.ThermalVoltage(300);
        List<Check> checks = [];
        List<Curve> curves = [];
        double Law(double u) => Exchange * (Math.Exp(alpha * u) - Math.Exp(-(1 - alpha) * u));
        double[] drive = [-20, -14, -6, -2, -0.5, 0.5, 2, 6, 14, 20];
        foreach ((string name, Device device) in new[]
        {
            ("Pd", LimitingDevices.SlowGate(1e32, Exchange, Alpha)),
            ("WO3", LimitingDevices.SlowChannel(1e32, Exchange, Alpha)),
        })
        {
            double[] current = [.. drive.Select(u =>
            {
                var sample = new VirtualDevice(device, 1e-8);
                sample.Hold(sample.Device.Gate.RestVoltage + u * thermal, 1e-9, 1e-6);
                return sample.CurrentDensity(1e-5);
            })];
            double Slope(int i, int k) => Math.Log(current[k] / current[i]) / ((drive[k] - drive[i]) * thermal);
            checks.Add(new($"slope upwards, {name}", "1/V", Slope(8, 9), alpha / thermal, Band.Relative(1e-3)));
            checks.Add(new($"slope downwards, {name}", "1/V", Slope(0, 1), -(1 - alpha) / thermal, Band.Relative(1e-3)));
            checks.Add(new($"current at 6 kT/q, {name}", "A/m^2", current[7], Law(6), Band.Relative(1e-3)));
            checks.Add(new($"current at -6 kT/q, {name}", "A/m^2", current[2], Law(-6), Band.Relative(1e-3)));
            curves.Add(new(name, CurveStyle.Markers, drive, [.. current.Select(j => Math.Abs(j))]));
        }
        double[] fine = [.. Enumerable.Range(-80, 161).Where(i => i != 0).Select(i => i / 4.0)];
        curves.Add(new("Butler-Volmer", CurveStyle.Line, fine, [.. fine.Select(u => Math.Abs(Law(u)))]));
        return new(checks)
        {
            Charts = [new("Current of one slow interface", "q (V_G - V_rest)/kT", "|current density| [A/m^2]",
            curves) { LogY = true }]
        };
    }
}
