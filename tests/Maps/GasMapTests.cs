using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Maps;

/// <summary>Mapped pulses of a device with heat, gas and the hypothesis.</summary>
public sealed class GasMapTests
{
    private const string Text = """
        preset = "onen2022-v1"
        [heat]
        enabled = true
        [gas]
        enabled = true
        [hypotheses]
        remote_heyrovsky = true
        [interface]
        tafel_rate = 0
        heyrovsky_rate = 0
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 45
        [output]
        series_pulses = 0
        """;

    private static CaseRun Done(params string[] settings)
    {
        CaseRun run = CaseRun.Start(CaseReader.Parse(Text, "test.toml", "", settings), "", "");
        run.RunUnwritten(null, default);
        return run;
    }

    [Fact]
    public void Mapped_pulses_with_gas_are_those_that_are_computed()
    {
        Table mapped = Done("solver.pulse_map=auto").Recorder.Record.Pulses;
        Table computed = Done("solver.relative_tolerance=1e-7").Recorder.Record.Pulses;
        Assert.True(mapped["origin"].Count(o => o == 1) > 40);
        (string Column, double Tolerance)[] all =
        [
            ("conductance_step", 1e-6), ("protons_from_pd", 1e-5), ("energy_total", 1e-5), ("hydrogen_dissolved", 1e-5),
            ("temperature_rise", 1e-3),
        ];
        foreach ((string column, double tolerance) in all)
        {
            double scale = computed[column].Max(Math.Abs);
            for (int i = 0; i < mapped.Count; i++)
                Assert.InRange(mapped[column][i] - computed[column][i], -tolerance * scale, tolerance * scale);
        }
    }

    [Fact]
    public void Pulses_in_which_bubbles_are_to_be_expected_are_computed_and_the_run_says_so()
    {
        CaseRun run = Done("solver.pulse_map=auto", "gas.surface_tension=3.5e-3 J/m^2");
        Assert.Equal(0, run.Mapped!.Mapped);
        Assert.Contains(run.Recorder.Record.Warnings, w => w.Contains("expected number of bubbles"));
    }
}
