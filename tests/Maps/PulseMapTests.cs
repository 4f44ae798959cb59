using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Maps;

/// <summary>Mapped pulses against computed ones.</summary>
public sealed class PulseMapTests
{
    // Up along the plateau of the reservoir, back, and past the corner where it gets richer than its plateau.
    private const string UpAndDown = """
        preset = "onen2022-v1"
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 60
        [[protocol]]
        type = "pulses"
        amplitude = "-8.5 V"
        width = "5 ns"
        count = 105
        [output]
        series_pulses = 0
        """;

    private static CaseDefinition Case(params string[] settings) => CaseReader.Parse(UpAndDown, "test.toml", "", settings);

    private static RunRecord Run(CaseDefinition definition)
    {
        CaseRun run = CaseRun.Start(definition, "", "");
        return run.RunUnwritten(null, default).Record;
    }

    [Fact]
    public void Mapped_steps_are_within_a_millionth_of_computed_ones_and_within_their_bounds()
    {
        RunRecord mapped = Run(Case("solver.pulse_map=auto")), computed = Run(Case("solver.relative_tolerance=1e-8"));
        Assert.Equal(computed.Pulses.Count, mapped.Pulses.Count);
        int count = mapped.Pulses["origin"].Count(o => o == 1);
        Assert.InRange(count, 130, 149);
        double largest = computed.Pulses["conductance_step"].Max();
        for (int i = 0; i < mapped.Pulses.Count; i++)
        {
            Assert.InRange(mapped.Pulses["conductance_step"][i] - computed.Pulses["conductance_step"][i], -1e-6 * largest, 1e-6 * largest);
            if (mapped.Pulses["origin"][i] == 0)
                continue;
            Assert.InRange(Math.Abs(mapped.Pulses["conductance_step"][i] - computed.Pulses["conductance_step"][i]), 0,
                mapped.Pulses["bound"][i]);
            Assert.InRange(Math.Abs(mapped.Pulses["conductance_after"][i] - computed.Pulses["conductance_after"][i]), 0,
                mapped.Pulses["bound_after"][i]);
        }
        foreach (string column in new[] { "protons_from_pd", "protons_into_wo3", "gate_charge", "energy_total", "energy_proton", "coverage",
            "gate_voltage", "composition", "log_fugacity", "start" })
        {
            double scale = computed.Pulses[column].Max(Math.Abs);
            for (int i = 0; i < mapped.Pulses.Count; i++)
                Assert.InRange(mapped.Pulses[column][i] - computed.Pulses[column][i], -1e-5 * scale, 1e-5 * scale);
        }
    }

    [Fact]
    public void Means_over_trains_are_those_of_computed_pulses()
    {
        double Mean(PulseMapUse use, string tolerance) =>
            new TrainMeans(Case($"solver.pulse_map={(use == PulseMapUse.Never ? "never" : "means")}",
                $"solver.relative_tolerance={tolerance}"),
            CaseRun.CreateDevice(Case($"solver.relative_tolerance={tolerance}")), [(10, 5e-9)], 150).Of(0, default);
        double computed = Mean(PulseMapUse.Never, "1e-7");
        Assert.InRange(Mean(PulseMapUse.Means, "1e-5") / computed - 1, -1e-6, 1e-6);
    }

    [Fact]
    public void A_train_ends_at_the_pulse_at_which_a_computed_one_ends()
    {
        string until = "protocol.0.until={ conductance_above = \"20 nS\" }";
        RunRecord mapped = Run(Case("solver.pulse_map=auto", until)), computed = Run(Case(until));
        Assert.Equal(computed.Pulses.Count, mapped.Pulses.Count);
        Assert.NotEqual(165, mapped.Pulses.Count);
    }

    [Fact]
    public void A_map_across_the_corner_of_the_reservoir_fails()
    {
        // The same map, which believes the reservoir to be on its plateau all the way: what it says past the corner is wrong.
        CaseDefinition definition = Case("solver.pulse_map=auto");
        var device = CaseRun.CreateDevice(definition);
        var map = new PulseMap(device, PulseFamily.Of(definition.Protocol, definition.Device.Gate.RestVoltage,
            definition.Device.Gate.EdgeTime), new());
        int down = map.FamilyOf(-8.5, 5e-9, definition.Device.Gate.EdgeTime, null, 1);
        double middle = map.Branches.Middle(ReservoirBranch.Plateau)!.Value, u = -0.45, given = map.Content.Atoms * (Math.Exp(u) - 1);
        MapPiece plateau = map.Find(down, u, middle, 1000)!, rich = map.Find(down, u, given, 1000)!;
        Assert.Equal(ReservoirBranch.Above, rich.Branch);
        double difference = plateau.StepAt(u, -8.5, 5e-9) / rich.StepAt(u, -8.5, 5e-9) - 1;
        Assert.True(Math.Abs(difference) > 2 * (plateau.Errors.Total + rich.Errors.Total), $"{difference:g3}");
    }

    [Fact]
    public void A_device_with_traps_is_computed_and_says_why()
    {
        RunRecord record = Run(CaseReader.Parse(UpAndDown.Replace("onen2022-v1", "trapping").Replace("count = 60", "count = 1")
            .Replace("count = 105", "count = 1"), "test.toml", "", ["solver.pulse_map=auto"]));
        Assert.All(record.Pulses["origin"], o => Assert.Equal(0, o));
        Assert.Contains(record.Warnings, w => w.Contains("traps"));
    }

    [Fact]
    public void Trains_of_different_pulses_are_mapped_within_their_bounds()
    {
        string text = UpAndDown.Replace("amplitude = \"10 V\"", "amplitude = [9, 9.3, 9.5, 9.8, 10]")
            .Replace("amplitude = \"-8.5 V\"", "amplitude = [-8, -8.2, -8.5]")
            .Replace("count = 105", "count = 30");
        (RunRecord mapped, RunRecord computed) = MappedAndComputed(text);
        Assert.True(mapped.Pulses["origin"].Count(o => o == 1) >= 60);
        StepsAreWithin(1e-6, mapped, computed);
        for (int i = 0; i < mapped.Pulses.Count; i++)
            Assert.Equal(computed.Pulses["energy_total"][i], mapped.Pulses["energy_total"][i], 1e-5 * computed.Pulses["energy_total"][i]);
    }

    [Fact]
    public void A_mapped_run_that_is_cut_off_ends_in_the_same_bits()
    {
        using var folder = new TemporaryDirectory();
        CaseDefinition definition = Case("solver.pulse_map=auto");
        string whole = Path.Combine(folder.Path, "whole.h5"), cut = Path.Combine(folder.Path, "cut.h5");
        Result expected = CaseRun.Start(definition, whole, "test").Run(null, default);
        var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => CaseRun.Start(definition, cut, "test").Run(r =>
        {
            if (r.Pulses >= 100)
                stop.Cancel();
        }, stop.Token));
        Result resumed = CaseRun.Resume(definition, cut, "test").Run(null, default);
        foreach (Column column in PulseTable.MappedColumns)
            Assert.Equal(expected.Record.Pulses[column.Name], resumed.Record.Pulses[column.Name]);
        Assert.Equal(expected.Checkpoint!.Doubles["state"], resumed.Checkpoint!.Doubles["state"]);
    }

    [Fact]
    public void Trains_with_rests_of_a_millisecond_have_states_of_their_own()
    {
        string text = UpAndDown.Replace("width = \"5 ns\"", "width = \"5 ns\"\nrest = \"1 ms\"").Replace("count = 60", "count = 100")
            .Replace("count = 105", "count = 50");
        (RunRecord mapped, RunRecord computed) = MappedAndComputed(text);
        Assert.True(mapped.Pulses["origin"].Count(o => o == 1) >= 130);
        StepsAreWithin(1e-4, mapped, computed);
    }

    [Fact]
    public void What_outlasts_a_rest_is_mapped_as_modes_with_the_content()
    {
        // Adsorbed hydrogen of the default device enters WO3 within 24 ms.
        string text = UpAndDown.Replace("onen2022-v1", "default").Replace("width = \"5 ns\"", "width = \"5 ns\"\nrest = \"10 ms\"")
            .Replace("count = 105", "count = 40");
        (RunRecord mapped, RunRecord computed) = MappedAndComputed(text);
        Assert.All(mapped.Pulses["origin"], o => Assert.Equal(1, o));
        StepsAreWithin(1e-5, mapped, computed);
        foreach (string column in new[] { "conductance_after", "coverage", "gate_voltage", "composition", "protons_from_pd" })
            for (int i = 0; i < mapped.Pulses.Count; i++)
                Assert.Equal(computed.Pulses[column][i], mapped.Pulses[column][i], 1e-6 * computed.Pulses[column].Max(Math.Abs));
    }

    [Fact]
    public void The_share_of_audits_and_their_seed_are_settings()
    {
        int Audits(params string[] settings)
        {
            CaseRun run = CaseRun.Start(Case(["solver.pulse_map=auto", "pd.finite_reservoir=false", .. settings]), "", "");
            run.RunUnwritten(null, default);
            return run.Mapped!.Map.Audits;
        }
        Assert.Equal(0, Audits("solver.pulse_audits=0"));
        // Of some 160 pulses; a chunk of pulses has one audit at most.
        Assert.InRange(Audits("solver.pulse_audits=1"), 2, 160);
        Assert.True(new[] { 1, 2, 3, 4 }.Select(s => Audits("solver.pulse_audits=0.01", $"solver.audit_seed={s}")).Distinct().Count() > 1);
    }

    private static (RunRecord Mapped, RunRecord Computed) MappedAndComputed(string text)
    {
        RunRecord With(string setting) => Run(CaseReader.Parse(text, "test.toml", "", ["pd.finite_reservoir=false", setting]));
        return (With("solver.pulse_map=auto"), With("solver.relative_tolerance=1e-8"));
    }

    /// <summary>Steps are within a share of the largest of the computed ones, and those that are mapped within their bounds.</summary>
    private static void StepsAreWithin(double share, RunRecord mapped, RunRecord computed)
    {
        double largest = computed.Pulses["conductance_step"].Max();
        for (int i = 0; i < mapped.Pulses.Count; i++)
        {
            double error = Math.Abs(mapped.Pulses["conductance_step"][i] - computed.Pulses["conductance_step"][i]);
            Assert.InRange(error, 0, share * largest);
            if (mapped.Pulses["origin"][i] == 1)
                Assert.InRange(error, 0, mapped.Pulses["bound"][i]);
        }
    }
}
