using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using static FvSolver.Cases.Schema.Describe;

namespace FvSolver.Cases.Schema;

/// <summary>Parameters of the device and settings of the run, from the catalogues that read them.</summary>
internal static class ParameterForms
{
    /// <summary>Sections of a case: plain values.</summary>
    public static IEnumerable<KeyForm> CaseSections() =>
        Sections(ParameterCatalogue.Device, CalibrationRules.Resolve(new Device()))
            .Concat(Sections(RunSettings.Catalogue, new RunSettings()));

    /// <summary>Sections of a preset: each value with its origin.</summary>
    public static IEnumerable<KeyForm> PresetSections() => PresetSections(ParameterCatalogue.Device, CalibrationRules.Resolve(new Device()))
        .Concat(PresetSections(RunSettings.Catalogue, new RunSettings()));

    private static IEnumerable<KeyForm> PresetSections(ParameterCatalogue catalogue, object defaults) => Tables(catalogue, parameter =>
        Optional(parameter.Name, new TableForm(
            Needed("value", Form(parameter), Toml(parameter, defaults), parameter.Description),
            Needed("kind", new ChoiceForm(ParameterNames.Choices(typeof(Kind))), "\"estimate\"", "Where the value comes from."),
            Needed("reference", Text, "\"\"", "Key in references.bib, or the reason for the value.")),
            $"{{ value = {Toml(parameter, defaults)}, kind = \"{ParameterNames.Choice(parameter.Kind)}\", reference = "
                + $"\"{parameter.Reference.Replace("\"", "'")}\" }}",
            Meaning(parameter)));

    /// <summary>What a parameter takes.</summary>
    public static ValueForm Form(Parameter parameter) => parameter.Type switch
    {
        { IsEnum: true } => new ChoiceForm(ParameterNames.Choices(parameter.Type)),
        var t when t == typeof(bool) => Flag,
        var t when t == typeof(int) => new IntegerForm(parameter.Bounds),
        var t when t == typeof(NumberList) => new ListForm(new NumberForm(parameter.Unit, parameter.Bounds), OrOne: true, Least: 0),
        var t when t == typeof(CellCount) => new EitherForm(new IntegerForm(parameter.Bounds), new ChoiceForm([CellCount.Auto.ToString()])),
        var t when t == typeof(double) => new NumberForm(parameter.Unit, parameter.Bounds),
        var t => throw new NotSupportedException($"{parameter.Path}: there is no form for values of type {t.Name}"),
    };

    /// <summary>The value of a parameter as TOML.</summary>
    public static string Toml(Parameter parameter, object root) => parameter.Read(root) switch
    {
        double number => parameter.Unit == "1" ? QuantityText.Format(number, "1") : $"\"{QuantityText.Format(number, parameter.Unit)}\"",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        CellCount { IsAuto: true } => $"\"{CellCount.Auto}\"",
        Enum choice => $"\"{ParameterNames.Choice(choice)}\"",
        var other => other.ToString()!,
    };

    private static IEnumerable<KeyForm> Sections(ParameterCatalogue catalogue, object defaults) =>
        Tables(catalogue, parameter => Optional(parameter.Name, Form(parameter), Toml(parameter, defaults), Meaning(parameter)));

    private static IEnumerable<KeyForm> Tables(ParameterCatalogue catalogue, Func<Parameter, KeyForm> key) =>
        catalogue.Parameters.GroupBy(p => p.Section)
            .Select(section => Optional(section.Key, new TableForm([.. section.Select(key)]), "", $"Parameters of {section.Key}."));

    private static string Meaning(Parameter p) =>
        $"{p.Description} Default: {(p.ByRule ? "by rule, " : "")}{ParameterNames.Choice(p.Kind)}, {p.Reference}.";
}
