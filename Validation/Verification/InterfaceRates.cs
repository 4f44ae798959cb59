using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static System.Math;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Verification;

/// <summary>Rows of coverage, gas, bubbles and gate against the rates of physics.md in plain lines, far from rest.</summary>
public sealed class InterfaceRates : ValidationCase
{
    public override string Id => "verification.interface-rates";

    public override string Title => "Rows of coverage, gas and reservoir are the rate equations, at states far from rest";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation =>
        "Gamma_s dtheta/dt = r_V - r_A - 2 r_T - r_Hy, dN_WO3/dt = r_A\ndn_d/dt = r_T + r_Hy - (n_d - n_eq)/tau_leak - growth, dN_Pd/dt = "
            + "J_L";

    public override string Source => "the equations of the model written a second time, without the solver's terms";

    public override Control Control { get; } = new("Heyrovsky takes two adsorbed atoms");

    public override ValidationOutcome Run(RunContext context)
    {
        Device d = CalibrationRules.Resolve(new()
        {
            Gas = new() { Enabled = true },
            Wo3 = new() { DiluteSpecies = 2, InteractionPotential = 0.4 },
            Interface = new() { TafelRate = 1e-2, HeyrovskyRate = 1e-3 },
            Pd = new() { TransferCoefficient = 0.4 },
        });
        var sample = new VirtualDevice(d);
        UnknownLayout u = sample.Layout;
        DeviceSystem<Scalar> system = sample.Simulation.System;
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Open });
        (Scalar[] rate, Scalar[] quadratures) = (new Scalar[u.Size], new Scalar[system.QuadratureCount]);
        List<Check> checks = [];
        foreach ((double gate, double wall, double density, double theta, double y, double dissolved, double given) in new[]
        {
            (0.3, 0.1, 1.5, 0.02, 1e-3, 1e4, 1e17), (-0.2, -0.15, 0.6, 1e-3, 1e-4, 1e3, 3e17), (0.5, 0.25, 3.0, 0.3, 0.05, 2e15, 1e20),
            (-0.4, 0.05, 0.2, 0.7, 0.4, 5e14, -1e17),
        })
        {
            Scalar[] x = [.. sample.Simulation.RestState];
            int last = u.PsgNodes.Length - 1;
            double uRest = InsertionPotential.At(d, d.Wo3.RestComposition, 300), thermal = ThermalVoltage(300),
                c = d.Psg.FixedChargeDensity;
            x[u.GateVoltage] = new(d.Gate.RestVoltage + gate);
            x[u.Potential + last] = new(wall - uRest);
            x[u.Proton + last] = new(density * c);
            x[u.Coverage] = new(theta);
            for (int j = 0; j < u.Wo3Nodes.Length; j++)
                x[u.Hydrogen + j] = new(y * d.Wo3.SiteDensity);
            x[u.Dissolved] = new(dissolved);
            x[u.GateHydrogen] += given * sample.Area;
            system.Residual(0, x, rate, quadratures);

            ChannelInterface s = d.Interface;
            (double j0, double theta0, double rest, double q) = (s.ExchangeCurrentDensity / ElementaryCharge, s.RestCoverage,
                d.Wo3.RestComposition, wall / thermal);
            double volmer = j0 * (density * (1 - theta) / (1 - theta0) * Exp(q / 2) - theta / theta0 * Exp(-q / 2));
            double odds = y / (1 - y) * (1 - rest) / rest,
                balance = theta0 * (1 - rest) / ((1 - theta0) * rest) * odds * Exp(0.4 * (y - rest) / thermal);
            double absorption = s.SiteDensity * s.AbsorptionRate * (theta * (1 - y) - balance * y * (1 - theta));
            double ratio = theta0 / (1 - theta0) * Exp(uRest / thermal), fugacity = dissolved / d.Gas.HenryConstant;
            double tafel = s.SiteDensity * s.TafelRate * (theta * theta - ratio * ratio * fugacity * (1 - theta) * (1 - theta));
            double heyrovsky = s.SiteDensity * s.HeyrovskyRate
                * (density * theta * Exp(q / 2) - ratio * Exp(uRest / thermal) * fugacity * (1 - theta) * Exp(-q / 2));
            double leak = (dissolved - d.Gas.HenryConstant * Exp(-2 * uRest / thermal)) / d.Gas.LeakTime;
            double atom = d.Pd.HydrogenFraction - given / (d.Pd.AtomDensity * d.Pd.Thickness),
                end = Clamp(atom, d.Pd.PlateauLow, d.Pd.PlateauHigh);
            double activity = atom / (1 - atom) * (1 - end) / end, drive = gate / thermal;
            double inject = d.Pd.ExchangeCurrentDensity / ElementaryCharge * (activity * Exp(0.4 * drive) - Exp(-0.6 * drive));

            string at = $"theta = {theta:g2}, y = {y:g2}";
            double Row(int unknown) => rate[unknown] / sample.Area;
            checks.Add(new($"coverage at {at}", "m^-2 s^-1", Row(u.Coverage),
                volmer - absorption - 2 * tafel - (context.Perturbed ? 2 : 1) * heyrovsky, Band.Relative(1e-9)));
            checks.Add(new($"into WO3 at {at}", "m^-2 s^-1", Row(u.Hydrogen), absorption, Band.Relative(1e-9)));
            checks.Add(new($"dissolved at {at}", "m^-2 s^-1", Row(u.Dissolved), tafel + heyrovsky - leak, Band.Relative(1e-9)));
            checks.Add(new($"given by Pd at {at}", "m^-2 s^-1", Row(u.GateHydrogen), inject, Band.Relative(1e-9)));
        }
        return new(checks);
    }
}
