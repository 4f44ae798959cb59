using FvSolver.Cases.Sweeps;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using static FvSolver.Cases.Schema.Describe;

namespace FvSolver.Cases.Schema;

/// <summary>Every kind of input file: all keys with what they take, their units, ranges and meanings.</summary>
public static class FileForms
{
    private static readonly Lazy<IReadOnlyList<FileForm>> LazyAll = new(() => [Case(), Sweep(), Targets(), Preset()]);

    /// <summary>The kinds of files.</summary>
    public static IReadOnlyList<FileForm> All => LazyAll.Value;

    /// <summary>The kind of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static FileForm Find(string name) =>
        All.FirstOrDefault(f => f.Name == name) ?? throw new KeyNotFoundException(
            $"There is no kind of file '{name}'; there are {string.Join(", ", All.Select(f => f.Name))}.");

    private static FileForm Case() => new("case", "A case of FvSolver: a device, what is done to it, and how it is computed.",
        new TableForm(
    [
        Optional("title", Text, "\"\"", "What the case shows, in one line; the name of the file when left out."),
        Optional("description", Text, "\"\"", "What the case is about, in words."),
        Optional("preset", Text, "\"default\"", "Parameters to start from: a preset of 'fv list', or a preset file."),
        Optional("protocol", new ListForm(new NamedForm(ProtocolForms.Name)), "", "What is done to the gate, step after step."),
        Optional("study", StudyForms.Study, "", "A question that takes many runs, in place of a protocol; endurance needs both."),
        .. ParameterForms.CaseSections(),
        Optional("cross_section", CrossSectionForms.Section, "", "A drawing or a mesh, for a case in two dimensions."),
    ])
        {
            AtLeastOne = ["protocol", "study"],
        })
    {
        Definitions = new Dictionary<string, ValueForm> { [ProtocolForms.Name] = ProtocolForms.Step },
    };

    private static FileForm Preset() => new("preset", "A preset of FvSolver: values of parameters, each with its origin.", new TableForm(
    [
        Optional("title", Text, "\"\"", "What the preset is, in one line."),
        Optional("description", Text, "\"\"", "What it assumes, in words."),
        .. ParameterForms.PresetSections(),
    ]));

    private static FileForm Sweep()
    {
        ListForm values = new(new EitherForm(Any(null), new EitherForm(Text, Flag)));
        TableForm Spaced(KeyForm last) => new(
            Needed("from", Any(null), "\"8 nm\"", "First value, in the unit of the parameter or with one of its own."),
            Needed("to", Any(null), "\"12 nm\"", "Last value."),
            last);
        KeyForm count = Needed("count", Count(2, SweepDefinition.MostPoints), "5", "Number of values.");
        TableForm Between = new(Needed("from", Any(null), "0.9", "Lower end."), Needed("to", Any(null), "1.1", "Upper end."));
        return new("sweep", "A sweep of FvSolver: many runs of a case over any parameters.", new TableForm(
            Optional("name", Text, "\"sweep\"", "Name of the sweep; that of the file when left out."),
            Needed("case", Text, "\"single\"", "Base case: a file beside this one, or a case of 'fv list'."),
            Needed("outputs", new ListForm(Text, OrOne: true), "[\"range\"]",
                "Figures kept of each run, as 'fv run' and 'fv info' name them."),
            Optional("zip", Flag, "false", "True walks all axes together; else every combination is run."),
            Optional("axis", new ListForm(new TableForm(
                Needed("path", Text, "\"psg.thickness\"", "Parameter or setting, e.g. psg.thickness, protocol.0.amplitude, preset."),
                Optional("values", values, "[\"9 nm\", \"10 nm\"]", "The values themselves."),
                Optional("linear", Spaced(count), "", "Evenly spaced values."),
                Optional("logarithmic", Spaced(count), "", "Values in a constant ratio."),
                Optional("range", Spaced(Needed("step", Any(null), "\"1 nm\"", "Step.")), "", "Values by a step."))
            {
                ExactlyOne = ["values", "linear", "logarithmic", "range"],
            }), "", "Axes of a grid; every combination is a point."),
            Optional("sample", new TableForm(
                Optional("method", new ChoiceForm(["random", "latin_hypercube", "sobol"]), "\"random\"", "How points are drawn."),
                Needed("count", Count(1, SweepDefinition.MostPoints), "10", "Points in each cell of the grid."),
                Optional("seed", Count(int.MinValue), "1", "Seed."),
                Needed("parameter", new ListForm(new TableForm(
                    Needed("path", Text, "\"psg.hop_distance\"", "Parameter that is spread."),
                    Optional("relative", Flag, "false", "True when the spread is of a factor on the base case's value."),
                    Optional("normal", new TableForm(
                        Needed("mean", Any(null), "1", "Mean."), Needed("sigma", NonNegative(null), "0.02", "Standard deviation.")), "",
                        "Normal spread."),
                    Optional("lognormal", new TableForm(
                        Needed("median", Positive(null), "1", "Median."),
                        Needed("sigma", NonNegative("1"), "0.1", "Standard deviation of the logarithm.")), "", "Lognormal spread."),
                    Optional("uniform", Between, "", "Uniform spread."),
                    Optional("log_uniform", Between, "", "Spread that is uniform in the logarithm."))
                {
                    ExactlyOne = ["normal", "lognormal", "uniform", "log_uniform"],
                }), "", "Parameters that are spread.")), "", "Points sampled in each cell of the grid."))
        {
            AtLeastOne = ["axis", "sample"],
        });
    }

    private static FileForm Targets()
    {
        IEnumerable<KeyForm> parameters = ParameterCatalogue.Device.Parameters.Where(p => p.Type == typeof(double)).Select(p =>
        {
            NumberForm value = new(p.Unit, p.Bounds);
            string sample = ParameterForms.Toml(p, CalibrationRules.Resolve(new Device()));
            return Optional(p.Path, new TableForm(
                Needed("start", value, sample, "Value at which the search begins."),
                Needed("lower", value, sample, "Lower bound."),
                Needed("upper", value, sample, "Upper bound."),
                Optional("log", Flag, "false", "True searches in the logarithm."),
                Optional("prior", new TableForm(
                    Needed("mean", value, sample, "What is known beforehand: the mean."),
                    Needed("sigma", Positive(null), "1", "Its standard deviation; of the logarithm when log is true.")), "",
                    "What is known of the parameter beforehand.")),
                "", p.Description);
        });
        KeyForm[] target =
        [
            Needed("case", Text, "\"single\"", "Case that is run: a file beside this one, or a case of 'fv list'."),
            Optional("figure", Text, "\"protons_per_pulse\"", "Figure of the run that is taken; the name of the target when left out."),
            Optional("set", new ListForm(Text, OrOne: true, Least: 0), "[\"psg.thickness=5 nm\"]", "Changes of the case, as path=value."),
            Needed("sigma", Positive(null), "0.5", "How well it must be met: one standard deviation."),
            Optional("unit", Text, "\"1\"", "Unit of value and sigma where they are plain numbers."),
            Optional("reference", Text, "\"\"", "Where the value comes from."),
        ];
        return new("targets", "Targets of a calibration: figures of runs to be met, and parameters that may be moved.", new TableForm(
            Optional("name", Text, "\"targets\"", "Name of the set; that of the file when left out."),
            Needed("parameter", new TableForm([.. parameters]), "",
                "What may be moved, by path in quotes: [parameter.\"psg.hop_distance\"]."),
            Needed("target", new MapForm(new TableForm([Needed("value", Any(null), "9.4", "Value to be met."), .. target])), "",
                "Figures to be met, by name."),
            Optional("measurement", new MapForm(new TableForm(target)), "",
                "Measurements that have not been made, by which rivals are told apart: keys of a target without a value.")));
    }
}
