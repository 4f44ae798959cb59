using FvSolver.Cases.Figures;
using FvSolver.Cases.Studies;
using Xunit;

namespace FvSolver.Tests.Studies;

public sealed class HoppingFitTests
{
    /// <summary>On the first calibration, which meets the paper by single pulses; the default does by means (fv validate).</summary>
    private const string Fig3a = """
        preset = "onen2022-v1"
        [psg]
        thickness = "5 nm"
        [study]
        type = "hopping-fit"
        amplitudes = [3.5, 5]
        widths = ["5 ns", "20 ns"]
        [study.fit]
        amplitudes = [3.5, 4, 4.5, 5]
        widths = ["5 ns", "10 ns", "15 ns", "20 ns"]
        """;

    [Fact]
    public void The_papers_fit_of_the_first_calibration_returns_its_distance_and_exponent()
    {
        StudyAnswer answer = StudyCase.RunText(Fig3a);
        Assert.InRange(answer["hopping_distance"], 5.5e-10, 5.7e-10);
        Assert.InRange(answer["exponent"], 1.15, 1.25);
        Assert.InRange(answer["worst_residual"], 0, 0.15);
        Assert.Empty(answer.Warnings);
    }

    /// <summary>A fit that returned the paper's number whatever is put in would say nothing.</summary>
    [Theory]
    [InlineData(4.5, 4.39)]
    [InlineData(7.0, 6.73)]
    public void The_fit_follows_the_distance_that_is_put_in(double angstrom, double reference)
    {
        StudyAnswer answer = StudyCase.RunText(Fig3a, $"psg.hop_distance={angstrom}e-10");
        Assert.InRange(answer["hopping_distance"] * 1e10 / angstrom, 0.95, 1.05);
        // What an independent solver finds, to the three digits that it gives.
        Assert.InRange(answer["hopping_distance"] * 1e10, reference - 0.03, reference + 0.03);
        Assert.Contains(answer.Warnings, w => w.StartsWith("outside its band: apparent hopping distance", StringComparison.Ordinal));
    }

    [Fact]
    public void With_steep_edges_the_exponent_falls_toward_1()
    {
        StudyAnswer answer = StudyCase.RunText(Fig3a, "gate.edge_time=0.2 ns");
        Assert.InRange(answer["exponent"], 1.0, 1.05);
        Assert.InRange(answer["hopping_distance"], 5.5e-10, 5.7e-10);
    }

    [Fact]
    public void Scans_and_trains_add_figures_and_panels()
    {
        StudyAnswer answer = StudyCase.RunText(Fig3a + """

            [[study.against]]
            parameter = "psg.stern_thickness"
            values = ["0.17 nm", "0.5 nm"]
            [study.trains]
            count = 3
            amplitudes = [4, 5]
            widths = ["5 ns", "20 ns"]
            """);
        // A thick compact layer discharges into the film.
        Assert.InRange(answer["hopping_distance_psg_stern_thickness_1"], 3.3e-10, 3.7e-10);
        Assert.Equal(answer["hopping_distance"], answer["hopping_distance_psg_stern_thickness_0"], 1e-14);
        Assert.InRange(answer["hopping_distance_trains"], 5e-10, 6e-10);
        Assert.Equal(3, Assert.Single(answer.Plots).Panels.Count);
    }
}
