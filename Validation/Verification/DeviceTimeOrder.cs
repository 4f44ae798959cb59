using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Verification;

/// <summary>Order in time on the whole device, every row of which follows a solution that is put in.</summary>
public sealed class DeviceTimeOrder : ValidationCase
{
    private const double Duration = 1e-9;

    public override string Id => "verification.time-order-device";

    public override string Title => "Order in time on the device itself: transport, Poisson, coverage, gas, bubbles, gate, temperature";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "M du/dt = F(t, u) + M du_*/dt - F(t, u_*)\nu = u_*, error(h)/error(h/2) = 2^p";

    public override string Source =>
        "manufactured solution of the semi-discrete system, stiff and of index 1: the orders of verification.time-order-boundary apply, 2 "
            + "for Rodas4 and 4 for the others";

    public override Control Control { get; } = new("the matrix is that of the state of rest");

    public override ValidationOutcome Run(RunContext context)
    {
        int[] steps = [8, 16, 32, 64];
        double[] h = [.. steps.Select(n => Duration / n)];
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach ((Method method, double order) in new[] { (Method.Rodas4, 1.85), (Method.Rodas4P, 3.7), (Method.Rodas5P, 3.7) })
        {
            double[] errors = [.. steps.Select(n => Error(method, n, context.Perturbed))];
            checks.Add(new($"order of {method}", "1", Math.Log2(errors[^2] / errors[^1]), Band.AtLeast(order)));
            checks.Add(new($"error of {method} in {steps[^1]} steps", "1", errors[^1], Band.Shown));
            curves.Add(new($"{method}", CurveStyle.Markers, h, errors));
            curves.Add(new("", CurveStyle.Line, h, errors));
        }
        return new(checks)
        {
            Charts = [new("Largest error over the amplitude of the unknown", "step [s]", "error", curves) { LogX = true,
            LogY = true }]
        };
    }

    private static double Error(Method method, int steps, bool frozen)
    {
        var sample = new VirtualDevice(new()
        {
            Gas = new() { Enabled = true },
            Interface = new() { TafelRate = 1e-3, HeyrovskyRate = 1e-3 },
            Heat = new() { Enabled = true },
        });
        DeviceSystem<Scalar> system = sample.Simulation.System;
        UnknownLayout u = sample.Layout;
        Scalar[] rest = sample.Simulation.RestState, scratch = new Scalar[u.Size], quadratures = new Scalar[system.QuadratureCount],
            at = new Scalar[u.Size];
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Open });
        // Each unknown waves about rest with an amplitude of its own scale and a phase of its own place.
        double Amplitude(int k) => k >= u.Proton && k < u.Proton + u.PsgNodes.Length ? 0.2 * system.Scale[k]
            : k >= u.Dissolved && k < u.Bubbles ? 0.3 * rest[k]
            : k >= u.Bubbles && k < u.GateHydrogen ? 1e-3 * system.Scale[k]
            : 0.2 * system.Scale[k];
        // Bubbles stay bubbles: their fugacity has a kink where they are empty.
        double Offset(int k) => k >= u.Bubbles && k < u.GateHydrogen ? 3 : 0.1;
        double Exact(int k, double t) => rest[k] + Amplitude(k) * (Math.Sin(2 * t / Duration + 0.05 * k) - Math.Sin(0.05 * k) + Offset(k));
        double Rate(int k, double t) => Amplitude(k) * 2 / Duration * Math.Cos(2 * t / Duration + 0.05 * k);
        void Source(double t, double[] s)
        {
            for (int k = 0; k < at.Length; k++)
                at[k] = new(Exact(k, t));
            system.Residual(t, at, scratch, quadratures);
            // Sources are those of single unknowns; a row that stores others too gets theirs besides.
            foreach (MassCoupling<Scalar> m in system.MassCouplings)
                if (system.Mass[m.Column] != 0)
                    scratch[m.Row] -= m.Value / system.Mass[m.Column] * scratch[m.Column];
            for (int k = 0; k < s.Length; k++)
                s[k] = system.Mass[k] * new Scalar(Rate(k, t)) - scratch[k];
        }
        IStiffSystem<Scalar> sourced = new SourcedSystem(system, Source, Duration);
        if (frozen)
            sourced = new FrozenMatrix(sourced, rest);
        for (int k = 0; k < u.Size; k++)
            sample.State[k] = new(Exact(k, 0));
        new RosenbrockIntegrator<Scalar>(sourced, method.Tableau(), 1, int.MaxValue) { FixedStep = Duration / steps }
            .Advance(sample.State, quadratures, Duration);
        return Enumerable.Range(0, u.Size).Max(k => Math.Abs(sample.State[k] - Exact(k, Duration)) / Amplitude(k));
    }

    /// <summary>The mistake: a matrix that does not follow the state.</summary>
    private sealed class FrozenMatrix(IStiffSystem<Scalar> inner, Scalar[] state) : IStiffSystem<Scalar>
    {
        public int Size => inner.Size;

        public int QuadratureCount => inner.QuadratureCount;

        public Scalar[] Mass => inner.Mass;

        public IReadOnlyList<Scalar[]?> RateWeights => inner.RateWeights;

        public double[] Scale => inner.Scale;

        public Solver.LinearAlgebra.ILinearSolver<Scalar> Solver => inner.Solver;

        public void Residual(double time, Scalar[] x, Scalar[] rate, Scalar[] quadratureRate) =>
            inner.Residual(time, x, rate, quadratureRate);

        public void Jacobian(double time, Scalar[] x, Span<Scalar> jacobian, Scalar[][] quadratureGradient) =>
            inner.Jacobian(time, state, jacobian, quadratureGradient);

        public void TimeDerivative(double time, Scalar[] x, Scalar[] rate, Scalar[] quadratureRate) =>
            inner.TimeDerivative(time, x, rate, quadratureRate);
    }
}
