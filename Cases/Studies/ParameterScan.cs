using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.Studies;

/// <summary>A case with one parameter at several values, the others as they are or as their rules make them.</summary>
internal sealed record ParameterScan
{
    /// <summary>The parameter.</summary>
    public required Parameter Parameter { get; init; }

    /// <summary>Its name for an axis.</summary>
    public required string Label { get; init; }

    /// <summary>Its values [its unit].</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Its value in the case itself.</summary>
    public required double Default { get; init; }

    /// <summary>The case at each value, with the setting that made it.</summary>
    public required IReadOnlyList<(string Setting, CaseDefinition Case)> Cases { get; init; }

    /// <summary>True when the exponent of the width is what is to be shown, false for the hopping distance.</summary>
    public required bool ShowsExponent { get; init; }

    /// <summary>True when the values span more than a decade.</summary>
    public bool IsWide => Values.Min() > 0 && Values.Max() > 10 * Values.Min();

    /// <summary>Unit of an axis over the values, and what they are to be multiplied with.</summary>
    public (double Factor, string Unit) Axis => Parameter.Unit switch
    {
        "s" => (1e9, "ns"),
        "m" => (1e9, "nm"),
        _ => (1, Parameter.Unit),
    };

    /// <summary>Reads a list of scans, which may be missing.</summary>
    public static IReadOnlyList<ParameterScan> Read(TableReader parent, string key, CaseDefinition definition) =>
        parent.Has(key) ? [.. parent.Tables(key).Select(table => Read(table, definition))] : [];

    /// <summary>The case with a parameter at a value.</summary>
    public static (string Setting, CaseDefinition Case) Change(CaseDefinition definition, string path, double value)
    {
        string setting = $"{path}={value.ToString("R", CultureInfo.InvariantCulture)}";
        return (setting, definition.With(setting));
    }

    /// <summary>A parameter of the device that a table names.</summary>
    public static Parameter ReadParameter(TableReader table, CaseDefinition definition)
    {
        string path = table.Text("parameter");
        Parameter? parameter = ParameterCatalogue.Device.Find(path);
        return parameter?.Type == typeof(double)
            ? parameter
            : throw table.Error("parameter", "must be a number among the parameters of the device (fv show)"
                + NearestName.Suggest(path, [.. ParameterCatalogue.Device.Parameters.Select(p => p.Path)]));
    }

    private static ParameterScan Read(TableReader table, CaseDefinition definition)
    {
        Parameter parameter = ReadParameter(table, definition);
        IReadOnlyList<double> values = table.Numbers("values", parameter.Unit, parameter.Bounds);
        string shows = table.OptionalText("shows") ?? "distance";
        if (shows is not ("distance" or "exponent"))
            throw table.Error("shows", "must be distance or exponent");
        var scan = new ParameterScan
        {
            Parameter = parameter,
            Label = table.OptionalText("label") ?? parameter.Symbol,
            Values = values,
            Default = (double)parameter.Read(definition.Device),
            Cases = [.. values.Select(v => Change(definition, parameter.Path, v))],
            ShowsExponent = shows == "exponent",
        };
        table.Finish();
        return scan;
    }
}
