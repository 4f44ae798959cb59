using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Hydrogen drawn out of WO3 at a constant rate: the time at which its surface is empty.</summary>
public sealed class SandTime : ValidationCase
{
    public override string Id => "limits.sand-time";

    public override string Title => "At a constant flux the surface of WO3 is empty after Sand's time";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "C_s = C_0 (1 - √(t/tau)), tau = (pi/4) D (C_0/J)^2";

    public override string Source => "H. J. S. Sand, Philos. Mag. 1, 45 (1901), half space; the film is 20 diffusion lengths thick";

    public override Control Control { get; } = new("the diffusion coefficient is 2 % larger");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = new()
        {
            Psg = new() { ActivationEnergy = 3 },
            Interface = new() { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
            Wo3 = new() { Thickness = 200e-9, RestComposition = 0.01 },
        };
        Channel wo3 = device.Wo3;
        double start = wo3.RestComposition * wo3.SiteDensity, flux = start * wo3.Diffusivity / 10e-9;
        double tau = Math.PI / 4 * wo3.Diffusivity * Math.Pow(start / flux, 2);
        if (context.Perturbed)
            device = device with { Wo3 = wo3 with { Diffusivity = 1.02 * wo3.Diffusivity } };
        var sample = new VirtualDevice(device, 1e-8, new() { Wo3Cells = 2000, Wo3Uniform = true });
        int surface = sample.Layout.Hydrogen;
        var system = new SourcedSystem(sample.Simulation.System, (_, s) => s[surface] = -flux * sample.Area);
        sample.Simulation.System.Connect(new() { Mode = Solver.Assembly.DriveMode.Open });
        var seen = new Surface(surface);
        var integrator = new RosenbrockIntegrator<Scalar>(system, Method.Rodas4P.Tableau(), 1e-8, 100000);
        integrator.Advance(sample.State, new Scalar[system.QuadratureCount], 0.99 * tau, seen);
        // C_s is straight in the root of time: the last two points give where it ends.
        ((double t1, double c1), (double t2, double c2)) = (seen.Points.First(p => p.Time > 0.8 * tau), seen.Points[^1]);
        double root = Math.Sqrt(t1) + (Math.Sqrt(t2) - Math.Sqrt(t1)) * c1 / (c1 - c2);
        var middle = seen.Points.MinBy(p => Math.Abs(p.Time - 0.25 * tau));
        return new(
            new Check("time at which the surface is empty", "s", root * root, tau, Band.Relative(2e-3)),
            new Check("surface near a quarter of it", "1", middle.Density / start, 1 - Math.Sqrt(middle.Time / tau), Band.Relative(2e-3)))
        {
            Charts = [new("Composition of the surface", "√(t/tau)", "C_s/C_0",
                new Curve("model", CurveStyle.Markers, [.. seen.Points.Select(p => Math.Sqrt(p.Time / tau))],
                    [.. seen.Points.Select(p => p.Density / start)]),
                new Curve("Sand", CurveStyle.Line, [0, 1], [1, 0]))],
        };
    }

    private sealed class Surface(int unknown) : IStepObserver<Scalar>
    {
        public List<(double Time, double Density)> Points { get; } = [];

        public void OnStep(double time, Scalar[] state) => Points.Add((time, state[unknown]));
    }
}
