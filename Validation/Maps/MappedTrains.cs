using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>Trains of random pulses against the same trains computed.</summary>
public sealed class MappedTrains(string preset) : MapCase("maps.trains", preset)
{
    public override string Title => "The content after random trains of random amplitudes";

    public override string Equation => "e^u' = e^u + step(u, V), pulse after pulse";

    public override string Source =>
        "trains computed pulse by pulse at a relative tolerance of 1e-8, each from the state that the one before left";

    public override Control Control { get; } = new("the amplitude is left out: every pulse has that of the first of its sign");

    public override ValidationOutcome Run(RunContext context)
    {
        var pulses = new RandomPulses(Preset, hasWidths: false, seed: 11);
        int trains = context.Quick ? 4 : 50, length = context.Quick ? 10 : 40;
        double worst = 0;
        var train = new StateTrain(pulses.Map, pulses.Map.Families[0]);
        for (int k = 0; k < trains; k++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            SlowState start = pulses.Start with { U = pulses.Between(0, 3) }, mapped = start;
            DeviceSimulation device = pulses.Create(1e-8);
            pulses.Piece(false, start.U);
            pulses.Piece(true, start.U).Settled.Place(device.State, start.U, start.Given);
            (double[] amplitudes, double[] widths) = pulses.Walk(length);
            foreach ((double amplitude, double width) in amplitudes.Zip(widths))
            {
                device.Pulse(amplitude, width, device.Device.Gate.EdgeTime);
                device.Rest(1);
            }
            double[] taken = context.Perturbed ? [.. amplitudes.Select(a => amplitudes.First(b => b > 0 == a > 0))] : amplitudes;
            if (train.Apply(ref mapped, taken, widths) < length)
                mapped = mapped with { U = double.NaN };
            double u = pulses.Map.Content.Of(new Inventory(device), device);
            worst = Math.Max(worst, Math.Abs(Math.Exp(mapped.U - u) - 1));
        }
        return new(new Check($"content after {length} pulses, relative", "1", worst, Band.AtMost(1e-7)));
    }
}
