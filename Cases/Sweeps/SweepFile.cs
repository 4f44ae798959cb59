using FvSolver.Cases.Input;

namespace FvSolver.Cases.Sweeps;

/// <summary>Reads STUDY.toml.</summary>
/// <remarks>
/// <code>
/// name = "thickness"
/// case = "fig3a.toml"              # base case, beside this file
/// outputs = ["apparent_hop_distance", "exponent"]
/// zip = false                      # true walks the axes together
///
/// [[axis]]                         # every combination of axes is a cell of the grid
/// path = "psg.thickness"
/// values = [5e-9, 7.5e-9, 10e-9]   # or linear = { from, to, count }, logarithmic = { from, to, count }, range = { from, to, step }
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
/// </remarks>
public static class SweepFile
{
    private static readonly string[] AxisKinds = ["values", "linear", "logarithmic", "range"];
    private static readonly string[] SpreadKinds = ["normal", "lognormal", "uniform", "log_uniform"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">One line with file and, where known, line number.</exception>
    public static SweepDefinition Read(string path) => Parse(InputFile.Read(path), path);

    /// <summary>Reads text; the source is named in messages.</summary>
    /// <exception cref="InvalidDataException">One line with source and, where known, line number.</exception>
    public static SweepDefinition Parse(string text, string source)
    {
        TomlSection root = TomlSection.Parse(text, source);
        root.Allow("name", "case", "outputs", "zip", "axis", "sample");
        return new SweepDefinition
        {
            Name = root.Text("name", Path.GetFileNameWithoutExtension(source)),
            Case = root.Text("case"),
            Outputs = root.Texts("outputs"),
            Zip = root.Flag("zip", false),
            Axes = [.. root.List("axis").Select(Axis)],
            Sample = root.OptionalSection("sample") is { } sample ? Sample(sample) : null,
        };
    }

    private static SweepAxis Axis(TomlSection section)
    {
        section.Allow(["path", .. AxisKinds]);
        string path = section.Text("path"), kind = One(section, AxisKinds);
        if (kind == "values")
            return new SweepAxis(path, section.Values(kind));
        TomlSection form = section.Section(kind);
        form.Allow("from", "to", kind == "range" ? "step" : "count");
        try
        {
            return kind switch
            {
                "linear" => SweepAxis.Linear(path, form.Number("from"), form.Number("to"), form.Integer("count")),
                "logarithmic" => SweepAxis.Logarithmic(path, form.Number("from"), form.Number("to"), form.Integer("count")),
                _ => SweepAxis.Range(path, form.Number("from"), form.Number("to"), form.Number("step")),
            };
        }
        catch (ArgumentException exception)
        {
            throw section.Fault(kind, exception.Message.TrimEnd('.'));
        }
    }

    private static SampleBlock Sample(TomlSection section)
    {
        section.Allow("method", "count", "seed", "parameter");
        string name = section.Text("method", "random");
        SampleMethod method = name switch
        {
            "random" => SampleMethod.Random,
            "latin_hypercube" => SampleMethod.LatinHypercube,
            "sobol" => SampleMethod.Sobol,
            _ => throw section.Fault("method", $"'{name}' is no method; allowed are random, latin_hypercube, sobol"),
        };
        SampledParameter[] parameters = [.. section.List("parameter").Select(p =>
        {
            p.Allow(["path", "relative", .. SpreadKinds]);
            return new SampledParameter(p.Text("path"), Spread(p), p.Flag("relative", false));
        })];
        if (method == SampleMethod.Sobol && parameters.Length > SobolSequence.LargestDimension)
            throw section.Fault("parameter", $"a Sobol sequence has at most {SobolSequence.LargestDimension} parameters; there are {parameters.Length}");
        return new SampleBlock(method, section.Integer("count"), section.Integer("seed", 1), parameters);
    }

    private static Distribution Spread(TomlSection section)
    {
        string kind = One(section, SpreadKinds);
        TomlSection form = section.Section(kind);
        switch (kind)
        {
            case "normal" or "lognormal":
                string centre = kind == "normal" ? "mean" : "median";
                form.Allow(centre, "sigma");
                double sigma = form.Number("sigma"), at = form.Number(centre);
                if (sigma < 0)
                    throw form.Fault("sigma", $"sigma is {sigma:g6}; it must not be negative");
                if (kind == "lognormal" && at <= 0)
                    throw form.Fault("median", $"median is {at:g6}; it must be positive");
                return kind == "normal" ? new NormalSpread(at, sigma) : new LognormalSpread(at, sigma);
            default:
                form.Allow("from", "to");
                double from = form.Number("from"), to = form.Number("to");
                if (from > to || (kind == "log_uniform" && from <= 0))
                    throw form.Fault("from", $"the ends {from:g6} and {to:g6} must increase{(kind == "log_uniform" ? " and be positive" : "")}");
                return kind == "uniform" ? new UniformSpread(from, to) : new LogUniformSpread(from, to);
        }
    }

    private static string One(TomlSection section, string[] kinds)
    {
        string[] given = [.. kinds.Where(section.Has)];
        return given.Length == 1 ? given[0] : throw section.Fault(given.ElementAtOrDefault(1) ?? "path", $"exactly one of {string.Join(", ", kinds)} is needed");
    }
}
