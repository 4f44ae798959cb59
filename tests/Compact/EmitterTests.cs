using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Tests.Sweeps;
using Xunit;

namespace FvSolver.Tests.Compact;

public class EmitterTests
{
    private static readonly CompactParameterTable Table = CompactParameterTable.FromDevice("default", CalibrationRules.Resolve(new Device()));
    private static readonly UpdateCurve Curve = UpdateCurve.Of(Table, 10, -8.5, 5e-9, 300);
    private static readonly ArraySpread Spread = new(0.1, 0.02, 0.01, 1e5);

    [Fact]
    public void Curve_has_equal_ends_and_steps_that_grow_with_the_state()
    {
        Assert.Equal(Curve.Up[^1], Curve.Down[0]);
        Assert.Equal(Curve.Up[0], Curve.Down[^1]);
        Assert.True(Curve.StepUp(Curve.Max) > 1.05 * Curve.StepUp(Curve.Min));
        Assert.Equal(1, Curve.StepUp((Curve.Min + Curve.Max) / 2) / Curve.StepDown((Curve.Min + Curve.Max) / 2), 0.1);
    }

    [Fact]
    public void Curve_that_does_not_come_back_or_does_not_rise_is_refused()
    {
        Assert.Contains("more of them are needed", Assert.Throws<ArgumentException>(() => UpdateCurve.Of([1, 2, 3, 4, 5], [4.5], 1, -1, 1, 9)).Message);
        Assert.Contains("Pulse 2 up", Assert.Throws<ArgumentException>(() => UpdateCurve.Of([1, 2, 2], [1.5], 1, -1, 1, 9)).Message);
    }

    /// <summary>Names and defaults that aihwkit documents for its pulsed devices; a wrong name is an error, as there.</summary>
    private const string Consumer = """
        import dataclasses, json, sys, types
        names = ["dw_min", "dw_min_dtod", "dw_min_std", "up_down", "up_down_dtod", "w_max", "w_max_dtod", "w_min", "w_min_dtod",
                 "diffusion", "lifetime", "reset", "piecewise_up", "piecewise_down", "write_noise_std"]
        device = dataclasses.make_dataclass("PiecewiseStepDevice", [(n, object, dataclasses.field(default=0.0)) for n in names])
        for name in ["aihwkit", "aihwkit.simulator", "aihwkit.simulator.configs", "aihwkit.simulator.configs.devices"]:
            sys.modules[name] = types.ModuleType(name)
        sys.modules["aihwkit.simulator.configs.devices"].PiecewiseStepDevice = device
        scope = {}
        exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), scope)
        print(json.dumps({**dataclasses.asdict(scope["device"](0.5)), "G_MIN": scope["G_MIN"], "G_MAX": scope["G_MAX"]}))
        """;

    [ProgramFact("python3")]
    public void Aihwkit_preset_compiles_and_its_fields_obey_the_documented_rules()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["preset.py"], AihwkitEmitter.Write("a \"quoted\" \\ name\nof two lines", Curve, Spread));
        JsonElement device = JsonDocument.Parse(Python(directory, Consumer, directory["preset.py"])).RootElement;
        double Number(string key) => device.GetProperty(key).GetDouble();
        double[] up = device.GetProperty("piecewise_up").Deserialize<double[]>()!, down = device.GetProperty("piecewise_down").Deserialize<double[]>()!;
        Assert.Equal(up.Length, down.Length);
        Assert.InRange(up.Length, 3, 63);
        Assert.True(Number("w_min") < 0 && Number("w_max") > 0);
        Assert.Equal(1, up[up.Length / 2], 1e-9);
        Assert.Equal(1, down[down.Length / 2], 1e-9);
        Assert.Equal(Curve.ShotNoise, Number("dw_min_std"));
        Assert.Equal(2e5, Number("lifetime"));
        // The steps that the consumer makes of them, back in conductance.
        double scale = (Curve.Max - Curve.Min) / 2, step = Number("dw_min"), bias = Number("up_down");
        double scaleUp = (1 + Math.Min(bias, 0)) * step, scaleDown = (1 - Math.Max(bias, 0)) * step;
        for (int i = 0; i < up.Length; i++)
        {
            double g = Curve.Min + (Curve.Max - Curve.Min) * i / (up.Length - 1);
            Assert.Equal(1, scaleUp * up[i] * scale / Curve.StepUp(g), 1e-9);
            Assert.Equal(1, scaleDown * down[i] * scale / Curve.StepDown(g), 1e-9);
        }
    }

    [Theory]
    [InlineData(65)]
    [InlineData(20)]
    [InlineData(1)]
    public void Aihwkit_preset_with_a_number_of_nodes_that_is_not_allowed_is_refused(int nodes) =>
        Assert.Throws<ArgumentException>(() => AihwkitEmitter.Write("x", Curve, Spread, nodes));

    [Fact]
    public void Crosssim_tables_agree_in_their_axes_and_have_the_right_signs_and_means()
    {
        (string Axes, double[] G, double[][] Rows) Parse(bool increasing)
        {
            string[] lines = CrossSimEmitter.LookupTable(Curve, increasing).TrimEnd('\n').Split('\n');
            double[] Numbers(string line) => [.. line.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            Assert.Equal("", lines[3]);
            double[] cdf = Numbers(lines[2]);
            Assert.Equal(0, cdf[0]);
            Assert.Equal(1, cdf[^1]);
            double[][] rows = [.. lines[4..].Select(Numbers)];
            Assert.Equal(cdf.Length, rows.Length);
            Assert.All(rows, r => Assert.Equal(Numbers(lines[1]).Length, r.Length));
            return (lines[1] + lines[2], Numbers(lines[1]), rows);
        }
        var up = Parse(true);
        var down = Parse(false);
        Assert.Equal(up.Axes, down.Axes);
        for (int k = 0; k < up.G.Length; k++)
        {
            double[] column = [.. up.Rows.Select(r => r[k])];
            Assert.Equal(column.Order(), column);
            Assert.Equal(1, column.Average() / Curve.StepUp(up.G[k]), 1e-9);
            Assert.True(down.Rows.Average(r => r[k]) < 0);
        }
    }

    [ProgramFact("python3")]
    public void Crosssim_parameters_are_python_that_sets_the_documented_names()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["parameters.py"], CrossSimEmitter.Parameters("x", Curve, 0.01));
        const string consumer = """
            import sys, types
            ns = types.SimpleNamespace
            params = ns(xbar=ns(device=ns(read_noise=ns(), drift_error=ns())))
            scope = {}
            exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), scope)
            d = scope["apply"](params).xbar.device
            print(d.Rmin < d.Rmax, d.read_noise.enable, d.read_noise.model, d.read_noise.magnitude, d.drift_error.enable)
            """;
        Assert.Equal("True True NormalProportionalDevice 0.01 False", Python(directory, consumer, directory["parameters.py"]).Trim());
    }

    [Fact]
    public void Neurosim_arrays_pass_the_consumers_checks()
    {
        string text = NeuroSimEmitter.Write("x", Curve, 26e-18, 0.1, 1, Spread);
        double[] Array(string name) => [.. Regex.Match(text, $@"{name}\[\] = \{{(.*?)\}};").Groups[1].Value.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        double[] ltp = Array("rawDataConductanceLTP"), ltd = Array("rawDataConductanceLTD");
        Assert.Equal(ltp[^1], ltd[0]);
        Assert.Equal(ltp[0], ltd[^1]);
        Assert.All(ltp.Zip(ltp.Skip(1)), p => Assert.True(p.Second > p.First));
        Assert.All(ltd.Zip(ltd.Skip(1)), p => Assert.True(p.Second < p.First));
        Assert.Contains($"maxNumLevelLTP = {ltp.Length - 1};", text);
        foreach (string key in (string[])["maxConductance", "minConductance", "readVoltage", "readPulseWidth", "writeVoltageLTP", "writeVoltageLTD", "writePulseWidthLTP", "writePulseWidthLTD", "maxNumLevelLTD", "NL_LTP", "NL_LTD", "sigmaCtoC", "sigmaDtoD", "gateCapFeFET"])
            Assert.Matches($@"(?m)^{key} = [-\d.e]+;", text);
        Assert.True(double.Parse(Regex.Match(text, "NL_LTP = ([^;]+);").Groups[1].Value, CultureInfo.InvariantCulture) < 0);
    }

    /// <summary>Entries of NeuroSim's own table: label against A over the number of pulses.</summary>
    [Theory]
    [InlineData(0.01, 126.268958)]
    [InlineData(0.5, 2.519877)]
    [InlineData(1, 1.251653)]
    [InlineData(3, 0.385310)]
    [InlineData(9, 0.022810)]
    public void Neurosim_label_is_the_consumers(double label, double a)
    {
        Assert.Equal(1, new NeuroSimNonlinearity(1 / a).Label / label, 0.02);
        Assert.Equal(-new NeuroSimNonlinearity(1 / a).Label, new NeuroSimNonlinearity(-1 / a).Label, 1e-9);
    }

    [Fact]
    public void Neurosim_curvature_is_found_in_a_curve_of_its_own_law()
    {
        double[] curve = [.. Enumerable.Range(0, 50).Select(i => 1e-8 + 2e-7 * (1 - Math.Exp(0.6 * i / 49)) / (1 - Math.Exp(0.6)))];
        Assert.Equal(-0.6, NeuroSimNonlinearity.Of(curve).Curvature, 1e-4);
    }

    private static string Python(TemporaryDirectory directory, string program, string argument)
    {
        File.WriteAllText(directory["consumer.py"], program);
        using Process process = Process.Start(new ProcessStartInfo("python3", [directory["consumer.py"], argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
