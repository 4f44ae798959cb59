using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>Bounds of steps and of the conductance after them, along trains of random pulses that are computed as well.</summary>
public sealed class MappedBounds(string preset) : MapCase("maps.bounds", preset)
{
    public override string Title => "Trains of random pulses are within their bounds, pulse by pulse";

    public override string Equation => "|step - computed| <= bound, |G - computed| <= bound_after";

    public override string Source => "the same trains computed pulse by pulse at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("each pulse has the step of the one after it");

    public override ValidationOutcome Run(RunContext context)
    {
        var pulses = new RandomPulses(Preset, hasWidths: false, seed: 17);
        Tally trains = Compare(pulses, context, context.Quick ? 64 : 1000, 8);
        Tally walks = Compare(pulses, context, 8, context.Quick ? 40 : 10_000);
        return new(
            new Check($"trains of 8 pulses within their bounds, of {trains.Trains}", "1", trains.Held, trains.Trains, Band.Absolute(0)),
            new Check("median of bound over error, steps", "1", trains.Steps, Band.Between(1, 50)),
            new Check("median of bound over error, conductance after 8 pulses", "1", trains.Ends, Band.Between(1, 50)),
            new Check($"trains of {walks.Length} pulses within their bounds, of 8", "1", walks.Held, 8, Band.Absolute(0)),
            new Check($"median of bound over error, conductance after {walks.Length} pulses", "1", walks.Ends, Band.Between(1, 50)));
    }

    private Tally Compare(RandomPulses pulses, RunContext context, int count, int length)
    {
        int held = 0;
        List<double> steps = [], ends = [];
        foreach ((Table mapped, Table computed) in context.Once($"{Id} {count} {length}", () => Trains(pulses, context, count, length)))
        {
            bool isWithin = mapped["origin"].All(o => o == 1);
            for (int k = 0; k < length; k++)
            {
                double step = mapped["conductance_step"][context.Perturbed ? (k + 1) % length : k];
                double off = Math.Abs(step - computed["conductance_step"][k]), bound = mapped["bound"][k];
                double after = Math.Abs(mapped["conductance_after"][k] - computed["conductance_after"][k]);
                isWithin &= off <= bound && after <= mapped["bound_after"][k];
                steps.Add(bound / off);
                if (k == length - 1)
                    ends.Add(mapped["bound_after"][k] / after);
            }
            held += isWithin ? 1 : 0;
        }
        return new(count, length, held, RandomPulses.Median(steps), RandomPulses.Median(ends));
    }

    /// <summary>Random trains, mapped and computed.</summary>
    private static (Table Mapped, Table Computed)[] Trains(RandomPulses pulses, RunContext context, int count, int length)
    {
        var all = new List<(Table, Table)>();
        for (int done = 0; done < count; done += DeviceEnsemble.Capacity)
        {
            context.Cancel.ThrowIfCancellationRequested();
            int members = Math.Min(DeviceEnsemble.Capacity, count - done);
            SlowState[] starts = [.. Enumerable.Range(0, members).Select(_ => pulses.Start with { U = pulses.Between(0.2, 2.8) })];
            PulseTrain[] trains = [.. starts.Select(s => pulses.Train(s, length))];
            Table[] mapped = [.. starts.Zip(trains).Select(t => pulses.Follow(t.First, t.Second))];
            all.AddRange(mapped.Zip(pulses.Compute(starts, trains, context.Cancel)));
        }
        return [.. all];
    }

    private sealed record Tally(int Trains, int Length, int Held, double Steps, double Ends);
}
