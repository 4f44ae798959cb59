using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>A 2-D cross-section whose gate covers half of it.</summary>
internal sealed class HalfGate : Workload
{
    public override string Id => "2-d";

    public override string Title => "2-D, isothermal, gate on half of the columns: one pulse of 10 V and 5 ns and a rest of 1 s";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        // The tolerance that does in 1-D does not do here, where the corner of the gate rules: the smallest grid decides.
        (int, int)[] sizes = context.Quick ? [(60, 40)] : [(60, 40), (100, 100), (200, 200)];
        double[] tolerances = context.Quick ? [1e-3] : [5e-3, 2e-3, 1e-3, 3e-4];
        Measurement? smallest = null;
        foreach ((int across, int down) in sizes)
        {
            ControlVolumeMesh mesh = BenchDevice.HalfGate(across, down);
            DeviceSimulation Create(double tolerance) => new(BenchDevice.Isothermal, mesh, new() { RelativeTolerance = tolerance });
            var train = new ComparisonTrain(1, false);
            int nodes = across * down, rounds = smallest is null ? context.RoundCount : 3;
            // On the larger grids a converged run would take longer than all the others together.
            double[]? converged = smallest is null ? train.Increments(Create(1e-6)) : null;
            var measured = new List<Measurement>();
            foreach (double tolerance in smallest is null ? tolerances : [smallest.RelativeTolerance!.Value])
            {
                var run = new TrainRun(() => Create(tolerance), train);
                Timing[] times = Rounds.Run(rounds, context.Cancel, run.Time)[0];
                (double, double)? error = converged is null ? null : ComparisonTrain.Error(train.Increments(Create(tolerance)), converged);
                measured.Add(run.Measure(Id, $"{across} x {down}", times, new() { RelativeTolerance = tolerance }, error));
            }
            foreach (Measurement m in measured)
                yield return smallest is null ? m : m with
                {
                    Note = $"grows as nodes^{Exponent(m, smallest, nodes / 2400.0):0.00} from 60 x 40",
                };
            smallest ??= measured.Where(m => m.ErrorMax <= ToleranceFront.ErrorAllowed).DefaultIfEmpty(measured[^1])
                .MinBy(m => m.ProcessorSeconds)!;
        }
    }

    private static double Exponent(Measurement m, Measurement smallest, double nodes) =>
        Math.Log(m.ProcessorSeconds!.Value / smallest.ProcessorSeconds!.Value) / Math.Log(nodes);
}
