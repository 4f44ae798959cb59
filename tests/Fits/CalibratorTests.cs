using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Input;
using Xunit;

namespace FvSolver.Tests.Fits;

public class CalibratorTests
{
    private static readonly CalibrationTarget[] Targets =
    [
        new("slope", 2.2, 0.1, "1/V", "a \"paper\", Fig. 3"),
        new("current", 3e4, 3e3, "A/m^2", "text"),
    ];

    private static readonly CalibrationParameter[] Parameters =
    [
        new("psg.hop_distance", "m", 5e-10, 3e-10, 9e-10),
        new("pd.exchange_current_density", "A/m^2", 100, 1, 1e5) { LogScale = true },
        new("pd.fixed_charge", "m^-3", 4e25, 1e24, 1e27) { LogScale = true, Prior = new(5e25, 0.3) },
    ];

    /// <summary>Stands for the solver: the third parameter is felt by nothing.</summary>
    private static IReadOnlyDictionary<string, double> Run(IReadOnlyDictionary<string, double> p, CancellationToken _) =>
        new Dictionary<string, double>
        {
            ["slope"] = p["psg.hop_distance"] / 2.6e-10,
            ["current"] = 100 * p["pd.exchange_current_density"] * p["psg.hop_distance"] / 5.72e-10,
        };

    private static readonly FitOptions Options = new() { ProfilePoints = 4 };

    [Fact]
    public void Targets_are_met_and_a_parameter_that_no_target_feels_keeps_its_prior()
    {
        CalibrationResult result = new Calibrator(Parameters, Targets, Run).Run(Options);
        Assert.All(result.Targets, t => Assert.InRange(Math.Abs(t.Deviation), 0, 1e-4));
        Assert.Equal(5.72e-10, result.Fit["psg.hop_distance"].Value, 1e-14);
        Assert.Equal(0.1 * 2.6e-10, result.Fit["psg.hop_distance"].StandardError, 1e-13);
        Assert.Equal(300, result.Fit["pd.exchange_current_density"].Value, 0.05);
        Assert.Equal(0.3 * 5e25, result.Fit["pd.fixed_charge"].StandardError, 1e22);
        Assert.Equal(3, result.Fit.Profiles.Count);
        Assert.True(result.Fit.Correlation[0, 1] < -0.2);
    }

    [Fact]
    public void Preset_is_toml_that_reads_back_to_the_last_bit()
    {
        CalibrationResult result = new Calibrator(Parameters, Targets, Run).Run(new FitOptions());
        var writer = new StringWriter();
        PresetWriter.Write(writer, result, "targets.toml\nsecond line");
        var table = Tomlyn.TomlSerializer.Deserialize<Tomlyn.Model.TomlTable>(writer.ToString())!;
        var entry = (Tomlyn.Model.TomlTable)((Tomlyn.Model.TomlTable)table["psg"])["hop_distance"];
        Assert.Equal(result.Fit["psg.hop_distance"].Value, (double)entry["value"]);
        Assert.Equal("calibrated", entry["kind"]);
        Assert.StartsWith("calibrated to slope, current; standard error", (string)entry["reference"]);
    }

    [Fact]
    public void Trial_that_cannot_be_run_is_rejected_and_the_calibration_goes_on()
    {
        int refused = 0;
        CalibrationResult result = new Calibrator(Parameters, Targets, (p, c) =>
        {
            if (p["pd.exchange_current_density"] > 320 && ++refused > 0)
                throw new ArithmeticException("the step became too small");
            return Run(p, c);
        }).Run(new FitOptions());
        Assert.True(refused > 0);
        Assert.Equal(300, result.Fit["pd.exchange_current_density"].Value, 0.5);
    }

    [Fact]
    public void Figure_that_the_runs_do_not_report_is_named()
    {
        var calibrator = new Calibrator(Parameters, [.. Targets, new("range", 20, 1, "1", "")], Run);
        Assert.Contains("report no 'range'", Assert.Throws<InvalidOperationException>(() => calibrator.Run(new FitOptions())).Message);
    }

    [Fact]
    public void Targets_file_is_read_and_a_faulty_one_refused_with_its_line()
    {
        const string text = """
            [parameter."psg.hop_distance"]
            start = "5.72 angstrom"
            lower = "0.4 nm"
            upper = 8e-10
            log = true
            prior = { mean = "5.6 angstrom", sigma = 0.1 }
            [target.apparent]
            case = "fig3a.toml"
            value = "0.56 nm"
            sigma = 0.1e-10
            """;
        TargetsFile file = TargetsFile.Parse(text, "targets.toml");
        Assert.Equal("psg.hop_distance", file.Parameters.Single().Path);
        Assert.Equal((5.72e-10, 4e-10, 8e-10), (file.Parameters[0].Start, file.Parameters[0].Lower, file.Parameters[0].Upper));
        Assert.True(file.Parameters[0].LogScale);
        Assert.Equal(5.6e-10, file.Parameters[0].Prior!.Mean);
        Assert.Equal((0.56e-9, 0.1e-10), (file.Targets[0].Value, file.Targets[0].Sigma));
        Assert.Equal(0.1, file.Parameters[0].Prior!.Sigma);
        Assert.Equal(("fig3a.toml", "apparent"), (file.Sources["apparent"].Case, file.Sources["apparent"].Figure));
        Assert.Equal("targets.toml:7: target.apparent.sigma: is missing; it must be a number",
            Assert.Throws<InputException>(() => TargetsFile.Parse(text[..text.LastIndexOf("sigma")], "targets.toml")).Message);
        Assert.Equal("targets.toml:3: parameter.psg.hop_distance.lower = \"0.4 ns\": must be in m or a multiple of it, not in ns",
            Assert.Throws<InputException>(() => TargetsFile.Parse(text.Replace("0.4 nm", "0.4 ns"), "targets.toml")).Message);
    }
}
