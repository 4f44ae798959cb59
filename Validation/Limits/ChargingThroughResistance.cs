using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Gate behind a series resistance with protons that stand still: a capacitor that charges.</summary>
public sealed class ChargingThroughResistance : ValidationCase
{
    public override string Id => "limits.charging-through-resistance";

    public override string Title => "Behind a series resistance the gate charges with R C";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "V_G = V + (V_rest - V) e^{-t/RC}, C = eps A/d";

    public override string Source => "charging of a plate capacitor: the compact layers lie inside the nominal thickness";

    public override Control Control { get; } = new("the compact layers come on top of the nominal thickness");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = LimitingDevices.Frozen with { Gate = new() { SeriesResistance = 1e6 } };
        var sample = new VirtualDevice(device, 1e-9);
        Electrolyte psg = sample.Device.Psg;
        double thickness = psg.Thickness + (context.Perturbed ? 2 * psg.SternThickness : 0);
        double tau = device.Gate.SeriesResistance * Constants.VacuumPermittivity * psg.RelativePermittivity * sample.Area / thickness;
        double rest = sample.Device.Gate.RestVoltage;
        List<Check> checks = [];
        List<double> computed = [];
        double[] shares = [0.1, 0.3, 1, 2, 4];
        double now = 0;
        foreach (double share in shares)
        {
            sample.Simulation.Segment(sample.Simulation.SourceMode, 10, 10, share * tau - now);
            now = share * tau;
            computed.Add(sample.Simulation.GateVoltage);
            checks.Add(new($"V_G after {share:0.#} RC", "V", sample.Simulation.GateVoltage, 10 + (rest - 10) * Math.Exp(-share),
                Band.Relative(1e-6)));
        }
        checks.Add(new("RC", "s", tau, Band.Shown));
        double[] fine = [.. Enumerable.Range(0, 81).Select(i => i / 20.0)];
        return new(checks)
        {
            Charts = [new("Charging through 1 Mohm", "t/RC", "gate voltage [V]", new Curve("model", CurveStyle.Markers, shares, computed),
                new Curve("exponential", CurveStyle.Line, fine, [.. fine.Select(x => 10 + (rest - 10) * Math.Exp(-x))]))],
        };
    }
}
