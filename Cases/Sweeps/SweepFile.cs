using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.Sweeps;

/// <summary>Reads the file of a sweep.</summary>
/// <remarks>
/// <code>
/// name = "thickness"
/// case = "fig3a.toml"              # base case, beside this file
/// outputs = ["apparent_hop_distance", "exponent"]
/// zip = false                      # true walks the axes together
///
/// [[axis]]                         # every combination of axes is a cell of the grid
/// path = "psg.thickness"
/// values = ["5 nm", "7.5 nm"]      # or linear = { from, to, count }, logarithmic = { from, to, count }, range = { from, to, step }
///
/// [sample]                         # points in each cell
/// method = "random"                # or "latin_hypercube", "sobol"
/// count = 25
/// seed = 1
///
/// [[sample.parameter]]
/// path = "psg.hop_distance"
/// normal = { mean = 1, sigma = 0.02 }   # or lognormal = { median, sigma }, uniform = { from, to }, log_uniform = { from, to }
/// relative = true                       # the spread is of a factor on the base case's value
/// </code>
/// Numbers are in the unit of their parameter or texts with a unit of their own, as in cases.
/// </remarks>
public static class SweepFile
{
    private static readonly string[] AxisKinds = ["values", "linear", "logarithmic", "range"];
    private static readonly string[] SpreadKinds = ["normal", "lognormal", "uniform", "log_uniform"];
    private static readonly Dictionary<string, SampleMethod> Methods = new()
    {
        ["random"] = SampleMethod.Random,
        ["latin_hypercube"] = SampleMethod.LatinHypercube,
        ["sobol"] = SampleMethod.Sobol,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read or is not valid.</exception>
    public static SweepDefinition Read(string path) => Parse(InputFile.Read(path), path);

    /// <summary>Reads text.</summary>
    /// <param name="text">TOML text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="InputException">The text is not valid.</exception>
    public static SweepDefinition Parse(string text, string source)
    {
        var root = new TableReader(TomlDocument.Parse(text, source), "");
        var sweep = new SweepDefinition
        {
            Name = root.OptionalText("name") ?? Path.GetFileNameWithoutExtension(source),
            Case = root.Text("case"),
            Outputs = root.Texts("outputs"),
            Zip = root.OptionalBoolean("zip") ?? false,
            Axes = root.Has("axis") ? [.. root.Tables("axis").Select(Axis)] : [],
            Sample = root.OptionalTable("sample") is { } sample ? Sample(sample) : null,
        };
        root.Finish();
        return sweep;
    }

    private static SweepAxis Axis(TableReader table)
    {
        string path = table.Text("path"), kind = One(table, AxisKinds);
        PathQuantity quantity = PathQuantity.Of(table, "path", path);
        SweepAxis axis = kind == "values"
            ? new(path, [.. table.Items(kind).Select((node, i) => Value(quantity.Read(node, $"{table.Path}.values.{i}")))])
            : Spaced(table, path, kind, quantity);
        table.Finish();
        return axis;
    }

    private static SweepAxis Spaced(TableReader table, string path, string kind, PathQuantity quantity)
    {
        TableReader form = table.OptionalTable(kind)!;
        double from = form.Number("from", quantity.Unit, quantity.Bounds), to = form.Number("to", quantity.Unit, quantity.Bounds);
        var counts = new Bounds(2, SweepDefinition.MostPoints);
        try
        {
            SweepAxis axis = kind switch
            {
                "linear" => SweepAxis.Linear(path, from, to, form.Integer("count", counts)),
                "logarithmic" => SweepAxis.Logarithmic(path, from, to, form.Integer("count", counts)),
                _ => SweepAxis.Range(path, from, to, form.Number("step", quantity.Unit, Bounds.Any)),
            };
            form.Finish();
            return axis;
        }
        catch (ArgumentException e)
        {
            throw table.Error(kind, e.Message.TrimEnd('.'));
        }
    }

    private static SampleBlock Sample(TableReader table)
    {
        string name = table.OptionalText("method") ?? "random";
        if (!Methods.TryGetValue(name, out SampleMethod method))
            throw table.Error("method", "must be one of " + string.Join(", ", Methods.Keys));
        SampledParameter[] parameters = [.. table.Tables("parameter").Select(Parameter)];
        if (method == SampleMethod.Sobol && parameters.Length > SobolSequence.LargestDimension)
            throw table.Error("parameter",
                $"a Sobol sequence has at most {SobolSequence.LargestDimension} parameters; there are {parameters.Length}");
        var block = new SampleBlock(
            method, table.Integer("count", new Bounds(1, SweepDefinition.MostPoints)), table.OptionalInteger("seed", Bounds.Any) ?? 1,
            parameters);
        table.Finish();
        return block;
    }

    private static SampledParameter Parameter(TableReader table)
    {
        bool relative = table.OptionalBoolean("relative") ?? false;
        string path = table.Text("path"), kind = One(table, SpreadKinds);
        PathQuantity quantity = PathQuantity.Of(table, "path", path);
        if (relative)
            quantity = new("1", Bounds.Any);
        TableReader form = table.OptionalTable(kind)!;
        Distribution spread = kind switch
        {
            "normal" => new NormalSpread(
                form.Number("mean", quantity.Unit, quantity.Bounds), form.Number("sigma", quantity.Unit, Bounds.NonNegative)),
            "lognormal" => new LognormalSpread(form.Number("median", quantity.Unit, Bounds.Positive),
                form.Number("sigma", "1", Bounds.NonNegative)),
            _ => Between(form, quantity, logarithmic: kind == "log_uniform"),
        };
        form.Finish();
        table.Finish();
        return new(path, spread, relative);
    }

    private static Distribution Between(TableReader form, PathQuantity quantity, bool logarithmic)
    {
        Bounds bounds = logarithmic ? Bounds.Positive : quantity.Bounds;
        double from = form.Number("from", quantity.Unit, bounds), to = form.Number("to", quantity.Unit, bounds);
        if (from > to)
            throw form.Error("from", "must not be greater than 'to'");
        return logarithmic ? new LogUniformSpread(from, to) : new UniformSpread(from, to);
    }

    private static string One(TableReader table, string[] kinds)
    {
        string[] present = [.. kinds.Where(table.Has)];
        if (present.Length == 0)
            table.Finish(); // a misspelt kind gets its own message
        return present.Length == 1
            ? present[0]
            : throw table.Error(present.ElementAtOrDefault(1) ?? "path", $"needs exactly one of {string.Join(", ", kinds)} beside it");
    }

    private static SweepValue Value((double Number, string? Choice) read) => read.Choice is { } choice ? new(choice) : new(read.Number);
}
