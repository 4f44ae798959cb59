using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>A sweep of 64 devices whose parameters differ: one at a time, and in the lanes of a vector.</summary>
internal sealed class Devices64 : Workload
{
    private const int DeviceCount = 64;

    public override string Id => "devices-64";

    public override string Title => "64 devices with spread parameters, on one core";

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
        // A ratio to a few per cent takes many rounds where others use the machine.
        Timing[][] times = Rounds.Run(context.Quick ? 2 : 15, context.Cancel,
            [.. variants.Select(v => (Func<Timing>)(() => Rounds.Time(v.Run)))]);
        return Measurement.Against(Id, [.. variants.Select(v => v.Name)], times, DeviceCount * train.Count, settings,
            ratio => $"{1 / ratio:0.00} times the pulses per second of one at a time");
    }

    private static void Alone(ComparisonTrain train, SolverSettings settings)
    {
        for (int k = 0; k < DeviceCount; k++)
            train.Run(Create(k, settings));
    }

    private static void InLanes(ComparisonTrain train, SolverSettings settings)
    {
        foreach (int[] members in Enumerable.Range(0, DeviceCount).Chunk(DeviceEnsemble.Capacity))
            DeviceEnsemble.Run([.. members.Select(k => train.Requests(Create(k, settings)))]);
    }

    private static DeviceSimulation Create(int k, SolverSettings settings) =>
        BenchDevice.Create(BenchDevice.Spread(k), settings.Method, settings.RelativeTolerance);
}
