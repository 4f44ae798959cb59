using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The train by an expert's C program and by ours, in turn, both at settings whose measured error is allowed.</summary>
internal sealed class AgainstBaseline(BaselineProgram program) : Workload
{
    public override string Id => "baseline";

    public override string Title => "The train by the C program and by ours, in turn";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        var train = new ComparisonTrain(context.Quick ? 100 : 1000);
        var shorter = new ComparisonTrain(context.Quick ? 20 : 200);
        double[] converged = program.Increments(BaselineSetting.Converged, shorter);
        (double Max, double Median)[] errors =
            [.. BaselineSetting.All.Select(s => ComparisonTrain.Error(program.Increments(s, shorter), converged))];

        SolverSettings settings = context.Front.Chosen;
        var ours = new TrainRun(() => BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance), train);
        var ourError = ComparisonTrain.Error(
            shorter.Increments(BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance)),
            shorter.Increments(ToleranceFront.Converged()));
        ours.Time();
        var last = new BaselineTime[errors.Length];
        Func<Timing> Theirs(int s) => () =>
        {
            last[s] = program.Time(BaselineSetting.All[s], train);
            return new(last[s].Seconds, double.NaN);
        };
        Timing[][] times = Rounds.Run(context.RoundCount, context.Cancel,
            [ours.Time, .. Enumerable.Range(0, errors.Length).Select(Theirs)]);

        string basis = $"error on {shorter.Each} + {shorter.Each} pulses";
        yield return ours.Measure(Id, "ours", times[0], settings, ourError) with { Note = basis };
        for (int s = 0; s < errors.Length; s++)
        {
            BaselineSetting setting = BaselineSetting.All[s];
            // Pair by pair, so that a drift of the machine's speed cancels.
            double ratio = Measurement.Median(times[0].Zip(times[1 + s], (a, b) => a.Seconds / b.Seconds));
            // To the digits that the table shows.
            bool isRight = errors[s].Max < 1.05 * ToleranceFront.ErrorAllowed;
            yield return new()
            {
                Workload = Id,
                Variant = $"C {setting.Name} {setting.RelativeTolerance:0e-0}",
                RoundSeconds = [.. times[1 + s].Select(t => t.Seconds)],
                Pulses = train.Count,
                Steps = last[s].Steps,
                Rejections = last[s].Rejections,
                Factorisations = last[s].Factorisations,
                Method = setting.Name,
                RelativeTolerance = setting.RelativeTolerance,
                ErrorMax = errors[s].Max,
                ErrorMedian = errors[s].Median,
                Ratio = ratio,
                Note = $"ratio: ours over this{(isRight ? "" : $"; its error is above {ToleranceFront.ErrorAllowed:0e-0}")}; {basis}",
            };
        }
    }
}
