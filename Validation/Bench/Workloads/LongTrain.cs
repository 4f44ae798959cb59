using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The train of the paper's Fig. 2A in 1-D.</summary>
internal sealed class LongTrain : Workload
{
    public override string Id => "train";

    public override string Title => "1-D, 60 + 16 cells: 1000 pulses of 10 V up, 1000 of -8.5 V down, a rest of 1 s after each";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        SolverSettings settings = context.Front.Chosen;
        var train = new ComparisonTrain(context.Quick ? 100 : 1000);
        var error = ComparisonTrain.Error(
            train.Increments(BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance)),
            train.Increments(ToleranceFront.Converged()));
        var run = new TrainRun(() => BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance), train);
        Timing[] times = Rounds.Run(context.RoundCount, context.Cancel, run.Time)[0];
        yield return run.Measure(Id, "isothermal", times, settings, error);
    }
}
