using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Conservation;

/// <summary>Free energy of devices in random states, with the gate open or held, at one temperature or warm: it never rises.</summary>
public sealed class FreeEnergy : ValidationCase
{
    private const double Tolerance = 1e-6;
    private const int States = 200;

    /// <inheritdoc/>
    public override string Id => "conservation.free-energy";

    /// <inheritdoc/>
    public override string Title =>
        "The free energy of 200 devices never rises: field, traps, gas and bubbles, gate open or held, isothermal or warm";

    /// <inheritdoc/>
    public override CaseGroup Group => CaseGroup.Conservation;

    /// <inheritdoc/>
    public override string Equation =>
        "F = E - T_0 S = int eps/2 phi'^2 + kT_0 sum N [ln(N/N_0) - 1] + lattice gases + bubbles - mu_Pd N_Pd + mu_leak N_leak\n"
        + "+ sum C [T - T_0 - T_0 ln(T/T_0)] - V (Q_M + q N_Pd) at a held gate,  dF/dt <= 0";

    /// <inheritdoc/>
    public override string Source =>
        "second law of thermodynamics, with surroundings at T_0; F is written down from the state, not from the ledger of the run";

    /// <inheritdoc/>
    public override Control Control { get; } = new(
        "devices that run on the old laws: bubbles that fill whatever their fugacity, and traps whose release the field speeds up without "
            + "back reaction");

    /// <inheritdoc/>
    public override ValidationOutcome Run(RunContext context)
    {
        string[] kinds = ["gate open", "gate held", "warm, gate open", "warm, gate held"];
        var worst = new double[kinds.Length];
        int rises = 0;
        Array.Fill(worst, double.NegativeInfinity);
        for (int seed = 0; seed < States; seed++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            double rise = Follow(seed, context.Perturbed);
            worst[Kind(seed)] = Math.Max(worst[Kind(seed)], rise);
            rises += rise > 10 * Tolerance ? 1 : 0;
        }
        return new(
        [
            new($"devices of {States} whose free energy rises", "1", rises, 0, Band.Absolute(0)),
            .. kinds.Select((kind, k) => new Check($"largest rise over what was exchanged, {kind}", "1", worst[k],
                Band.AtMost(10 * Tolerance))),
        ]);
    }

    /// <summary>0: isothermal with the gate open, 1: gate held, 2 and 3: the same, warm.</summary>
    private static int Kind(int seed) => seed / 4 % 4;

    /// <summary>Follows a device from a random state on; the largest rise of its free energy over what was exchanged.</summary>
    private static double Follow(int seed, bool old)
    {
        var random = new Random(seed);
        // The control changes the laws of traps and bubbles, which all of its devices therefore have.
        bool traps = old || seed % 2 == 1, gas = old || seed % 4 >= 2, isHeld = Kind(seed) % 2 == 1, isWarm = Kind(seed) >= 2;
        Device device = new()
        {
            Psg = new() { FixedChargeDensity = 4e25, TrapDensity = traps ? 8e25 : 0, CaptureCoefficient = 1e-17, ReleaseRate = 4e8 },
            Pd = new() { FiniteReservoir = false },
            Interface = new() { DefectDensity = seed % 3 == 0 ? 1e17 : 0 },
            Gas = new() { Enabled = gas },
            Heat = new() { Enabled = isWarm },
            Hypotheses = new() { RemoteHeyrovsky = gas && seed % 5 == 0 },
        };
        var sample = new VirtualDevice(device, Tolerance,
            new MeshSettings { PsgCells = 24, Wo3Cells = 6, Psg = PsgNodes.Tanh, TanhStrength = 2 });
        double voltage = sample.Device.Gate.RestVoltage + random.NextDouble() - 0.5;
        Disturb(sample, random);
        void Advance(double duration, IStepObserver<Scalar>? watch = null)
        {
            if (isHeld)
                sample.Simulation.Segment(DriveMode.Voltage, voltage, voltage, duration, watch);
            else
                sample.Simulation.Segment(DriveMode.Open, 0, 0, duration, watch);
        }
        // Gauss's law in the disturbed state: a step too short for anything else.
        Advance(1e-18);
        var watch = new Watch(sample, isHeld ? voltage : null);
        if (old)
        {
            var laws = new OldLaws(sample);
            for (double piece = 1e-10; piece < 2e-6; piece *= 1.5)
            {
                laws.Apply(piece);
                Advance(piece, watch);
            }
            return watch.LargestRise / watch.Exchanged;
        }
        Advance(1e-6, watch);
        Advance(1, watch);
        return watch.LargestRise / watch.Exchanged;
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
        double tilt = random.NextDouble() - 0.5, density = sample.Device.Wo3.SiteDensity, rise = 20 * random.NextDouble();
        Scalar[] rest = sample.Simulation.RestState;
        Fill(u.Proton, u.PsgNodes.Length, i => rest[u.Proton + i] * Math.Exp(tilt * (i - u.PsgNodes.Length / 2) / u.PsgNodes.Length));
        Fill(u.Bound, u.PsgNodes.Length, _ => sample.Device.Psg.TrapDensity * (0.2 + 0.2 * random.NextDouble()));
        Fill(u.Hydrogen, u.Wo3Nodes.Length, _ => density * Decades(1e-4, 1e-1));
        Fill(u.Coverage, 1, _ => Decades(1e-3, 0.9));
        Fill(u.Interfacial[InterfaceSpecies.Defects], 1, _ => Decades(1e-2, 0.9));
        Fill(u.Dissolved, 1, _ => Decades(1e12, 1e18));
        Fill(u.Bubbles, 1, _ => Decades(1e15, 1e17));
        Fill(u.GateCharge, 1, _ => rest[u.GateCharge] + 2e-17 * (random.NextDouble() - 0.5));
        Fill(u.Temperature, u.Local.Length, _ => sample.Device.Heat.AmbientTemperature + rise);
    }

    /// <summary>Follows the free energy of a device from step to step.</summary>
    private sealed class Watch : IStepObserver<Scalar>
    {
        private readonly DeviceFreeEnergy _energy;
        private readonly VirtualDevice _sample;
        private readonly double? _held;
        private double _last;

        public Watch(VirtualDevice sample, double? held)
        {
            (_sample, _held, _energy) = (sample, held, new(sample));
            _last = Value();
        }

        public double LargestRise { get; private set; } = double.NegativeInfinity;

        public double Exchanged { get; private set; }

        public void OnStep(double time, Scalar[] state)
        {
            double now = Value();
            LargestRise = Math.Max(LargestRise, now - _last);
            Exchanged += Math.Abs(now - _last);
            _last = now;
        }

        /// <summary>Free energy less the work of a source that holds the gate.</summary>
        private double Value() => _energy.Of(_sample.State)
            - (_held ?? 0) * (_sample.State[_sample.Layout.GateCharge]
                + Constants.ElementaryCharge * _sample.State[_sample.Layout.GateHydrogen]);
    }

    /// <summary>The laws that the second law forbids, done to the state between two pieces of a run.</summary>
    private sealed class OldLaws(VirtualDevice sample)
    {
        private const double GrowthTime = 1e-6;
        private readonly TrapExchange<Scalar> _traps = TrapExchange<Scalar>.Of(Pack.One(sample.Device), sample.Device);

        /// <summary>What they would do in a time [s].</summary>
        public void Apply(double duration)
        {
            UnknownLayout u = sample.Layout;
            Scalar[] x = sample.State;
            double thermal = Constants.ThermalVoltage(sample.Device.Heat.AmbientTemperature);
            // Release alone is sped up by the field, by what it lowers the barrier; potential and charge stay as they are.
            for (int i = 0; i + 1 < u.PsgNodes.Length; i++)
            {
                double field = (x[u.Potential + i] - x[u.Potential + i + 1])
                    / (sample.Simulation.Mesh.Z[u.PsgNodes[i + 1]] - sample.Simulation.Mesh.Z[u.PsgNodes[i]]);
                double lowering = _traps.LoweringPerRootField.Value * Math.Sqrt(Math.Abs(field)),
                    relative = lowering / _traps.LargestLowering.Value;
                double gain = Math.Exp(lowering / Math.Pow(1 + Math.Pow(relative, 4), 0.25) / thermal) - 1;
                double released = x[u.Bound + i] * (1 - Math.Exp(-_traps.ReleaseRate.Value * gain * duration));
                (x[u.Proton + i], x[u.Bound + i]) = (new(x[u.Proton + i] + released), new(x[u.Bound + i] - released));
            }
            // Bubbles take whatever is dissolved.
            double taken = x[u.Dissolved] * (1 - Math.Exp(-duration / GrowthTime));
            (x[u.Dissolved], x[u.Bubbles]) = (new(x[u.Dissolved] - taken), new(x[u.Bubbles] + taken));
        }
    }
}
