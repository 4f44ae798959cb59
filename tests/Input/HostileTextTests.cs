using System.Text;
using CsCheck;
using FvSolver.Cases.Input;
using Xunit;

namespace FvSolver.Tests.Input;

public class HostileTextTests
{
    private const string Rich = """
        title = "Rich"
        preset = "n2"
        [psg]
        thickness = "10 nm"
        hop_law = "washboard"
        fixed_charge_density = 4e25
        [wo3]
        rest_composition = 2.2e-4
        [heat]
        enabled = true
        [mesh]
        psg_cells = 60
        [solver]
        relative_tolerance = 1e-6
        method = "rodas4p"
        [[protocol]]
        type = "pulses"
        amplitude = ["10 V", -8.5]
        width = "5 ns"
        count = 10
        rest = "1 s"
        until = { conductance_above = "227 nS" }
        [[protocol]]
        type = "repeat"
        count = 3
        steps = [ { type = "hold", voltage = "1 V", duration = "1 us" }, { type = "rest", duration = 1 } ]
        [[protocol]]
        type = "staircase"
        start = 3
        stop = 5
        steps = 5
        width = "10 ns"
        [study]
        values = [1, "two", { three = 3 }]

        """;

    private static readonly string[] Values =
    [
        "0", "-1", "1e308", "1e-308", "1e999", "nan", "-inf", "9223372036854775807", "99999999999999999999", "true", "\"\"", "\"10 nm\"",
        "\"1e99999 V\"", "\"1e2147483648 m\"", "\"5 m^12/s^12\"", "[]", "[[]]", "{}", "{ value = 1 }", "1979-05-27", "07:32:00", "'x'",
        "\"\"\"a\nb\"\"\"", "\"\\u0000\"", "\"\\q\"", "[1, 2", "{ a = ", "0x1F", "1_000", "\"..\"", "\"/\"", "\"n2\"", "\"user\"",
    ];

    private static readonly string[] Characters =
        ["=", "[", "]", "{", "}", "\"", "'", ".", ",", "#", "\n", "\0", "\uFFFF", "\ud800", "\u2028", " ", "-", "e", "9", "\\", "\r", "\t",
            "\u00e9"];

    private static readonly string[] Sources = [Rich, .. CaseLibrary.Names.Select(name => CaseLibrary.Find(name)!)];

    private delegate string Mutation(Random random, string text);

    private static readonly Mutation[] Mutations =
    [
        // A character more, or one less.
        (random, text) => text.Insert(random.Next(text.Length + 1), Pick(random, Characters)),
        (random, text) => text.Length == 0 ? text : text.Remove(random.Next(text.Length), 1),

        // The end is missing.
        (random, text) => text[..random.Next(text.Length + 1)],

        // Another value, another key, a line twice, a line in another place.
        (random, text) => EditLine(random, text, line =>
            line.Contains('=') ? line[..line.IndexOf('=')] + "= " + Pick(random, Values) : line),
        (random, text) => EditLine(random, text, line =>
            line.Contains('=') ? Pick(random, Characters) + "x " + line[line.IndexOf('=')..] : line),
        (random, text) => EditLine(random, text, line => line + "\n" + line),
        (random, text) => EditLine(random, text, _ => Pick(random, text.Split('\n'))),

        // Deep nesting.
        (random, text) => EditLine(random, text, _ => "deep = " + Repeated(random, "[")),
        (random, text) => EditLine(random, text, _ => "deep = " + Repeated(random, "{ a = ")),
        (random, text) => EditLine(random, text, _ => Repeated(random, "a.") + "a = 1"),
        (random, text) => EditLine(random, text, _ => "[" + Repeated(random, "a.") + "a]"),
    ];

    [Fact]
    public void Any_text_is_a_case_or_an_input_error() =>
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            string text = Pick(random, Sources);
            for (int i = random.Next(1, 5); i > 0; i--)
                text = Mutations[random.Next(Mutations.Length)](random, text);
            IsCaseOrInputError(() => CaseReader.Parse(text, "case.toml"));
        }, iter: 1500);

    [Fact]
    public void Any_setting_is_a_case_or_an_input_error() =>
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            string[] keys = ["title", "preset", "psg", "psg.thickness", "protocol", "protocol.0", "protocol.0.width", "protocol.0.until",
                "study", "a.b.c"];
            var setting = new StringBuilder(Pick(random, keys)).Append('=').Append(Pick(random, Values));
            for (int i = random.Next(3); i > 0; i--)
                setting.Insert(random.Next(setting.Length), Pick(random, Characters));
            IsCaseOrInputError(() => CaseReader.Parse(Pick(random, Sources), "case.toml", null, [setting.ToString()]));
        }, iter: 500);

    [Fact]
    public void Any_bytes_are_a_case_or_an_input_error() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
            IsCaseOrInputError(() => CaseReader.Parse(Encoding.UTF8.GetString(bytes), "case.toml")), iter: 500);

    // Any other exception fails the test that calls this.
    private static void IsCaseOrInputError(Func<CaseDefinition> read)
    {
        try
        {
            Assert.NotNull(read());
        }
        catch (InputException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            Assert.True(error.Message.Length < 1000, error.Message);
        }
    }

    private static string EditLine(Random random, string text, Func<string, string> edit)
    {
        string[] lines = text.Split('\n');
        int i = random.Next(lines.Length);
        lines[i] = edit(lines[i]);
        return string.Join('\n', lines);
    }

    private static string Repeated(Random random, string piece) =>
        string.Concat(Enumerable.Repeat(piece, Pick(random, [3, 20, 70, 2000])));

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
