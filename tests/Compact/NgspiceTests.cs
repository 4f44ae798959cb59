using System.Diagnostics;
using System.Globalization;
using System.Text;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Tests.Sweeps;
using Xunit;

namespace FvSolver.Tests.Compact;

public class NgspiceTests
{
    private static readonly CompactParameterTable Table = CompactParameterTable.FromDevice("default device", CalibrationRules.Resolve(new Device()));

    /// <summary>Trapezoids from the rest voltage, each followed by an open gate, in ngspice and in our own evaluation.</summary>
    private static (double[] Ngspice, double[] Own) Train(CompactParameterTable table, double temperature, (double Amplitude, double Width, double Wait)[] pulses)
    {
        const double edge = 1.1e-9, lead = 1e-9;
        var model = new CompactModel(table.Values(), temperature);
        double rest = model.RestVoltage;
        var run = new CompactRun(model, table.Geometry, 1e-8);
        var wave = new StringBuilder($"0 {N(rest)}");
        var gate = new StringBuilder("0 1");
        var own = new List<double>();
        var reads = new List<double>();
        double t = lead;
        foreach ((double amplitude, double width, double wait) in pulses)
        {
            wave.Append($" {N(t)} {N(rest)} {N(t + edge)} {N(amplitude)} {N(t + width - edge)} {N(amplitude)} {N(t + width)} {N(rest)}");
            double off = t + width, on = t + width + wait;
            gate.Append($" {N(off)} 1 {N(off + 1e-11)} 0 {N(on - 1e-10)} 0 {N(on)} 1");
            own.Add(Read(run, new VoltageTable([0, edge, width - edge, width], [rest, amplitude, amplitude, rest]), wait));
            t = on;
            reads.Add(t - 2e-10);
        }
        string reading = string.Join('\n', reads.Select((at, i) => $"meas tran g{i} FIND i(vd) AT={N(at)}"));
        string deck = $"""
            train
            {SpiceEmitter.Write(table)}
            Vs src 0 PWL({wave})
            Vc ctl 0 PWL({gate})
            Bsw src g I = V(src,g)*exp(34.5*(V(ctl)-1)-6.9)
            Vd d 0 DC 1
            X1 g 0 d fv_resistor TDEV={N(temperature)}
            .options reltol=1e-5 abstol=1e-18 vntol=1e-9 chgtol=1e-21 gmin=1e-21 trtol=1
            .tran 1n {N(t)} 0 {N(Math.Max(1e-10, pulses.Max(p => p.Wait) / 200))} uic
            .control
            run
            {reading}
            quit 0
            .endc
            .end

            """;
        string output = Ngspice(deck);
        double[] spice = [.. reads.Select((_, i) => -Value(output, $"g{i}"))];
        return (spice, [.. own]);
    }

    private static double Read(CompactRun run, ProtocolStep pulse, double wait)
    {
        run.Run([pulse, new Rest(wait)]);
        return run.Conductance;
    }

    private static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Value(string output, string name)
    {
        string line = output.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal) && l.Contains('='))
            ?? throw new InvalidOperationException($"ngspice did not give {name}:\n{output}");
        return double.Parse(line.Split('=')[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static string Ngspice(string deck)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["train.cir"], deck);
        using Process process = Process.Start(new ProcessStartInfo("ngspice", ["-b", directory["train.cir"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // Its exit code is 0 even after "timestep too small".
        if (output.Contains("Error", StringComparison.OrdinalIgnoreCase) || error.Result.Contains("Error", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException(output + error.Result);
        return output;
    }

    [ProgramFact("ngspice")]
    public void Subcircuit_and_own_evaluation_agree_on_20_up_and_20_down_within_half_a_percent()
    {
        (double Amplitude, double Width, double Wait)[] pulses = [.. Enumerable.Repeat((10.0, 5e-9, 5e-5), 20), .. Enumerable.Repeat((-8.5, 5e-9, 5e-5), 20)];
        (double[] spice, double[] own) = Train(Table, 300, pulses);
        double rest = 1 / 88e6, range = own[19] - rest;
        for (int i = 0; i < pulses.Length; i++)
            Assert.InRange(Math.Abs(spice[i] - own[i]), 0, 0.005 * range);
        Assert.Equal(1, (spice[0] - rest) / (own[0] - rest), 0.005);
        Assert.Equal(1, (spice[19] - rest) / range, 0.005);
    }

    [ProgramFact("ngspice")]
    public void Subcircuit_and_own_evaluation_agree_on_mixed_pulses_at_another_temperature_and_size()
    {
        CompactParameterTable table = Table with { Geometry = new CompactGeometry(60e-9, 30e-9, 1.1e-9, 0) };
        (double[] spice, double[] own) = Train(table, 320, [(9, 10e-9, 2e-5), (-7, 20e-9, 1e-4), (8, 40e-9, 1e-5), (-9, 3e-9, 5e-5)]);
        double rest = new CompactModel(table.Values()).Conductance(default, 60e-9, 30e-9), before = rest;
        for (int i = 0; i < own.Length; i++)
        {
            Assert.InRange(Math.Abs(spice[i] - own[i]), 0, 0.005 * Math.Abs(own[i] - before));
            before = own[i];
        }
    }
}
