using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Maps;

/// <summary>The paper's thousand pulses up and down.</summary>
public sealed class MappedStaircase : ValidationCase
{
    public override string Id => "maps.fig2a";

    public override string Title => "Case fig2a mapped, against every pulse computed";

    public override CaseGroup Group => CaseGroup.Maps;

    public override string Equation => "bound after n pulses: e' = |d(e^u')/d(e^u)| e + bound of the step";

    public override string Source => "the case computed at a relative tolerance of 1e-8";

    public override Control Control { get; } = new("steps are taken to be those of the content at the start");

    public override ValidationOutcome Run(RunContext context)
    {
        int each = context.Quick ? 100 : 1000;
        CaseDefinition definition = CaseReader.Read("fig2a",
            ["preset=onen2022-v1", $"protocol.0.count={each}", $"protocol.1.count={each}", "output.series_pulses=0"]);
        CaseRun fast = Done(definition.With("solver.pulse_map=auto"));
        Table mapped = fast.Recorder.Record.Pulses;
        Table computed = context.Once($"maps.fig2a {each}",
            () => Done(definition.With("solver.relative_tolerance=1e-8"))).Recorder.Record.Pulses;
        double largest = computed["conductance_step"].Max(), worst = 0;
        int outside = 0;
        for (int i = 0; i < computed.Count; i++)
        {
            double step = mapped["conductance_step"][context.Perturbed ? (i < each ? 0 : each) : i];
            worst = Math.Max(worst, Math.Abs(step - computed["conductance_step"][i]));
            if (mapped["origin"][i] == 1 && (Math.Abs(step - computed["conductance_step"][i]) > mapped["bound"][i]
                || Math.Abs(mapped["conductance_after"][i] - computed["conductance_after"][i]) > mapped["bound_after"][i]))
                outside++;
        }
        return new(
            new Check("largest error of a step over the largest step", "1", worst / largest, Band.AtMost(1e-6)),
            new Check("mapped pulses outside of their bounds", "1", outside, 0, Band.Absolute(0)),
            new Check("pulses computed in all", "1", fast.Mapped!.DirectPulses, Band.AtMost(40)));
    }

    private static CaseRun Done(CaseDefinition definition)
    {
        CaseRun run = CaseRun.Start(definition, "", "");
        run.RunUnwritten(null, default);
        return run;
    }
}
