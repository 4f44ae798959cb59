using FvSolver.Cases.Schema;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using Xunit;

namespace FvSolver.Tests.Schema;

/// <summary>Taplo, which checks TOML in editors, reads the schemas as they are meant: clean on the
/// library, and on typical mistakes not.</summary>
public sealed class TaploTests : IDisposable
{
    private const string Step = "[[protocol]]\ntype = \"pulses\"\namplitude = \"10 V\"\nwidth = \"5 ns\"\n";

    // What newcomers write: a slip of the pen, a unit that is forgotten or wrong, a value that cannot be, a key in another's place.
    private static readonly (string Kind, string Text)[] s_mistakes =
    [
        ("case", Step.Replace("width", "widht")),
        ("case", Step.Replace("\"10 V\"", "\"10 nm\"")),
        ("case", Step.Replace("\"5 ns\"", "\"5\"")),
        ("case", Step.Replace("pulses", "pulse")),
        ("case", Step + "count = \"20\"\n"),
        ("case", Step + "count = -1\n"),
        ("case", Step + "[psg]\nthicknes = \"5 nm\"\n"),
        ("case", Step + "[psg]\nthickness = 0\n"),
        ("case", Step + "[psg]\nthickness = \"5 V\"\n"),
        ("case", Step + "[psg]\nhop_law = \"shin\"\n"),
        ("case", Step + "[heat]\nenabled = \"yes\"\n"),
        ("case", Step + "[psgg]\nthickness = \"5 nm\"\n"),
        ("case", Step + "[solver]\nrelative_tolerance = 5\n"),
        ("case", "title = \"nothing is done\"\n"),
        ("case", "[study]\ntype = \"retenion\"\n"),
        ("case", "[[protocol]]\ntype = \"rest\"\nwidth = \"5 ns\"\n"),
        ("preset", "[psg]\nthickness = \"5 nm\"\n"),
        ("preset", "[psg]\nthickness = { value = \"5 nm\", kind = \"guess\", reference = \"me\" }\n"),
        ("sweep", "case = \"single\"\noutputs = [\"range\"]\n[[axis]]\npath = \"psg.thickness\"\nvalues = [\"5 nm\"]\nlinear = { from = "
            + "1, to = 2, count = 3 }\n"),
        ("targets", "[parameter.\"psg.hop_distance\"]\nstart = 5e-10\nlower = 4e-10\n[target.range]\ncase = \"fig2a\"\nvalue = 20\nsigma "
            + "= 1\n"),
    ];

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsProgramFact("Taplo", "config schema", "taplo")]
    public void It_is_content_with_every_file_of_the_library_and_every_new_file()
    {
        string[] files =
        [
            .. new[] { "Cases/Library", "Cases/Calibration",
                "Materials/Presets" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Checkout.Root, f), "*.toml")),
            Write("new-case", "case", Scaffold.Case("x")), Write("new-section", "case", Scaffold.Section("x")),
            Write("new-sweep", "sweep", Scaffold.Sweep("x")),
            Write("new-targets", "targets", Scaffold.Targets("x")), Write("new-preset", "preset", Scaffold.Preset("x")),
        ];
        (int code, string output) = Lint(files);
        Assert.True(code == 0, output);
        Assert.Contains($"found files total={files.Length}", output);
    }

    [NeedsProgramFact("Taplo", "config schema", "taplo")]
    public void It_flags_each_of_twenty_mistakes()
    {
        string[] files = [.. s_mistakes.Select((m, i) => Write($"wrong{i:00}", m.Kind, Head(m.Kind) + m.Text))];
        Assert.Equal(20, files.Length);
        (int code, string output) = Lint(files);
        Assert.NotEqual(0, code);
        Assert.All(files, f => Assert.Contains(Path.GetFileName(f), output));
        // The same without its mistake is let pass.
        Assert.Equal(0, Lint(Write("right", "case", Head("case") + Step)).Code);
    }

    private static string Head(string kind) => $"#:schema ./{Scaffold.SchemaName(kind)}\n";

    private string Write(string name, string kind, string text)
    {
        File.WriteAllText(_folder[Scaffold.SchemaName(kind)], JsonSchema.Write(FileForms.Find(kind)));
        string file = _folder[name + ".toml"];
        File.WriteAllText(file, text);
        return file;
    }

    private static (int Code, string Output) Lint(params string[] files) =>
        NeedsProgramFactAttribute.Run("taplo", $"lint --no-auto-config --colors never {string.Join(' ', files.Select(f => $"\"{f}\""))}");
}
