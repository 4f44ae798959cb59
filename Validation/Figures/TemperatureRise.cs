using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Figures;

/// <summary>Temperature of a pulse by the full model.</summary>
public sealed class TemperatureRise : ValidationCase
{
    public override string Id => "figures.temperature-rise";

    public override string Title => "A pulse of +10 V and 5 ns warms the device by less than 2 K";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "rho c dT/dt = div(k grad T) + Q\nQ = sum of J (-dmu) + affinity x rate";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), text: about 2 K, negligible";

    public override Control Control { get; } = new(
        "the current is that of a bulk law a thousand times faster between interfaces that do not limit it");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = new() { Heat = new() { Enabled = true } };
        if (context.Perturbed)
            device = device with
            {
                Psg = device.Psg with { BulkCurrentDensity = 6.5e7 },
                Pd = device.Pd with { ExchangeCurrentDensity = 1e6 },
                Interface = device.Interface with { ExchangeCurrentDensity = 1e6, AbsorptionRate = 1e12 },
            };
        var sample = new VirtualDevice(device, 1e-6);
        var peak = new Peak(sample.Layout.Temperature, sample.Layout.Local.Length);
        sample.Simulation.Pulse(10, 5e-9, sample.Device.Gate.EdgeTime, peak);
        double inPulse = peak.Largest - 300;
        sample.Simulation.Rest(1e-6, peak);
        return new(
            new Check("rise within the pulse", "K", inPulse, Band.Shown),
            new Check("largest rise", "K", peak.Largest - 300, Band.Between(0, 2)))
        {
            Notes = ["Physical sources only: what ions and reactions dissipate. The bound with all of C V^2 in the films is a case of its "
                + "own."],
        };
    }

    private sealed class Peak(int start, int count) : IStepObserver<Scalar>
    {
        public double Largest { get; private set; }

        public void OnStep(double time, Scalar[] state)
        {
            for (int n = 0; n < count; n++)
                Largest = Math.Max(Largest, state[start + n]);
        }
    }
}
