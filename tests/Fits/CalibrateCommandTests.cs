using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Fits;

public class CalibrateCommandTests
{
    private static async Task<(int Code, string Text)> Run(params string[] args)
    {
        var text = new StringWriter();
        int code = await CommandApplication.RunAsync(args, [CalibrateCommand.Create(), FitCommand.Create()],
            new ExitCode().Map<OutputException>(2), text, text);
        return (code, text.ToString());
    }

    /// <summary>Targets that the default device gives, asked of a device that starts elsewhere.</summary>
    private static string Targets()
    {
        string Target(string name, string amplitude)
        {
            double step = CaseFigures.Of(CaseReader.Read("single", [$"protocol.0.amplitude={amplitude}"]),
                ["step_first"])["step_first"].Value;
            return FormattableString.Invariant($"""
                [target.{name}]
                case = "single"
                figure = "step_first"
                set = ["protocol.0.amplitude={amplitude}"]
                value = {step:R}
                sigma = {0.01 * step:R}

                """);
        }
        return """
            name = "round trip"
            [parameter."psg.hop_distance"]
            start = 5.5e-10
            lower = 5e-10
            upper = 7e-10
            log = true
            [parameter."wo3.rest_composition"]
            start = 3.1e-4
            lower = 1e-4
            upper = 1e-3
            log = true
            [parameter."heat.oxide_thickness"]
            start = 2e-7
            lower = 1e-7
            upper = 1e-6
            log = true
            prior = { mean = 3e-7, sigma = 0.5 }

            """ + Target("step_high", "10 V") + Target("step_low", "7 V");
    }

    [Fact]
    public async Task Calibration_recovers_the_device_says_what_it_could_not_determine_and_writes_a_preset()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["t.toml"], Targets());
        (int code, string text) = await Run("calibrate", directory["t.toml"], "-o", directory["preset.toml"], "--profile", "1",
            "--tolerance", "1e-5");
        Assert.True(code == 0, text);
        CaseDefinition calibrated = CaseReader.Read("single", [$"preset={directory["preset.toml"]}"]);
        Assert.Equal(1, calibrated.Device.Psg.HopDistance / new Electrolyte().HopDistance, 2e-3);
        Assert.Equal(1, calibrated.Device.Wo3.RestComposition / new Channel().RestComposition, 1e-2);
        Assert.Equal(Kind.Calibrated, calibrated.Parameters.Single(p => p.Path == "psg.hop_distance").Kind);
        string[] lines = text.Split('\n');
        Assert.EndsWith("determined", lines.First(l => l.StartsWith("psg.hop_distance ")));
        Assert.EndsWith("free (prior)", lines.First(l => l.StartsWith("heat.oxide_thickness ")));
        Assert.Contains("the targets determine 2 combinations of 3", text);
        Assert.True(File.Exists(directory["preset.png"]));
    }

    [Fact]
    public async Task Rivals_on_the_same_targets_are_compared_by_evidence_and_by_what_would_tell_them_apart()
    {
        using var directory = new TemporaryDirectory();
        const string measurement = """
            [measurement.rest_voltage]
            case = "single"
            sigma = 0.01
            unit = "V"

            """;
        File.WriteAllText(directory["a.toml"], Targets() + measurement);
        string elsewhere = measurement.Replace("sigma", "set = [\"gate.rest_voltage=0.65\"]\nsigma");
        File.WriteAllText(directory["b.toml"], (Targets() + elsewhere).Replace("round trip", "rival"));
        (int code, string text) = await Run(
            "calibrate", directory["a.toml"], "--against", directory["b.toml"], "-o", directory["preset.toml"], "--profile", "0");
        Assert.True(code == 0, text);
        Assert.Contains("ln evidence", text);
        // Both meet the same data with the same parameters: nothing but the measurement tells them apart.
        Assert.EndsWith(" 0.00", text.Split('\n').First(l => l.StartsWith("rival  ", StringComparison.Ordinal) && !l.Contains("misfit"))
            .TrimEnd());
        Assert.Contains("round trip and rival would be told apart best by rest_voltage, at 5", text);
    }

    [Theory]
    [InlineData("offset-lattice", "default")]
    [InlineData("offset", "default")]
    [InlineData("kinetic", "kinetic")]
    public void Targets_of_a_rival_hold_its_preset_and_figures_that_their_cases_give(string rival, string presetName)
    {
        string path = Path.Combine(Checkout.Root, "Cases", "Calibration", rival + ".toml");
        TargetsFile file = TargetsFile.Read(path);
        Assert.NotNull(new CaseTargets(file, path));
        Device preset = CaseReader.Read("single", [$"preset={presetName}"]).Device;
        Assert.All(file.Parameters, p => Assert.InRange((double)ParameterCatalogue.Device[p.Path].Read(preset), p.Lower, p.Upper));
        Assert.Contains(file.Sources.Values, s => s.Figure == "train_hop_distance");
        Assert.Equal(rival == "kinetic", preset.Hypotheses.CellOffset == 0);
    }

    [Fact]
    public void Targets_of_the_first_calibration_name_calibrated_parameters_of_the_records_and_figures_that_their_cases_give()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "onen2022.toml");
        TargetsFile file = TargetsFile.Read(path);
        Assert.NotNull(new CaseTargets(file, path));
        Assert.All(file.Parameters, p => Assert.True(ParameterCatalogue.Device[p.Path].Kind is Kind.Calibrated, p.Path));
        Device first = ReferenceSets.Frozen;
        Assert.All(file.Parameters, p => Assert.InRange((double)ParameterCatalogue.Device[p.Path].Read(first), p.Lower, p.Upper));
    }

    [Fact]
    public async Task Fit_of_a_law_to_a_csv_finds_its_parameters_and_says_them()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllLines(directory["d.csv"], ["time,y",
            .. Enumerable.Range(1, 12).Select(i => FormattableString.Invariant($"{i},{3 * Math.Pow(i, 1.2):R}"))]);
        (int code, string text) = await Run("fit", directory["d.csv"], "power", "--x", "time", "-o", directory["p.png"], "--bootstrap",
            "20");
        Assert.True(code == 0, text);
        Assert.Contains("1.2 ", text);
        Assert.True(new FileInfo(directory["p.png"]).Length > 10000);
    }

    [Fact]
    public async Task Fit_of_the_solver_to_steps_finds_the_hopping_distance_that_made_them()
    {
        using var directory = new TemporaryDirectory();
        var lines = new List<string> { "amplitude,width,step" };
        foreach (double amplitude in (double[])[8, 10])
            foreach (double width in (double[])[5e-9, 10e-9])
            {
                var step = CaseFigures.Of(CaseReader.Read("single", ["psg.hop_distance=5.5 angstrom",
                    CaseFigures.Setting("protocol.0.amplitude", amplitude), CaseFigures.Setting("protocol.0.width", width)]),
                    ["step_first"]);
                lines.Add(FormattableString.Invariant($"{amplitude},{width:R},{step["step_first"].Value:R}"));
            }
        File.WriteAllLines(directory["steps.csv"], lines);
        (int code, string text) = await Run("fit", directory["steps.csv"], "solver", "--case", "single",
            "--free", "psg.hop_distance=4 angstrom:8 angstrom", "-o", directory["p.png"]);
        Assert.True(code == 0, text);
        string[] words = text.Split('\n').First(l => l.StartsWith("psg.hop_distance ")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5.5e-10, double.Parse(words[1]), 1e-13);
    }

    [Theory]
    [InlineData("fit", "nowhere.csv", "joint", "there is no such file")]
    [InlineData("fit", "d.csv", "powr", "There is no law 'powr'")]
    [InlineData("fit", "d.csv", "solver", "needs --case")]
    [InlineData("calibrate", "d.csv", "--profile=0", "d.csv")]
    public async Task Bad_input_gets_one_line(string command, string file, string argument, string message)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["d.csv"], "time,y\n1,2\n2,3\n");
        (int code, string text) = await Run(command, directory[file], argument);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(message, text);
        Assert.Equal(1, text.Count(c => c == '\n'));
    }
}
