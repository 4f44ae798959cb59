using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Maps;
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

    private static void Write(TemporaryDirectory folder, CaseRun run) =>
        MapFile.Write(folder["map.h5"], MapArchive.Of(run.Mapped!.Map), run.Definition, "test");

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
        Write(folder, built);
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
        Write(folder, built);
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
        Write(folder, Done(CaseRun.Start(Case(), "", "")));
        OutputException thinner = Assert.Throws<OutputException>(() => MapFile.Read(folder["map.h5"], Case("psg.thickness=9nm")));
        Assert.Contains("psg.thickness: 1E-08 there, 9E-09 here", thinner.Message);
        Assert.Contains("mesh.wo3_cells", Assert.Throws<OutputException>(
            () => MapFile.Read(folder["map.h5"], Case("mesh.wo3_cells=20"))).Message);
        File.WriteAllText(folder["no.h5"], "nothing");
        Assert.Throws<OutputException>(() => MapFile.Read(folder["no.h5"], Case()));
    }

    [Fact]
    public void One_map_serves_any_temperature_of_its_range()
    {
        using var folder = new TemporaryDirectory();
        CaseDefinition definition = Case().WithChosenMesh();
        TemperatureMaps maps = new TemperatureRange(285, 315).Map(definition, default);
        Assert.InRange(maps.Maps.Count, 4, 8);
        Assert.Empty(maps.Refusals);
        MapFile.Write(folder["map.h5"], MapArchive.Of(maps), definition, "test");
        RunRecord With(double temperature)
        {
            CaseDefinition own = Case($"heat.ambient_temperature={temperature:r}");
            CaseRun run = Done(CaseRun.Start(own, "", "", null, MapFile.Read(folder["map.h5"], own)));
            Assert.Equal(run.Mapped!.Map.Audits, run.Mapped.DirectPulses);
            Assert.Equal(0, run.Mapped.Map.Exceeded);
            return run.Recorder.Record;
        }
        int Outside(RunRecord mapped, RunRecord computed) => Enumerable.Range(0, computed.Pulses.Count).Count(i =>
            Math.Abs(mapped.Pulses["conductance_step"][i] - computed.Pulses["conductance_step"][i]) > mapped.Pulses["bound"][i]
            || Math.Abs(mapped.Pulses["conductance_after"][i] - computed.Pulses["conductance_after"][i]) > mapped.Pulses["bound_after"][i]);
        foreach (double temperature in new[] { 287.3, 308.9 })
        {
            RunRecord mapped = With(temperature), computed = Done(CaseRun.Start(Case(
                $"heat.ambient_temperature={temperature:r}", "solver.pulse_map=never", "solver.relative_tolerance=1e-8"), "", ""))
                .Recorder.Record;
            Assert.Equal(0, Outside(mapped, computed));
            Assert.All(mapped.Pulses["bound"], (b, i) => Assert.InRange(b / mapped.Pulses["conductance_step"][i], 0, 1e-5));
            foreach (string column in new[] { "conductance_after", "energy_total", "gate_voltage", "coverage", "protons_from_pd" })
                for (int i = 0; i < computed.Pulses.Count; i++)
                    Assert.Equal(computed.Pulses[column][i], mapped.Pulses[column][i], 1e-5 * computed.Pulses[column].Max(Math.Abs));
            // Half a kelvin away the steps are others by far more than what the map may be off.
            Assert.Equal(computed.Pulses.Count, Outside(With(temperature + 0.5), computed));
        }
    }

    [Fact]
    public void At_a_node_the_map_of_a_range_is_that_of_the_temperature()
    {
        CaseDefinition definition = Case().WithChosenMesh();
        TemperatureMaps maps = new TemperatureRange(295, 305).Map(definition, default);
        MapPiece there = maps.Maps[0].Pieces.First();
        MapPiece own = maps.At(CaseRun.CreateDevice(TemperatureRange.At(definition, 305)), new()).Pieces.First();
        Assert.Equal(1, own.StepAt(1, 10, 5e-9) / there.StepAt(1, 10, 5e-9), 1e-12);
        Assert.Equal(1, own.Errors.Total / there.Errors.Total, 1e-6);
    }

    [Fact]
    public void A_temperature_out_of_the_range_of_a_map_is_refused_with_both()
    {
        using var folder = new TemporaryDirectory();
        CaseDefinition definition = Case().WithChosenMesh();
        MapFile.Write(folder["map.h5"], MapArchive.Of(new TemperatureRange(295, 305).Map(definition, default)), definition, "test");
        string Refusal(params string[] settings) =>
            Assert.Throws<OutputException>(() => MapFile.Read(folder["map.h5"], Case(settings))).Message;
        Assert.Contains("is a map from 295 to 305 K, and heat.ambient_temperature is 306 K", Refusal("heat.ambient_temperature=306"));
        Assert.Contains("psg.thickness: 1E-08 there, 9E-09 here", Refusal("heat.ambient_temperature=297", "psg.thickness=9nm"));
    }
}
