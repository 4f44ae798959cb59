using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>Trains with rests after which a state remembers the pulse before.</summary>
public sealed class MappedRests(string preset) : MapCase("maps.rests", preset)
{
    public override string Title => "Trains with rests of 0.1 s to 1 ms, mapped, against every pulse computed";

    public override string Equation => "states of a train's own are functions of the content";

    public override string Source => "the trains computed at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("what is remembered is left out: the steps are those with rests of 1 s");

    public override ValidationOutcome Run(RunContext context)
    {
        int count = context.Quick ? 100 : 1000;
        List<Check> checks = [];
        (string Pause, double Most)[] all = [("0.1 s", 1e-6), ("10 ms", 1e-5), ("3 ms", 5e-4), ("1 ms", 1e-3)];
        // After 1 ms the default's states differ from those of content and modes by more than a hundredth of a step: its pulses are
        // computed.
        foreach ((string rest, double most) in Preset == Frozen ? all : all[..3])
        {
            context.Cancel.ThrowIfCancellationRequested();
            CaseRun run = Train(context.Perturbed ? "1 s" : rest, count, "auto");
            Table mapped = run.Recorder.Record.Pulses;
            Table computed = context.Once($"{Id} {rest} {count}", () => Train(rest, count, "never")).Recorder.Record.Pulses;
            (double worst, int outside) = Compare(mapped, computed);
            checks.Add(new($"{rest}: largest error of a step over the largest step", "1", worst, Band.AtMost(most)));
            checks.Add(new($"{rest}: mapped pulses outside of their bounds", "1", outside, 0, Band.Absolute(0)));
            checks.Add(new($"{rest}: pulses computed in all", "1", run.Mapped!.DirectPulses, Band.AtMost(1500)));
            checks.Add(new($"{rest}: pulses computed of {2 * count}", "1", run.Mapped!.Computed, Band.AtMost(0.2 * count)));
        }
        return new([.. checks]);
    }

    private CaseRun Train(string rest, int count, string use) => Done(CaseReader.Read(
        "fig2a",
        [
            $"preset={Preset}", $"protocol.0.rest={rest}", $"protocol.1.rest={rest}", $"protocol.0.count={count}",
            $"protocol.1.count={count}", "output.series_pulses=0", $"solver.pulse_map={use}", "solver.relative_tolerance=1e-8",
        ]));
}
