using System.Reflection;
using System.Reflection.Emit;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using Xunit;
using Meanings = FvSolver.Materials.Documentation;

namespace FvSolver.Tests.Materials;

/// <summary>What parameters say of themselves, and what is said of values that they do not take.</summary>
public class ParameterTextTests
{
    [Theory]
    [InlineData("psg.thickness", "greater than 0 m")]
    [InlineData("mesh.psg_cells", "an integer or \"auto\"")]
    [InlineData("output.series_pulses", "at least 0 and at most 1000000000")]
    [InlineData("gas.enabled", "true or false")]
    [InlineData("output.profiles_at", "a list of numbers")]
    [InlineData("psg.hop_law", "one of sinh, saturating, washboard, gaussian-disorder")]
    public void Allowed_values_are_put_in_words(string path, string words) => Assert.Equal(words, RunSettings.FindParameter(path)!.Allowed);

    [Theory]
    [InlineData("psg.thickness", "a number")]
    [InlineData("output.series_pulses", "an integer")]
    public void A_value_of_another_type_is_told_the_right_one(string path, string type) =>
        Assert.Equal("must be " + type, RunSettings.FindParameter(path)!.Violation("text"));

    [Fact]
    public void Values_of_the_right_type_are_held_to_their_range()
    {
        Parameter cells = RunSettings.FindParameter("mesh.psg_cells")!;
        Assert.Null(cells.Violation(CellCount.Auto));
        Assert.Null(cells.Violation((CellCount)8));
        Assert.Equal("must be at least 8 and at most 100000", cells.Violation((CellCount)7));
        Parameter law = RunSettings.FindParameter("psg.hop_law")!;
        Assert.Null(law.Violation(HopLaw.Sinh));
        Assert.Equal("must be " + law.TypeText, law.Violation((HopLaw)99));
    }

    [Fact]
    public void A_value_that_is_computed_is_read_like_one_that_is_kept()
    {
        Parameter twice = new ParameterCatalogue(typeof(Root)).Find("part.twice")!;
        Assert.Equal(6.0, twice.Read(new Root { Part = new() { Once = 3 } }));
    }

    [Theory]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "1", "a finite number")]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "eV", "a finite number of eV")]
    [InlineData(double.NegativeInfinity, 2.5, "eV", "at most 2.5 eV")]
    [InlineData(1e-9, double.PositiveInfinity, "m", "at least 1E-09 m")]
    [InlineData(0, 0.1 + 0.2, "1", "at least 0 and at most 0.30000000000000004")]
    public void A_range_is_put_in_words(double min, double max, string unit, string words) =>
        Assert.Equal(words, new Bounds(min, max).Describe(unit));

    [Fact]
    public void Zero_is_no_positive_number()
    {
        Assert.Equal("must be greater than 0 m", Bounds.Positive.Violation(0, "m"));
        Assert.Null(Bounds.NonNegative.Violation(0, "m"));
        Assert.Null(Bounds.Any.Violation(-1e300, "m"));
    }

    [Fact]
    public void A_number_of_cells_is_a_number_or_auto()
    {
        Assert.Equal(("auto", "12", 12), (CellCount.Auto.ToString(), ((CellCount)12).ToString(), ((CellCount)12).Number));
        Assert.Equal(CellCount.Auto, CellCount.Parse("auto"));
        Assert.Null(CellCount.Parse("12"));
        Assert.Contains("must be chosen before a mesh",
            Assert.Throws<InvalidOperationException>(() => CellCount.Auto.Number).Message);
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => (CellCount)0).Message);
    }

    [Fact]
    public void A_list_increases_from_number_to_number()
    {
        Assert.Equal("must increase from value to value", new NumberList(1, 1).Violation(Bounds.Positive, "s"));
        Assert.Equal("must be greater than 0 s", new NumberList(0, 1).Violation(Bounds.Positive, "s"));
        Assert.Null(new NumberList(1, 2).Violation(Bounds.Positive, "s"));
        Assert.Equal("[1, 2.5]", new NumberList(1, 2.5).ToString());
        Assert.False(new NumberList(1).Equals(null));
        Assert.False(new NumberList(1).Equals(new NumberList(2)));
        Assert.Equal(new NumberList(1, 2), new NumberList(1, 2));
    }

    public static TheoryData<object, string> Values() => new()
    {
        { true, "true" },
        { false, "false" },
        { HopLaw.GaussianDisorder, "gaussian-disorder" },
        { 0.1, "0.1" },
        { new NumberList(1, 2), "[1, 2]" },
        { CellCount.Auto, "auto" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_written_as_a_case_would(object value, string text) =>
        Assert.Equal(text, new ParameterValue("psg.x", "x", "1", value, Kind.User, "").ValueText);

    [Theory]
    [InlineData("wo3.tracer_rich_composition", "Composition of tracer_diffusivity_rich.")]
    [InlineData("output.profiles_at_every", "Every how many pulses profiles_at holds, from the first; other steps always take part.")]
    [InlineData("psg.hop_distance", "Hopping distance a [m].")]
    public void A_meaning_is_the_summary_with_names_as_cases_write_them(string path, string meaning) =>
        Assert.Equal(meaning, RunSettings.FindParameter(path)!.Description);

    [Theory]
    [InlineData("broken-documentation", "<doc><members><member name='P:Type.Value'><summary>A meaning.</summary></member>")]
    [InlineData("missing-documentation", null)]
    public void Without_documentation_a_parameter_has_no_meaning(string assembly, string? xml)
    {
        string file = Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
        if (xml is not null)
            File.WriteAllText(file, xml);
        try
        {
            Assert.Equal("", Meanings.Summary(PropertyOf(assembly)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_meaning_keeps_the_words_of_other_marks_and_leaves_comments_out()
    {
        const string Assembly = "marked-documentation";
        string file = Path.Combine(AppContext.BaseDirectory, Assembly + ".xml");
        File.WriteAllText(file, "<doc><members><member name='P:Type.Value'><summary>A <c>word</c>\n  and<!-- no --> so<see/> on.</summary>"
            + "</member><member name='T:Type'/></members></doc>");
        try
        {
            Assert.Equal("A word and so on.", Meanings.Summary(PropertyOf(Assembly)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(10.0, 10)]
    [InlineData(10.4, 10)]
    [InlineData(0.2, 1)]
    public void A_lattice_has_the_hops_that_fit_best_and_one_at_least(double hops, int expected)
    {
        var psg = new Electrolyte { HopDistance = 0.5e-9, SternThickness = 0.3e-9, Thickness = hops * 0.5e-9 + 0.6e-9 };
        Assert.Equal(expected, HopLattice.Hops(psg));
        Assert.Equal(expected * 0.5e-9 + 0.6e-9, HopLattice.Round(psg).Thickness, 1e-22);
    }

    [Fact]
    public void Presets_are_listed_in_order()
    {
        Assert.Equal(PresetLibrary.Names.Order(), PresetLibrary.Names);
        Assert.Contains("default", PresetLibrary.Names);
        Assert.Null(PresetLibrary.Find("no-such-preset"));
    }

    // The property of a type that lies in an assembly of a given name.
    private static PropertyInfo PropertyOf(string assembly)
    {
        TypeBuilder type = AssemblyBuilder.DefineDynamicAssembly(new(assembly), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("module").DefineType("Type", TypeAttributes.Public);
        MethodBuilder getter = type.DefineMethod("get_Value", MethodAttributes.Public, typeof(double), []);
        ILGenerator body = getter.GetILGenerator();
        body.Emit(OpCodes.Ldc_R8, 1.0);
        body.Emit(OpCodes.Ret);
        type.DefineProperty("Value", PropertyAttributes.None, typeof(double), null).SetGetMethod(getter);
        return type.CreateType().GetProperty("Value")!;
    }

    private sealed record Part
    {
        public double Once { get; init; }

        [Quantity("t", "1", Kind.Derived, "twice the other")]
        public double Twice => 2 * Once;
    }

    private sealed record Root
    {
        public Part Part { get; init; } = new();
    }
}
