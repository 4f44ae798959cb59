using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>Mapped pulses of one device of which every column is kept in memory, or only the states.</summary>
internal sealed class MappedColumns : Workload
{
    public override string Id => "map-columns";

    public override string Title => "Cycles of endurance-1e9 by maps that are there, without audits, each of which computes a pulse";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        int count = context.Quick ? 100_000 : 1_000_000;
        CaseDefinition cycles = CaseReader.Read("endurance-1e9", ["solver.pulse_audits=0"]).WithChosenMesh();
        PulseMap map = PulseMap.Of(CaseRun.CreateDevice(cycles), cycles.Protocol, new());
        OutputSettings all = new OutputSettings().Quiet(), few = all with { PulsesEvery = int.MaxValue };
        // Both ways are compiled before they are timed.
        Cycles(cycles, map, all, count, context.Cancel);
        Cycles(cycles, map, few, count, context.Cancel);
        Timing[][] times = Rounds.Run(context.RoundCount, context.Cancel, () => Cycles(cycles, map, all, count, context.Cancel),
            () => Cycles(cycles, map, few, count, context.Cancel));
        yield return Of($"{PulseTable.MappedColumns.Count} columns", times[0], count);
        yield return Of("states and envelopes", times[1], count);
    }

    private static Timing Cycles(CaseDefinition cycles, PulseMap map, OutputSettings output, int count, CancellationToken cancel)
    {
        DeviceSimulation device = CaseRun.CreateDevice(cycles);
        var recorder = new RunRecorder(device, output, mapsPulses: true);
        recorder.Begin();
        var repeat = (Repeat)cycles.Protocol[0];
        var mapped = new MappedProtocol(
            device, new(device, [repeat with { Count = count / ((PulseTrain)repeat.Steps[0]).Count }], recorder), recorder, map);
        return Rounds.Time(() =>
        {
            while (recorder.PulseCount < count && mapped.Advance())
                cancel.ThrowIfCancellationRequested();
        });
    }

    private Measurement Of(string variant, Timing[] times, long pulses) => new()
    {
        Workload = Id,
        Variant = variant,
        RoundSeconds = [.. times.Select(t => t.Seconds)],
        ProcessorSeconds = times.Min(t => t.ProcessorSeconds),
        Pulses = pulses,
    };
}
