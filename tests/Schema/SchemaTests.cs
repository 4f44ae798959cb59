using System.Text.Json.Nodes;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Input;
using FvSolver.Cases.Schema;
using FvSolver.Cases.Studies;
using FvSolver.Cases.Sweeps;
using FvSolver.Materials;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Schema;

/// <summary>Schemas and readers know the same keys: whatever a reader asks for is in the schema, and the other way round.</summary>
public class SchemaTests
{
    // What the device has to be for a study to begin.
    private static readonly Dictionary<string, string> StudyConditions = new()
    {
        ["depletion"] = "[wo3]\nspace_charge = true\n",
        ["heating"] = "[heat]\nenabled = true\n",
        ["gas-spots"] = "[gas]\nenabled = true\n",
        ["pulse-length"] = "[gas]\nenabled = true\n[hypotheses]\nremote_heyrovsky = true\n",
    };

    private const string Film = "film = { kind = \"roughness\", rms = \"0.3 nm\", correlation = \"10 nm\", seed = 1 }\n"
        + "site_energies = { rms = \"0.05 eV\", correlation = \"5 nm\", seed = 1 }\n";

    private const string Cycles = """
        protocol = [{ type = "repeat", count = 2, steps = [
            { type = "pulses", amplitude = "10 V", width = "5 ns", count = 9, until = { conductance_above = "100 nS" } },
            { type = "pulses", amplitude = "-8.5 V", width = "5 ns", count = 9, until = { conductance_below = "20 nS" } },
        ] }]

        """;

    private static string Section(string more) => $"[cross_section]\ncell_x = \"15 nm\"\n{more}"
        + "rectangles = [{ name = \"gate\", material = \"gate-metal\", left = \"0 nm\", right = \"150 nm\", top = \"0 nm\", bottom = \"20 "
        + "nm\", cell = \"10 nm\" },"
        + " { name = \"channel\", material = \"channel\", left = \"0 nm\", right = \"150 nm\", top = \"30 nm\", bottom = \"40 nm\", cell "
        + "= \"5 nm\" }]\n";

    public static TheoryData<string> Studies() => [.. StudyCatalogue.Types];

    public static TheoryData<int> Steps() => [.. Enumerable.Range(0,
        ((VariantForm)FileForms.Find("case").Definitions["step"]).Kinds.Count)];

    [Fact]
    public void The_schemas_of_the_repository_are_those_of_the_program()
    {
        foreach (FileForm file in FileForms.All)
            Assert.Equal(JsonSchema.Write(file), File.ReadAllText(Path.Combine(Checkout.Root, "schema", file.Name + ".json")));
    }

    [Theory]
    [InlineData("Cases/Library", "case")]
    [InlineData("Cases/Calibration", "targets")]
    [InlineData("Materials/Presets", "preset")]
    public void Every_file_of_the_library_names_its_schema(string folder, string kind)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.toml"))
        {
            string line = File.ReadLines(file).First();
            Assert.StartsWith("#:schema ", line);
            Assert.Equal(Path.Combine(Checkout.Root, "schema", kind + ".json"),
                Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, line["#:schema ".Length..])));
        }
    }

    [Fact]
    public void Studies_and_steps_are_those_that_are_read()
    {
        Assert.Equal(StudyCatalogue.Types.Order(), Kinds("study").Order());
        InputException unknown = Assert.Throws<InputException>(() => CaseReader.Parse("[[protocol]]\ntype = \"pulse\"", "c.toml"));
        Assert.StartsWith("must be one of " + string.Join(", ",
            ((VariantForm)FileForms.Find("case").Definitions["step"]).Kinds.Select(k => k.Name)), unknown.Allowed);
    }

    [Fact]
    public void Cases_have_the_sections_and_parameters_of_the_schema()
    {
        FileForm file = FileForms.Find("case");
        string sections = string.Concat(file.Root.Keys.Where(k => k.Value is TableForm).Select(k => $"[{k.Name}]\n"));
        Dictionary<string, HashSet<string>> asked =
            Record(() => CaseReader.Parse($"[[protocol]]\ntype = \"rest\"\nduration = \"1 s\"\n{sections}", "c.toml"));
        Assert.Equal(file.Root.Keys.Select(k => k.Name).Order(), asked[""].Order());
        foreach (KeyForm section in file.Root.Keys.Where(k => k.Value is TableForm))
            Assert.Equal(((TableForm)section.Value).Keys.Select(k => k.Name).Order(), asked[section.Name].Order());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Steps_have_the_keys_and_units_of_the_schema(int kind)
    {
        FileForm file = FileForms.Find("case");
        var variant = (VariantForm)file.Definitions["step"];
        // A drain needs electrons, a table a file.
        string device = variant.Kinds[kind].Name == "drain" ? "[wo3]\nelectrons = true\n" + Section("") : "";
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["waveform.csv"], "time [ns],voltage [V]\n0,0\n5,1\n");
        const int untils = 4;
        for (int alternative = 0; alternative < untils; alternative++)
            Agree(file, kind, s => $"protocol = [{s.Value(new KeyForm("protocol", variant, ""), variant, "protocol.0")}]\n{device}",
                text => CaseReader.Parse(text, "c.toml", folder.Path), alternative);
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Studies_have_the_keys_and_units_of_the_schema(string study)
    {
        FileForm file = FileForms.Find("case");
        var variant = (VariantForm)file.Root.Keys.Single(k => k.Name == "study").Value;
        string conditions = StudyConditions.GetValueOrDefault(study, "")
            + (study is "rough-film" ? Section(Film) : study is "gas-spots" or "gate-overlap" ? Section("") : "");
        string protocol = study == "endurance" ? Cycles : "";
        Agree(file, variant.Kinds.Index().Single(k => k.Item.Name == study).Index,
            s => $"{protocol}study = {s.Value(new KeyForm("study", variant, ""), variant, "study")}\n{conditions}",
            text => StudyCatalogue.Read(CaseReader.Parse(text, "c.toml")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Cross_sections_have_the_keys_and_units_of_the_schema(int kind)
    {
        FileForm file = FileForms.Find("case");
        var variant = (VariantForm)file.Root.Keys.Single(k => k.Name == "cross_section").Value;
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["device.msh"], "");
        Agree(file, kind,
            s => $"protocol = [{{ type = \"rest\", duration = \"1 s\" }}]\ncross_section = "
                + $"{s.Value(new KeyForm("cross_section", variant, ""), variant, "cross_section")}",
            text => CaseReader.Parse(text, "c.toml", folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sweeps_have_the_keys_of_the_schema(int alternative)
    {
        FileForm file = FileForms.Find("sweep");
        Agree(file, 0, s => string.Concat(s.Keys(file.Root, "").ToArray().Select(k => $"{k.Key.Name} = {k.Toml}\n"))
            .Replace("relative = false", "relative = true"), text => SweepFile.Parse(text, "s.toml"), alternative);
    }

    [Fact]
    public void Targets_and_presets_have_the_keys_of_the_schema()
    {
        FileForm targets = FileForms.Find("targets");
        string one = "parameter.psg.hop_distance";
        Dictionary<string, HashSet<string>> asked = Record(() => TargetsFile.Parse(
            "name = \"t\"\n[parameter.\"psg.hop_distance\"]\nstart = 5e-10\nlower = 4e-10\nupper = 6e-10\nprior = { mean = 5e-10, sigma = "
                + "1e-11 }\n"
            + "[target.some]\ncase = \"single\"\nvalue = 1\nsigma = 1\n[measurement.other]\ncase = \"single\"\nsigma = 1\n", "t.toml"));
        TableForm parameter = (TableForm)((TableForm)Key(targets, "parameter").Value).Keys.Single(k => k.Name == "psg.hop_distance").Value;
        Assert.Equal(targets.Root.Keys.Select(k => k.Name).Order(), asked[""].Order());
        Assert.Equal(parameter.Keys.Select(k => k.Name).Order(), asked[one].Order());
        Assert.Equal(((TableForm)parameter.Keys.Single(k => k.Name == "prior").Value).Keys.Select(k => k.Name).Order(),
            asked[one + ".prior"].Order());
        foreach (string map in (string[])["target", "measurement"])
            Assert.Equal(((TableForm)((MapForm)Key(targets, map).Value).Item).Keys.Select(k => k.Name).Order(),
                asked[map + (map == "target" ? ".some" : ".other")].Order());

        FileForm preset = FileForms.Find("preset");
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["p.toml"],
            string.Concat(preset.Root.Keys.Where(k => k.Value is TableForm).Select(k => $"[{k.Name}]\n"))
            + "[psg.thickness]\nvalue = \"9 nm\"\nkind = \"estimate\"\nreference = \"test\"\n");
        Dictionary<string, HashSet<string>> read =
            Record(() => CaseReader.Parse("preset = \"p.toml\"\n[[protocol]]\ntype = \"rest\"\nduration = \"1 s\"", "c.toml", folder.Path));
        foreach (KeyForm section in preset.Root.Keys.Where(k => k.Value is TableForm))
            Assert.Equal(((TableForm)section.Value).Keys.Select(k => k.Name).Order(), read[section.Name].Order());
        Assert.Equal(["kind", "reference", "value"], read["psg.thickness"].Order());
    }

    [Fact]
    public void The_check_sees_a_key_that_is_on_one_side_only()
    {
        FileForm file = FileForms.Find("case");
        var rest = new VariantForm("type", [("rest", "",
            new TableForm(new KeyForm("duration", new NumberForm("s", Bounds.Positive), "") { Sample = "\"1 s\"" },
            new KeyForm("durashun", new TextForm(), "") { Sample = "\"1 s\"" }))]);
        Assert.ThrowsAny<Exception>(() => Agree(file, 0,
            s => $"protocol = [{s.Value(new KeyForm("protocol", rest, ""), rest, "protocol.0")}]",
            text => CaseReader.Parse(text, "c.toml")));
        var less = new VariantForm("type", [("rest", "", new TableForm())]);
        Assert.ThrowsAny<Exception>(() => Agree(file, 0,
            s => $"protocol = [{s.Value(new KeyForm("protocol", less, ""), less, "protocol.0")}]",
            text => CaseReader.Parse(text, "c.toml")));
    }

    [Fact]
    public void A_schema_says_unit_range_and_meaning()
    {
        JsonNode root = JsonNode.Parse(JsonSchema.Write(FileForms.Find("case")))!;
        Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)root["$schema"]);
        JsonNode thickness = root["properties"]!["psg"]!["properties"]!["thickness"]!;
        Assert.Equal(0, (double?)thickness["anyOf"]![0]!["exclusiveMinimum"]);
        Assert.Contains("Nominal thickness", (string?)thickness["description"]);
        Assert.Contains("onen2022", (string?)thickness["description"]);
        string pattern = (string)thickness["anyOf"]![1]!["pattern"]!;
        Assert.All((string[])["10 nm", "1e-8 m", "100 angstrom", "10nm"], text => Assert.Matches(pattern, text));
        Assert.All((string[])["10 V", "10", "nm", "10 nn"], text => Assert.DoesNotMatch(pattern, text));
    }

    /// <summary>Reads a document made from the form and compares keys at every table, then holds every
    /// bound of the schema to the reader.</summary>
    private static void Agree(FileForm file, int kind, Func<FormSample, string> write, Action<string> read, int alternative = 0)
    {
        var sample = new FormSample(file, kind, alternative);
        string text = write(sample);
        Dictionary<string, HashSet<string>> asked = Record(() => read(text));
        foreach ((string path, HashSet<string> keys) in sample.Tables)
            Assert.Equal(keys.Order(), asked.GetValueOrDefault(path, []).Where(k => keys.Contains(k) || !sample.Deciding.Contains(k))
                .Order());
        foreach ((string path, KeyForm key) in sample.Numbers)
            foreach (string bad in Outside(key.Value is ListForm list ? list.Item : key.Value))
            {
                string written = $"{key.Name} = {key.Sample}",
                    wrong = text.Replace(written, $"{key.Name} = {bad}", StringComparison.Ordinal);
                Assert.NotEqual(text, wrong);
                Assert.ThrowsAny<Exception>(() => read(wrong));
            }
    }

    /// <summary>Values just outside the bounds of a number.</summary>
    private static IEnumerable<string> Outside(ValueForm form)
    {
        Bounds bounds = form switch
        {
            NumberForm { Unit: not null } number => number.Bounds,
            IntegerForm integer => integer.Bounds,
            _ => Bounds.Any
        };
        bool whole = form is IntegerForm;
        if (bounds.Min is > int.MinValue and var least)
            yield return bounds.ExclusiveMin ? Text(least, whole)
                : Text(least - (whole ? 1 : Math.Max(1e-3 * Math.Abs(least), 1e-12)), whole);
        if (bounds.Max < int.MaxValue)
            yield return Text(bounds.Max * 1.001 + (whole ? 1 : 0), whole);
    }

    private static string Text(double value, bool whole) =>
        whole ? FormattableString.Invariant($"{(long)value}") : FormattableString.Invariant($"{value:E6}");

    private static Dictionary<string, HashSet<string>> Record(Action read)
    {
        var asked = new Dictionary<string, HashSet<string>>();
        TableReader.Asked.Value = (path, key) =>
        {
            if (!asked.TryGetValue(path, out HashSet<string>? keys))
                asked[path] = keys = [];
            keys.Add(key);
        };
        try
        {
            read();
        }
        finally
        {
            TableReader.Asked.Value = null;
        }
        return asked;
    }

    private static KeyForm Key(FileForm file, string name) => file.Root.Keys.Single(k => k.Name == name);

    private static IEnumerable<string> Kinds(string key) => ((VariantForm)Key(FileForms.Find("case"), key).Value).Kinds.Select(k => k.Name);
}
