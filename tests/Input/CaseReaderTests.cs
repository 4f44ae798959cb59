using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Input;

public class CaseReaderTests
{
    private const string Pulse = """
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 3

        """;

    public static TheoryData<string> LibraryCases() => [.. CaseLibrary.Names];

    [Theory]
    [MemberData(nameof(LibraryCases))]
    public void Every_case_of_the_library_is_valid_and_has_a_title(string name)
    {
        Assert.NotEmpty(CaseReader.Read(name).Title);
        Assert.NotEmpty(CaseLibrary.Title(name));
    }

    [Fact]
    public void Fig_2a_is_a_thousand_pulses_up_and_down()
    {
        CaseDefinition definition = CaseReader.Read("fig2a");
        Assert.Equal(["10;5E-09;1000;1", "-8.5;5E-09;1000;1"], definition.Protocol.Cast<PulseTrain>()
            .Select(train => FormattableString.Invariant($"{train.Amplitudes[0]};{train.Widths[0]};{train.Count};{train.Rest}")));
    }

    [Fact]
    public void Without_changes_the_device_is_the_default_one()
    {
        CaseDefinition definition = CaseReader.Parse(Pulse, "a.toml");
        Assert.Equal(CalibrationRules.Resolve(new Device()), definition.Device);
        Assert.Equal((new MeshSettings { PsgCells = CellCount.Auto }, new SolverSettings(), new OutputSettings()),
            (definition.Mesh, definition.Solver, definition.Output));
        Assert.Empty(definition.Notes);
        Assert.DoesNotContain(definition.Parameters, value => value.Kind == Kind.User);
        Assert.Equal(
            ParameterCatalogue.Device.Parameters.Count + RunSettings.Catalogue.Parameters.Count, definition.Parameters.Count);
    }

    [Fact]
    public void A_value_of_the_case_carries_its_line()
    {
        CaseDefinition definition = CaseReader.Parse(Pulse + "[psg]\nthickness = \"5 nm\"\nhop_law = \"washboard\"\n", "a.toml");
        ParameterValue value = definition.Parameters.Single(p => p.Path == "psg.thickness");
        Assert.Equal(new ParameterValue("psg.thickness", "d", "m", 5e-9, Kind.User, "a.toml line 7"), value);
        Assert.Equal((5e-9, HopLaw.Washboard), (definition.Device.Psg.Thickness, definition.Device.Psg.HopLaw));
    }

    [Theory]
    [InlineData("[psg]\nthickness = 5e-9\n")]
    [InlineData("psg.thickness = 5e-9\n")]
    [InlineData("psg = { thickness = \"5 nm\" }\n")]
    public void Every_toml_spelling_of_a_key_is_the_same(string text) =>
        Assert.Equal(5e-9, CaseReader.Parse((text.StartsWith('[') ? Pulse + text : text + Pulse), "a.toml").Device.Psg.Thickness);

    [Fact]
    public void Settings_go_over_the_case_and_the_case_over_the_preset()
    {
        string text = "preset = \"n2\"\n" + Pulse + "[wo3]\nrest_composition = 3e-4\n[interface]\nabsorption_rate = 2e6\n";
        CaseDefinition definition = CaseReader.Parse(text, "a.toml", null, ["wo3.rest_composition=4e-4"]);
        Assert.Equal((4e-4, 2e6, 30, 2), (definition.Device.Wo3.RestComposition, definition.Device.Interface.AbsorptionRate,
            definition.Device.Interface.ExchangeCurrentDensity, definition.Device.Wo3.DiluteSpecies));
        Dictionary<string, ParameterValue> values = definition.Parameters.ToDictionary(p => p.Path);
        Assert.Equal((Kind.User, "--set"), (values["wo3.rest_composition"].Kind, values["wo3.rest_composition"].Reference));
        Assert.Equal((Kind.User, "a.toml line 10"),
            (values["interface.absorption_rate"].Kind, values["interface.absorption_rate"].Reference));
        Assert.Equal(Kind.Calibrated, values["interface.exchange_current_density"].Kind);
        Assert.Contains("onen2022", values["interface.exchange_current_density"].Reference);
    }

    [Fact]
    public void Settings_reach_everything()
    {
        CaseDefinition definition = CaseReader.Parse(Pulse, "a.toml", null,
        [
            "protocol.0.amplitude=9 V", "protocol.0.width=[\"5 ns\", 1e-8]", "mesh.psg_cells=120", "solver.relative_tolerance=1e-9",
            "solver.method=rodas5p", "gas.enabled=true", "title=7", "preset=dilute", "protocol.0.until.conductance_above=227 nS",
        ]);
        var train = (PulseTrain)definition.Protocol[0];
        Assert.Equal([9], train.Amplitudes);
        Assert.Equal([5e-9, 1e-8], train.Widths);
        Assert.Equal(new StopCondition(StopQuantity.Conductance, 227e-9, Above: true), train.Until);
        Assert.Equal((120, 1e-9, Method.Rodas5P, true, "7", "dilute"), (definition.Mesh.PsgCells, definition.Solver.RelativeTolerance,
            definition.Solver.Method, definition.Device.Gas.Enabled, definition.Title, definition.Preset.Name));
    }

    [Fact]
    public void A_rule_that_gives_something_else_than_usual_is_noted()
    {
        CaseDefinition definition = CaseReader.Parse(Pulse, "a.toml", null, ["psg.hop_distance=4.5 angstrom"]);
        string note = Assert.Single(definition.Notes);
        Assert.StartsWith("E_a recomputed: psg.activation_energy = ", note);
        Assert.Contains("(0.6491598918 eV for the default device)", note);
        Assert.Empty(definition.With("psg.activation_energy=0.6 eV").Notes);
    }

    [Fact]
    public void A_changed_case_keeps_its_former_changes()
    {
        CaseDefinition definition = CaseReader.Parse(Pulse, "a.toml", null, ["psg.thickness=5nm"])
            .With("protocol.0.count=7", "psg.thickness=6nm");
        Assert.Equal((6e-9, 7), (definition.Device.Psg.Thickness, ((PulseTrain)definition.Protocol[0]).Count));
    }

    [Fact]
    public void A_preset_may_be_a_file_beside_the_case()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["mine.toml"], """
            title = "Mine"
            [psg]
            hop_distance = { value = "6 angstrom", kind = "calibrated", reference = "fit of today" }
            """);
        CaseDefinition definition = CaseReader.Parse("preset = \"mine.toml\"\n" + Pulse, "a.toml", directory.Path);
        Assert.Equal("Mine", definition.Preset.Title);
        Assert.Equal((6e-10, Kind.Calibrated, "fit of today"), definition.Parameters.Where(p => p.Path == "psg.hop_distance")
            .Select(p => ((double)p.Value, p.Kind, p.Reference)).Single());
    }

    [Fact]
    public void A_study_keeps_its_table_and_needs_no_protocol()
    {
        CaseDefinition definition = CaseReader.Parse("[study]\ntype = \"sweep\"\nvalues = [\"5 nm\", \"10 nm\"]\n", "a.toml");
        Assert.Empty(definition.Protocol);
        var reader = new TableReader(definition.Study!, "study");
        Assert.Equal("sweep", reader.Text("type"));
        InputException error = Assert.Throws<InputException>(reader.Finish);
        Assert.StartsWith("a.toml:3: study.values: unknown key", error.Message);
        Assert.Equal([5e-9, 10e-9], reader.Numbers("values", "m", Bounds.Positive));
        reader.Finish();
    }

    [Fact]
    public void Presets_of_the_library_are_valid()
    {
        foreach (string name in PresetLibrary.Names)
            Assert.Equal(name, CaseReader.Parse(Pulse, "a.toml", null, [$"preset={name}"]).Preset.Name);
    }

    [Fact]
    public void The_offset_of_the_cell_and_its_rest_voltage_give_each_other()
    {
        Device closed = CaseReader.Parse(Pulse, "a.toml", null, ["hypotheses.cell_offset=0"]).Device;
        Assert.Equal(CellVoltage.Emf(closed), closed.Gate.RestVoltage, 1e-15);
        CaseDefinition set = CaseReader.Parse(Pulse, "a.toml", null, ["gate.rest_voltage=0.6"]);
        Assert.Equal(0.6, CellVoltage.Rest(set.Device), 1e-15);
        ParameterValue offset = set.Parameters.Single(p => p.Path == "hypotheses.cell_offset");
        Assert.Equal((Kind.Derived, set.Device.Hypotheses.CellOffset), (offset.Kind, (double)offset.Value));
        // A case overrules its preset; two values at one place contradict each other.
        Device over = CaseReader.Parse(Pulse, "a.toml", null, ["preset=onen2022-v1", "hypotheses.cell_offset=0"]).Device;
        Assert.Equal(0.045 - 0.3522, over.Gate.RestVoltage, 1e-4);
        Assert.Contains("must not be set together with hypotheses.cell_offset", Assert.Throws<InputException>(
            () => CaseReader.Parse(Pulse, "a.toml", null, ["gate.rest_voltage=0.6", "hypotheses.cell_offset=0"])).Message);
    }
}
