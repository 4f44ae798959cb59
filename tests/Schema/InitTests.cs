using System.Text.RegularExpressions;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Schema;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Schema;

/// <summary>Files that <c>fv init</c> writes run as they are, and hold every key.</summary>
public sealed partial class InitTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    private static async Task<string> Run(params string[] args)
    {
        (var output, var error) = (new StringWriter(), new StringWriter());
        int code = await CommandApplication.RunAsync(args,
            [InitCommand.Create(), SchemaCommand.Create(), RunCommand.Create(), SweepCommand.Create(), FitCommand.Create(),
                CalibrateCommand.Create()],
            new ExitCode().Map<OutputException>(ExitCode.BadInput), output, error);
        return code == 0 ? output.ToString() : $"{code}: {error}";
    }

    [Theory]
    [InlineData("", "run my.toml -o r.h5 --no-picture")]
    [InlineData("--2d", "run my.toml -o r.h5 --no-picture")]
    [InlineData("--sweep", "sweep my.toml -o out")]
    [InlineData("--fit", "fit my.csv joint -o fit.png")]
    [InlineData("--targets", "calibrate my.toml -o preset.toml --profile 0")]
    [InlineData("--preset", "run quick -o r.h5 --no-picture --set preset=my.toml --set protocol.0.count=1 --set protocol.1.count=1")]
    public async Task A_new_file_runs_unchanged(string kind, string use)
    {
        Assert.Contains("next: fv ", await Run(["init", At("my"), .. kind.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        string[] words = [.. use.Split(' ').Select(w => w.Contains('.') && !w.StartsWith("protocol", StringComparison.Ordinal)
            ? w.Contains('=') ? w.Replace("my.toml", At("my.toml")) : At(w) : w == "out" ? At(w) : w)];
        string said = await Run(words);
        Assert.DoesNotMatch(@"^\d+: ", said);
    }

    [Theory]
    [InlineData("5\" wafer")]
    [InlineData("a\\b")]
    [InlineData("two\nlines")]
    public void A_name_of_any_characters_stands_in_it(string name)
    {
        Assert.Equal(name, CaseReader.Parse(Scaffold.Case(name), "x.toml").Title);
        Assert.Equal(name, CaseReader.Parse(Scaffold.Section(name), "x.toml").Title);
        foreach (string text in (string[])[Scaffold.Sweep(name), Scaffold.Targets(name), Scaffold.Preset(name)])
        {
            IEnumerable<InputNode> values = TomlDocument.Parse(text, "x.toml").Entries.Values;
            Assert.Contains(values, v => v is InputScalar { Value: string words } && words == name);
        }
        Assert.Single(Scaffold.Data(name).Split('\n'), line => line.Contains("data for"));
    }

    [Fact]
    public async Task What_is_there_is_refused()
    {
        await Run("init", At("my"));
        string before = File.ReadAllText(At("my.toml"));
        Assert.Contains("is there already", await Run("init", At("my")));
        Assert.Equal(before, File.ReadAllText(At("my.toml")));
        Assert.Contains("next: fv ", await Run("init", At("other")));
        File.WriteAllText(At("fv-sweep.schema.json"), "{}");
        Assert.StartsWith("2: ", await Run("init", At("sweep"), "--sweep"));
        Assert.False(File.Exists(At("sweep.toml")));
    }

    [Fact]
    public void Every_key_stands_in_it_and_each_is_valid_with_the_value_that_stands_there()
    {
        string[] lines = Scaffold.Case("my").Split('\n');
        int sections = Array.IndexOf(lines, "[geometry]"),
            end = Array.FindIndex(lines, l => l.StartsWith("# A study", StringComparison.Ordinal));
        CaseDefinition plain = CaseReader.Parse(string.Join('\n', lines), "my.toml");
        int count = 0;
        for (int i = sections; i < end; i++)
            if (Commented().IsMatch(lines[i]))
            {
                string[] one = [.. lines];
                one[i] = one[i][2..];
                // The default itself: what follows from it stays as it was, to the digits that are written.
                CaseDefinition definition = CaseReader.Parse(string.Join('\n', one), "my.toml", acceptImplausible: true);
                Assert.Equal(plain.Device.Psg.ActivationEnergy, definition.Device.Psg.ActivationEnergy, 1e-6);
                count++;
            }
        Assert.Equal(plain.Parameters.Count, count);
        foreach (FileForm file in FileForms.All)
        {
            string text = file.Name switch
            {
                "case" => Scaffold.Case("x"),
                "sweep" => Scaffold.Sweep("x"),
                "targets" => Scaffold.Targets("x"),
                _ => Scaffold.Preset("x")
            };
            foreach (string key in Keys(file.Root).Concat(file.Definitions.Values.SelectMany(Keys)).Distinct())
                Assert.True(Regex.IsMatch(text, $@"(^|[\s.\[""]){Regex.Escape(key)}(\s=|[\].""])", RegexOptions.Multiline),
                    $"{file.Name}: {key}");
        }
    }

    private static IEnumerable<string> Keys(ValueForm form) => form switch
    {
        TableForm table => table.Keys.SelectMany(k => Keys(k.Value).Prepend(k.Name)),
        VariantForm variant => variant.Kinds.SelectMany(k => Keys(k.Table)),
        ListForm list => Keys(list.Item),
        MapForm map => Keys(map.Item),
        _ => [],
    };

    [GeneratedRegex(@"^# [a-z_0-9]+ = ")]
    private static partial Regex Commented();
}
