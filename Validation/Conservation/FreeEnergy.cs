using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Conservation;

/// <summary>Free energy of closed devices in random states: it never rises.</summary>
public sealed class FreeEnergy : ValidationCase
{
    private const double Tolerance = 1e-6;
    private const int States = 200;

    /// <inheritdoc/>
    public override string Id => "conservation.free-energy";

    /// <inheritdoc/>
    public override string Title => "The free energy of 200 closed devices never rises, with field, traps, gas and bubbles";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Conservation;

    /// <inheritdoc/>
    public override string Equation => "F = int eps/2 phi'^2 + kT sum N [ln(N/N_0) - 1] + lattice gases + bubbles - mu_Pd N_Pd + mu_leak N_leak\ndF/dt <= 0";

    /// <inheritdoc/>
    public override string Source => "second law of thermodynamics at one temperature; F is written down from the state, not from the ledger of the run";

    /// <inheritdoc/>
    public override Control Control { get; } = new("release of traps enhanced by the field without its back reaction, and bubbles that fill whatever their fugacity");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        int rises = 0;
        double worst = double.NegativeInfinity, exchange = double.NegativeInfinity;
        for (int seed = 0; seed < States; seed++)
        {
            var random = new Random(seed);
            bool traps = seed % 2 == 1, gas = seed % 4 >= 2;
            Device device = new()
            {
                Psg = new() { TrapDensity = traps ? 8e25 : 0, CaptureCoefficient = 1e-17, ReleaseRate = 4e8 },
                Pd = new() { FiniteReservoir = false },
                Interface = new() { DefectDensity = seed % 3 == 0 ? 1e17 : 0 },
                Gas = new() { Enabled = gas },
            };
            var sample = new VirtualDevice(device, Tolerance, new MeshSettings { PsgCells = 24, Wo3Cells = 6, Psg = PsgNodes.Tanh, TanhStrength = 2 });
            var watch = new Watch(sample);
            Disturb(sample, random);
            // Gauss's law in the disturbed state: a step too short for anything else, with the gate open.
            sample.Simulation.Segment(DriveMode.Open, 0, 0, 1e-18);
            watch.Begin();
            sample.Simulation.Segment(DriveMode.Open, 0, 0, 1e-6, watch);
            sample.Simulation.Segment(DriveMode.Open, 0, 0, 1, watch);
            double rise = watch.LargestRise / watch.Exchanged;
            worst = Math.Max(worst, rise);
            rises += rise > 10 * Tolerance ? 1 : 0;
            exchange = Math.Max(exchange, traps || gas ? watch.ExchangePower(context.Perturbed) : exchange);
        }
        return new(
            new Check($"devices of {States} whose free energy rises", "1", rises, 0, Band.Absolute(0)),
            new Check("largest rise over what was exchanged", "1", worst, Band.AtMost(10 * Tolerance)),
            new Check("free energy that traps and bubbles gain per kT and event, at most", "1", exchange, Band.AtMost(1e-9)));
    }

    /// <summary>Puts a device into a state far from equilibrium.</summary>
    private static void Disturb(VirtualDevice sample, Random random)
    {
        UnknownLayout u = sample.Layout;
        double Decades(double from, double to) => from * Math.Pow(to / from, random.NextDouble());
        void Fill(int start, int count, Func<int, double> value)
        {
            for (int i = 0; start >= 0 && i < count; i++)
                sample.State[start + i] = new(value(i));
        }
        double tilt = random.NextDouble() - 0.5, density = sample.Device.Wo3.SiteDensity;
        Scalar[] rest = sample.Simulation.RestState;
        Fill(u.Proton, u.PsgNodes.Length, i => rest[u.Proton + i] * Math.Exp(tilt * (i - u.PsgNodes.Length / 2) / u.PsgNodes.Length));
        Fill(u.Bound, u.PsgNodes.Length, _ => sample.Device.Psg.TrapDensity * (0.2 + 0.2 * random.NextDouble()));
        Fill(u.Hydrogen, u.Wo3Nodes.Length, _ => density * Decades(1e-4, 1e-1));
        Fill(u.Coverage, 1, _ => Decades(1e-3, 0.9));
        Fill(u.Interfacial[InterfaceSpecies.Defects], 1, _ => Decades(1e-2, 0.9));
        Fill(u.Dissolved, 1, _ => Decades(1e10, 1e15));
        Fill(u.Bubbles, 1, _ => Decades(1e9, 1e12));
        Fill(u.GateCharge, 1, _ => rest[u.GateCharge] + 2e-17 * (random.NextDouble() - 0.5));
    }

    /// <summary>Follows the free energy of a device from step to step.</summary>
    private sealed class Watch(VirtualDevice sample) : IStepObserver<Scalar>
    {
        private readonly UnknownLayout _u = sample.Layout;
        private readonly double _vt = ThermalVoltage(sample.Device.Heat.AmbientTemperature);
        private readonly ChemicalPotentials<Scalar> _nodes = ChemicalPotentials<Scalar>.Of(Pack.One(sample.Device), sample.Device);
        private double _last;

        public double LargestRise { get; private set; }

        public double Exchanged { get; private set; }

        public void Begin() => _last = Value();

        public void OnStep(double time, Scalar[] state)
        {
            double now = Value();
            LargestRise = Math.Max(LargestRise, now - _last);
            Exchanged += Math.Abs(now - _last);
            _last = now;
        }

        /// <summary>Free energy [J], with gas at the fugacity of rest outside and hydrogen of constant potential in Pd.</summary>
        private double Value()
        {
            Device d = sample.Device;
            Scalar[] x = sample.State;
            double sum = 0, rest = InsertionPotential.AtRest(d), area = sample.Area;
            double density = CalibrationRules.RestProtonDensity(d.Psg), bound = d.Psg.FixedChargeDensity - density;
            for (int i = 0; i < _u.PsgNodes.Length; i++)
            {
                double volume = sample.Simulation.Mesh.Volume[_u.PsgNodes[i]], c = x[_u.Proton + i];
                sum += volume * _vt * (c * Math.Log(c / density) - c);
                if (_u.Bound >= 0)
                    sum += volume * d.Psg.TrapDensity * Lattice(x[_u.Bound + i] / d.Psg.TrapDensity, bound / d.Psg.TrapDensity);
            }
            for (int i = 0; i < _u.Wo3Nodes.Length; i++)
            {
                double y = x[_u.Hydrogen + i] / d.Wo3.SiteDensity;
                sum += sample.Simulation.Mesh.Volume[_u.Wo3Nodes[i]] * d.Wo3.SiteDensity * (Lattice(y, d.Wo3.RestComposition) - rest * y);
            }
            sum += area * d.Interface.SiteDensity * (Lattice(x[_u.Coverage], d.Interface.RestCoverage) - rest * x[_u.Coverage]);
            if (_u.Interfacial[InterfaceSpecies.Defects] is >= 0 and var defects)
                sum += area * d.Interface.DefectDensity * (Lattice(x[defects], d.Interface.DefectRestCoverage) - rest * x[defects]);
            if (_u.Dissolved >= 0)
            {
                double n = Math.Max(x[_u.Dissolved], double.Epsilon), leaked = sample.Simulation.Quadratures[sample.Simulation.QuadratureLayout.LeakedGas];
                sum += area * _vt * (n * Math.Log(n / d.Gas.HenryConstant) - n) + area * Bubbles(x[_u.Bubbles]) - 2 * rest * leaked;
            }
            sum += x[_u.GateHydrogen] * HydrogenInPd;
            return sample.Simulation.System.FieldEnergy(x) + ElementaryCharge * sum;
        }

        /// <summary>Potential of hydrogen in Pd over q with opposite sign [V]: V_G - phi at which the reaction rests.</summary>
        private double HydrogenInPd { get; } = RestDrop(sample.Device);

        private static double RestDrop(Device d)
        {
            var gate = PalladiumInjection<Scalar>.Of(Pack.One(d), d);
            return gate.Rest.Enthalpy + gate.Rest.Slope * ThermalVoltage(d.Heat.AmbientTemperature);
        }

        /// <summary>Free energy of a lattice gas per site over q [V], from its logarithm of odds.</summary>
        private double Lattice(double part, double rest) =>
            _vt * (part * Math.Log(part) + (1 - part) * Math.Log(1 - part) - part * Math.Log(rest / (1 - rest)));

        /// <summary>Free energy of bubbles per area over q [V/m^2]: the integral of V_T ln f_b, in the variable whose logarithm is singular at 0.</summary>
        private double Bubbles(double content)
        {
            const int Points = 400;
            var gas = BubbleGas<Scalar>.Of(Pack.One(sample.Device), sample.Device);
            double sum = 0;
            for (int i = 0; i < Points; i++)
            {
                double t = (i + 0.5) / Points, n = content * t * t * t;
                sum += _vt * Math.Log(gas.Fugacity<Scalar>(new(n), new(1 / _vt))) * 3 * t * t;
            }
            return content > 0 ? sum / Points * content : 0;
        }

        /// <summary>Largest rate at which traps and bubbles raise the free energy, over kT and the one-way rate, over states on the way and fields.</summary>
        /// <param name="old">True for the laws without back reaction.</param>
        public double ExchangePower(bool old)
        {
            Device d = sample.Device;
            double largest = double.NegativeInfinity;
            var traps = TrapExchange<Scalar>.Of(Pack.One(d), d);
            var growth = BubbleGrowth<Scalar>.Of(Pack.One(d), d);
            foreach (double odds in new[] { 0.2, 0.9, 0.999, 1.001, 1.2, 5 })
                foreach (double field in new[] { 0, 1e8, 1e9 })
                {
                    Scalar bound = new(0.4 * d.Psg.TrapDensity), thermal = new(_vt), inverse = new(1 / _vt);
                    // Mobile protons at `odds` times their density in equilibrium with the bound ones.
                    Scalar mobile = new(odds * Math.Exp(traps.Potential(bound, thermal) / _vt) * CalibrationRules.RestProtonDensity(d.Psg));
                    double release = d.Psg.ReleaseRate * bound, gain = Math.Exp(traps.LargestLowering.Value * (field > 0 ? 1 : 0) / _vt);
                    double rate = old ? odds * release - release * gain : traps.Capture(mobile, bound, new(field), inverse);
                    if (d.Psg.TrapDensity > 0)
                        largest = Math.Max(largest, -rate * (_nodes.Proton(mobile, thermal) - traps.Potential(bound, thermal)) / (_vt * release * gain));
                    if (!d.Gas.Enabled)
                        continue;
                    InterfaceState<Scalar> s = new() { Bubbles = new(1e11), InverseThermalVoltage = inverse };
                    double fugacity = growth.Gas.Fugacity(s.Bubbles, inverse);
                    s.Dissolved = new(odds * fugacity * d.Gas.HenryConstant);
                    double into = old ? s.Dissolved * growth.GrowthRate : growth.Rate(s, default);
                    largest = Math.Max(largest, -into * Math.Log(odds) / (fugacity * d.Gas.HenryConstant * growth.GrowthRate));
                }
            return largest;
        }
    }
}
