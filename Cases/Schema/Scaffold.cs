using System.Text;
using FvSolver.Cases.Files;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Schema;

/// <summary>A new input file: what it needs is there and runs; every other key stands in it as a
/// comment with meaning and default.</summary>
public sealed class Scaffold
{
    private const int Column = 44;
    private readonly StringBuilder _text = new();
    private readonly FileForm _file;

    private Scaffold(FileForm file) => _file = file;

    /// <summary>Name of the schema that stands beside a file.</summary>
    public static string SchemaName(string kind) => $"fv-{kind}.schema.json";

    /// <summary>A case in one dimension.</summary>
    /// <param name="name">Name of the case.</param>
    public static string Case(string name) => Case(name, """
        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 20

        [[protocol]]
        type = "pulses"
        amplitude = "-8.5 V"
        width = "5 ns"
        count = 20
        """, isSection: false);

    /// <summary>A case in two dimensions.</summary>
    /// <param name="name">Name of the case.</param>
    public static string Section(string name) => Case(name, """
        # Gate, film and channel one below the other. x runs along the channel, z downward; a later rectangle covers an earlier one.
        [cross_section]
        cell_x = "15 nm"

        [[cross_section.rectangles]]
        name = "gate"
        material = "gate-metal"
        left = "0 nm"
        right = "150 nm"
        top = "0 nm"
        bottom = "20 nm"
        cell = "10 nm"

        [[cross_section.rectangles]]
        name = "film"
        material = "electrolyte"
        left = "0 nm"
        right = "150 nm"
        top = "20 nm"
        bottom = "30 nm"
        cell = "1.5 nm"
        edge_cell = "0.05 nm"

        [[cross_section.rectangles]]
        name = "channel"
        material = "channel"
        left = "0 nm"
        right = "150 nm"
        top = "30 nm"
        bottom = "40 nm"
        cell = "2.5 nm"
        edge_cell = "0.76 nm"

        [[protocol]]
        type = "pulses"
        amplitude = "10 V"
        width = "5 ns"
        count = 1
        """, isSection: true);

    /// <summary>A sweep.</summary>
    /// <param name="name">Name of the sweep.</param>
    public static string Sweep(string name)
    {
        Scaffold scaffold = Begin("sweep", $"fv sweep {name}.toml");
        TableForm root = scaffold._file.Root;
        scaffold.Keys(root, "", new()
        {
            ["name"] = CaseText.Quote(name),
            ["case"] = "\"single\"",
            ["outputs"] = "[\"protons_per_pulse\", \"step_first\"]"
        });
        scaffold.Line("");
        scaffold.Line("[[axis]]");
        scaffold.Keys(Item(root, "axis"), "", new() { ["path"] = "\"psg.thickness\"", ["values"] = "[\"9 nm\", \"10 nm\", \"11 nm\"]" });
        scaffold.Block("sample", (TableForm)Find(root, "sample").Value, isList: false);
        return scaffold._text.ToString();
    }

    /// <summary>Targets of a calibration.</summary>
    /// <param name="name">Name of the set.</param>
    public static string Targets(string name)
    {
        Scaffold scaffold = Begin("targets", $"fv calibrate {name}.toml");
        TableForm root = scaffold._file.Root, parameters = (TableForm)Find(root, "parameter").Value;
        scaffold.Keys(new TableForm(Find(root, "name")), "", new() { ["name"] = CaseText.Quote(name) });
        scaffold.Line("");
        scaffold.Line("# What may be moved. Any of the parameters at the end of this file can be added likewise.");
        scaffold.Line("[parameter.\"psg.bulk_current_density\"]");
        scaffold.Keys((TableForm)Find(parameters, "psg.bulk_current_density").Value, "",
            new() { ["start"] = "5e4", ["lower"] = "2e4", ["upper"] = "2e5", ["log"] = "true" });
        scaffold.Line("");
        scaffold.Line("# What is to be met, by names of your own.");
        scaffold.Line("[target.protons_per_pulse]");
        scaffold.Keys((TableForm)((MapForm)Find(root, "target").Value).Item, "",
            new() { ["case"] = "\"single\"", ["value"] = "9.4", ["sigma"] = "0.5", ["reference"] = "\"onen2022: 15 aJ a pulse\"" });
        scaffold.Line("");
        scaffold.Block("measurement.NAME", (TableForm)((MapForm)Find(root, "measurement").Value).Item, isList: false);
        scaffold.Line("");
        scaffold.Line("# Parameters, with their defaults:");
        foreach (KeyForm parameter in parameters.Keys)
            scaffold.Line($"#   {parameter.Name} = {Find((TableForm)parameter.Value, "start").Sample}", parameter.Meaning);
        return scaffold._text.ToString();
    }

    /// <summary>A preset.</summary>
    /// <param name="name">Name of the preset.</param>
    public static string Preset(string name)
    {
        Scaffold scaffold = Begin("preset", $"fv run single --set preset={name}.toml");
        scaffold.Keys(scaffold._file.Root, "", new() { ["title"] = CaseText.Quote(name) });
        scaffold.Sections([]);
        return scaffold._text.ToString();
    }

    /// <summary>Data for a fit: a CSV with comments, and examples of its use.</summary>
    /// <param name="name">Name of the data.</param>
    public static string Data(string name)
    {
        name = PlainText.Line(name);
        var text = new StringBuilder();
        text.Append($"# {name}: data for 'fv fit {name}.csv LAW'. Replace the numbers; columns are found by name, units stand in "
            + "brackets.\n");
        text.Append("# The step of conductance after single pulses; the numbers are made up.\n#\n# Laws, each also with -log for a fit of "
            + "logarithms:\n");
        foreach (string law in LawCatalogue.Names)
            text.Append($"#   {law,-22} {LawCatalogue.Create(law).Equation}; ")
                .Append($"columns {string.Join(", ", LawCatalogue.Create(law).Inputs)}\n");
        text.Append($"#   {"solver",-22} parameters of a case, which is run at each row: --case single --figure step_first --free "
            + "psg.bulk_current_density=2e4:2e5\n");
        text.Append("# More: --sigma COLUMN, --fix a=5.6e-10, --bound, --prior, --bootstrap 500 (fv fit --help).\n");
        text.Append("amplitude [V],width [ns],step [pS]\n");
        foreach ((int i, double volt) in new[] { 8.0, 9, 10 }.Index())
            foreach ((int k, int width) in new[] { 5, 10, 20 }.Index())
                text.Append(FormattableString.Invariant($"{volt},{width},{s_steps[3 * i + k]}\n"));
        return text.ToString();
    }

    private static readonly double[] s_steps = [21, 47, 108, 61, 140, 322, 182, 418, 960];

    private static string Case(string name, string active, bool isSection)
    {
        Scaffold scaffold = Begin("case", $"fv run {name}.toml");
        TableForm root = scaffold._file.Root;
        scaffold.Keys(root, "", new() { ["title"] = CaseText.Quote(name), ["preset"] = "\"default\"" });
        scaffold.Line("");
        scaffold._text.Append(active.ReplaceLineEndings("\n")).Append('\n');
        scaffold.Line("");
        scaffold.Line("# Steps of a protocol, of which any may follow each other:");
        scaffold.Block("protocol", ProtocolForms.Step, isList: true);
        // A drawing decides the mesh itself.
        scaffold.Sections(isSection ? ["mesh"] : []);
        scaffold.Line("");
        scaffold.Line("# A study takes the place of a protocol; one of:");
        scaffold.Block("study", StudyForms.Study, isList: false);
        scaffold.Line("");
        scaffold.Line(isSection ? "# More keys of a cross-section:"
            : "# A case in two dimensions is made by 'fv init NAME --2d'; its keys:");
        scaffold.Block("cross_section", CrossSectionForms.Section, isList: false);
        return scaffold._text.ToString();
    }

    private static Scaffold Begin(string kind, string command)
    {
        FileForm file = FileForms.Find(kind);
        var scaffold = new Scaffold(file);
        scaffold.Line($"#:schema ./{SchemaName(kind)}");
        scaffold.Line($"# {file.Title} Written by {OutputFile.Mark}; use it: {PlainText.Line(command)}");
        scaffold.Line("# Lines of the form \"# key = value\" are keys with their defaults, or an example: take the # away to set one.");
        scaffold.Line(
            "# A number is in the SI unit of its default; text may have any unit of the kind: \"5 ns\", \"10 mV\", \"3e25 m^-3\".");
        scaffold.Line("");
        return scaffold;
    }

    /// <summary>Every section of parameters: its heading, and its keys as comments.</summary>
    private void Sections(IReadOnlyList<string> without)
    {
        foreach (KeyForm section in _file.Root.Keys)
            if (section.Value is TableForm table && !without.Contains(section.Name))
            {
                Line("");
                Line($"[{section.Name}]");
                Keys(table, "", []);
            }
    }

    /// <summary>The keys of a table that hold values; those of its inner tables with a point.</summary>
    private void Keys(TableForm table, string prefix, Dictionary<string, string> active)
    {
        foreach (KeyForm key in table.Keys)
        {
            if (active.TryGetValue(prefix + key.Name, out string? value))
                Line($"{prefix}{key.Name} = {value}", key.Meaning);
            else if (key.Sample.Length > 0)
                Line($"# {prefix}{key.Name} = {key.Sample}", key.Meaning);
            else if (key.Value is TableForm inner && table != _file.Root)
                Keys(inner, $"{prefix}{key.Name}.", active);
        }
    }

    /// <summary>A table as a comment, with the lists and kinds below it.</summary>
    private void Block(string path, ValueForm form, bool isList)
    {
        string heading = isList ? $"# [[{path}]]" : $"# [{path}]";
        if (form is VariantForm variant)
        {
            foreach ((string name, string meaning, TableForm kind) in variant.Kinds)
            {
                Line(heading, variant.Key.Length > 0 ? "" : meaning);
                if (variant.Key.Length > 0)
                    Line($"# {variant.Key} = \"{name}\"", meaning);
                Keys(kind, "", []);
                Below(path, kind);
            }
            return;
        }
        Line(heading);
        Keys((TableForm)form, "", []);
        Below(path, (TableForm)form);
    }

    private void Below(string path, TableForm table)
    {
        foreach (KeyForm key in table.Keys)
        {
            ValueForm? inner = key.Value is ListForm list ? list.Item : key.Value;
            if (key.Sample.Length == 0 && (inner is VariantForm || (inner is TableForm && key.Value is ListForm)))
                Block($"{path}.{key.Name}", inner, key.Value is ListForm);
        }
    }

    private void Line(string text, string meaning = "") =>
        _text.Append(meaning.Length > 0 ? $"{text.PadRight(Column)} # {meaning}" : text).Append('\n');

    private static KeyForm Find(TableForm table, string name) => table.Keys.First(k => k.Name == name);

    private static TableForm Item(TableForm table, string name) => (TableForm)((ListForm)Find(table, name).Value).Item;
}
