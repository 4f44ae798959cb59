using System.Globalization;
using System.Text.RegularExpressions;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using FvSolver.Tests.Sweeps;
using Xunit;

namespace FvSolver.Tests.Compact;

/// <summary>The files for MLP+NeuroSim and DNN+NeuroSim, by the clients' own formulas.</summary>
public class NeuroSimEmitterTests
{
    private static readonly CompactParameterTable Table = Emitted.Table;
    private static readonly UpdateCurve Curve = Emitted.Curve;
    private static readonly UpdateNoise Noise = Emitted.Noise;

    /// <summary>As long as the real one: over fewer pulses from rest no law of NeuroSim holds.</summary>
    private static readonly Lazy<UpdateCurve> Whole = new(() => UpdateCurve.Of(Table, 10, -8.5, 5e-9, 1000));

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
        Assert.Equal(1, head[5] / Noise.Deviation, 1e-9);
        double[] sample = [.. lines[1].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        Assert.Equal(1, sample[1] / curve.StepUp(sample[0]), 0.01);
        // It has one number for both directions.
        Assert.Equal(1, sample[2] / Noise.DeviationUp, 0.03);
        Assert.Equal(1, sample[2] / Noise.DeviationDown, 0.03);
        Assert.Equal([curve.Up.Count, curve.Down.Count], head[6..]);
        // The law has one parameter a direction: over the whole range nothing better can be had, over the upper part it holds.
        Assert.InRange(Misfit(curve, lines[2], out double whole), 1e-3, 6e-3);
        Assert.Equal(NeuroSimLaw.Of(curve).Misfit, Misfit(curve, lines[2], out _), 1e-9);
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
        double[] found = [.. Emitted.Python(directory, consumer, directory["device.py"]).Split(' ')
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        int levels = (int)found[0];
        Assert.Equal(Math.Floor(Math.Log2(levels)), found[1]);
        Assert.Equal(found[1], found[2]);
        double low = curve.Max / found[3], range = curve.Max - low;
        Assert.Equal(1, found[4] * range / Noise.Deviation, 1e-9);
        double[] up = [.. curve.Up.Where(g => g >= low * (1 - 1e-12))], walk = [.. found[5..].Select(w => low + (w + 1) / 2 * range)];
        // By shares of the way: the number of pulses is one for both directions, and up to a percent off for each. The way down ends
        // within a pulse.
        double At(IReadOnlyList<double> g, double pulses)
        {
            int before = Math.Min((int)pulses, g.Count - 2);
            return g[before] + (pulses - before) * (g[before + 1] - g[before]);
        }
        int whole = curve.Down.Count(g => g >= low) - 1;
        double down = whole + (curve.Down[whole] - low) / (curve.Down[whole] - curve.Down[whole + 1]);
        for (double share = 0; share <= 1; share += 0.05)
        {
            Assert.InRange(Math.Abs(At(walk[..(levels + 1)], share * levels) - At(up, share * (up.Length - 1))) / range, 0, 1e-3);
            Assert.InRange(Math.Abs(At(walk[levels..], share * levels) - At(curve.Down, share * down)) / range, 0, 1e-3);
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

    [Fact]
    public void Neurosim_arrays_pass_the_consumers_checks()
    {
        string text = NeuroSimEmitter.Write(Table, Curve, Noise, 26e-18, 0.1, Emitted.Spread);
        double[] Array(string name) => [.. Regex.Match(text, $@"{name} = \{{(.*?)\}};").Groups[1].Value.Split(',')
            .Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        double[] ltp = Array("dataConductanceLTP"), ltd = Array("dataConductanceLTD");
        Assert.Equal(ltp[^1], ltd[0]);
        Assert.Equal(ltp[0], ltd[^1]);
        Assert.All(ltp.Zip(ltp.Skip(1)), p => Assert.True(p.Second > p.First));
        Assert.All(ltd.Zip(ltd.Skip(1)), p => Assert.True(p.Second < p.First));
        Assert.Contains($"maxNumLevelLTP = {ltp.Length - 1};", text);
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

    /// <summary>No other parameter of the law comes nearer to the curve: a scan over all that could.</summary>
    [Fact]
    public void Neurosim_curvature_is_the_best_that_the_law_has()
    {
        IReadOnlyList<double> up = Whole.Value.Up;
        double Law(double k, double share) => (1 - Math.Exp(-k * share)) / (1 - Math.Exp(-k));
        double Misfit(double k) => up.Select((g, i) => Math.Abs((g - up[0]) / (up[^1] - up[0]) - Law(k, i / (up.Count - 1.0)))).Max();
        NeuroSimNonlinearity best = NeuroSimNonlinearity.Of(up);
        Assert.Equal(Misfit(best.Curvature), best.Misfit, 1e-9);
        Assert.All(Enumerable.Range(-400, 800), i => Assert.True(Misfit(0.005 * (i + 0.5)) >= best.Misfit));
    }

    [Fact]
    public void Neurosim_curvature_is_found_in_a_curve_of_its_own_law()
    {
        double[] curve = [.. Enumerable.Range(0, 50).Select(i => 1e-8 + 2e-7 * (1 - Math.Exp(0.6 * i / 49)) / (1 - Math.Exp(0.6)))];
        Assert.Equal(-0.6, NeuroSimNonlinearity.Of(curve).Curvature, 1e-4);
    }
}
