using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Tests.Output;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>The automatic mesh: the smallest on which first pulses are converged, on devices and
/// under drives that nobody tuned it for.</summary>
public class MeshChoiceTests
{
    private const double Reach = 1e-3, LeastStep = 0.1;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(-1)]
    [InlineData(-5)]
    [InlineData(-8.5)]
    [InlineData(-12)]
    [InlineData(5, "default")]
    [InlineData(-4, "default")]
    public void A_pulse_of_any_amplitude_is_right_to_1e_3_of_the_step_or_of_a_tenth_of_a_proton(
        double amplitude, string preset = "onen2022-v1")
    {
        CaseDefinition definition = CaseReader.Read("single", ["preset=" + preset, "mesh.psg_cells=auto"]);
        Assert.InRange(Error(definition, definition.MeshFor(Pulse(amplitude, 5e-9)), amplitude, 5e-9), 0, Reach);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-5)]
    [InlineData(-12)]
    public void A_fixed_mesh_is_not(double amplitude) =>
        Assert.True(Error(Automatic(), new MeshSettings(), amplitude, 5e-9) > 3 * Reach);

    [Fact]
    public void A_device_that_no_mesh_can_compute_is_not_run_on_all_of_them()
    {
        CaseDefinition definition = Automatic();
        MeshChoice Choice(int steps) => MeshChoice.For(
            definition.Device, definition.Mesh, definition.Solver with { MaxSteps = steps }, [Pulse(10, 5e-9)]);
        Assert.True(Choice(100_000).IsReached);
        MeshChoice lost = Choice(5);
        Assert.False(lost.IsReached);
        Assert.Equal(MeshSettings.ReferenceCells, lost.Settings.PsgCells.Number);
    }

    [Fact]
    public void Errors_in_time_of_the_work_ask_for_no_more_cells()
    {
        CaseDefinition definition = Automatic("heat.enabled=true", "gas.enabled=true", "hypotheses.remote_heyrovsky=true",
            "interface.tafel_rate=0", "interface.heyrovsky_rate=0");
        MeshChoice choice = MeshChoice.For(definition.Device, definition.Mesh, definition.Solver, [Pulse(10, 5e-9), Pulse(-8.5, 5e-9)]);
        Assert.True(choice.IsReached);
        Assert.InRange(choice.Settings.PsgCells.Number, 20, 60);
    }

    [Fact]
    public void Random_devices_are_right_to_1e_3()
    {
        var random = new Random(20);
        double Between(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
        int judged = 0;
        for (int k = 0; k < 10; k++)
        {
            double thickness = Between(4, 15), field = Between(0.4, 1) * (k % 2 == 0 ? 1 : -1), width = Between(2.3, 1000) * 1e-9;
            CaseDefinition definition = Automatic(
                FormattableString.Invariant($"psg.thickness={thickness} nm"),
                FormattableString.Invariant($"psg.fixed_charge_density={Between(1e25, 2e26)}"),
                FormattableString.Invariant($"psg.stern_thickness={Between(0.12, 0.4)} nm"),
                FormattableString.Invariant($"pd.exchange_current_density={Between(70, 3000)}"),
                FormattableString.Invariant($"interface.exchange_current_density={Between(1, 200)}"));
            double amplitude = definition.Device.Gate.RestVoltage + field * thickness;
            MeshSettings mesh = definition.MeshFor(Pulse(amplitude, width));
            if (Math.Abs(Step(definition, mesh, amplitude, width, 1e-5).Protons) < 1)
                continue;
            judged++;
            Assert.InRange(Error(definition, mesh, amplitude, width), 0, Reach);
        }
        Assert.InRange(judged, 5, 10);
    }

    /// <summary>Steps from rest say nothing about those on a channel that a thousand pulses have filled.</summary>
    [Fact]
    public void A_train_is_right_to_1e_3_of_the_step_where_it_has_filled_the_channel()
    {
        CaseDefinition train = CaseReader.Read("fig2a", ["preset=onen2022-v1", "mesh.psg_cells=auto", "protocol.1.count=1"]);
        MeshSettings chosen = train.WithChosenMesh().Mesh,
            forOne = train.With("protocol.0.count=1").WithChosenMesh().Mesh;
        double[] truth = Steps(train.With("solver.relative_tolerance=1e-7").WithMesh(chosen with { Refinement = 3 }, "finer"));
        Assert.InRange(Error(chosen), 0, Reach);
        Assert.True(Error(forOne) > 2 * Reach);

        double Error(MeshSettings mesh) =>
            Steps(train.WithMesh(mesh, "judged")).Zip(truth, (step, right) => Math.Abs(step / right - 1)).Max();
    }

    [Fact]
    public void It_is_on_a_ladder_and_rounding_does_not_change_it()
    {
        CaseDefinition definition = Automatic();
        MeshSettings chosen = definition.MeshFor(Pulse(10, 5e-9), Pulse(-8.5, 5e-9));
        Assert.Contains(chosen.PsgCells.Number, Enumerable.Range(0, 21).Select(k => (int)Math.Round(20 * Math.Pow(1.2, k))));
        Electrolyte psg = definition.Device.Psg;
        foreach (Electrolyte changed in (Electrolyte[])
            [psg with { HopDistance = psg.HopDistance * (1 - 1e-12) }, psg with { HopDistance = psg.HopDistance * (1 + 1e-12) },
                psg with { RelativePermittivity = Math.BitDecrement(psg.RelativePermittivity) },
                psg with { RelativePermittivity = Math.BitIncrement(psg.RelativePermittivity) }])
            Assert.Equal(chosen, MeshChoice.For(definition.Device with { Psg = changed }, definition.Mesh, definition.Solver,
                [Pulse(10, 5e-9), Pulse(-8.5, 5e-9)]).Settings);
    }

    /// <summary>A detector of changes: which mesh was found for a drive, and how far it was from one twice as fine.</summary>
    [Theory]
    [InlineData("single", 24, 4, 4.012e-4)]
    [InlineData("up", 50, 4, 4.295e-4)]
    [InlineData("up and down", 86, 4, 3.649e-4)]
    [InlineData("hold", 257, 0, 4.042e-4)]
    [InlineData("demanding", 124, 4, 1.683e-5)]
    public void The_choice_is_the_one_that_was_found(string drive, int cells, double growth, double difference)
    {
        CaseDefinition definition = Automatic(drive == "demanding" ? "mesh.tolerance=2e-5" : "mesh.tolerance=5e-4");
        PulseTrain up = Pulse(10, 5e-9) with { Count = 1000 }, down = Pulse(-8.5, 5e-9) with { Count = 1000 };
        ProtocolStep[] steps = drive switch
        {
            "up" => [up],
            "up and down" => [up, down],
            "hold" => [new Hold(3, 1e-7)],
            _ => [Pulse(10, 5e-9)],
        };
        MeshChoice choice = MeshChoice.For(definition.Device, definition.Mesh, definition.Solver, steps);
        Assert.Equal((cells, growth), (choice.Settings.PsgCells.Number, choice.Settings.PsgGrowthRatio));
        Assert.Equal(1, choice.Difference / difference, 0.1);
    }

    [Fact]
    public void Where_nothing_is_done_or_lattice_planes_are_asked_for_there_is_no_choice()
    {
        CaseDefinition definition = Automatic();
        foreach ((MeshSettings mesh, ProtocolStep[] steps) in new[]
        {
            (definition.Mesh, Array.Empty<ProtocolStep>()),
            (definition.Mesh with { Psg = PsgNodes.Lattice }, [Pulse(10, 5e-9)]),
        })
        {
            MeshChoice choice = MeshChoice.For(definition.Device, mesh, definition.Solver, steps);
            Assert.Equal((MeshSettings.ReferenceCells, double.NaN, true),
                (choice.Settings.PsgCells.Number, choice.Difference, choice.IsReached));
        }
    }

    /// <summary>Sums are taken in another order there.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512=0 DOTNET_EnableAVX512F=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    public void It_is_the_same_on_a_processor_with_narrower_vectors(string without)
    {
        using var work = new Workspace();
        string program = Path.Combine(AppContext.BaseDirectory, "fv.dll"), output = work.File("a.h5");
        (int code, string text) = NeedsProgramFactAttribute.Run("env",
            $"{without} dotnet {program} run single --set protocol.0.count=2 --no-picture -o {output}");
        Assert.True(code == 0, text);
        Dictionary<string, object> there = ResultFile.Read(output).Parameters.ToDictionary(p => p.Path, p => p.Value);
        MeshSettings here = CaseReader.Read("single", ["protocol.0.count=2"]).WithChosenMesh().Mesh;
        Assert.Equal((here.PsgCells.Number, here.PsgFirstCellGate, here.PsgFirstCellChannel, here.PsgGrowthRatio),
            ((int)there["mesh.psg_cells"], (double)there["mesh.psg_first_cell_gate"], (double)there["mesh.psg_first_cell_channel"],
                (double)there["mesh.psg_growth_ratio"]));
    }

    [Fact]
    public void Numbers_that_a_preset_or_a_case_gives_stay()
    {
        Assert.Equal(new MeshSettings(), CaseReader.Read("single", ["preset=onen2022-v1"]).WithChosenMesh().Mesh);
        Assert.Equal(31, CaseReader.Read("single", ["mesh.psg_cells=31"]).WithChosenMesh().Mesh.PsgCells.Number);
        Assert.True(CaseReader.Read("single").Mesh.PsgCells.IsAuto);
    }

    [Fact]
    public void More_cells_and_a_refinement_make_every_cell_smaller()
    {
        double[] Cells(params string[] settings)
        {
            CaseDefinition definition = CaseReader.Read("single", settings);
            return DeviceStack.Mesh(definition.Device, definition.Mesh).EdgeLength;
        }
        double[] one = Cells("mesh.psg_cells=60"), twice = Cells("mesh.psg_cells=120"),
            refined = Cells("mesh.psg_cells=60", "mesh.refinement=2");
        // One cell of the gate metal stands before those of PSG.
        Assert.InRange(twice[1] / one[1], 0.48, 0.52);
        Assert.InRange(twice[120] / one[60], 0.48, 0.52);
        Assert.Equal(twice[1..121], refined[1..121]);
        // The first of WO3 is two lattice planes on each.
        Assert.Equal(one[61], refined[121], 1e-15 * one[61]);
        Assert.Equal(one[62] / 2, refined[122], 1e-9 * one[62]);
    }

    [Fact]
    public void A_result_says_which_mesh_it_is_on_and_what_goes_on_from_it_takes_that()
    {
        using var work = new Workspace();
        CaseDefinition single = CaseReader.Read("single");
        Result first = CaseRun.Start(single, work.File("a.h5"), "").Run(null, default);
        Assert.Equal(single.WithChosenMesh().Mesh.PsgCells.Number, Cells(first));
        // Alone it would be on another mesh.
        CaseDefinition other = single.With("protocol.0.amplitude=-12 V");
        Assert.NotEqual(Cells(first), other.WithChosenMesh().Mesh.PsgCells.Number);
        Assert.Equal(Cells(first), Cells(CaseRun.Start(other, work.File("b.h5"), "", work.File("a.h5")).Run(null, default)));

        static int Cells(Result result)
        {
            StoredParameter cells = result.Parameters.Single(p => p.Path == "mesh.psg_cells");
            Assert.Equal(Kind.Derived, cells.Kind);
            Assert.StartsWith("auto", cells.Reference, StringComparison.Ordinal);
            return (int)cells.Value;
        }
    }

    [Theory]
    [InlineData("mesh.psg_cells=many", "mesh.psg_cells = many: must be an integer or \"auto\"")]
    [InlineData("mesh.psg=tanh", "must be a number with mesh.psg = \"tanh\"")]
    public void What_makes_no_mesh_is_refused(string setting, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => CaseReader.Read("single", [setting])).Message);

    private static CaseDefinition Automatic(params string[] settings) =>
        CaseReader.Read("single", ["preset=onen2022-v1", "mesh.psg_cells=auto", .. settings]);

    private static PulseTrain Pulse(double amplitude, double width) =>
        new() { Amplitudes = [amplitude], Widths = [width], Count = 1, Rest = 1 };

    /// <summary>Error of protons and of the step of conductance against a mesh eight times finer and a tight tolerance.</summary>
    private static double Error(CaseDefinition definition, MeshSettings mesh, double amplitude, double width)
    {
        (double protons, double step) = Step(definition, mesh, amplitude, width, definition.Solver.RelativeTolerance);
        // First cells that an automatic mesh starts from, whatever the mesh that is judged.
        MeshSettings matched = definition.MeshFor(Pulse(amplitude, width)) with { Refinement = 8 };
        (double trueProtons, double trueStep) = Step(definition, matched, amplitude, width, 1e-8);
        double unit = Math.Max(Math.Abs(trueProtons), LeastStep);
        return Math.Max(Math.Abs(protons - trueProtons) / unit, Math.Abs(step / trueStep - 1) * Math.Abs(trueProtons) / unit);
    }

    private static double[] Steps(CaseDefinition definition)
    {
        var pulses = CaseRun.Start(definition, "", "fv run").RunUnwritten(null, default).Record.Pulses;
        return [.. pulses["conductance_after"].Zip(pulses["conductance_before"], (after, before) => after - before)];
    }

    private static (double Protons, double Step) Step(CaseDefinition definition, MeshSettings mesh, double amplitude, double width,
        double tolerance)
    {
        var device = new DeviceSimulation(definition.Device, mesh, new SolverSettings { RelativeTolerance = tolerance });
        var readout = new ChannelReadout(device);
        double before = readout.Conductance;
        device.Pulse(amplitude, width, definition.Device.Gate.EdgeTime);
        device.Rest(1);
        return (new Inventory(device).Given, readout.Conductance - before);
    }
}
