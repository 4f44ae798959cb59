using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The train with temperature and gas as unknowns, beside the isothermal one.</summary>
internal sealed class HeatAndGas : Workload
{
    public override string Id => "heat-gas";

    public override string Title => "The same train, shorter, with heat and gas, in turn with the isothermal one";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        SolverSettings settings = context.Front.Chosen;
        var train = new ComparisonTrain(context.Quick ? 20 : 200);
        double[] Increments(Materials.Device device, Method method, double tolerance) =>
            train.Increments(BenchDevice.Create(device, method, tolerance));
        (double, double) Error(Materials.Device device) => ComparisonTrain.Error(
            Increments(device, settings.Method, settings.RelativeTolerance), Increments(device, Method.Rodas5P, 1e-8));
        var cold = new TrainRun(() => BenchDevice.Create(BenchDevice.Isothermal, settings.Method, settings.RelativeTolerance), train);
        var warm = new TrainRun(() => BenchDevice.Create(BenchDevice.WithHeatAndGas, settings.Method, settings.RelativeTolerance), train);
        var balanced = new TrainRun(() => BenchDevice.Create(BenchDevice.WithHeatAndGas, settings.Method, settings.RelativeTolerance,
            energyBalance: true), train);
        (double, double) coldError = Error(BenchDevice.Isothermal), warmError = Error(BenchDevice.WithHeatAndGas);
        // A ratio to a few per cent takes many rounds where others use the machine.
        Timing[][] times = Rounds.Run(3 * context.RoundCount, context.Cancel, cold.Time, warm.Time, balanced.Time);
        Measurement isothermal = cold.Measure(Id, "isothermal", times[0], settings, coldError);
        double Ratio(int run) => Measurement.Median(times[run].Zip(times[0], (a, b) => a.ProcessorSeconds / b.ProcessorSeconds));
        yield return isothermal;
        yield return warm.Measure(Id, "heat and gas", times[1], settings, warmError) with
        {
            Ratio = Ratio(1),
            Note = "ratio to isothermal, processor time; neither adds up the balance of energy (solver.energy_balance)",
        };
        // The ledger does not act on the solution: the error is the same.
        yield return balanced.Measure(Id, "heat, gas and the balance of energy", times[2], settings, warmError) with
        {
            Ratio = Ratio(2),
            Note = "ratio to isothermal without the balance, processor time",
        };
    }
}
