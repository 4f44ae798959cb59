using FvSolver.Cases.Sweeps;
using Xunit;

namespace FvSolver.Tests.Sweeps;

public class SweepFileTests
{
    private static SweepDefinition Of(string body) => SweepFile.Parse("case = \"base.toml\"\noutputs = [\"g\"]\n" + body, "study.toml");

    [Fact]
    public void Grid_combines_all_axes_and_the_last_runs_fastest()
    {
        SweepDefinition study = Of("""
            [[axis]]
            path = "psg.thickness"
            values = [5e-9, 10e-9]
            [[axis]]
            path = "psg.hop_law"
            values = ["sinh", "washboard", "saturating"]
            """);
        Assert.Equal(["5E-09 sinh", "5E-09 washboard", "5E-09 saturating", "1E-08 sinh", "1E-08 washboard", "1E-08 saturating"],
            study.Points().Select(p => string.Join(' ', p.Settings.Select(s => s.Value))));
    }

    [Fact]
    public void Axes_walked_together_give_one_point_a_row()
    {
        SweepDefinition study = Of("""
            zip = true
            [[axis]]
            path = "a.x"
            linear = { from = 1, to = 3, count = 3 }
            [[axis]]
            path = "a.y"
            logarithmic = { from = 1, to = 100, count = 3 }
            """);
        Assert.Equal(["1 1", "2 10", "3 100"], study.Points().Select(p => string.Join(' ', p.Settings.Select(s => s.Value))));
    }

    [Fact]
    public void Range_includes_its_end_when_the_step_leads_there() =>
        Assert.Equal(11, Of("[[axis]]\npath = \"a.x\"\nrange = { from = 0, to = 1, step = 0.1 }").Points().Count);

    [Fact]
    public void Latin_hypercube_hits_each_stratum_once()
    {
        var block = new SampleBlock(SampleMethod.LatinHypercube, 50, 7, [new("a.x", new UniformSpread(0, 1)), new("a.y", new UniformSpread(0, 1))]);
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
        SweepDefinition study = Of("""
            [sample]
            method = "random"
            count = 4000
            seed = 3
            [[sample.parameter]]
            path = "psg.hop_distance"
            normal = { mean = 1, sigma = 0.02 }
            relative = true
            [[sample.parameter]]
            path = "pd.j0"
            lognormal = { median = 700, sigma = 0.1 }
            """);
        IReadOnlyList<SweepPoint> points = study.Points(_ => 5.72e-10);
        double[] a = [.. points.Select(p => p.Settings[0].Value.Number / 5.72e-10)], j = [.. points.Select(p => Math.Log(p.Settings[1].Value.Number / 700))];
        Assert.Equal(1, a.Average(), 0.001);
        Assert.Equal(0.02, Math.Sqrt(a.Average(x => (x - 1) * (x - 1))), 0.001);
        Assert.Equal(0.1, Math.Sqrt(j.Average(x => x * x)), 0.004);
        Assert.Equal(points.Select(p => p.Settings[0]), study.Points(_ => 5.72e-10).Select(p => p.Settings[0]));
        SweepDefinition other = study with { Sample = study.Sample! with { Seed = 4 } };
        Assert.NotEqual(points[0].Settings[0], other.Points(_ => 5.72e-10)[0].Settings[0]);
    }

    [Theory]
    [InlineData("[[axis]]\npath = \"a.x\"\nvalue = [1]", "study.toml(5): [axis[0]] unknown key 'value'; allowed are path, values, linear, logarithmic, range.")]
    [InlineData("[[axis]]\npath = \"a.x\"", "study.toml(4): [axis[0]] exactly one of values, linear, logarithmic, range is needed.")]
    [InlineData("[[axis]]\npath = \"a.x\"\nlinear = { from = 0, to = 1, count = 1 }", "study.toml(5): [axis[0]] Axis 'a.x': count is 1; at least 2 are needed.")]
    [InlineData("[sample]\nmethod = \"halton\"\ncount = 3", "study.toml(4): [sample] 'halton' is no method; allowed are random, latin_hypercube, sobol.")]
    [InlineData("[sample]\ncount = 3\n[[sample.parameter]]\npath = \"a.x\"\nnormal = { mean = 1, sigma = -1 }", "study.toml(7): [sample.parameter[0].normal] sigma is -1; it must not be negative.")]
    public void Faulty_study_is_refused_with_file_and_line(string body, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Of(body)).Message);

    [Fact]
    public void Text_that_is_no_toml_is_refused_in_one_line()
    {
        string message = Assert.Throws<InvalidDataException>(() => SweepFile.Parse("case = \n", "study.toml")).Message;
        Assert.Contains("study.toml", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Study_that_contradicts_itself_is_refused()
    {
        SweepDefinition study = Of("[[axis]]\npath = \"a.x\"\nvalues = [1, 2]");
        Assert.Contains("varies 'a.x' twice", Assert.Throws<ArgumentException>(() => (study with { Axes = [.. study.Axes, .. study.Axes] }).Points()).Message);
        Assert.Contains("varies nothing", Assert.Throws<ArgumentException>(() => (study with { Axes = [] }).Points()).Message);
    }
}
