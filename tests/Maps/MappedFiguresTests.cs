using FvSolver.Cases.Compact;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Maps;

/// <summary>Figures that sweeps, fits, calibrations and circuit models take from long trains, by maps.</summary>
public sealed class MappedFiguresTests
{
    private static CaseDefinition Case(string preset, params string[] settings) => CaseReader.Read(
        "fig2a", [$"preset={preset}", "protocol.0.count=150", "protocol.1.count=150", "output.series_pulses=0", .. settings]);

    [Theory]
    [InlineData("onen2022-v1")]
    [InlineData("default")]
    public void Figures_of_long_trains_are_those_of_computed_pulses(string preset)
    {
        string[] names = ["range", "protons_per_pulse", "step_variation", "asymmetry", "return_error", "conductance_step.mean"];
        IReadOnlyDictionary<string, Figure> Figures(params string[] settings) =>
            CaseFigures.Of(Case(preset, settings), [.. names, "range"]);
        IReadOnlyDictionary<string, Figure> mapped = Figures(),
            computed = Figures("solver.pulse_map=never", "solver.relative_tolerance=1e-8");
        foreach (string name in names)
            Assert.InRange(mapped[name].Value - computed[name].Value, -2e-5 * Scale(name), 2e-5 * Scale(name));
        double Scale(string name) => name is "asymmetry" or "return_error" ? 1 : Math.Abs(computed[name].Value);
        Assert.True(CaseFigures.Of(Case(preset), ["mapped_pulses"])["mapped_pulses"].Value > 290);
        Assert.Throws<InputException>(() => CaseFigures.Of(Case(preset, "solver.pulse_map=never"), ["mapped_pulses"]));
        // Of what has no map the pulses are computed.
        Assert.True(CaseFigures.Of(Case(preset), ["time_steps.min"])["time_steps.min"].Value > 1);
    }

    [Fact]
    public void Readings_for_a_circuit_model_are_those_of_computed_pulses()
    {
        CaseDefinition definition = Case("default");
        CompactExperiment staircase = new(
            "staircase", definition.Protocol, definition.Device.Heat.AmbientTemperature);
        IReadOnlyList<CompactReading> Read(params string[] settings)
        {
            CaseDefinition own = definition.With(settings);
            return new SolverSource(own.Device, own.MeshFor(own.Protocol), own.Solver).Read(staircase);
        }
        IReadOnlyList<CompactReading> mapped = Read(), computed = Read("solver.pulse_map=never", "solver.relative_tolerance=1e-8");
        Assert.Equal(computed.Count, mapped.Count);
        for (int i = 0; i < computed.Count; i++)
        {
            Assert.Equal(computed[i].Conductance, mapped[i].Conductance, 1e-5 * computed[i].Conductance);
            Assert.Equal(computed[i].Protons, mapped[i].Protons, 1e-5 * Math.Abs(computed[i].Protons));
            Assert.Equal(computed[i].GateVoltage, mapped[i].GateVoltage, 1e-5);
        }
    }
}
