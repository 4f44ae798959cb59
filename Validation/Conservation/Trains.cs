using FvSolver.Materials;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Conservation;

/// <summary>Protons and charge over a train of pulses with every store switched on.</summary>
public sealed class Trains : ValidationCase
{
    // Loose: the longer the steps, the more their matrices lose to rounding.
    private const double Tolerance = 1e-4;

    public override string Id => "conservation.protons-and-charge";

    public override string Title => "Protons and charge are conserved over a train, with traps and molecular hydrogen";

    public override CaseGroup Group => CaseGroup.Conservation;

    public override string Equation => "N_PSG + N_theta + N_WO3 + 2 N_H2 = N_Pd\nQ_M + q N_PSG = Q_layer";

    public override string Source => "conservation; relative to what the gate moved back and forth";

    public override Control Control { get; } = new("molecular hydrogen is counted as one atom");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach ((string name, Device device) in new[]
        {
            ("plain", new Device()),
            ("space charge", new Device { Wo3 = new() { SpaceCharge = true, LocalisedDensity = 1e17 } }),
            ("second sites", new Device { Interface = new() { DefectDensity = 1e17, DefectExchangeCurrentDensity = 1e-3 } }),
            ("traps", new Device { Psg = new() { TrapDensity = new Electrolyte().FixedChargeDensity } }),
            // Reversible steps would take the molecules apart again at once.
            ("gas", new Device { Interface = new() { TafelRate = 0, HeyrovskyRate = 0 }, Gas = new() { Enabled = true, LeakTime = 1e-6 },
                Hypotheses = new() { RemoteHeyrovsky = true } }),
        })
        {
            var sample = new VirtualDevice(device, Tolerance);
            double moved = 0;
            for (int i = 0; i < 20; i++)
            {
                double before = sample.Inventory.Given;
                sample.Pulse(i < 10 ? 10 : -8.5, 5e-9);
                moved += Math.Abs(sample.Inventory.Given - before);
            }
            double protons = sample.Inventory.ProtonImbalance;
            if (context.Perturbed)
                protons -= sample.Inventory.Dissolved + sample.Inventory.Bubbles + sample.Inventory.Leaked;
            checks.Add(new($"protons, {name}", "1", protons / moved, 0, Band.Absolute(1e-9)));
            checks.Add(new($"charge, {name}", "1", sample.Inventory.ChargeImbalance / (Constants.ElementaryCharge * moved), 0,
                Band.Absolute(1e-9)));
            if (device.Gas.Enabled)
                checks.Add(new("share that became molecules", "1",
                    2 * (sample.Inventory.Dissolved + sample.Inventory.Bubbles + sample.Inventory.Leaked) / moved, Band.AtLeast(1e-3)));
        }
        return new(checks);
    }
}
