using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>What a TARGETS.toml asks for.</summary>
/// <remarks>
/// <code>
/// name = "onen2022"
/// [parameter."psg.hop_distance"]
/// start = "5.72 angstrom"                  # a number in the parameter's unit, or text with a unit, as in cases
/// lower = "4 angstrom"
/// upper = "8 angstrom"
/// log = true                               # optional
/// prior = { mean = "5.6 angstrom", sigma = 0.1 }  # optional; sigma of ln p when log
/// [target.apparent_hop_distance]
/// case = "fig3a.toml"
/// figure = "apparent_hop_distance"         # optional, default: the target's name
/// set = ["psg.thickness=5 nm"]             # optional, changes to the case
/// value = "5.6 angstrom"
/// sigma = "0.1 angstrom"
/// unit = "m"                               # optional, of plain numbers
/// reference = "onen2022 Fig. 3A"
/// </code>
/// </remarks>
/// <param name="Name">Name of the set.</param>
/// <param name="Parameters">What may be moved.</param>
/// <param name="Targets">What is to be met.</param>
/// <param name="Sources">For each target the case that is run with its changes, and the figure of it that is taken.</param>
public sealed record TargetsFile(
    string Name,
    IReadOnlyList<CalibrationParameter> Parameters,
    IReadOnlyList<CalibrationTarget> Targets,
    IReadOnlyDictionary<string, TargetSource> Sources)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read or is not valid.</exception>
    public static TargetsFile Read(string path) => Parse(InputFile.Read(path), path);

    /// <summary>
    /// Measurements that have not been made, as <c>[measurement.NAME]</c> with the keys of a target
    /// but no value: rivals are compared by them.
    /// </summary>
    public IReadOnlyList<CalibrationTarget> Measurements { get; init; } = [];

    /// <summary>Reads text.</summary>
    /// <param name="text">TOML text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="InputException">The text is not valid.</exception>
    public static TargetsFile Parse(string text, string source)
    {
        var root = new TableReader(TomlDocument.Parse(text, source), "");
        string name = root.OptionalText("name") ?? Path.GetFileNameWithoutExtension(source);
        TableReader parameters = root.Table("parameter"), targets = root.Table("target");
        TableReader? measurements = root.OptionalTable("measurement");
        var sources = new Dictionary<string, TargetSource>();
        TargetsFile file = new(
            name,
            [.. parameters.Keys.Select(path => Parameter(parameters, path))],
            [.. targets.Keys.Select(target => Target(targets.Table(target), target, sources))],
            sources)
        {
            Measurements = measurements is null ? [] : [.. measurements.Keys.Select(m => Measurement(measurements.Table(m), m, sources))],
        };
        measurements?.Finish();
        parameters.Finish();
        targets.Finish();
        root.Finish();
        return file;
    }

    private static CalibrationParameter Parameter(TableReader parameters, string path)
    {
        Parameter parameter = ParameterCatalogue.Device.Find(path) ?? throw parameters.Error(path, "there is no such parameter"
            + NearestName.Suggest(path, [.. ParameterCatalogue.Device.Parameters.Select(p => p.Path)]));
        if (parameter.Type != typeof(double))
            throw parameters.Error(path, "is not a number that can be calibrated");
        TableReader table = parameters.Table(path);
        string unit = parameter.Unit;
        Bounds bounds = parameter.Bounds;
        bool log = table.OptionalBoolean("log") ?? false;
        GaussianPrior? prior = null;
        if (table.OptionalTable("prior") is { } known)
        {
            prior = new(known.Number("mean", unit, bounds), known.Number("sigma", log ? "1" : unit, Bounds.Positive));
            known.Finish();
        }
        var result = new CalibrationParameter(
            path, unit, table.Number("start", unit, bounds), table.Number("lower", unit, bounds), table.Number("upper", unit, bounds))
        {
            LogScale = log,
            Prior = prior,
        };
        table.Finish();
        return result;
    }

    private static CalibrationTarget Measurement(TableReader table, string name, Dictionary<string, TargetSource> sources) =>
        Target(table, name, sources, isMeasured: false);

    private static CalibrationTarget Target(TableReader table, string name, Dictionary<string, TargetSource> sources,
        bool isMeasured = true)
    {
        string? unit = table.OptionalText("unit");
        if (unit is not null && UnitExpression.Parse(unit) is null)
            throw table.Error("unit", "is not a unit that is known");
        var target = new CalibrationTarget(
            name, isMeasured ? table.Number("value", unit, Bounds.Any) : double.NaN, table.Number("sigma", unit, Bounds.Positive),
            unit ?? "", table.OptionalText("reference") ?? "");
        sources[name] = new(table.Text("case"), table.OptionalText("figure") ?? name, table.Has("set") ? table.Texts("set") : []);
        table.Finish();
        return target;
    }
}

/// <summary>Where the figure of a target comes from.</summary>
/// <param name="Case">Case that is run.</param>
/// <param name="Figure">Figure of it.</param>
/// <param name="Set">Changes to the case, as <c>path=value</c>.</param>
public sealed record TargetSource(string Case, string Figure, IReadOnlyList<string> Set);
