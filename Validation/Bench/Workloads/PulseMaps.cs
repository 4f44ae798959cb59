using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Solver.Maps;
using FvSolver.Validation.Maps;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>Mapped pulses: building maps, random pulses one after the other, and devices side by side.</summary>
internal sealed class PulseMaps : Workload
{
    private const int DeviceCount = 64;

    public override string Id => "maps";

    public override string Title => "Maps of pulses of varying amplitude, and of widths: built, and applied";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        int count = context.Quick ? 100_000 : 1_000_000;
        foreach (bool hasWidths in new[] { false, true })
        {
            var pulses = new RandomPulses("onen2022-v1", hasWidths, seed: 1);
            string of = hasWidths ? "amplitudes and widths" : "amplitudes";
            Timing built = Rounds.Time(() =>
            {
                pulses.Piece(true, pulses.Start.U);
                pulses.Piece(false, pulses.Start.U);
            });
            int direct = pulses.Map.DirectPulses;
            yield return Of($"maps of {of}, built", [built], direct, $"{direct} direct pulses, {pulses.Map.Settlings} rests to settle");
            (double[] amplitudes, double[] widths) = pulses.Walk(count);
            var train = new StateTrain(pulses.Map, pulses.Map.Families[0]);
            int applied = 0;
            Timing[][] walk = Rounds.Run(context.RoundCount, context.Cancel, () => Rounds.Time(() =>
            {
                SlowState state = pulses.Start;
                applied = train.Apply(ref state, amplitudes, hasWidths ? widths : [5e-9]);
            }));
            yield return Of($"{count:g3} random pulses of {of}", walk[0], applied,
                applied == count ? "" : $"{applied} of them, then one has to be computed");
        }
        foreach (string preset in new[] { "onen2022-v1", "default" })
            foreach (Measurement figures in Figures(preset, context))
                yield return figures;
        var maps = new RandomPulses("onen2022-v1", false, seed: 1);
        MappedPulse up = maps.Piece(true, 1).Compile(10, 5e-9), down = maps.Piece(false, 1).Compile(-8.5, 5e-9);
        Timing[][] states = Rounds.Run(context.RoundCount, context.Cancel, () => Rounds.Time(() =>
        {
            Span<double> u = stackalloc double[DeviceCount];
            for (int i = 0; i < DeviceCount; i++)
                u[i] = 1 + 0.01 * i;
            for (int k = 0; k < count / 200; k++)
            {
                for (int i = 0; i < 100; i++)
                    up.Apply(u);
                for (int i = 0; i < 100; i++)
                    down.Apply(u);
            }
        }));
        yield return Of($"states of {DeviceCount} devices", states[0], count / 200 * 200L * DeviceCount, "");
    }

    /// <summary>Figures of the paper's train, as a calibration asks for them at each trial.</summary>
    private IEnumerable<Measurement> Figures(string preset, BenchContext context)
    {
        string[] names = ["range", "asymmetry", "return_error", "protons_per_pulse"];
        CaseDefinition definition = CaseFigures.OnOneMesh(CaseReader.Read("fig2a", [$"preset={preset}"]), names),
            direct = definition.With("solver.pulse_map=never");
        Timing[][] times = Rounds.Run(context.RoundCount, context.Cancel,
            () => Rounds.Time(() => CaseFigures.Of(direct, names, context.Cancel)),
            () => Rounds.Time(() => CaseFigures.Of(definition, names, context.Cancel)));
        double ratio = times[1].Min(t => t.ProcessorSeconds) / times[0].Min(t => t.ProcessorSeconds);
        yield return Of($"figures of fig2a for a calibration, {preset}, computed", times[0], 2000, "");
        yield return Of($"figures of fig2a for a calibration, {preset}, mapped", times[1], 2000, $"{ratio:g3} of the time");
    }

    private Measurement Of(string variant, Timing[] times, long pulses, string note) => new()
    {
        Workload = Id,
        Variant = variant,
        RoundSeconds = [.. times.Select(t => t.Seconds)],
        ProcessorSeconds = times.Min(t => t.ProcessorSeconds),
        Pulses = pulses,
        Note = note,
    };
}
