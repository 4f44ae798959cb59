using System.Diagnostics;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The program itself, from its start to its end.</summary>
internal sealed class StartUp : Workload
{
    public override string Id => "start";

    public override string Title => "The whole process of fv show fig2a";

    // The JIT compiles on a thread of its own.
    public override bool IsPinned => false;

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        Show();
        Timing[] times = Rounds.Run(5, context.Cancel, Show)[0];
        yield return new()
        {
            Workload = Id,
            Variant = "fv show fig2a",
            RoundSeconds = [.. times.Select(t => t.Seconds)],
            Note = "child process"
        };
    }

    private static Timing Show()
    {
        string library = typeof(StartUp).Assembly.Location, running = Environment.ProcessPath!;
        ProcessStartInfo start = Path.GetFileNameWithoutExtension(running) == "fv"
            ? new(running, ["show", "fig2a"])
            : new(running, [library, "show", "fig2a"]);
        return new(ChildProcess.Run(start).Seconds, double.NaN);
    }
}
