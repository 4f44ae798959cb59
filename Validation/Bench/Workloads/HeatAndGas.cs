using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The train with temperature and gas as unknowns, beside the isothermal one.</summary>
internal sealed class HeatAndGas : Workload
{
    /// <inheritdoc/>
    public override string Id => "heat-gas";

    /// <inheritdoc/>
    public override string Title => "The same train, shorter, with heat and gas, in turn with the isothermal one";

    /// <inheritdoc/>
    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        SolverSettings settings = context.Front.Chosen;
        var train = new ComparisonTrain(context.Quick ? 20 : 200);
        double[] Increments(Materials.Device device, Method method, double tolerance) => train.Increments(BenchDevice.Create(device, method, tolerance));
        (double, double) Error(Materials.Device device) => ComparisonTrain.Error(
            Increments(device, settings.Method, settings.RelativeTolerance), Increments(device, Method.Rodas5P, 1e-8));
        var cold = new TrainRun(() => BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance), train);
        var warm = new TrainRun(() => BenchDevice.Create(BenchDevice.WithHeatAndGas, settings.Method, settings.RelativeTolerance), train);
        (double, double) coldError = Error(BenchDevice.Isothermal), warmError = Error(BenchDevice.WithHeatAndGas);
        Timing[][] times = Rounds.Run(context.RoundCount, context.Cancel, cold.Time, warm.Time);
        Measurement isothermal = cold.Measure(Id, "isothermal", times[0], settings, coldError);
        Measurement all = warm.Measure(Id, "heat and gas", times[1], settings, warmError);
        yield return isothermal;
        yield return all with
        {
            Ratio = Measurement.Median(times[1].Zip(times[0], (a, b) => a.ProcessorSeconds / b.ProcessorSeconds)),
            Note = "ratio to isothermal, processor time",
        };
    }
}
