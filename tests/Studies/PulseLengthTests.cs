using FvSolver.Cases.Input;
using FvSolver.Cases.Studies;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class PulseLengthTests
{
    /// <summary>The calibrated values of <see cref="FvSolver.Materials.Hypotheses"/> and <see cref="FvSolver.Materials.HydrogenGas"/> are held here.</summary>
    [Fact]
    public void Both_hypotheses_give_the_onset_of_the_paper_failure_and_cascade_are_out_of_reach_and_none_gives_nothing()
    {
        StudyAnswer answer = StudyCase.Run("fig4a",
            "study.widths=[5e-9, 20e-9, 30e-9, 40e-9, 50e-9, 70e-9, 100e-9]", "study.long_train.count=5");
        Assert.InRange(answer["longest_quiet"], 20e-9, 50e-9);
        Assert.InRange(answer["first_bubble"], 30e-9, 50e-9);
        Assert.Equal(double.NaN, answer["failure"]);
        Assert.InRange(answer["largest_fugacity"], 0.1, 100);
        // By the read bubbles have given back what leaks out.
        Assert.InRange(answer["largest_pressure"], 0, 1e5);
        Assert.Equal(0, answer["uphill"]);
        Assert.Contains(answer.Warnings, w => w.StartsWith("unreachable", StringComparison.Ordinal));
        Assert.Equal(0, answer["bubbles_off"]);
        Assert.InRange(answer["log_fugacity_off"], -40, -14);
        // Negative control: without the feedback the step hardly grows.
        foreach (string width in (string[])["50ns", "70ns", "100ns"])
            Assert.InRange(answer[$"growth_off_{width}"], -0.05, 0.05);
        Assert.DoesNotContain(answer.Warnings, w => w.StartsWith("outside", StringComparison.Ordinal));
    }

    /// <summary>Longer pulses, at which nothing can nucleate here, climb to the top quickly; then the short pulse is the hardest one.</summary>
    [Fact]
    public void A_short_pulse_at_the_top_of_the_range_is_far_from_a_bubble()
    {
        CaseDefinition definition = CaseReader.Read("fig4a", ["gas.critical_density=1e25"]);
        var device = new DeviceSimulation(definition.Device, new MeshSettings(), definition.Solver);
        var recorder = new RunRecorder(device, definition.Output);
        double top = 20 * recorder.Readout.Conductance;
        var runner = new ProtocolRunner(device,
        [
            new PulseTrain { Amplitudes = [10], Widths = [5e-9], Count = 1 },
            new PulseTrain { Amplitudes = [10], Widths = [40e-9], Count = 200, Until = new(StopQuantity.Conductance, top, Above: true) },
            new PulseTrain { Amplitudes = [10], Widths = [5e-9], Count = 2 },
        ], recorder);
        while (runner.Advance())
        {
        }
        IReadOnlyList<double> dissolved = recorder.Record.Pulses["hydrogen_dissolved"];
        Assert.True(recorder.Readout.Conductance > top && dissolved.Count < 200);
        // An independent solver finds 29 times what the first pulse makes; the critical density is 130 times that.
        Assert.InRange(dissolved[^1] / dissolved[0], 25, 40);
        Assert.InRange(dissolved[^1] / new FvSolver.Materials.HydrogenGas().CriticalDensity, 0.1, 0.5);
    }

    [Fact]
    public void Without_tafel_heyrovsky_and_hypotheses_there_is_no_molecule_at_all()
    {
        CaseDefinition definition = CaseReader.Read("fig4a", ["hypotheses.spot_heyrovsky=false", "hypotheses.stress_feedback=false"]);
        RunRecorder recorder = PulseExperiment.Train(definition, 10, 100e-9, 2);
        double rest = HenryLaw.AtRest(definition.Device);
        Assert.All(recorder.Record.Pulses["hydrogen_dissolved"], n => Assert.InRange(n, 0, rest * (1 + 1e-9)));
        Assert.All(recorder.Record.Pulses["hydrogen_bubbles"], n => Assert.Equal(0, n));
    }

    [Fact]
    public void With_the_reversible_steps_hydrogen_that_a_spot_makes_dissociates_at_once()
    {
        CaseDefinition definition = CaseReader.Read("fig4a", ["interface.tafel_rate=1e6", "interface.heyrovsky_rate=1e2"]);
        RunRecorder recorder = PulseExperiment.Train(definition, 10, 100e-9, 2);
        Assert.All(recorder.Record.Pulses["hydrogen_dissolved"], n => Assert.InRange(n / definition.Device.Gas.CriticalDensity, 0, 1e-3));
    }
}
