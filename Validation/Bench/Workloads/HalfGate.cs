using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>A 2-D cross-section whose gate covers half of it.</summary>
internal sealed class HalfGate : Workload
{
    /// <inheritdoc/>
    public override string Id => "2-d";

    /// <inheritdoc/>
    public override string Title => "2-D, isothermal, gate on half of the columns: one pulse of 10 V and 5 ns and a rest of 1 s";

    /// <inheritdoc/>
    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        (int, int)[] sizes = context.Quick ? [(60, 40)] : [(60, 40), (100, 100), (200, 200)];
        Measurement? smallest = null;
        foreach ((int across, int down) in sizes)
        {
            ControlVolumeMesh mesh = BenchDevice.HalfGate(across, down);
            SolverSettings settings = context.Front.Chosen;
            var train = new ComparisonTrain(1, false);
            DeviceSimulation Create(SolverSettings s) => new(BenchDevice.Isothermal, mesh, s);
            var run = new TrainRun(() => Create(settings), train);
            int nodes = across * down;
            int rounds = nodes > 20000 ? 1 : nodes > 5000 ? 3 : context.RoundCount;
            if (smallest is null)
                run.Time();
            Timing[] times = Rounds.Run(rounds, context.Cancel, run.Time)[0];
            // On the largest grid a converged run would take longer than all the others together.
            (double, double)? error = nodes > 5000 ? null : ComparisonTrain.Error(
                train.Increments(Create(settings)), train.Increments(Create(new() { RelativeTolerance = 1e-6 })));
            Measurement m = run.Measure(Id, $"{across} x {down}", times, settings, error);
            double? exponent = smallest is null ? null
                : Math.Log(m.Seconds / smallest.Seconds) / Math.Log((double)nodes / smallest.Unknowns!.Value);
            smallest ??= m with { Unknowns = nodes };
            yield return m with { Note = exponent is { } e ? $"grows as nodes^{e:0.00} from the smallest" : "" };
        }
    }
}
