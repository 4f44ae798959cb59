using System.Reflection;
using System.Text.RegularExpressions;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Materials;

public partial class ParameterOriginTests
{
    public static TheoryData<string> Paths() => [.. All().Select(parameter => parameter.Path)];

    [Fact]
    public void Every_number_of_every_record_is_a_parameter()
    {
        var device = typeof(Device).GetProperties().Select(section => section.PropertyType);
        var settings = typeof(RunSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(section => section.PropertyType);
        string[] bare = [.. device.Concat(settings)
            .SelectMany(record => record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.SetMethod is not null && property.GetCustomAttribute<QuantityAttribute>() is null)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")];
        Assert.Empty(bare);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_parameter_has_symbol_unit_reference_and_meaning(string path)
    {
        Parameter parameter = Find(path);
        Assert.NotEmpty(parameter.Symbol.Trim());
        Assert.NotEmpty(parameter.Reference.Trim());
        Assert.NotEmpty(parameter.Description);
        Assert.NotEqual(Kind.User, parameter.Kind);
        Assert.NotNull(UnitExpression.Parse(parameter.Unit));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_default_is_allowed(string path)
    {
        object root = ParameterCatalogue.Device.Find(path) is null ? new RunSettings() : CalibrationRules.Resolve(new Device());
        Parameter parameter = Find(path);
        Assert.Null(parameter.Violation(parameter.Read(root)));
    }

    [Fact]
    public void Every_cited_work_is_in_the_bibliography()
    {
        string bibliography = PresetLibrary.Bibliography();
        HashSet<string> keys = [.. EntryKey().Matches(bibliography).Select(match => match.Groups[1].Value)];
        IEnumerable<string> presets = PresetLibrary.Names.Select(name => PresetLibrary.Find(name)!);
        string[] cited = [.. All().Select(parameter => parameter.Reference).Concat(presets)
            .SelectMany(text => Citation().Matches(text)).Select(match => match.Value).Distinct()];
        Assert.Contains("onen2022", cited);
        Assert.Empty(cited.Except(keys));
        Assert.Empty(keys.Except(cited));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_value_from_the_literature_cites_a_work(string path)
    {
        Parameter parameter = Find(path);
        if (parameter.Kind == Kind.Literature)
            Assert.Matches(Citation(), parameter.Reference);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_value_from_the_paper_names_the_paper(string path)
    {
        Parameter parameter = Find(path);
        if (parameter.Kind == Kind.Paper)
            Assert.Contains("onen2022", parameter.Reference);
    }

    private static IEnumerable<Parameter> All() => ParameterCatalogue.Device.Parameters.Concat(RunSettings.Catalogue.Parameters);

    private static Parameter Find(string path) => RunSettings.FindParameter(path)!;

    [GeneratedRegex(@"@\w+\{(\w+),")]
    private static partial Regex EntryKey();

    [GeneratedRegex(@"\b[a-z]{3,}(19|20)\d\d\b")]
    private static partial Regex Citation();
}
