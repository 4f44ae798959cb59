using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using Xunit;

namespace FvSolver.Tests.Materials;

public class ParameterCatalogueTests
{
    private static readonly ParameterCatalogue Catalogue = ParameterCatalogue.Device;

    [Fact]
    public void Setting_a_value_changes_it_and_nothing_else()
    {
        var before = new Device();
        Device after = Catalogue.With(before, "psg.hop_distance", 4.5e-10);
        Assert.Equal(4.5e-10, after.Psg.HopDistance);
        Assert.Equal(before with { Psg = before.Psg with { HopDistance = 4.5e-10 } }, after);
        Assert.Equal(new Device(), before);
    }

    [Fact]
    public void Several_values_go_into_one_copy()
    {
        Device after = Catalogue.With(new Device(), new Dictionary<string, object>
        {
            ["psg.hop_law"] = HopLaw.GaussianDisorder,
            ["psg.thickness"] = 5e-9,
            ["gas.enabled"] = true,
        });
        Assert.Equal((HopLaw.GaussianDisorder, 5e-9, true), (after.Psg.HopLaw, after.Psg.Thickness, after.Gas.Enabled));
    }

    [Fact]
    public void Every_parameter_can_be_read_and_written_back()
    {
        Device device = CalibrationRules.Resolve(new Device());
        Dictionary<string, object> values = Catalogue.Parameters.ToDictionary(p => p.Path, p => p.Read(device));
        Assert.True(values.Count > 90);
        Assert.Equal(device, Catalogue.With(new Device(), values));
    }

    [Theory]
    [InlineData("psg.thickness", -1.0, "must be greater than 0 m")]
    [InlineData("psg.thickness", double.NaN, "must be a finite number")]
    [InlineData("psg.thickness", double.PositiveInfinity, "must be a finite number")]
    [InlineData("psg.thickness", 1, "must be a number")]
    [InlineData("wo3.rest_composition", 1.0, "must be greater than 0 and less than 1")]
    [InlineData("gas.enabled", 1.0, "must be true or false")]
    [InlineData("psg.hop_law", KineticLaw.Marcus, "must be one of sinh, saturating, washboard, gaussian-disorder")]
    [InlineData("psg.thicknes", 1.0, "no parameter")]
    public void What_is_not_allowed_does_not_construct(string path, object value, string message)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Catalogue.With(new Device(), path, value));
        Assert.Contains(message, error.Message);
    }

    [Theory]
    [InlineData("HopDistance", "hop_distance")]
    [InlineData("Wo3Cells", "wo3_cells")]
    [InlineData("Psg", "psg")]
    public void Names_become_snake_case(string name, string expected) => Assert.Equal(expected, ParameterNames.Snake(name));

    [Theory]
    [InlineData(typeof(HopLaw))]
    [InlineData(typeof(KineticLaw))]
    [InlineData(typeof(Kind))]
    [InlineData(typeof(FvSolver.Solver.Settings.Method))]
    public void Choices_survive_their_names(Type enumeration)
    {
        foreach (Enum value in Enum.GetValues(enumeration))
            Assert.Equal(value, ParameterNames.ParseChoice(enumeration, ParameterNames.Choice(value)));
        Assert.Null(ParameterNames.ParseChoice(enumeration, "no such choice"));
    }
}
