using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Gate opened after a pulse: its compact layer discharges through its own reaction.</summary>
public sealed class OpenCircuitDecay : ValidationCase
{
    public override string Id => "limits.open-circuit-decay";

    public override string Title =>
        "With the gate open the compact layer discharges through the reaction, by the closed form for alpha = 1/2";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "C dV/dt = -2 j_0 sinh(u/2), u = q (V_G - V_rest)/kT\ntanh(u/4) = tanh(u_0/4) e^{-j_0 t/(C V_T)}, C = eps/l_S";

    public override string Source =>
        "open-circuit decay of a double layer (J. A. V. Butler, G. Armstrong, 1933), integrated for both directions of the reaction";

    public override Control Control { get; } = new("back reaction left out: the logarithmic decay of the Tafel line");

    public override ValidationOutcome Run(RunContext context)
    {
        const double exchange = 1, start = 10;
        var sample = new VirtualDevice(LimitingDevices.SlowGate(1e32, exchange, 0.5), 1e-9);
        double thermal = Constants.ThermalVoltage(300), rest = sample.Device.Gate.RestVoltage;
        double capacitance = Constants.VacuumPermittivity * sample.Device.Psg.RelativePermittivity / sample.Device.Psg.SternThickness;
        double tau = capacitance * thermal / exchange;
        double Law(double t) => context.Perturbed
            ? -2 * Math.Log(Math.Exp(-start / 2) + t / (2 * tau))
            : 4 * Math.Atanh(Math.Tanh(start / 4) * Math.Exp(-t / tau));
        sample.Hold(rest + start * thermal, 1e-9, 1e-9);
        double[] times = [.. new[] { 0.001, 0.01, 0.03, 0.1, 0.3, 1, 3 }.Select(x => x * tau)];
        List<Check> checks = [];
        List<double> computed = [];
        double now = 0;
        foreach (double t in times)
        {
            sample.Simulation.Rest(t - now);
            now = t;
            computed.Add((sample.Simulation.GateVoltage - rest) / thermal);
            checks.Add(new($"u after {t / tau:0.###} C V_T/j_0", "1", computed[^1], Law(t), Band.Relative(1e-3)));
        }
        double[] fine = [.. Enumerable.Range(0, 71).Select(i => Math.Pow(10, -3.2 + i / 18.0) * tau)];
        return new(checks)
        {
            Charts = [new("Open gate", "time [s]", "q (V_G - V_rest)/kT", new Curve("model", CurveStyle.Markers, times, computed),
                new Curve("closed form", CurveStyle.Line, fine, [.. fine.Select(Law)])) { LogX = true }],
        };
    }
}
