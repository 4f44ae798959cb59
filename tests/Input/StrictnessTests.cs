using FvSolver.Cases.Input;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Input;

public class StrictnessTests
{
    private const string Pulse = "[[protocol]]\ntype = \"pulses\"\namplitude = 10\nwidth = \"5 ns\"\n";

    [Theory]
    [InlineData("[psg]\nthickness = -1", "file.toml:6: psg.thickness = -1: must be greater than 0 m")]
    [InlineData("[psg]\nthicknes = 1", "file.toml:6: psg.thicknes: unknown key; did you mean 'thickness'?")]
    [InlineData("[psgg]\nthickness = 1", "file.toml:5: psgg: unknown key; did you mean 'psg'?")]
    [InlineData("[psg]\nthickness = true", "file.toml:6: psg.thickness = true: must be a number in m")]
    [InlineData("[psg]\nthickness = \"10 V\"", "psg.thickness = \"10 V\": must be in m")]
    [InlineData("[psg]\nthickness = nan", "psg.thickness = nan: must be a finite number")]
    [InlineData("[psg]\nthickness = inf", "psg.thickness = inf: must be a finite number")]
    [InlineData("[psg]\nthickness = 1e999", "psg.thickness = 1e999: must be a finite number")]
    [InlineData("[psg]\nthickness = \"1e999 m\"", "must be a finite number")]
    [InlineData("[psg]\nthickness = [1]", "psg.thickness = [1]: must be a number")]
    [InlineData("[psg]\nthickness = 1\nthickness = 2", "file.toml:7: not valid TOML")]
    [InlineData("[psg]\nhop_law = \"sinus\"", "psg.hop_law = \"sinus\": must be one of sinh, saturating, washboard, gaussian-disorder")]
    [InlineData("[psg]\nthickness = ", "file.toml:6: not valid TOML")]
    [InlineData("[mesh]\npsg_cells = 1.5", "mesh.psg_cells = 1.5: must be an integer")]
    [InlineData("[mesh]\npsg_cells = 3", "mesh.psg_cells = 3: must be at least 8 and at most 100000")]
    [InlineData("[gas]\nenabled = 1", "gas.enabled = 1: must be true or false")]
    [InlineData("[wo3]\nrest_composition = 1", "wo3.rest_composition = 1: must be greater than 0 and less than 1")]
    [InlineData("[psg]\nstern_thickness = \"5 nm\"", "psg.stern_thickness = \"5 nm\": must be less than half of psg.thickness, 5 nm")]
    [InlineData("[psg]\nthickness = \"0.3 nm\"", "psg.stern_thickness = 312 pm: must be less than half of psg.thickness")]
    [InlineData("[pd]\nplateau_low = 0.7", "pd.plateau_low = 0.7: must be less than pd.plateau_high, 0.6")]
    [InlineData("[gate]\nrest_voltage = 11", "must be less than psg.calibration_voltage, 10 V")]
    [InlineData("[psg]\nattempt_frequency = 1e-9", "psg.activation_energy = -")]
    [InlineData("[psg]\nhop_law = \"saturating\"\nactivation_energy = 0.3",
        "psg.migration_barrier = 0.38 eV: must be at most psg.activation_energy, 0.3 eV")]
    [InlineData("[wo3]\nthickness = \"0.5 nm\"", "must be less than half of wo3.thickness")]
    [InlineData("[study]\n[study.a]\nb = 1\n[[study.a]]\n", "not valid TOML")]
    public void Bad_text_gets_one_line(string text, string message)
    {
        InputException error = Assert.Throws<InputException>(() => CaseReader.Parse(Pulse + text, "file.toml"));
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "file.toml:1: protocol: is missing")]
    [InlineData("protocol = 3", "file.toml:1: protocol = 3: must be a list of at least one table")]
    [InlineData("protocol = []", "must be a list of at least one table")]
    [InlineData("preset = \"n3\"", "file.toml:1: preset = \"n3\": there is neither a preset nor a file of this name; did you mean 'n2'?")]
    [InlineData("title = 3", "file.toml:1: title = 3: must be text")]
    [InlineData("study = 3", "study = 3: must be a table")]
    public void A_bad_top_level_gets_one_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => CaseReader.Parse(text, "file.toml")).Message);

    [Theory]
    [InlineData("psg.thickness", "--set: psg.thickness: must be path=value")]
    [InlineData("psg.thickness=", "--set: psg.thickness: has no value")]
    [InlineData("=3", "must be path=value")]
    [InlineData("psg..thickness=3", "must be path=value")]
    [InlineData("psg.thickness=-1", "--set: psg.thickness = -1: must be greater than 0 m")]
    [InlineData("psg.thickness=thick", "--set: psg.thickness = thick: must be a number, e.g. \"10 nm\"")]
    [InlineData("psg.thickness.x=1", "--set: psg.thickness = {...}: must be a number in m")]
    [InlineData("protocol.1.amplitude=9", "--set: protocol.1.amplitude = 9: '1' must be an index below 1")]
    [InlineData("protocol.0.amplitude.x=9", "'x' lies below a single value")]
    [InlineData("protocol.0.amplitud=9", "--set: protocol.0.amplitud: unknown key; did you mean 'amplitude'?")]
    [InlineData("preset=n3", "--set: preset = n3: there is neither a preset nor a file")]
    [InlineData("psg.thickness=1\ny=2", "psg.thickness = 1 y=2: 'y=2' is not a unit")]
    [InlineData("nothing=1", "--set: nothing: unknown key")]
    public void A_bad_setting_gets_one_line(string setting, string message)
    {
        InputException error = Assert.Throws<InputException>(() => CaseReader.Parse(Pulse, "file.toml", null, [setting]));
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("hop_distance = 5e-10", "mine.toml:2: psg.hop_distance = 5e-10: must be a table")]
    [InlineData("hop_distance = { value = 5e-10 }", "psg.hop_distance.kind: is missing")]
    [InlineData("hop_distance = { value = 5e-10, kind = \"guess\", reference = \"me\" }",
        "must be one of paper, literature, derived, calibrated, estimate, user")]
    [InlineData("hop_distance = { value = 5e-10, kind = \"estimate\", reference = \"\" }", "must say where the value comes from")]
    [InlineData("hop_distance = { value = -1, kind = \"estimate\", reference = \"me\" }",
        "psg.hop_distance = -1: must be greater than 0 m")]
    [InlineData("hop = { value = 1, kind = \"estimate\", reference = \"me\" }", "mine.toml:2: psg.hop: unknown key")]
    public void A_bad_preset_gets_one_line(string text, string message)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["mine.toml"], "[psg]\n" + text);
        InputException error = Assert.Throws<InputException>(
            () => CaseReader.Parse("preset = \"mine.toml\"\n" + Pulse, "a.toml", directory.Path));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void A_case_that_does_not_exist_is_explained() =>
        Assert.Contains("did you mean 'fig2a'?", Assert.Throws<InputException>(() => CaseReader.Read("fig2")).Message);
}
