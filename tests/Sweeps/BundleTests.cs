using FvSolver.Cases.Sweeps;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Sweeps;

/// <summary>Points of a large sweep are run in blocks whose devices share their steps.</summary>
public class BundleTests
{
    private const string Case = """
        [solver]
        relative_tolerance = 1e-6
        [mesh]
        psg_cells = 16
        wo3_cells = 4
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 2
        rest = "1 ms"
        """;

    private static readonly SweepDefinition Spread = new()
    {
        Name = "spread",
        Case = "",
        Sample = new(SampleMethod.Random, 66, 1,
        [
            new("psg.hop_distance", new NormalSpread(5.6e-10, 1e-11)),
            new("psg.thickness", new NormalSpread(1e-8, 1e-10)),
        ]),
        Outputs = ["conductance_step.first", "conductance_step.last"],
    };

    [Fact]
    public void Blocks_give_what_single_points_give_within_the_tolerance_and_the_same_bits_after_a_kill()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["case.toml"], Case);
        SweepDefinition definition = Spread with { Case = directory["case.toml"] };
        var sweep = new CaseSweep(definition.Case, definition.Outputs);
        SweepTable Run(string folder, BlockRunner? together, bool resume = false, CancellationToken cancel = default) =>
            Sweep.Run(definition, sweep.Mark, null, sweep.Run,
                new() { Directory = directory[folder], Together = together, Resume = resume }, cancel);

        SweepTable alone = Run("alone", null);
        SweepTable blocks = Run("blocks", sweep.RunTogether);
        Assert.Equal(0, alone.Failures + blocks.Failures);
        foreach (string output in definition.Outputs)
            for (int i = 0; i < alone.Points.Count; i++)
                Assert.Equal(alone.Output(output)[i], blocks.Output(output)[i], 1e-4 * Math.Abs(alone.Output(output)[i]));
        Assert.NotEqual(alone.Output(definition.Outputs[0]), blocks.Output(definition.Outputs[0]));

        using var stop = new CancellationTokenSource();
        int ran = 0;
        Assert.Throws<OperationCanceledException>(() => Run("killed", (points, cancel) =>
        {
            if (Interlocked.Increment(ref ran) == 4)
                stop.Cancel();
            return sweep.RunTogether(points, cancel);
        }, cancel: stop.Token));
        string[] files = Directory.GetFiles(directory["killed/points"]);
        Assert.InRange(files.Length, 1, 60);
        // A block of which one point is lost is run again.
        File.Delete(files[0]);
        Run("killed", sweep.RunTogether, resume: true);
        Assert.Equal(File.ReadAllBytes(directory["blocks/sweep.csv"]), File.ReadAllBytes(directory["killed/sweep.csv"]));
    }
}
