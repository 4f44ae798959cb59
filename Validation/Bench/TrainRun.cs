using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Bench;

/// <summary>Runs trains on devices that start at rest, and keeps what the last of them counted.</summary>
/// <param name="create">Makes the device at rest.</param>
/// <param name="train">The train.</param>
/// <param name="warm">Pulses in front that are not counted, or 0.</param>
internal sealed class TrainRun(Func<DeviceSimulation> create, ComparisonTrain train, int warm = 0)
{
    private DeviceSimulation? _device;
    private StepStatistics _counts;
    private long _bytes;
    private double _best = double.PositiveInfinity;

    /// <summary>One timed run; building the device is not in it.</summary>
    public Timing Time()
    {
        DeviceSimulation device = create();
        for (int i = 0; i < warm; i++)
            new ComparisonTrain(1, false).Run(device);
        device.MakeIntegrator();
        StepStatistics before = device.Statistics;
        // Made before the clock starts: reading the sequence allocates nothing.
        IEnumerable<DriveRequest> requests = train.Requests(device);
        Timing time = Rounds.Time(() =>
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            foreach (DriveRequest request in requests)
                request.Run();
            _bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        });
        _device?.System.Solver.Dispose();
        _device = device;
        _counts = default;
        _counts.AddDifference(device.Statistics, before);
        _best = Math.Min(_best, time.ProcessorSeconds);
        return time;
    }

    /// <summary>The measurement after timed runs.</summary>
    /// <param name="workload">Id.</param>
    /// <param name="variant">Variant.</param>
    /// <param name="times">Its rounds.</param>
    /// <param name="settings">Settings of the devices.</param>
    /// <param name="error">Error against a converged run, or null.</param>
    public Measurement Measure(string workload, string variant, Timing[] times, SolverSettings settings,
        (double Max, double Median)? error) => new()
        {
            Workload = workload,
            Variant = variant,
            RoundSeconds = [.. times.Select(t => t.Seconds)],
            ProcessorSeconds = times.Min(t => t.ProcessorSeconds),
            Pulses = train.Count,
            Unknowns = _device!.System.Size,
            Steps = _counts.Steps,
            Rejections = _counts.Rejections,
            Factorisations = _counts.Factorisations,
            Shares = TimeShares.Of(_device, _counts, settings.Method, _best),
            Method = settings.Method.ToString(),
            RelativeTolerance = settings.RelativeTolerance,
            ErrorMax = error?.Max,
            ErrorMedian = error?.Median,
            BytesPerStep = (double)_bytes / _counts.Steps,
            LinearSolver = _device.System.Solver.Name,
        };
}
