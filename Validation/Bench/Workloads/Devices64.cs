using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>A sweep of 64 devices whose parameters differ: one at a time, and in the lanes of a vector.</summary>
internal sealed class Devices64 : Workload
{
    private const int DeviceCount = 64;

    /// <inheritdoc/>
    public override string Id => "devices-64";

    /// <inheritdoc/>
    public override string Title => "64 devices with spread parameters, on one core";

    /// <inheritdoc/>
    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        SolverSettings settings = context.Front.Chosen;
        var train = new ComparisonTrain(context.Quick ? 5 : 20);
        (string Name, Action Run)[] variants =
        [
            ("one at a time", () => Alone(train, settings)),
            ("in lanes", () => InLanes(train, settings)),
        ];
        foreach ((string _, Action run) in variants)
            run();
        Timing[][] times = Rounds.Run(context.Quick ? 2 : 5, context.Cancel, [.. variants.Select(v => (Func<Timing>)(() => Rounds.Time(v.Run)))]);
        double alone = Measurement.Median(times[0].Select(t => t.Seconds));
        for (int v = 0; v < variants.Length; v++)
        {
            double[] seconds = [.. times[v].Select(t => t.Seconds)];
            double fraction = Measurement.Median(seconds) / alone;
            yield return new()
            {
                Workload = Id,
                Variant = variants[v].Name,
                RoundSeconds = seconds,
                ProcessorSeconds = times[v].Min(t => t.ProcessorSeconds),
                Pulses = DeviceCount * train.Count,
                Method = settings.Method.ToString(),
                RelativeTolerance = settings.RelativeTolerance,
                Ratio = v == 0 ? null : fraction,
                Note = v == 0 ? null : $"{1 / fraction:0.00} times the pulses per second of one at a time",
            };
        }
    }

    private static void Alone(ComparisonTrain train, SolverSettings settings)
    {
        for (int k = 0; k < DeviceCount; k++)
            train.Run(Create(k, settings));
    }

    private static void InLanes(ComparisonTrain train, SolverSettings settings)
    {
        for (int first = 0; first < DeviceCount; first += DeviceEnsemble.Capacity)
        {
            var ensemble = new DeviceEnsemble(DeviceEnsemble.Capacity);
            Thread[] members = [.. Enumerable.Range(0, DeviceEnsemble.Capacity).Select(lane => new Thread(() =>
            {
                DeviceSimulation device = Create(first + lane, settings);
                ensemble.Enter(lane, device);
                train.Run(device);
                ensemble.Leave(lane);
            }))];
            foreach (Thread member in members)
                member.Start();
            foreach (Thread member in members)
                member.Join();
        }
    }

    private static DeviceSimulation Create(int k, SolverSettings settings) =>
        BenchDevice.Create(BenchDevice.Spread(k), settings.Method, settings.RelativeTolerance);
}
