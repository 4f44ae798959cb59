using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>Very many pulses with all their output: the time, and whether memory grows.</summary>
internal sealed class LongRun : Workload
{
    public override string Id => "long-run";

    public override string Title => "Case fig2a at its own tolerance with 1e4 and 1e5 pulses, recorded and written";

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        int[] counts = context.Quick ? [400, 4000] : [10_000, 100_000];
        string folder = Directory.CreateTempSubdirectory("fv-bench-").FullName;
        try
        {
            foreach (int count in counts)
            {
                // Ways up and down of 1000 pulses, over and over.
                int each = Math.Min(1000, count / 2);
                CaseDefinition definition = CaseReader.Read("fig2a", [$"protocol.0.count={each}", $"protocol.1.count={each}"]);
                definition = definition with { Protocol = [new Repeat(count / (2 * each), definition.Protocol)] };
                CaseRun run = CaseRun.Start(definition, Path.Combine(folder, "many.h5"), "fv bench");
                long before = LiveBytes();
                Timing time = Rounds.Time(() => run.Run(null, context.Cancel));
                double growth = (double)(LiveBytes() - before) / count;
                yield return new()
                {
                    Workload = Id,
                    Variant = count.ToString("0e0", CultureInfo.InvariantCulture),
                    RoundSeconds = [time.Seconds],
                    ProcessorSeconds = time.ProcessorSeconds,
                    Pulses = count,
                    Steps = run.Device.Statistics.Steps,
                    Rejections = run.Device.Statistics.Rejections,
                    Factorisations = run.Device.Statistics.Factorisations,
                    Method = definition.Solver.Method.ToString(),
                    RelativeTolerance = definition.Solver.RelativeTolerance,
                    Note = string.Create(CultureInfo.InvariantCulture,
                        $"live memory grows by {growth:0} bytes a pulse, its row of the table; peak of the process "
                            + $"{Environment.WorkingSet >> 20} MB"),
                };
                GC.KeepAlive(run);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static long LiveBytes() => GC.GetTotalMemory(forceFullCollection: true);
}
