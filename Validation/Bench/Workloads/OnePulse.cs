using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>One pulse up and its rest in 1-D, after others.</summary>
internal sealed class OnePulse : Workload
{
    public override string Id => "pulse";

    public override string Title => "1-D, 60 + 16 cells: one pulse of 10 V and 5 ns and a rest of 1 s";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        SolverSettings settings = context.Front.Chosen;
        // The code that the JIT improves on the way must be through with it before the clock starts.
        var run = new TrainRun(() => BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance), new(1, false),
            warm: 100);
        int rounds = context.Quick ? 10 : 51;
        Timing[] times = Rounds.Run(rounds, context.Cancel, run.Time)[0];
        yield return run.Measure(Id, "isothermal", times, settings, null);
    }
}
