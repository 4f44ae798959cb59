using FvSolver.Cases.Input;
using FvSolver.Cases.Sweeps;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>What a TARGETS.toml asks for.</summary>
/// <remarks>
/// <code>
/// name = "onen2022"
/// [parameter."psg.hop_distance"]
/// start = 5.72e-10
/// lower = 4e-10
/// upper = 8e-10
/// log = true                               # optional
/// prior = { mean = 5.6e-10, sigma = 0.1 }  # optional; sigma of ln p when log
/// [target.apparent_hop_distance]
/// case = "fig3a.toml"
/// figure = "apparent_hop_distance"         # optional, the target's name unless given
/// set = ["psg.thickness=5 nm"]             # optional, changes to the case
/// value = 5.6e-10
/// sigma = 0.1e-10
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
    /// <exception cref="InvalidDataException">One line with file and, where known, line number.</exception>
    public static TargetsFile Read(string path) => Parse(InputFile.Read(path), path);

    /// <summary>Reads text; the source is named in messages.</summary>
    /// <exception cref="InvalidDataException">One line with source and, where known, line number.</exception>
    public static TargetsFile Parse(string text, string source)
    {
        TomlSection root = TomlSection.Parse(text, source);
        root.Allow("name", "parameter", "target");
        var parameters = new List<CalibrationParameter>();
        foreach ((string path, TomlSection section) in root.Section("parameter").Sections())
        {
            section.Allow("start", "lower", "upper", "unit", "log", "prior");
            TomlSection? prior = section.OptionalSection("prior");
            prior?.Allow("mean", "sigma");
            parameters.Add(new CalibrationParameter(path, section.Text("unit", ""), section.Number("start"), section.Number("lower"), section.Number("upper"))
            {
                LogScale = section.Flag("log", false),
                Prior = prior is null ? null : new GaussianPrior(prior.Number("mean"), prior.Number("sigma")),
            });
        }
        var targets = new List<CalibrationTarget>();
        var sources = new Dictionary<string, TargetSource>();
        foreach ((string name, TomlSection section) in root.Section("target").Sections())
        {
            section.Allow("case", "figure", "set", "value", "sigma", "unit", "reference");
            targets.Add(new CalibrationTarget(name, section.Number("value"), section.Number("sigma"), section.Text("unit", ""), section.Text("reference", "")));
            sources[name] = new(section.Text("case"), section.Text("figure", name), section.Has("set") ? section.Texts("set") : []);
        }
        return new TargetsFile(root.Text("name", Path.GetFileNameWithoutExtension(source)), parameters, targets, sources);
    }
}

/// <summary>Where the figure of a target comes from.</summary>
/// <param name="Case">Case that is run.</param>
/// <param name="Figure">Figure of it.</param>
/// <param name="Set">Changes to the case, as <c>path=value</c>.</param>
public sealed record TargetSource(string Case, string Figure, IReadOnlyList<string> Set);
