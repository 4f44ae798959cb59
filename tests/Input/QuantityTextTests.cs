using CsCheck;
using FvSolver.Cases.Input;
using Xunit;

namespace FvSolver.Tests.Input;

public class QuantityTextTests
{
    [Theory]
    [InlineData("10 nm", "m", 10e-9)]
    [InlineData("1e21 cm-3", "m^-3", 1e27)]
    [InlineData("1e21 cm^\u22123", "m^-3", 1e27)]
    [InlineData("1e21 cm\u207b\u00b3", "m^-3", 1e27)]
    [InlineData("6.5 mA/cm2", "A/m^2", 65)]
    [InlineData("2e-7 cm2 V-1 s-1", "m^2/(V s)", 2e-11)]
    [InlineData("\u22128.5 V", "V", -8.5)]
    [InlineData("25 degC", "K", 298.15)]
    [InlineData("-40 \u00b0C", "K", 233.15)]
    [InlineData("10nm", "m", 10e-9)]
    [InlineData("5.72 angstrom", "m", 5.72e-10)]
    [InlineData("5.72 \u00c5", "m", 5.72e-10)]
    [InlineData("5 ns", "s", 5e-9)]
    [InlineData("2 min", "s", 120)]
    [InlineData("1.5 h", "s", 5400)]
    [InlineData("-8.5 V", "V", -8.5)]
    [InlineData("0.38 eV", "eV", 0.38)]
    [InlineData("88 Mohm", "ohm", 88e6)]
    [InlineData("88 M\u03a9", "ohm", 88e6)]
    [InlineData("227 nS", "S", 227e-9)]
    [InlineData("4e4 A/m^2", "A/m^2", 4e4)]
    [InlineData("4 A/cm^2", "A/m^2", 4e4)]
    [InlineData("4 A/cm\u00b2", "A/m^2", 4e4)]
    [InlineData("1e-14 m^2/s", "m^2/s", 1e-14)]
    [InlineData("1e-10 cm^2/s", "m^2/s", 1e-14)]
    [InlineData("1e22 cm^-3", "m^-3", 1e28)]
    [InlineData("100 MPa", "Pa", 1e8)]
    [InlineData("1000 bar", "Pa", 1e8)]
    [InlineData("3e14 m^-2/bar", "m^-2/bar", 3e14)]
    [InlineData("15.84 cm^3/mol", "m^3/mol", 15.84e-6)]
    [InlineData("1.1 W/(m K)", "W/(m K)", 1.1)]
    [InlineData("1.1 W/m/K", "W/(m K)", 1.1)]
    [InlineData("1 V/nm", "V/m", 1e9)]
    [InlineData("2.9e-4 (cm/V)^0.5", "(m/V)^0.5", 2.9e-5)]
    [InlineData("1 kHz", "1/s", 1e3)]
    [InlineData("3 %", "1", 0.03)]
    [InlineData("0.5", "1", 0.5)]
    [InlineData(".5 um", "m", .5e-6)]
    [InlineData("1 m*kg/s^2", "N", 1)]
    public void A_number_is_read_in_the_unit_asked_for(string text, string unit, double expected)
    {
        Assert.Null(QuantityText.Parse(text, unit, out double value));
        Assert.Equal(expected, value, Math.Abs(expected) * 1e-14);
    }

    [Fact]
    public void A_prefix_costs_no_digit() =>
        Gen.Select(Gen.Int[-999, 999], Gen.Int[0, 999]).Sample((whole, part) =>
        {
            Assert.Null(QuantityText.Parse($"{whole}.{part:D3} nm", "m", out double value));
            Assert.Equal(double.Parse($"{whole}.{part:D3}e-9"), value);
        });

    [Fact]
    public void An_energy_in_joule_becomes_electron_volts()
    {
        Assert.Null(QuantityText.Parse("1.602176634e-19 J", "eV", out double value));
        Assert.Equal(1, value, 12);
    }

    [Theory]
    [InlineData("10", "m", "must have a unit")]
    [InlineData("10 V", "m", "must be in m or a multiple of it, not in V")]
    [InlineData("10 nm", "1", "must be a number without unit, not in nm")]
    [InlineData("10 parsec", "m", "'parsec' is not a unit")]
    [InlineData("nm", "m", "must be a number")]
    [InlineData("", "m", "must be a number")]
    [InlineData("ten nm", "m", "must be a number")]
    [InlineData("10 m^", "m", "is not a unit")]
    [InlineData("10 m/", "m", "is not a unit")]
    [InlineData("10 (m", "m", "is not a unit")]
    [InlineData("10 m)", "m", "is not a unit")]
    [InlineData("10 m^999", "m", "is not a unit")]
    [InlineData("10 mmin", "s", "is not a unit")]
    [InlineData("1.2.3 m", "m", "is not a unit")]
    public void Text_that_is_no_such_quantity_is_explained(string text, string unit, string message)
    {
        string? wrong = QuantityText.Parse(text, unit, out _);
        Assert.Contains(message, wrong);
    }

    [Fact]
    public void Any_text_is_read_or_explained() =>
        Gen.String[Gen.Char["0123456789+-.eE /*^()munVAs%\u00b2"], 0, 20].Sample(text =>
        {
            string? wrong = QuantityText.Parse(text, "m", out double value);
            Assert.True(wrong is not null || !double.IsNaN(value));
        }, iter: 5000);

    [Theory]
    [InlineData(10e-9, "m", "10 nm")]
    [InlineData(5.72e-10, "m", "572 pm")]
    [InlineData(-8.5, "V", "-8.5 V")]
    [InlineData(88e6, "ohm", "88 Mohm")]
    [InlineData(0, "V", "0 V")]
    [InlineData(4e25, "m^-3", "4e25 m^-3")]
    [InlineData(3.3e-4, "1", "3.3e-4")]
    [InlineData(0.38, "eV", "0.38 eV")]
    public void Values_are_shown_as_people_write_them(double value, string unit, string expected) =>
        Assert.Equal(expected, QuantityText.Format(value, unit));

    [Fact]
    public void What_is_shown_can_be_read_again() =>
        Gen.Select(Gen.Double[1, 10], Gen.Int[-17, 13], Gen.OneOf("m", "V", "S", "A/m^2", "m^-3", "eV", "1"))
            .Sample((mantissa, decade, unit) =>
            {
                double value = mantissa * Math.Pow(10, decade);
                Assert.Null(QuantityText.Parse(QuantityText.Format(value, unit), unit, out double read));
                Assert.Equal(value, read, value * 1e-9);
            });
}
