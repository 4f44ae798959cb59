using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using FvSolver.Tests.Sweeps;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Xunit;

namespace FvSolver.Tests.Compact;

public class EmitterTests
{
    private static readonly Device Device = CalibrationRules.Resolve(new Device());
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
        JsonElement device = JsonDocument.Parse(Python(directory, Consumer, directory["preset.py"])).RootElement;
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
        Assert.Equal("True True NormalProportionalDevice 0.01 False", Python(directory, consumer, directory["parameters.py"]).Trim());
    }

    /// <summary>
    /// The fields of the constructors in Cell.cpp of MLP+NeuroSim V3.0 with other values than ours, and its laws: G = B (1 - exp(-P/A)) +
    /// G_min with B = (G_max - G_min)/(1 - exp(-P_max/A)) and P from the conductance (RealDevice), the data (MeasuredDevice).
    /// </summary>
    private const string NeuroSim = """
        #include <cmath>
        #include <cstdio>
        #include <random>
        #include <vector>
        struct Device {
            double maxConductance = 1e-5, minConductance = 5e-7, avgMaxConductance = 1e-5, avgMinConductance = 5e-7, conductance = 5e-7,
                conductancePrev = 5e-7;
            double readVoltage = 0.5, readPulseWidth = 5e-9, writeVoltageLTP = 2, writeVoltageLTD = 2, writePulseWidthLTP = 8e-8,
                writePulseWidthLTD = 8e-8;
            int maxNumLevelLTP = 31, maxNumLevelLTD = 31;
            bool cmosAccess = true, FeFET = false, nonlinearWrite = false, nonIdenticalPulse = false, symLTPandLTD = false;
            double gateCapFeFET = 2e-18, NL_LTP = 4, NL_LTD = -4, sigmaDtoD = 0, sigmaCtoC = 0, paramALTP = 1, paramALTD = 1,
                widthInFeatureSize = 4;
            std::normal_distribution<double> *gaussian_dist2 = new std::normal_distribution<double>(0, 1),
                *gaussian_dist3 = new std::normal_distribution<double>(0, 1);
            std::vector<double> dataConductanceLTP, dataConductanceLTD;
            std::mt19937 localGen;
            void Real() {
                #define FV_REAL_DEVICE
                #include "neurosim_device.inc"
            }
            void Whole() {
                #define FV_WHOLE_RANGE
                #define FV_REAL_DEVICE
                #include "neurosim_device.inc"
            }
            void Measured() {
                #define FV_MEASURED_DEVICE
                #include "neurosim_device.inc"
            }
            double Step(int pulse, int levels, double a) {
                double b = (maxConductance - minConductance) / (1 - std::exp(-levels / a));
                double p = -a * std::log(1 - (conductance - minConductance) / b);
                return b * (1 - std::exp(-(p + pulse) / a)) + minConductance;
            }
            // From the lowest conductance to the highest and back.
            void Walk() {
                conductance = minConductance;
                printf("%d %d %.17g", maxNumLevelLTP, maxNumLevelLTD, conductance);
                for (int i = 0; i < maxNumLevelLTP; i++) printf(" %.17g", conductance = Step(1, maxNumLevelLTP, paramALTP));
                for (int i = 0; i < maxNumLevelLTD; i++) printf(" %.17g", conductance = Step(-1, maxNumLevelLTD, paramALTD));
                printf("\n");
            }
        };
        int main() {
            Device d, w, m;
            d.Real();
            w.Whole();
            m.Measured();
            printf("%.17g %.17g %.17g %.17g %.17g %.17g %d %d\n", w.conductance, d.avgMaxConductance, d.readPulseWidth, m.conductance,
                m.avgMaxConductance,
                d.gaussian_dist3->stddev(),
                (int)m.dataConductanceLTP.size(), (int)m.dataConductanceLTD.size());
            // RealDevice::Write adds gaussian_dist3 to the step of its law.
            const int samples = 100000;
            double start = d.conductance = (d.minConductance + d.maxConductance) / 2, sum = 0, squares = 0;
            for (int i = 0; i < samples; i++) {
                double step = d.Step(1, d.maxNumLevelLTP, d.paramALTP) + (*d.gaussian_dist3)(d.localGen) - start;
                sum += step;
                squares += step * step;
            }
            printf("%.17g %.17g %.17g\n", start, sum / samples, std::sqrt(squares / samples - sum / samples * (sum / samples)));
            w.Walk();
            d.Walk();
        }
        """;

    [NeedsProgramFact("g++", "--version", "g++")]
    public void Neurosim_blocks_compile_in_its_constructors_and_its_law_follows_the_curve()
    {
        UpdateCurve curve = Whole.Value;
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["neurosim_device.inc"], NeuroSimEmitter.Write(Table, curve, Noise, 26e-18, 0.1, new()));
        File.WriteAllText(directory["device.cpp"], NeuroSim);
        (int code, string output) = NeedsProgramFactAttribute.Run("g++",
            $"-std=c++11 -Wall -Werror -o \"{directory["device"]}\" \"{directory["device.cpp"]}\"");
        Assert.True(code == 0, output);
        (code, output) = NeedsProgramFactAttribute.Run(directory["device"], "");
        string[] lines = output.TrimEnd().Split('\n');
        double[] head = [.. lines[0].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        Assert.Equal([curve.Min, curve.Max, 5e-9, curve.Min, curve.Max], head[..5]);
        double[] sample = [.. lines[1].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        Assert.Equal(1, sample[1] / curve.StepUp(sample[0]), 0.01);
        // It has one number for both directions.
        Assert.Equal(1, sample[2] / Noise.DeviationUp, 0.03);
        Assert.Equal(1, sample[2] / Noise.DeviationDown, 0.03);
        Assert.Equal([curve.Up.Count, curve.Down.Count], head[6..]);
        // The law has one parameter a direction: it holds over the upper part of the range.
        Assert.InRange(Misfit(curve, lines[2], out double whole), 1e-3, 6e-3);
        Assert.Equal(curve.Min, whole);
        Assert.InRange(Misfit(curve, lines[3], out double low), 1e-5, NeuroSimEmitter.Band);
        Assert.InRange((curve.Max - low) / (curve.Max - curve.Min), 0.6, 0.95);
        // RealDevice::Write truncates (k/N) N to an integer: no small number of pulses may lose one.
        foreach (int levels in lines[3].Split(' ').Take(2).Select(int.Parse))
            Assert.All(Enumerable.Range(1, 24), k => Assert.Equal(k, (int)((double)k / levels * levels)));
    }

    /// <summary>Largest distance from the curve of a walk from the lowest conductance to the highest and back, over its range.</summary>
    private static double Misfit(UpdateCurve curve, string line, out double low)
    {
        double[] walk = [.. line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        (int up, int down) = ((int)walk[0], (int)walk[1]);
        double start = low = walk[2];
        double[] g = walk[2..];
        Assert.Equal(1 + up + down, g.Length);
        int first = Array.FindIndex([.. curve.Up], c => Math.Abs(c - start) < 1e-9 * start);
        return Enumerable.Range(0, up + 1).Select(i => g[i] - curve.Up[first + i])
            .Concat(Enumerable.Range(0, down).Select(i => g[up + i] - curve.Down[i])).Max(Math.Abs) / (curve.Max - low);
    }

    /// <summary>The law of wage_quantizer.py of DNN+NeuroSim V2.1: w = B (1 - exp(-P/A)) - 1, B = 2/(1 -
    /// exp(-N/A)), one N for both directions.</summary>
    [ProgramFact("python3")]
    public void Dnn_neurosim_module_sets_the_arguments_and_its_law_follows_the_curve()
    {
        UpdateCurve curve = Whole.Value;
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["device.py"], DnnNeuroSimEmitter.Training(Table, curve, Noise));
        const string consumer = """
            import math, sys, types
            scope = {}
            exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), scope)
            args, ltp, ltd = types.SimpleNamespace(), {0: 7.0}, {0: 7.0}
            scope["arguments"](args)
            scope["curves"](ltp, ltd)
            n = args.max_level
            def update(w, a, pulses):
                b = 2 / (1 - math.exp(-n / a))
                return b * (1 - math.exp(-(-a * math.log(1 - (w + 1) / b) + pulses) / a)) - 1
            w, walk = -1.0, [-1.0]
            for i in range(n):
                walk.append(w := update(w, ltp[0], 1))
            for i in range(n):
                walk.append(w := update(w, ltd[0], -1))
            print(n, args.cellBit, args.wl_weight, args.onoffratio, args.c2cVari, *walk)
            """;
        double[] found = [.. Python(directory, consumer, directory["device.py"]).Split(' ')
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        int levels = (int)found[0];
        Assert.Equal(Math.Floor(Math.Log2(levels)), found[1]);
        Assert.Equal(found[1], found[2]);
        double low = curve.Max / found[3], range = curve.Max - low;
        Assert.Equal(1, found[4] * range / Noise.Deviation, 1e-9);
        double[] up = [.. curve.Up.Where(g => g >= low * (1 - 1e-12))], down = [.. curve.Down.Where(g => g >= low)];
        double[] walk = [.. found[5..].Select(w => low + (w + 1) / 2 * range)];
        // By shares of the way: the number of pulses is one for both directions, and up to a percent off for each.
        double At(double[] g, double share) => g[(int)(share * (g.Length - 1))]
            + (share * (g.Length - 1) % 1) * (g[Math.Min(g.Length - 1, (int)(share * (g.Length - 1)) + 1)]
                - g[(int)(share * (g.Length - 1))]);
        for (double share = 0; share <= 1; share += 0.05)
        {
            Assert.InRange(Math.Abs(At(walk[..(levels + 1)], share) - At(up, share)) / range, 0, 2e-3);
            Assert.InRange(Math.Abs(At(walk[levels..], share) - At(down, share)) / range, 0, 2e-3);
        }
    }

    [NeedsProgramFact("g++", "--version", "g++")]
    public void Dnn_neurosim_block_compiles_among_the_fields_of_its_parameters()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["dnn_neurosim_device.inc"], DnnNeuroSimEmitter.Chip(Table, Curve, 26e-18, 0.1));
        // Names and types of Param.h of DNN+NeuroSim V2.1.
        File.WriteAllText(directory["param.cpp"], """
            #include <cstdio>
            struct Param {
                int memcelltype = 1, accesstype = 4, cellBit = 1, maxNumLevelLTP = 60, maxNumLevelLTD = 60;
                double resistanceOn = 240e3, resistanceOff = 24e6, maxConductance = 1, minConductance = 1, gateCapFeFET = 1,
                    writeVoltage = 4,
                    writePulseWidth = 1, readVoltage = 0.5;
                bool nonlinearIV = true;
                Param() {
                    #include "dnn_neurosim_device.inc"
                }
            };
            int main() { Param p; printf("%.17g %.17g %.17g\n", p.maxConductance, p.minConductance, p.writePulseWidth); }
            """);
        (int code, string output) = NeedsProgramFactAttribute.Run("g++",
            $"-std=c++11 -Wall -Werror -o \"{directory["param"]}\" \"{directory["param.cpp"]}\"");
        Assert.True(code == 0, output);
        double[] found = [.. NeedsProgramFactAttribute.Run(directory["param"], "").Output.Split(' ')
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        Assert.Equal(1, found[0] / Curve.Max, 1e-12);
        Assert.InRange(found[1], Curve.Min, Curve.Max / 2);
        Assert.Equal(Curve.Width, found[2]);
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
                Python(directory, consumer, directory["module.py"]).Trim());
        }
    }

    [Fact]
    public void Neurosim_arrays_pass_the_consumers_checks()
    {
        string text = NeuroSimEmitter.Write(Table, Curve, Noise, 26e-18, 0.1, Spread);
        double[] Array(string name) => [.. Regex.Match(text, $@"{name} = \{{(.*?)\}};").Groups[1].Value.Split(',')
            .Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        double[] ltp = Array("dataConductanceLTP"), ltd = Array("dataConductanceLTD");
        Assert.Equal(ltp[^1], ltd[0]);
        Assert.Equal(ltp[0], ltd[^1]);
        Assert.All(ltp.Zip(ltp.Skip(1)), p => Assert.True(p.Second > p.First));
        Assert.All(ltd.Zip(ltd.Skip(1)), p => Assert.True(p.Second < p.First));
        Assert.Contains($"maxNumLevelLTP = {ltp.Length - 1};", text);
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
        using Process process = Process.Start(new ProcessStartInfo("python3",
            [directory["consumer.py"], argument])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
