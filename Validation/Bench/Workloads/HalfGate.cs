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
        double? smallest = null;
        foreach ((int across, int down) in sizes)
        {
            ControlVolumeMesh mesh = BenchDevice.HalfGate(across, down);
            DeviceSimulation Create(SolverSettings s) => new(BenchDevice.Isothermal, mesh, s);
            var train = new ComparisonTrain(1, false);
            int nodes = across * down;
            bool isSmall = nodes < 5000;
            // On the larger grids a converged run would take longer than all the others together.
            double[]? converged = isSmall ? train.Increments(Create(new() { RelativeTolerance = 1e-6 })) : null;
            SolverSettings chosen = context.Front.Chosen;
            double[] tolerances = isSmall ? [chosen.RelativeTolerance, 1e-3, 1e-4] : [chosen.RelativeTolerance];
            foreach (double tolerance in tolerances)
            {
                SolverSettings settings = chosen with { RelativeTolerance = tolerance };
                var run = new TrainRun(() => Create(settings), train);
                int rounds = nodes > 20000 ? 1 : isSmall ? context.RoundCount : 3;
                Timing[] times = Rounds.Run(rounds, context.Cancel, run.Time)[0];
                (double, double)? error = converged is null ? null : ComparisonTrain.Error(train.Increments(Create(settings)), converged);
                Measurement m = run.Measure(Id, $"{across} x {down}", times, settings, error);
                if (smallest is { } seconds && !isSmall)
                    m = m with { Note = $"grows as nodes^{Math.Log(m.ProcessorSeconds!.Value / seconds) / Math.Log(nodes / 2400.0):0.00} from 60 x 40" };
                smallest ??= m.ProcessorSeconds;
                yield return m;
            }
        }
    }
}
