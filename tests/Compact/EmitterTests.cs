using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using FvSolver.Tests.Sweeps;
using FvSolver.Validation.Twin;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Xunit;

namespace FvSolver.Tests.Compact;

/// <summary>What array simulators read: curve, scatter, aihwkit, CrossSim, and what all files say.</summary>
public class EmitterTests
{
    private static readonly Device Device = ReferenceSets.Held;
    private static readonly CompactParameterTable Table = CompactParameterTable.FromDevice("default", Device);
    private static readonly UpdateCurve Curve = UpdateCurve.Of(Table, 10, -8.5, 5e-9, 300);

    /// <summary>As long as the real one: over fewer pulses from rest no law of NeuroSim holds.</summary>
    private static readonly Lazy<UpdateCurve> Whole = new(() => UpdateCurve.Of(Table, 10, -8.5, 5e-9, 1000));

    private static readonly UpdateNoise Noise = UpdateNoise.Of(Device, Table, Curve, 2000);
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
        Assert.Contains("more of them are needed",
            Assert.Throws<ArgumentException>(() => UpdateCurve.Of([1, 2, 3, 4, 5], [4.5], 1, -1, 1, 9)).Message);
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
        File.WriteAllText(directory["preset.py"],
            AihwkitEmitter.Write(Table with { Name = "a \"quoted\" \\ name\nof two lines" }, Curve, Noise, Spread));
        JsonElement device = JsonDocument.Parse(Emitted.Python(directory, Consumer, directory["preset.py"])).RootElement;
        double Number(string key) => device.GetProperty(key).GetDouble();
        double[] up = device.GetProperty("piecewise_up").Deserialize<double[]>()!,
            down = device.GetProperty("piecewise_down").Deserialize<double[]>()!;
        Assert.Equal(up.Length, down.Length);
        Assert.InRange(up.Length, 3, 63);
        Assert.True(Number("w_min") < 0 && Number("w_max") > 0);
        Assert.Equal(1, up[up.Length / 2], 1e-9);
        Assert.Equal(1, down[down.Length / 2], 1e-9);
        Assert.Equal(Noise.Relative(Curve), Number("dw_min_std"));
        Assert.Equal(2e5, Number("lifetime"));
    }

    [Theory]
    [InlineData(65)]
    [InlineData(20)]
    [InlineData(1)]
    public void Aihwkit_preset_with_a_number_of_nodes_that_is_not_allowed_is_refused(int nodes) =>
        Assert.Throws<ArgumentException>(() => AihwkitEmitter.Write(Table, Curve, Noise, Spread, nodes));

    [Fact]
    public void Crosssim_tables_agree_in_their_axes_and_have_the_right_signs_and_means()
    {
        (string Axes, double[] G, double[][] Rows) Parse(bool increasing)
        {
            string[] lines = CrossSimEmitter.LookupTable(Table, Curve, Noise, increasing).TrimEnd('\n').Split('\n');
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
            // The consumer's mean leaves out the last row.
            Assert.Equal(1, column[..^1].Average() / Curve.StepUp(up.G[k]), 1e-9);
            Assert.Equal(-1, down.Rows[..^1].Average(r => r[k]) / Curve.StepDown(down.G[k]), 1e-9);
            // It draws the nearest row, the first and the last half as often as others.
            double Drawn(IEnumerable<double> rows, double first, double last) => (rows.Sum() - (first + last) / 2) / (up.Rows.Length - 1);
            Assert.Equal(1, Drawn(column, column[0], column[^1]) / Curve.StepUp(up.G[k]), 1e-3);
            Assert.Equal(-1, Drawn(down.Rows.Select(r => r[k]), down.Rows[0][k], down.Rows[^1][k]) / Curve.StepDown(down.G[k]), 1e-3);
            Assert.Equal(1, Deviation(column[..^1]) / Noise.DeviationUp, 1e-9);
            Assert.Equal(1, Deviation([.. down.Rows[..^1].Select(r => r[k])]) / Noise.DeviationDown, 1e-9);
        }
    }

    [ProgramFact("python3")]
    public void Crosssim_parameters_are_python_that_sets_the_documented_names()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["parameters.py"], CrossSimEmitter.Parameters(Table, Curve, 0.01));
        const string consumer = """
            import sys, types
            ns = types.SimpleNamespace
            params = ns(xbar=ns(device=ns(read_noise=ns(), drift_error=ns())))
            scope = {}
            exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), scope)
            d = scope["apply"](params).xbar.device
            print(d.Rmin < d.Rmax, d.read_noise.enable, d.read_noise.model, d.read_noise.magnitude, d.drift_error.enable)
            """;
        Assert.Equal("True True NormalProportionalDevice 0.01 False",
            Emitted.Python(directory, consumer, directory["parameters.py"]).Trim());
    }

    [ProgramFact("python3")]
    public void Python_modules_warn_outside_the_ranges_and_only_there()
    {
        CompactParameterTable valid = Table with
        { Validity = new(new(-9, -5), new(7, 11), new(3e-9, 2e-8), new(1, 20), new(280, 340), new(1e-3, 1)) };
        const string consumer = """
            import sys, warnings
            scope = {}
            exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), scope)
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                scope["check"](rest=0.1, temperature=300)
                print(len(seen), end=" ")
                scope["check"](rest=1e-4, temperature=400)
                print(len(seen), end=" ")
                scope["PULSE"]["amplitude_up"] = 12.0
                scope["check"]()
                print(len(seen), seen[-1].message)
            """;
        foreach (string text in (string[])[AihwkitEmitter.Write(valid, Curve, Noise, new()), CrossSimEmitter.Parameters(valid, Curve),
            DnnNeuroSimEmitter.Training(valid, Curve, Noise)])
        {
            using var directory = new TemporaryDirectory();
            File.WriteAllText(directory["module.py"], text);
            Assert.Equal("0 2 3 amplitude_up = 12 is outside 7 to 11: the model extrapolates",
                Emitted.Python(directory, consumer, directory["module.py"]).Trim());
        }
    }

    /// <summary>The steps that aihwkit makes of the nodes, by linear interpolation over the weight,
    /// pulse by pulse over the whole range.</summary>
    [Fact]
    public void Aihwkit_nodes_follow_the_curve_both_ways_within_a_thousandth_of_the_range()
    {
        string preset = AihwkitEmitter.Write(Table, Curve, Noise, new());
        double Number(string key) => double.Parse(Regex.Match(preset, $"\"{key}\": ([^,]+),").Groups[1].Value,
            CultureInfo.InvariantCulture);
        double[] Nodes(string key) => [.. Regex.Match(preset, $@"""{key}"": \[(.*?)\]").Groups[1].Value.Split(',')
            .Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        double step = Number("dw_min"), bias = Number("up_down"), up = (1 + Math.Min(bias, 0)) * step,
            down = (1 - Math.Max(bias, 0)) * step;
        double[] piecewiseUp = Nodes("piecewise_up"), piecewiseDown = Nodes("piecewise_down");
        double At(double[] nodes, double w)
        {
            double place = Math.Clamp((w + 1) / 2, 0, 1) * (nodes.Length - 1);
            int k = Math.Min((int)place, nodes.Length - 2);
            return nodes[k] + (place - k) * (nodes[k + 1] - nodes[k]);
        }
        double Weight(double g) => 2 * (g - Curve.Min) / (Curve.Max - Curve.Min) - 1;
        double w = -1;
        foreach (double g in Curve.Up.Skip(1))
            Assert.Equal(Weight(g), w += up * At(piecewiseUp, w), 2e-3);
        w = 1;
        foreach (double g in Curve.Down.Skip(1).SkipLast(1))
            Assert.Equal(Weight(g), w -= down * At(piecewiseDown, w), 2e-3);
    }

    /// <summary>aihwkit multiplies the step of its nodes by 1 + dw_min_std x, x from the normal distribution.</summary>
    [Fact]
    public void Aihwkit_samples_scatter_as_single_protons_do()
    {
        string preset = AihwkitEmitter.Write(Table, Curve, Noise, new());
        double Number(string key) => double.Parse(Regex.Match(preset, $"\"{key}\": ([^,]+),").Groups[1].Value,
            CultureInfo.InvariantCulture);
        double step = Number("dw_min"), bias = Number("up_down"), scatter = Number("dw_min_std");
        double scale = 2 / (Curve.Max - Curve.Min), middle = (Curve.Min + Curve.Max) / 2;
        var normal = new Normal(0, 1, new Xoshiro256StarStar(1));
        double[] Samples(double mean) => [.. normal.Samples().Take(100_000).Select(x => mean * (1 + scatter * x))];
        double[] up = Samples((1 + Math.Min(bias, 0)) * step), down = Samples((1 - Math.Max(bias, 0)) * step);
        double readUp = scale * Curve.StepUp(middle), readDown = scale * Curve.StepDown(middle);
        Assert.Equal(1, up.Average() / readUp, 0.01);
        Assert.Equal(1, down.Average() / readDown, 0.01);
        // It has one number for both directions.
        Assert.Equal(1, Deviation(up) / (scale * Noise.DeviationUp), 0.03);
        Assert.Equal(1, Deviation(down) / (scale * Noise.DeviationDown), 0.03);
    }

    [Fact]
    public void Circuit_files_say_the_scatter_of_pulse_and_reset_with_its_errors()
    {
        CompactParameterTable table = Table with { Scatter = Noise.Figures };
        foreach (string text in (string[])[SpiceEmitter.Write(table, SpiceDialect.Ngspice), VerilogAEmitter.Write(table)])
            foreach (CompactScatter s in Noise.Figures)
                Assert.Matches($@"(?m)^(\*|//) {s.Name} = \S+( S)?: .*; \+- \S+; follows$", text);
    }

    /// <summary>A format with one number for both directions is as far from either, and its file says how far.</summary>
    [Fact]
    public void One_number_for_both_directions_says_what_it_is_off()
    {
        double relative = Noise.Relative(Curve), middle = (Curve.Min + Curve.Max) / 2, miss = Noise.RelativeMiss(Curve);
        Assert.Equal(miss, relative * Curve.StepUp(middle) / Noise.DeviationUp - 1, 1e-12);
        Assert.Equal(-miss, relative * Curve.StepDown(middle) / Noise.DeviationDown - 1, 1e-12);
        Assert.Equal(Noise.Miss, Noise.Deviation / Noise.DeviationUp - 1, 1e-12);
        Assert.Contains(CompactScatterText.Miss(miss), AihwkitEmitter.Write(Table, Curve, Noise, Spread));
        Assert.Equal("3.4 % too small up, too large down", CompactScatterText.Miss(-0.0341));
    }

    [Fact]
    public void Scatter_is_pulse_and_reset_in_quadrature_and_far_below_one_over_root_n()
    {
        foreach (StepNoise n in (StepNoise[])[Noise.Up, Noise.Down])
        {
            StepNoise closed = StepNoise.ClosedForm(Device, n == Noise.Up ? Curve.UpAmplitude : Curve.DownAmplitude, n.Mean);
            Assert.Equal(1, n.Relative / closed.Relative, 0.03 + 2 * n.Error / n.Deviation);
            Assert.Equal(1, n.RelativePulse / closed.RelativePulse, 0.04 + 2 * n.PulseError / n.PulseDeviation);
            Assert.True(n.RelativePulse < 0.3 / Math.Sqrt(Math.Abs(n.Mean)));
        }
    }

    [Fact]
    public void Device_that_single_protons_do_not_know_gets_the_closed_form_and_says_so()
    {
        Device sites = Device with { Interface = Device.Interface with { DefectDensity = 1e17 } };
        UpdateNoise noise = UpdateNoise.Of(sites, Table, Curve);
        Assert.Equal(StepNoise.ClosedForm(sites, Curve.UpAmplitude, Curve.ProtonsPerPulse).Deviation, noise.Up.Deviation);
        Assert.True(noise.Down.Mean < 0);
        Assert.All(noise.Figures, f => Assert.Contains("interface.defect_density", f.Origin));
        Assert.All(noise.Figures, f => Assert.Null(f.StandardError));
    }

    private static double Deviation(double[] samples)
    {
        double mean = samples.Average();
        return Math.Sqrt(samples.Average(x => (x - mean) * (x - mean)));
    }
}
