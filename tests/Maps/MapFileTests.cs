using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Maps;

/// <summary>Maps kept in files.</summary>
public sealed class MapFileTests
{
    private const string Up = """
        preset = "onen2022-v1"
        [pd]
        finite_reservoir = false
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 60
        [output]
        series_pulses = 0
        """;

    private static CaseDefinition Case(params string[] settings) =>
        CaseReader.Parse(Up, "test.toml", "", ["solver.pulse_map=auto", .. settings]);

    private static CaseRun Done(CaseRun run)
    {
        run.RunUnwritten(null, default);
        return run;
    }

    [Fact]
    public void A_kept_map_gives_the_same_bits_for_another_protocol_without_computing_a_pulse()
    {
        using var folder = new TemporaryDirectory();
        CaseRun built = Done(CaseRun.Start(Case(), "", ""));
        MapFile.Write(folder["map.h5"], built, "test");
        CaseDefinition other = Case("protocol.0.count=100");
        CaseRun kept = Done(CaseRun.Start(other, "", "", null, MapFile.Read(folder["map.h5"], other))),
            anew = Done(CaseRun.Start(other, "", ""));
        Assert.Equal(kept.Mapped!.Map.Audits, kept.Mapped.DirectPulses);
        Assert.True(anew.Mapped!.DirectPulses > 8);
        foreach (string column in new[] { "conductance_after", "bound_after", "energy_total", "log_fugacity", "gate_voltage" })
            Assert.Equal(anew.Recorder.Record.Pulses[column], kept.Recorder.Record.Pulses[column]);
    }

    [Fact]
    public void A_map_with_modes_is_kept_and_a_run_with_it_that_is_cut_off_ends_in_the_same_bits()
    {
        using var folder = new TemporaryDirectory();
        const string Down = """
            [[protocol]]
            type = "pulses"
            amplitude = "-8.5 V"
            width = "5 ns"
            rest = "10 ms"
            count = 40
            [output]
            """;
        CaseDefinition definition = CaseReader.Parse(Up.Replace("onen2022-v1", "default").Replace("count", "rest = \"10 ms\"\ncount")
            .Replace("[output]", Down), "test.toml", "", ["solver.pulse_map=auto"]);
        CaseRun built = Done(CaseRun.Start(definition, "", ""));
        Assert.Contains(built.Mapped!.Map.Pieces, p => p.Modes is not null);
        MapFile.Write(folder["map.h5"], built, "test");
        MapFile Kept() => MapFile.Read(folder["map.h5"], definition);
        CaseRun kept = Done(CaseRun.Start(definition, "", "", null, Kept()));
        Assert.Equal(kept.Mapped!.Map.Audits + kept.Mapped.Computed, kept.Mapped.DirectPulses);
        Assert.Contains(1, kept.Recorder.Record.Pulses["origin"]);
        var stop = new CancellationTokenSource();
        string cut = folder["cut.h5"];
        Assert.Throws<OperationCanceledException>(() => CaseRun.Start(definition, cut, "test", null, Kept()).Run(r =>
        {
            if (r.Pulses >= 1)
                stop.Cancel();
        }, stop.Token));
        CaseRun resumed = CaseRun.Resume(definition, cut, "test", null, Kept());
        Assert.InRange(resumed.Pulses, 1, 99);
        resumed.Run(null, default);
        foreach (Column column in PulseTable.MappedColumns)
        {
            Assert.Equal(built.Recorder.Record.Pulses[column.Name], kept.Recorder.Record.Pulses[column.Name]);
            Assert.Equal(built.Recorder.Record.Pulses[column.Name], resumed.Recorder.Record.Pulses[column.Name]);
        }
    }

    [Fact]
    public void A_map_of_another_device_is_refused_with_what_differs()
    {
        using var folder = new TemporaryDirectory();
        MapFile.Write(folder["map.h5"], Done(CaseRun.Start(Case(), "", "")), "test");
        OutputException thinner = Assert.Throws<OutputException>(() => MapFile.Read(folder["map.h5"], Case("psg.thickness=9nm")));
        Assert.Contains("psg.thickness: 1E-08 there, 9E-09 here", thinner.Message);
        Assert.Contains("mesh.wo3_cells", Assert.Throws<OutputException>(
            () => MapFile.Read(folder["map.h5"], Case("mesh.wo3_cells=20"))).Message);
        File.WriteAllText(folder["no.h5"], "nothing");
        Assert.Throws<OutputException>(() => MapFile.Read(folder["no.h5"], Case()));
    }
}
