using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Input;

/// <summary>A forgotten unit is asked about, and what has no effect is refused or said.</summary>
public class ImplausibleTests
{
    [Theory]
    [InlineData("psg.thickness=5", "means 5 m, which is not plausible (10 pm to 10 um); did you mean \"5 nm\"? --force accepts it")]
    [InlineData("wo3.thickness=10", "did you mean \"10 nm\"?")]
    [InlineData("psg.thickness=10 mm", "means 10 mm, which is not plausible")]
    [InlineData("heat.ambient_temperature=27", "means 27 K, which is not plausible")]
    [InlineData("heat.ambient_temperature=27 degC", null)]
    [InlineData("protocol.0.width=5", "means 5 s, which is not plausible (0 s to 1 s); did you mean \"5 ns\"?")]
    [InlineData("geometry.length=50", "means 50 m")]
    [InlineData("psg.hop_distance=5.7", "did you mean \"5.7 nm\"?")]
    [InlineData("wo3.site_density=1.8e22", "did you mean \"1.8E+22 cm^-3\"?")]
    [InlineData("pd.hydride_enthalpy=-19", "did you mean \"-19 kJ/mol\"?")]
    [InlineData("wo3.localised_density=1.5", "means 1.5 m^-2, which is not plausible (1e8 m^-2 to 1e21 m^-2); did you mean \"1.5 nm^-2\"?")]
    [InlineData("psg.breakdown_field=1", "did you mean \"1 V/nm\"?")]
    [InlineData("pd.thickness=200 nm", null)]
    [InlineData("protocol.0.rest=1e6", null)]
    public void Values_in_which_a_unit_was_forgotten_are_asked_about(string setting, string? expected)
    {
        if (expected is null)
            CaseReader.Read("single", [setting]);
        else
            Assert.Contains(expected, Assert.Throws<InputException>(() => CaseReader.Read("single", [setting])).Message);
    }

    [Fact]
    public void Every_quantity_with_a_dimension_has_a_plausible_range_that_refuses()
    {
        Parameter[] quantities = [.. ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters)
            .Where(p => p.Unit != "1" && (p.Type == typeof(double) || p.Type == typeof(NumberList)))];
        Assert.True(quantities.Length > 80, $"{quantities.Length} quantities");
        foreach (Parameter quantity in quantities)
        {
            PlausibleRange range = Assert.IsType<PlausibleRange>(PlausibleRange.Of(quantity));
            foreach (double value in new[] { range.Least / 3, range.Most * 3 })
                if (value > 0 && quantity.Bounds.Violation(value, quantity.Unit) is null)
                    Assert.Contains("not plausible", Assert.Throws<InputException>(() =>
                        CaseReader.Read("single", [$"{quantity.Path}={value:R}"])).Message);
        }
    }

    [Fact]
    public void What_comes_with_the_program_is_plausible()
    {
        foreach (string setting in PresetLibrary.Names.Select(name => "preset=" + name))
            foreach (ParameterValue value in CaseReader.Read("single", [setting]).Parameters)
                if (value.Value is double number && number != 0
                    && PlausibleRange.Of(RunSettings.FindParameter(value.Path)!) is { } range)
                    Assert.True(Math.Abs(number) >= range.Least && Math.Abs(number) <= range.Most, $"{setting}: {value.Path} = {number}");
    }

    [Fact]
    public void They_are_accepted_on_demand_and_so_are_changes_on_top()
    {
        CaseDefinition forced = CaseReader.Read("single", ["protocol.0.width=5"], acceptImplausible: true);
        Assert.Equal(27, forced.With("heat.ambient_temperature=27").Device.Heat.AmbientTemperature);
    }

    [Theory]
    [InlineData("hypotheses.remote_heyrovsky=true", "hypotheses.remote_heyrovsky has no effect: gas.enabled is false")]
    [InlineData("gas.stop_at_damage=true", "gas.stop_at_damage has no effect")]
    [InlineData("gas.stop_at_damage=false", null)]
    [InlineData("heat.top_conductance=1e6", "heat.top_conductance has no effect: heat.enabled is false")]
    [InlineData("mesh.tanh_strength=3", "mesh.tanh_strength has no effect")]
    [InlineData("psg.hop_field=component", "psg.hop_field has no effect: along a 1-D stack")]
    [InlineData("mesh.psg_first_cell_gate=0.1 nm", "mesh.psg_first_cell_gate has no effect: mesh.psg_cells is auto")]
    [InlineData("mesh.psg_cells=60 mesh.psg_first_cell_gate=1 nm", "mesh.psg_first_cell_gate acts as")]
    [InlineData("mesh.psg_cells=60 mesh.psg_first_cell_gate=0.1 nm", null)]
    [InlineData("mesh.psg_cells=60 mesh.tolerance=1e-4", "mesh.tolerance has no effect: mesh.psg_cells is a number")]
    [InlineData("mesh.refinement=2", null)]
    [InlineData("wo3.percolation_exponent=3", "wo3.percolation_exponent has no effect")]
    public void A_setting_without_effect_is_noted(string setting, string? expected)
    {
        CaseDefinition definition = CaseReader.Read("single", setting.Replace(" mesh", "|mesh").Split('|'));
        if (expected is null)
            Assert.DoesNotContain(definition.Notes, n =>
                n.Contains("effect", StringComparison.Ordinal) || n.Contains("acts as", StringComparison.Ordinal));
        else
            Assert.Contains(definition.Notes, n => n.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gas.leak_time=1 s")]
    [InlineData("heat.top_conductance=1e6")]
    [InlineData("heat.contact_conductivity=10")]
    [InlineData("gas.growth_time=1 ms")]
    public void What_is_noted_as_without_effect_has_none(string setting)
    {
        double Step(params string[] settings) => new StepOf(CaseReader.Read("single", settings)).Value;
        Assert.Equal(Step(), Step(setting));
    }

    [Theory]
    [InlineData("psg.thickness=8 nm")]
    [InlineData("wo3.thickness=8 nm")]
    [InlineData("mesh.psg_cells=30")]
    public void Sizes_that_a_drawing_decides_are_refused(string setting) => Assert.Contains("the [cross_section] decides it",
        Assert.Throws<InputException>(() => CaseReader.Read("half-gate", [setting])).Message);

    [Theory]
    [InlineData("1e-4", "2")]
    [InlineData("1e-5", "1.5")]
    [InlineData("0.5", "2")]
    public void The_base_resistance_holds_above_a_percolation_threshold_too(string threshold, string exponent)
    {
        CaseDefinition definition = CaseReader.Read("single",
            [$"wo3.percolation_threshold={threshold}", $"wo3.percolation_exponent={exponent}"]);
        Assert.Equal(definition.Device.Wo3.BaseResistance, 1 / new ChannelReadout(CaseRun.CreateDevice(definition)).Conductance,
            1e-3 * 88e6);
    }

    private sealed record StepOf(double Value)
    {
        public StepOf(CaseDefinition definition)
            : this(Run(definition))
        {
        }

        private static double Run(CaseDefinition definition)
        {
            CaseRun run = CaseRun.Start(definition, "", "");
            foreach (Solver.Drive.DriveRequest request in run.Requests())
                request.Run();
            return run.Complete().Pulses["conductance_step"][0];
        }
    }
}
