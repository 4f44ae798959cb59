using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>One map for runs at any temperature of a range.</summary>
public sealed class MappedTemperatures(string preset) : MapCase("maps.temperature", preset)
{
    private const double Low = 280, High = 320;

    public override string Title => "Trains at random temperatures by one map of 280 to 320 K, against every pulse computed";

    public override string Equation => "ln |step| = sum of l_i(1/T) ln |step at T_i|";

    public override string Source => "the trains computed at their temperatures, at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("the temperature is left out of the map: the steps are those of 300 K");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        // Equal pulses; and amplitudes that differ, which are a variable of the map.
        foreach (bool isMixed in context.Quick ? [false] : new[] { false, true })
        {
            int count = context.Quick ? 60 : 1000;
            CaseDefinition definition = CaseReader.Read("fig2a",
            [
                $"preset={Preset}", $"protocol.0.count={count}", $"protocol.1.count={count}", "output.series_pulses=0",
                "solver.pulse_map=auto",
                .. isMixed ? new[] { "protocol.0.amplitude=[9, 9.7, 9.3, 10, 9.5]", "protocol.1.amplitude=[-8, -8.5, -8.2]" } : [],
            ]).WithChosenMesh();
            (CaseRun Mapped, Table Computed, Table AtMiddle)[] all =
                context.Once($"{Id} {count} {isMixed}", () => Runs(definition, context.Quick ? 2 : 5, context.Cancel));
            double worst = 0, bound = 0;
            int outside = 0;
            foreach ((CaseRun run, Table computed, Table atMiddle) in all)
            {
                Table mapped = context.Perturbed ? atMiddle : run.Recorder.Record.Pulses;
                (double error, int beyond) = Compare(mapped, computed);
                (worst, outside) = (Math.Max(worst, error), outside + beyond);
                double widest = mapped["bound"].Where((_, i) => mapped["origin"][i] == 1).Max();
                bound = Math.Max(bound, widest / computed["conductance_step"].Max());
            }
            string kind = isMixed ? "pulses that differ" : "equal pulses";
            checks.Add(new($"{kind}: largest error of a step over the largest step", "1", worst, Band.AtMost(1e-6)));
            checks.Add(new($"{kind}: mapped pulses outside of their bounds", "1", outside, 0, Band.Absolute(0)));
            checks.Add(new($"{kind}: largest bound on a step over the largest step", "1", bound, Band.Shown));
            checks.Add(new($"{kind}: pulses mapped of {2 * count * all.Length}", "1", all.Sum(r => r.Mapped.Mapped!.Mapped),
                Band.AtLeast(1.8 * count * all.Length)));
        }
        return new([.. checks]);
    }

    private static (CaseRun Mapped, Table Computed, Table AtMiddle)[] Runs(CaseDefinition definition, int count, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("fv-map-").FullName;
        try
        {
            string path = Path.Combine(folder, "map.h5");
            MapFile.Write(path, MapArchive.Of(new TemperatureRange(Low, High).Map(definition, cancel)), definition, "");
            CaseRun At(double temperature)
            {
                CaseDefinition own = TemperatureRange.At(definition, temperature);
                var run = CaseRun.Start(own, "", "", null, MapFile.Read(path, own));
                run.RunUnwritten(null, cancel);
                return run;
            }
            Table middle = At(300).Recorder.Record.Pulses;
            CaseDefinition direct = definition.With("solver.pulse_map=never", "solver.relative_tolerance=1e-8")
                .WithMesh(definition.Mesh, "auto: that of the map");
            var random = new Random(5);
            return
            [
                .. Enumerable.Range(0, count).Select(_ => Low + (High - Low) * random.NextDouble()).Select(t => (
                    At(t), Done(TemperatureRange.At(direct, t)).Recorder.Record.Pulses, middle)),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
