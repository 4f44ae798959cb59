using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Figures;

/// <summary>Stored states with the gate open: flat without a leak, and with one as fast as the leak says.</summary>
public sealed class Retention : ValidationCase
{
    public override string Id => "figures.retention";

    public override string Title => "A stored state stays for 100 s with the gate open, and a leak drains it at its own rate";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation =>
        "dG/dt = 0 without leak\ndN/dt = -s V_G sigma_leak A/(q d) with leak, s = dN_WO3/d(N_Pd + Q_M/q) of what is stored";

    public override string Source =>
        "onen2022: Onen et al., Science 377, 539 (2022), Fig. 2B: flat for 100 s; charge balance of an open gate";

    public override Control Control { get; } = new("the gate is held at its rest voltage during the read");

    public override ValidationOutcome Run(RunContext context)
    {
        (double[] times, double[] flat, double share, VirtualDevice stored) = Store(0, context.Perturbed);
        // The leak that takes 1 % of what was stored in 100 s.
        Device d = stored.Device;
        double excess = stored.Inventory.Channel;
        double leak = 0.01 * excess * Constants.ElementaryCharge * d.Psg.Thickness / (100 * stored.Simulation.GateVoltage * stored.Area);
        (_, double[] leaking, _, VirtualDevice drained) = Store(leak, context.Perturbed);
        // Of a charge that leaks away the channel loses its share, seen in the last pulse; the coverage and the film hold the rest.
        double perAtom = (flat[0] - stored.Readout.Of(stored.Simulation.RestState)) / excess;
        double slope = (leaking[^1] - leaking[0]) / (times[^1] - times[0]);
        double law = -share * perAtom * drained.Simulation.GateVoltage * leak * stored.Area
            / (Constants.ElementaryCharge * d.Psg.Thickness);
        return new(
            new Check("change of conductance from 1 to 100 s without leak", "1", flat.Max(g => Math.Abs(g / flat[0] - 1)),
                Band.AtMost(1e-6)),
            new Check("slope with leak", "S/s", slope, law, Band.Relative(0.01)),
            new Check("share of the channel in what is stored", "1", share, Band.Shown),
            new Check("leak conductivity that loses 1 % in 100 s", "S/m", leak, Band.Shown))
        {
            Charts = [new("Conductance with the gate open", "time [s]", "conductance [nS]",
                new Curve("no leak", CurveStyle.Markers, times, [.. flat.Select(g => 1e9 * g)]),
                new Curve("leak", CurveStyle.Markers, times, [.. leaking.Select(g => 1e9 * g)]),
                new Curve("leak law", CurveStyle.Line, [times[0], times[^1]],
                    [1e9 * leaking[0], 1e9 * (leaking[0] + law * (times[^1] - times[0]))]))],
        };
    }

    private static (double[] Times, double[] Conductance, double Share, VirtualDevice Device) Store(double leak, bool held)
    {
        var sample = new VirtualDevice(new() { Psg = new() { LeakageConductivity = leak } }, 1e-8);
        double Charge() => sample.Inventory.Given + sample.Simulation.GateCharge / Constants.ElementaryCharge;
        (double channel, double charge) = (0, 0);
        for (int i = 0; i < 20; i++)
        {
            (channel, charge) = (sample.Inventory.Channel, Charge());
            sample.Pulse(10, 5e-9);
        }
        double share = (sample.Inventory.Channel - channel) / (Charge() - charge);
        double[] times = [.. Enumerable.Range(0, 12).Select(i => 1 + 9.0 * i)];
        List<double> conductance = [sample.Readout.Conductance];
        for (int i = 1; i < times.Length; i++)
        {
            if (held)
                sample.Hold(sample.Device.Gate.RestVoltage, 1e-6, times[i] - times[i - 1]);
            else
                sample.Simulation.Rest(times[i] - times[i - 1]);
            conductance.Add(sample.Readout.Conductance);
        }
        return (times, [.. conductance], share, sample);
    }
}
