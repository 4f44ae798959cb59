using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The train with space charge in WO3, beside the neutral film.</summary>
internal sealed class ChargedFilm : Workload
{
    public override string Id => "space-charge";

    public override string Title => "The train with space charge in WO3, in turn with the neutral film";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        // At the tolerance of a run: at those of the front a film on the verge of depletion loses its way.
        SolverSettings settings = new();
        var train = new ComparisonTrain(context.Quick ? 20 : 1000);
        Device Film(ElectronStatisticsLaw statistics) => BenchDevice.Isothermal with
        {
            Wo3 = BenchDevice.Isothermal.Wo3 with { SpaceCharge = true, Statistics = statistics, LocalisedDensity = 1e17 },
        };
        (string Name, Device Device)[] variants =
        [
            ("neutral", BenchDevice.Isothermal), ("Boltzmann", Film(ElectronStatisticsLaw.Boltzmann)),
            ("Fermi-Dirac", Film(ElectronStatisticsLaw.FermiDirac)),
        ];
        // Each on the mesh of a run with 60 cells of PSG: 16 of WO3, 24 with space charge.
        MeshSettings mesh = new();
        TrainRun[] runs = [.. variants.Select(v => new TrainRun(() => new(v.Device, mesh, settings), train))];
        Timing[][] times = Rounds.Run(context.RoundCount, context.Cancel, [.. runs.Select(r => (Func<Timing>)r.Time)]);
        for (int k = 0; k < runs.Length; k++)
        {
            Measurement measured = runs[k].Measure(Id, variants[k].Name, times[k], settings, null);
            yield return k == 0 ? measured : measured with
            {
                Ratio = Measurement.Median(times[k].Zip(times[0], (a, b) => a.ProcessorSeconds / b.ProcessorSeconds)),
                Note = "ratio to the neutral film, processor time",
            };
        }
    }
}
