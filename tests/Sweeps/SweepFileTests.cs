using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Cases.Sweeps;
using Xunit;

namespace FvSolver.Tests.Sweeps;

public class SweepFileTests
{
    private static SweepDefinition Of(string body) => SweepFile.Parse("case = \"base.toml\"\noutputs = [\"g\"]\n" + body, "sweep.toml");

    [Fact]
    public void Grid_combines_all_axes_and_the_last_runs_fastest()
    {
        SweepDefinition sweep = Of("""
            [[axis]]
            path = "psg.thickness"
            values = [5e-9, 10e-9]
            [[axis]]
            path = "psg.hop_law"
            values = ["sinh", "washboard", "saturating"]
            """);
        Assert.Equal(["5E-09 sinh", "5E-09 washboard", "5E-09 saturating", "1E-08 sinh", "1E-08 washboard", "1E-08 saturating"],
            sweep.Points().Select(p => string.Join(' ', p.Settings.Select(s => s.Value))));
    }

    [Fact]
    public void Axes_walked_together_give_one_point_a_row()
    {
        SweepDefinition sweep = Of("""
            zip = true
            [[axis]]
            path = "protocol.0.amplitude"
            linear = { from = 1, to = 3, count = 3 }
            [[axis]]
            path = "protocol.0.width"
            logarithmic = { from = 1, to = 100, count = 3 }
            """);
        Assert.Equal(["1 1", "2 10", "3 100"], sweep.Points().Select(p => string.Join(' ', p.Settings.Select(s => s.Value))));
    }

    [Fact]
    public void Range_includes_its_end_when_the_step_leads_there() =>
        Assert.Equal(11, Of("[[axis]]\npath = \"protocol.0.amplitude\"\nrange = { from = 0, to = 1, step = 0.1 }").Points().Count);

    [Fact]
    public void Latin_hypercube_hits_each_stratum_once()
    {
        var block = new SampleBlock(SampleMethod.LatinHypercube, 50, 7,
            [new("a.x", new UniformSpread(0, 1)), new("a.y", new UniformSpread(0, 1))]);
        double[][] points = block.UnitPoints(0);
        for (int d = 0; d < 2; d++)
            Assert.Equal(Enumerable.Range(0, 50), points.Select(p => (int)(p[d] * 50)).Order());
        Assert.NotEqual(points[3], block.UnitPoints(1)[3]);
    }

    [Fact]
    public void Sobol_fills_elementary_intervals_of_every_pair_of_dimensions_as_a_net_of_small_t()
    {
        // The published start of the sequence in the second and third dimension.
        Assert.Equal([0.5, 0.25, 0.75, 0.375, 0.875], Enumerable.Range(1, 5).Select(i => SobolSequence.Point((uint)i, 3, 0)[1]));
        Assert.Equal([0.5, 0.25, 0.75, 0.625, 0.125], Enumerable.Range(1, 5).Select(i => SobolSequence.Point((uint)i, 3, 0)[2]));
        const int n = 256;
        double[][] points = [.. Enumerable.Range(0, n).Select(i => SobolSequence.Point((uint)(n + i), 16, 5))];
        for (int d = 0; d < 16; d++)
            Assert.Equal(Enumerable.Range(0, n), points.Select(p => (int)(p[d] * n)).Order());
        for (int d = 1; d < 16; d++)
            Assert.True(points.Select(p => ((int)(p[d] * 4), (int)(p[d - 1] * 4))).Distinct().Count() == 16, $"dimensions {d - 1} and {d}");
    }

    [Fact]
    public void Random_spread_is_seeded_relative_to_the_base_and_of_the_asked_width()
    {
        SweepDefinition sweep = Of("""
            [sample]
            method = "random"
            count = 4000
            seed = 3
            [[sample.parameter]]
            path = "psg.hop_distance"
            normal = { mean = 1, sigma = 0.02 }
            relative = true
            [[sample.parameter]]
            path = "pd.exchange_current_density"
            lognormal = { median = 700, sigma = 0.1 }
            """);
        IReadOnlyList<SweepPoint> points = sweep.Points(_ => 5.72e-10);
        double[] a = [.. points.Select(p => p.Settings[0].Value.Number / 5.72e-10)],
            j = [.. points.Select(p => Math.Log(p.Settings[1].Value.Number / 700))];
        Assert.Equal(1, a.Average(), 0.001);
        Assert.Equal(0.02, Math.Sqrt(a.Average(x => (x - 1) * (x - 1))), 0.001);
        Assert.Equal(0.1, Math.Sqrt(j.Average(x => x * x)), 0.004);
        Assert.Equal(points.Select(p => p.Settings[0]), sweep.Points(_ => 5.72e-10).Select(p => p.Settings[0]));
        SweepDefinition other = sweep with { Sample = sweep.Sample! with { Seed = 4 } };
        Assert.NotEqual(points[0].Settings[0], other.Points(_ => 5.72e-10)[0].Settings[0]);
    }

    [Fact]
    public void Numbers_have_units_wherever_they_stand()
    {
        SweepDefinition sweep = Of("""
            zip = true
            [[axis]]
            path = "psg.thickness"
            values = ["5 nm", "75 angstrom", 10e-9]
            [[axis]]
            path = "psg.hop_distance"
            linear = { from = "0.5 nm", to = "7 angstrom", count = 3 }
            [[axis]]
            path = "gate.edge_time"
            range = { from = "100 ps", to = "0.3 ns", step = "1e-4 us" }
            [[axis]]
            path = "protocol.0.width"
            logarithmic = { from = "10 ns", to = "1 us", count = 3 }
            [sample]
            count = 1
            [[sample.parameter]]
            path = "pd.thickness"
            uniform = { from = "20 nm", to = "20 nm" }
            """);
        Assert.Equal(
            ["5E-09 5E-10 1E-10 1E-08 2E-08", "7.5E-09 6E-10 2E-10 1E-07 2E-08", "1E-08 7E-10 3E-10 1E-06 2E-08"],
            sweep.Points().Select(p => string.Join(' ',
                p.Settings.Select(s => s.Value.Number.ToString("g12", CultureInfo.InvariantCulture).ToUpperInvariant()))));
    }

    [Fact]
    public void Choices_switches_and_presets_are_values_too()
    {
        SweepDefinition sweep = Of("""
            zip = true
            [[axis]]
            path = "psg.hop_law"
            values = ["sinh", "saturating"]
            [[axis]]
            path = "heat.enabled"
            values = [true, false]
            [[axis]]
            path = "preset"
            values = ["default", "n2"]
            """);
        Assert.Equal(["sinh true default", "saturating false n2"],
            sweep.Points().Select(p => string.Join(' ', p.Settings.Select(s => s.Value))));
    }

    [Theory]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nvalue = [1]\nvalues = [1e-9]",
        "sweep.toml:5: axis.0.value: unknown key; did you mean 'values'?")]
    [InlineData("[[axis]]\npath = \"psg.thicknes\"\nvalues = [1]",
        "sweep.toml:4: axis.0.path = \"psg.thicknes\": there is no such parameter; did you mean 'psg.thickness'?")]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nvalues = [\"5 ns\"]",
        "sweep.toml:5: psg.thickness = \"5 ns\": must be in m or a multiple of it, not in ns")]
    [InlineData("[[axis]]\npath = \"psg.thickness\"",
        "sweep.toml:4: axis.0.path = \"psg.thickness\": needs exactly one of values, linear, logarithmic, range beside it")]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nlinear = { from = \"1 nm\", to = \"2 nm\", count = 1 }",
        "sweep.toml:5: axis.0.linear.count = 1: must be at least 2 and at most 1000000")]
    [InlineData("[[axis]]\npath = \"psg.thickness\"\nlinear = { from = \"1 nm\", to = \"2 nm\", step = 1 }",
        "sweep.toml:5: axis.0.linear.count: is missing; it must be an integer")]
    [InlineData("[sample]\nmethod = \"halton\"\ncount = 3",
        "sweep.toml:4: sample.method = \"halton\": must be one of random, latin_hypercube, sobol")]
    [InlineData("[sample]\ncount = 3\n[[sample.parameter]]\npath = \"psg.thickness\"\nnormal = { mean = \"1 nm\", sigma = -1 }",
        "sweep.toml:7: sample.parameter.0.normal.sigma = -1: must be at least 0 m")]
    public void Faulty_file_is_refused_with_file_and_line_as_a_case_is(string body, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => Of(body)).Message);

    [Fact]
    public void Text_that_is_no_toml_is_refused_in_one_line()
    {
        string message = Assert.Throws<InputException>(() => SweepFile.Parse("case = \n", "sweep.toml")).Message;
        Assert.StartsWith("sweep.toml:1: not valid TOML", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Sweep_that_contradicts_itself_is_refused()
    {
        SweepDefinition sweep = Of("[[axis]]\npath = \"protocol.0.amplitude\"\nvalues = [1, 2]");
        Assert.Contains("varies 'protocol.0.amplitude' twice",
            Assert.Throws<ArgumentException>(() => (sweep with { Axes = [.. sweep.Axes, .. sweep.Axes] }).Points()).Message);
        Assert.Contains("varies nothing", Assert.Throws<ArgumentException>(() => (sweep with { Axes = [] }).Points()).Message);
    }
}
