using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>The paper's thousand pulses up and down.</summary>
public sealed class MappedStaircase(string preset) : MapCase("maps.fig2a", preset)
{
    public override string Title => "Case fig2a mapped, against every pulse computed";

    public override string Equation => "bound after n pulses: e' = J e + own, J = d(e^u')/d(e^u); what is left out goes on with its sign";

    public override string Source => "the case computed at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("steps are taken to be those of the content at the start");

    public override ValidationOutcome Run(RunContext context)
    {
        int each = context.Quick ? 100 : 1000;
        CaseDefinition definition = CaseReader.Read("fig2a",
            [$"preset={Preset}", $"protocol.0.count={each}", $"protocol.1.count={each}", "output.series_pulses=0"]);
        CaseRun fast = Done(definition.With("solver.pulse_map=auto"));
        Table mapped = fast.Recorder.Record.Pulses;
        Table computed = context.Once($"{Id} {each}",
            () => Done(definition.With("solver.relative_tolerance=1e-8"))).Recorder.Record.Pulses;
        // The first row of a direction is that of the content at its start.
        (double worst, int outside) = Compare(mapped, computed, context.Perturbed ? i => i < each ? 0 : each : null);
        return new(
            new Check("largest error of a step over the largest step", "1", worst, Band.AtMost(1e-6)),
            new Check("mapped pulses outside of their bounds", "1", outside, 0, Band.Absolute(0)),
            new Check("pulses computed in all", "1", fast.Mapped!.DirectPulses, Band.AtMost(40)));
    }
}
