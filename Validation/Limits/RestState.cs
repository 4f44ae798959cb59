using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>The state of rest stays, every rate zero by itself.</summary>
public sealed class RestState : ValidationCase
{
    public override string Id => "limits.rest";

    public override string Title => "At rest nothing moves for 1e4 s, with heat, gas, traps and a site limit";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "J_Pd = r_V = r_A = r_T = r_Hy = 0, V_G = V_rest";

    public override string Source => "detailed balance of every step; rates in units of the exchange rate j_0/q of their interface";

    public override Control Control { get; } = new("the coverage starts 0.01 % above its value at rest");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach ((string name, Device device) in new[]
        {
            ("plain", new Device()),
            ("n = 2, g_W = 0.5 V", new Device { Wo3 = new() { DiluteSpecies = 2, InteractionPotential = 0.5,
                DiffusionLaw = DiffusionLaw.Thermodynamic } }),
            ("gas and heat", new Device { Gas = new() { Enabled = true }, Heat = new() { Enabled = true } }),
            ("traps", new Device { Psg = new() { TrapDensity = new Electrolyte().FixedChargeDensity } }),
            ("site limit, Marcus", new Device
            {
                Psg = new() { SiteDensity = 5 * new Electrolyte().FixedChargeDensity },
                Pd = new() { Kinetics = KineticLaw.Marcus },
                Interface = new() { Kinetics = KineticLaw.Marcus },
            }),
        })
        {
            const double duration = 1e4;
            var sample = new VirtualDevice(device);
            if (context.Perturbed)
                sample.State[sample.Layout.Coverage] *= new Solver.Arithmetic.Scalar(1.0001);
            sample.Simulation.Rest(duration);
            double Exchange(double j0) => j0 / Constants.ElementaryCharge * sample.Area * duration;
            checks.Add(new($"rate at Pd, {name}", "1", sample.Inventory.Given / Exchange(sample.Device.Pd.ExchangeCurrentDensity), 0,
                Band.Absolute(1e-12)));
            checks.Add(new($"rate into WO3, {name}", "1",
                sample.Inventory.Channel / Exchange(sample.Device.Interface.ExchangeCurrentDensity), 0, Band.Absolute(1e-12)));
            checks.Add(new($"V_G - V_rest, {name}", "V", sample.Simulation.GateVoltage - sample.Device.Gate.RestVoltage, 0,
                Band.Absolute(1e-9)));
        }
        return new(checks);
    }
}
