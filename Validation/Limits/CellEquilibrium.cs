using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Limits;

/// <summary>Random contents of Pd and WO3 at random temperatures, each in its own equilibrium: every rate of the solver is zero.</summary>
/// <remarks>y_ref and T_0 stay what they are, so that no rate vanishes because the state is the one it is normalised to.</remarks>
public sealed class CellEquilibrium : ValidationCase
{
    private const int States = 100;

    /// <inheritdoc/>
    public override string Id => "limits.cell-equilibrium";

    /// <inheritdoc/>
    public override string Title => "100 random states (x, y, T) at their own equilibrium: no reaction runs";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Limits;

    /// <inheritdoc/>
    public override string Equation =>
        "V_G = U_Pd(x, T) - U_W(y, T) + V_cell\nphi + kT/q ln(c/c_fix) = -U_W(y, T)\nU_W = U_0 + dU_0/dT (T - T_0) - g_W y - n kT/q "
            + "ln(y/(1-y))";

    /// <inheritdoc/>
    public override string Source => "the potentials of the reservoirs, written without the solver's terms";

    /// <inheritdoc/>
    public override Control Control { get; } = new("the entropy of WO3 is left out: U_0 does not vary with the temperature");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        var random = new Random(11);
        double Between(double low, double high) => low + (high - low) * random.NextDouble();
        double gate = 0, coverage = 0, channel = 0, volts = 0;
        for (int s = 0; s < States; s++)
        {
            double T = Between(260, 400), y = Math.Pow(10, Between(-5, -1.2)), start = Between(0.02, 0.7), thermal = ThermalVoltage(T);
            int n = 1 + s % 2;
            Device device = CalibrationRules.Resolve(new()
            {
                Pd = new() { HydrogenFraction = start },
                Wo3 = new() { DiluteSpecies = n, InteractionPotential = n == 2 ? 0.5 : 0 },
                Heat = new() { AmbientTemperature = T },
                Hypotheses = new() { CellOffset = Between(-0.5, 1.5) },
            });
            var sample = new VirtualDevice(device);
            (UnknownLayout u, DeviceSystem<Scalar> system) = (sample.Layout, sample.Simulation.System);
            Scalar[] state = [.. sample.Simulation.RestState];
            double x = start - Between(0.001, 0.9) * start;
            double end = Math.Clamp(x, 0.01, 0.6), palladium = (39e3 - 95 * T) / (2 * Avogadro * ElementaryCharge)
                - thermal * Math.Log(x / (1 - x) / (end / (1 - end)));
            double entropy = context.Perturbed ? 0 : -95 / (2 * Avogadro * ElementaryCharge) * (T - 300);
            double insertion = 0.145 + entropy - device.Wo3.InteractionPotential * y - n * thermal * Math.Log(y / (1 - y));
            double atRest = device.Wo3.RestComposition, theta0 = device.Interface.RestCoverage;
            double rest = 0.145 + entropy - device.Wo3.InteractionPotential * atRest - n * thermal * Math.Log(atRest / (1 - atRest));
            double odds = theta0 / (1 - theta0) * Math.Exp((rest - insertion) / thermal);
            for (int i = 0; i < u.PsgNodes.Length; i++)
            {
                double c = Math.Pow(10, Between(-1.5, 1));
                state[u.Proton + i] = new(c * device.Psg.FixedChargeDensity);
                state[u.Potential + i] = new(-insertion - thermal * Math.Log(c));
            }
            for (int i = 0; i < u.Wo3Nodes.Length; i++)
                state[u.Hydrogen + i] = new(y * device.Wo3.SiteDensity);
            state[u.Coverage] = new(odds / (1 + odds));
            double atoms = device.Pd.AtomDensity * device.Pd.Thickness * sample.Area;
            state[u.GateHydrogen] += (start - x) * atoms;
            double voltage = palladium - insertion + device.Hypotheses.CellOffset;
            state[u.GateVoltage] = new(voltage);
            system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Open });
            (Scalar[] rate, Scalar[] quadratures) = (new Scalar[u.Size], new Scalar[system.QuadratureCount]);
            system.Residual(0, state, rate, quadratures);

            // One-way rates: the same state with the other side of each reaction emptied would run at about these.
            double c0 = state[u.Proton] / device.Psg.FixedChargeDensity,
                cN = state[u.Proton + u.PsgNodes.Length - 1] / device.Psg.FixedChargeDensity;
            double drop = voltage - state[u.Potential] - device.Hypotheses.CellOffset - (39e3 - 95 * T) / (2 * Avogadro * ElementaryCharge);
            double warm = Math.Exp(-device.Pd.ActivationEnergy * (1 / thermal - 1 / ThermalVoltage(300)));
            double injection = warm * device.Pd.ExchangeCurrentDensity / ElementaryCharge * sample.Area * c0
                * Math.Exp(-0.5 * drop / thermal);
            double transfer = warm * device.Interface.ExchangeCurrentDensity / ElementaryCharge * sample.Area * cN
                * Math.Exp(0.5 * (state[u.Potential + u.PsgNodes.Length - 1] + rest) / thermal) / (1 + odds);
            double absorption = warm * device.Interface.SiteDensity * device.Interface.AbsorptionRate * sample.Area * odds / (1 + odds)
                * (1 - y);
            gate = Math.Max(gate, Math.Abs(rate[u.GateHydrogen]) / injection);
            coverage = Math.Max(coverage, Math.Abs(rate[u.Coverage]) / (transfer + absorption));
            channel = Math.Max(channel, Math.Abs(rate[u.Hydrogen]) / absorption);
            volts = Math.Max(volts, Math.Abs(CellVoltage.Rest(device)
                - (device.Pd.EquilibriumPotential + (T - 300) * (-95 / (2 * Avogadro * ElementaryCharge)
                - VoltPerKelvin * Math.Log(PalladiumIsotherm.Activity(device.Pd, start))) - rest + device.Hypotheses.CellOffset)));
        }
        return new(
            new Check($"injection by Pd over its one-way rate, worst of {States}", "1", gate, 0, Band.Absolute(1e-11)),
            new Check("coverage over the one-way rates", "1", coverage, 0, Band.Absolute(1e-11)),
            new Check("into WO3 over the one-way rate", "1", channel, 0, Band.Absolute(1e-11)),
            new Check("V_rest against the same by hand", "V", volts, 0, Band.Absolute(1e-12)));
    }
}
