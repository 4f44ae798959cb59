using System.CommandLine;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Noise;
using FvSolver.Cases.Output;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.Noise;

public class NoiseRunTests
{
    private static readonly NoisePoint[] Points =
    [
        .. new[] { 10, -8.5 }.Select(v => new NoisePoint
        {
            Device = CaseReader.Read("single", ["preset=onen2022-v1"]).Device, Amplitude = v, Width = 5e-9, Edge = 1.1e-9,
        }),
    ];

    private static readonly NoiseSettings Settings = new() { Pulses = 600, Rest = 1e-6 };

    [Fact]
    public void One_worker_and_three_give_the_same_bits_and_another_seed_gives_others()
    {
        IReadOnlyList<NoiseStatistics> one = new NoiseRun(Points, Settings with { Workers = 1 }).Run();
        AssertSame(one, new NoiseRun(Points, Settings with { Workers = 3 }).Run());
        IReadOnlyList<NoiseStatistics> other = new NoiseRun(Points, Settings with { Seed = 2 }).Run();
        Assert.NotEqual(one[0].Blocks[0].Mean, other[0].Blocks[0].Mean);
        Assert.NotEqual(one[0].Blocks[0].Mean, one[0].Blocks[1].Mean);
        Assert.NotEqual(one[0].Blocks[0].Mean, one[1].Blocks[0].Mean);
    }

    [Fact]
    public void A_cancelled_run_goes_on_to_the_same_bits()
    {
        IReadOnlyList<NoiseStatistics> whole = new NoiseRun(Points, Settings).Run();
        using var cancel = new CancellationTokenSource();
        Checkpoint? kept = null;
        Assert.Throws<OperationCanceledException>(() => new NoiseRun(Points, Settings with { Workers = 1 }).Run(r =>
        {
            if (r.Done == 3)
                cancel.Cancel();
        }, c => kept = c, cancel: cancel.Token));
        var run = new NoiseRun(Points, Settings);
        Assert.True(run.Resume(kept!));
        Assert.InRange(run.Done, 1, run.Total - 1);
        AssertSame(whole, run.Run());
        Assert.False(new NoiseRun(Points, Settings with { Pulses = 700 }).Resume(kept!));
        Assert.False(new NoiseRun([Points[0], Points[0]], Settings).Resume(kept!));
    }

    [Fact]
    public void The_command_writes_figures_that_are_the_moments_of_its_pulses()
    {
        using var work = new Workspace();
        (int code, string output, string error) = work.Run(
            "noise", "single", "--set", "preset=onen2022-v1", "--pulses", "300", "--amplitude", "10 V,9 V", "-o", "n.h5", "--no-picture");
        Assert.True(code == 0, error);
        Assert.Contains("the solver on lattice planes", output);
        Result result = ResultFile.Read(work.File("n.h5"));
        IReadOnlyList<double> charge = result.Record.Pulses["charge"], point = result.Record.Pulses["point"];
        Assert.Equal(600, charge.Count);
        var second = new SampleMoments([.. charge.Where((_, i) => point[i] == 1)]);
        Assert.Equal(second.Mean, result.Record.Series["mean"][1], 12);
        Assert.Equal(second.Deviation, result.Record.Series["pulse_deviation"][1], 12);
        Assert.False(File.Exists(work.File("n.h5.checkpoint")));
    }

    [Fact]
    public void Solver_beside_a_cell_of_point_charges_is_taken_over_the_same_area()
    {
        double cell = 20 * Points[0].Device.Psg.HopDistance, whole = LatticeReference.Step(Points[0]);
        Assert.Equal(cell * cell / Points[0].Device.Geometry.Area, LatticeReference.Step(Points[0] with { Cell = cell }) / whole, 1e-9);
    }

    [Theory]
    [InlineData("--width = 1 ns", "--width", "1 ns")]
    [InlineData("--pulses", "--pulses", "1")]
    [InlineData("--temperature = -3 K", "--temperature", "-3 K")]
    [InlineData("gas.enabled", "--set", "gas.enabled=true")]
    public void Bad_input_is_one_line(string expected, params string[] arguments)
    {
        using var work = new Workspace();
        (int code, _, string error) = work.Run(["noise", "single", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void Content_beyond_a_full_channel_is_refused_in_one_line()
    {
        string[] line = ["noise", "single", "--content", "1e9", "--pulses", "10"];
        InputException e = Assert.Throws<InputException>(() => new RootCommand { NoiseCommand.Create() }.Parse(line)
            .Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Contains("--content", e.Message);
        Assert.Contains("where the channel is full", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static void AssertSame(IReadOnlyList<NoiseStatistics> a, IReadOnlyList<NoiseStatistics> b)
    {
        for (int p = 0; p < a.Count; p++)
        {
            Assert.Equal(a[p].Blocks.SelectMany(x => x.Mean), b[p].Blocks.SelectMany(x => x.Mean));
            Assert.Equal(a[p].Blocks.SelectMany(x => x.Step), b[p].Blocks.SelectMany(x => x.Step));
            Assert.Equal(a[p].Blocks.SelectMany(x => x.Hydrogen), b[p].Blocks.SelectMany(x => x.Hydrogen));
            Assert.Equal(a[p].Events, b[p].Events);
        }
    }
}
