using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Orders of the elementary steps far from equilibrium, and the hydrogen pressure at which both that make it rest.</summary>
public sealed class RateOrders : ValidationCase
{
    public override string Id => "limits.rate-orders";

    public override string Title => "Tafel is of second order and Heyrovsky of first in the coverage, and both come to one pressure";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "d ln r_T/d ln theta = 2, d ln r_Hy/d ln theta = 1, d ln r_Hy/du = alpha\nf = e^{2 q (V_G - V_rest - U_W(y_ref))/kT} bar";

    public override string Source => "Parsons (1958) for the steps of hydrogen evolution; Nernst equation of the hydrogen electrode";

    public override Control Control { get; } = new("the pressure expected is that of one electron a molecule");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = CalibrationRules.Resolve(new());
        double thermal = Constants.ThermalVoltage(300), alpha = device.Interface.TransferCoefficient;
        double potential = InsertionPotential.At(device, device.Wo3.RestComposition, 300);
        Pack<Scalar> pack = Pack.One(device);
        var volmer = Volmer<Scalar>.Of(pack, device);
        var tafel = Tafel<Scalar>.Of(pack, device);
        var heyrovsky = Heyrovsky<Scalar>.Of(pack, device);
        var transfer = ChargeTransfer<Scalar>.Of(pack, device);
        (InterfaceState<Scalar> State, InterfaceDrive<Scalar> Drive) At(double theta, double u, double density = 1)
        {
            InterfaceState<Scalar> state = new()
            {
                Amounts = new() { Adsorbed = new(theta), Inserted = new(device.Wo3.RestComposition) },
            };
            InterfaceDrive<Scalar> drive = new() { Activity = new(density), Boost = new(Math.Exp(potential / thermal)) };
            drive.Forward = transfer.Forward<Scalar>(new(u), new(1 / thermal), out drive.Backward);
            return (state, drive);
        }

        double Tafel((InterfaceState<Scalar> State, InterfaceDrive<Scalar> Drive) at) => tafel.Rate(at.State, at.Drive);
        double Heyrovsky((InterfaceState<Scalar> State, InterfaceDrive<Scalar> Drive) at) => heyrovsky.Rate(at.State, at.Drive);
        double Volmer((InterfaceState<Scalar> State, InterfaceDrive<Scalar> Drive) at) => volmer.Rate(at.State, at.Drive);
        double Order(
            Func<(InterfaceState<Scalar>, InterfaceDrive<Scalar>), double> rate, (InterfaceState<Scalar>, InterfaceDrive<Scalar>) a,
            (InterfaceState<Scalar>, InterfaceDrive<Scalar>) b, double change) => Math.Log(rate(b) / rate(a)) / change;
        double ln = Math.Log(1.01);
        List<Check> checks =
        [
            new("order of Tafel in the coverage", "1", Order(Tafel, At(0.1, 5), At(0.101, 5), ln), 2, Band.Absolute(1e-9)),
            new("order of Heyrovsky in the coverage", "1", Order(Heyrovsky, At(0.1, 5), At(0.101, 5), ln), 1, Band.Absolute(1e-9)),
            new("order of Heyrovsky in the proton density", "1", Order(Heyrovsky, At(0.1, 5), At(0.1, 5, 1.01), ln), 1,
                Band.Absolute(1e-9)),
            new("slope of Heyrovsky in u", "1", Order(Heyrovsky, At(0.1, 5), At(0.1, 5.01), 0.01), alpha, Band.Absolute(1e-9)),
            new("slope of Volmer in u", "1", Order(Volmer, At(1e-9, 25), At(1e-9, 25.01), 0.01), alpha, Band.Absolute(1e-6)),
        ];
        foreach ((string name, double tafelRate, double heyrovskyRate) in new[] { ("Tafel", 1e3, 0.0), ("Heyrovsky", 0.0, 1e2),
            ("both", 1e3, 1e2) })
            foreach (double offset in new[] { 0.0, 0.05 })
            {
                var sample = new VirtualDevice(new()
                {
                    Pd = new() { FiniteReservoir = false },
                    Interface = new() { TafelRate = tafelRate, HeyrovskyRate = heyrovskyRate },
                    Gas = new() { Enabled = true, LeakTime = 1e30 },
                }, 1e-8);
                sample.State[sample.Layout.Dissolved] *= new Scalar(3);
                sample.Hold(sample.Device.Gate.RestVoltage + offset, 1e-6, 1e4);
                double fugacity = sample.State[sample.Layout.Dissolved] / sample.Device.Gas.HenryConstant;
                double electrons = context.Perturbed ? 1 : 2;
                checks.Add(new($"fugacity at {offset:0.00} V over rest, {name}", "bar", fugacity,
                    Math.Exp(electrons * (offset - potential) / thermal), Band.Relative(1e-4)));
            }
        return new(checks);
    }
}
