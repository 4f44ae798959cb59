using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Orders of the elementary steps far from equilibrium, and the hydrogen pressure at which both that make it rest.</summary>
public sealed class RateOrders : ValidationCase
{
    /// <inheritdoc/>
    public override string Id => "limits.rate-orders";

    /// <inheritdoc/>
    public override string Title => "Tafel is of second order and Heyrovsky of first in the coverage, and both come to one pressure";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Limits;

    /// <inheritdoc/>
    public override string Equation => "d ln r_T/d ln theta = 2, d ln r_Hy/d ln theta = 1, d ln r_Hy/du = alpha\nf = e^{2 q (V_G - V_rest - U_W(y_ref))/kT} bar";

    /// <inheritdoc/>
    public override string Source => "Parsons (1958) for the steps of hydrogen evolution; Nernst equation of the hydrogen electrode";

    /// <inheritdoc/>
    public override Control Control { get; } = new("the pressure expected is that of one electron a molecule");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        Device device = CalibrationRules.Resolve(new());
        double thermal = Constants.ThermalVoltage(300), alpha = device.Interface.TransferCoefficient;
        double potential = CalibrationRules.InsertionPotential(device.Wo3, device.Wo3.RestComposition, 300);
        ChannelReactions<Scalar> steps = Reactions(device, potential);
        InterfaceRates<Scalar> At(double theta, double u, double density = 1)
        {
            var state = new InterfaceState<Scalar>
            {
                ProtonDensity = new(density * device.Psg.FixedChargeDensity),
                Drop = new(u * thermal - potential),
                Coverage = new(theta),
                Composition = new(device.Wo3.RestComposition),
                Dissolved = default,
                InverseThermalVoltage = new(1 / thermal),
            };
            steps.GetRates(state, true, out InterfaceRates<Scalar> rates);
            return rates;
        }

        double Order(Func<InterfaceRates<Scalar>, Scalar> rate, InterfaceRates<Scalar> a, InterfaceRates<Scalar> b, double change) => Math.Log(rate(b) / rate(a)) / change;
        double ln = Math.Log(1.01);
        List<Check> checks =
        [
            new("order of Tafel in the coverage", "1", Order(r => r.Tafel, At(0.1, 5), At(0.101, 5), ln), 2, Band.Absolute(1e-9)),
            new("order of Heyrovsky in the coverage", "1", Order(r => r.Heyrovsky, At(0.1, 5), At(0.101, 5), ln), 1, Band.Absolute(1e-9)),
            new("order of Heyrovsky in the proton density", "1", Order(r => r.Heyrovsky, At(0.1, 5), At(0.1, 5, 1.01), ln), 1, Band.Absolute(1e-9)),
            new("slope of Heyrovsky in u", "1", Order(r => r.Heyrovsky, At(0.1, 5), At(0.1, 5.01), 0.01), alpha, Band.Absolute(1e-9)),
            new("slope of Volmer in u", "1", Order(r => r.Volmer, At(1e-9, 25), At(1e-9, 25.01), 0.01), alpha, Band.Absolute(1e-6)),
        ];
        foreach ((string name, double tafel, double heyrovsky) in new[] { ("Tafel", 1e3, 0.0), ("Heyrovsky", 0.0, 1e2), ("both", 1e3, 1e2) })
            foreach (double offset in new[] { 0.0, 0.05 })
            {
                var sample = new VirtualDevice(new()
                {
                    Pd = new() { FiniteReservoir = false },
                    Interface = new() { TafelRate = tafel, HeyrovskyRate = heyrovsky },
                    Gas = new() { Enabled = true, LeakTime = 1e30 },
                }, 1e-8);
                sample.State[sample.Layout.Dissolved] *= new Scalar(3);
                sample.Hold(device.Gate.RestVoltage + offset, 1e-6, 1e4);
                double fugacity = sample.State[sample.Layout.Dissolved] / sample.Device.Gas.HenryConstant;
                double electrons = context.Perturbed ? 1 : 2;
                checks.Add(new($"fugacity at {offset:0.00} V over rest, {name}", "bar", fugacity, Math.Exp(electrons * (offset - potential) / thermal), Band.Relative(1e-4)));
            }
        return new(checks);
    }

    private static ChannelReactions<Scalar> Reactions(Device d, double potential) => new()
    {
        ExchangeRate = new(d.Interface.ExchangeCurrentDensity / Constants.ElementaryCharge),
        Transfer = new() { Alpha = new(d.Interface.TransferCoefficient), IsMarcus = false, ReorganisationEnergy = new(d.Interface.ReorganisationEnergy) },
        Temperature = new() { Energy = default, ReferenceInverseThermalVoltage = default },
        Activity = new() { InverseRestDensity = new(1 / d.Psg.FixedChargeDensity), InverseSiteDensity = default, RestVacancy = new(1), SiteLimited = false },
        RestPotential = new(potential),
        RestCoverage = new(d.Interface.RestCoverage),
        RestComposition = new(d.Wo3.RestComposition),
        AbsorptionRate = new(d.Interface.SiteDensity * d.Interface.AbsorptionRate),
        ExcessSpecies = default,
        Interaction = default,
        IsIdeal = true,
        TafelRate = new(d.Interface.SiteDensity * d.Interface.TafelRate),
        HeyrovskyRate = new(d.Interface.SiteDensity * d.Interface.HeyrovskyRate),
        InverseHenry = new(1 / d.Gas.HenryConstant),
        HasGas = true,
        Hypotheses = new() { SpotIsOn = false, SpotRate = default, InverseOnsetDrop = default, FeedbackIsOn = false, FeedbackPerDensity = default },
    };
}
