using System.CommandLine;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Output;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public CommandTests() => ResultFile.Write(At("r.h5"), Sample.Programming());

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    private static string Run(params string[] arguments)
    {
        var output = new StringWriter();
        var root = new RootCommand { PlotCommand.Create(), InfoCommand.Create(), ExportCommand.Create() };
        ParseResult parsed = root.Parse(arguments);
        Assert.Empty(parsed.Errors);
        Assert.Equal(0, parsed.Invoke(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false }));
        return output.ToString();
    }

    [Fact]
    public void Plot_draws_the_stored_figure_first_and_says_where()
    {
        Assert.Equal(At("r-step-against-amplitude.png") + Environment.NewLine, Run("plot", At("r.h5")));
        Assert.True(File.Exists(At("r-step-against-amplitude.png")));
        Run("plot", At("r.h5"), "--view", "staircase", "-o", At("s.svg"), "--size", "400x300");
        Assert.Contains("width=\"400\" height=\"300\"", File.ReadAllText(At("s.svg")));
    }

    [Fact]
    public void Export_writes_tables_that_give_every_number_back()
    {
        string[] files = Run("export", At("r.h5"), "-o", At("tables")).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["series.csv", "pulses.csv", "figures.csv", "profiles-psg.csv"], files.Select(f => Path.GetFileName(f)));
        Result sample = Sample.Programming();
        string[][] pulses = [.. File.ReadAllLines(files[1]).Select(l => l.Split(','))];
        int column = Array.IndexOf(pulses[0], "conductance_after [S]");
        Assert.Equal(sample.Record.Pulses["conductance_after"],
            pulses[1..].Select(r => double.Parse(r[column], System.Globalization.CultureInfo.InvariantCulture)));
        string[] profiles = File.ReadAllLines(files[3]);
        Assert.Equal("time [s],z [m],proton_density [m^-3]", profiles[0]);
        Assert.Equal(1 + 5 * 61, profiles.Length);
        Assert.Contains("proton_balance,3.2E-12,1,\"protons lost or gained, relative to what was transferred\"",
            File.ReadAllText(files[2]));
        // Its own files it replaces; one that was changed since it does not.
        Run("export", At("r.h5"), "-o", At("tables"));
        File.AppendAllText(files[1], "a note\n");
        Assert.Throws<OutputException>(() => Run("export", At("r.h5"), "-o", At("tables")));
        Assert.EndsWith("a note\n", File.ReadAllText(files[1]));
        Run("export", At("r.h5"), "-o", At("tables"), "--force");
        Assert.Equal(pulses.Length, File.ReadAllLines(files[1]).Length);
    }

    /// <summary>Touchstone 1.1: comments with !, one option line, then frequency and both parts of
    /// a one-port; R 1 leaves Z in ohms.</summary>
    [Fact]
    public void Export_of_an_impedance_is_a_table_and_a_one_port_of_touchstone()
    {
        var spectrum = new Table(FvSolver.Cases.Electrochemistry.ImpedanceSpectrum.Columns);
        spectrum.Append([10, 2e9, -3e9, 3.6e9, -56, double.NaN, double.NaN]);
        spectrum.Append([1e3, 1.5e9, -4e7, 1.5e9, -1.5, double.NaN, double.NaN]);
        Result sample = Sample.Programming();
        ResultFile.Write(At("z.h5"), sample with { Record = new() { Series = spectrum, Pulses = new([]), Profiles = new() } });
        string[] files = Run("export", At("z.h5")).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["impedance.csv", "impedance.s1p"], files.Select(f => Path.GetFileName(f)));
        Assert.StartsWith("frequency [Hz],resistance [ohm],reactance [ohm]", File.ReadAllText(files[0]));
        string[] lines = [.. File.ReadAllLines(files[1]).SkipWhile(l => l[0] == '!')];
        Assert.Equal(["# Hz Z RI R 1", "10 2000000000 -3000000000", "1000 1500000000 -40000000"], lines);
    }

    [Fact]
    public void Plot_lists_what_can_be_drawn()
    {
        string list = Run("plot", At("r.h5"), "--list");
        Assert.StartsWith("step-against-amplitude", list);
        Assert.Contains("staircase            conductance against pulse number", list);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("12")]
    [InlineData("0x100")]
    [InlineData("1e3x100")]
    [InlineData("99999x100")]
    public void A_size_that_is_none_is_named_with_what_is_allowed(string size)
    {
        ParseResult parsed = new RootCommand { PlotCommand.Create() }.Parse(["plot", At("r.h5"), "--size", size]);
        Assert.Contains($"'{size}' is not a size", Assert.Single(parsed.Errors).Message);
    }

    [Theory]
    [InlineData("--columns: says what to draw", "--columns", "pulse,conductance_after", "--view", "staircase")]
    [InlineData("--columns: says what to draw", "--columns", "pulse,conductance_after", "--field", "potential")]
    [InlineData("--width and --size: a picture has one of them", "--width", "85mm", "--size", "400x300")]
    [InlineData("--width: must be 50 to 500 mm", "--width", "2mm")]
    [InlineData("--field: a map is of one result", "r.h5", "--field", "potential", "--film")]
    public void Options_that_do_not_go_together_are_refused(string words, params string[] options)
    {
        string[] arguments = ["plot", At("r.h5"), .. options.Select(o => o == "r.h5" ? At(o) : o)];
        ParseResult parsed = new RootCommand { PlotCommand.Create() }.Parse(arguments);
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        Assert.Contains(words, Assert.Throws<OutputException>(() => parsed.Invoke(invocation)).Message);
    }

    [Fact]
    public void Info_says_what_the_file_holds_in_unbroken_lines()
    {
        string text = Run("info", At("r.h5"));
        foreach (string words in new[]
        {
            "Fig. 2A: 1000 pulses up, 1000 down", "2025-03-04 05:06:07 UTC", "fv run fig2a", "1 paper, 1 calibrated, 2 user",
            "13 columns x 200 rows", "11.4 nS to 227 nS", "range 20.0 x", "a field of 1.2 V/nm is near breakdown", "5 samples x 61 nodes",
        })
            Assert.Contains(words, text);
    }

    [Fact]
    public void Info_of_a_run_without_pulses_says_so()
    {
        ResultFile.Write(At("r.h5"), Sample.Programming(0, 0));
        string text = Run("info", At("r.h5"));
        Assert.Contains("  number                 0", text);
        Assert.DoesNotContain("range", text.Replace("figures\n  range", ""));
    }

    [Fact]
    public void Words_of_a_result_are_not_read_as_markup()
    {
        Result result = Sample.Programming(0, 0);
        result.Record.Warnings.Add("[red]not a colour[/");
        IReadOnlyList<SummaryRow> rows = ResultSummary.Rows(result);
        var console = Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(new StringWriter()) });
        console.Write(InfoCommand.Table(rows));
        Assert.Contains(rows, r => r.Value == "[red]not a colour[/");
    }
}
