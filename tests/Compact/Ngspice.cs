using System.Diagnostics;
using System.Globalization;
using System.Text;
using FvSolver.Cases.Compact;
using FvSolver.Cases.Compact.Emit;
using FvSolver.Cases.Compact.Model;
using FvSolver.Tests.House;

namespace FvSolver.Tests.Compact;

/// <summary>Runs decks in ngspice.</summary>
internal static class Ngspice
{
    /// <summary>Output of a deck.</summary>
    /// <param name="deck">Text of the deck.</param>
    /// <param name="mode">Value of ngbehavior, or null.</param>
    /// <param name="files">Files beside it.</param>
    /// <exception cref="InvalidOperationException">ngspice wrote of an error: its exit code is 0
    /// even after "timestep too small".</exception>
    public static string Run(string deck, string? mode, params (string Name, string Text)[] files)
    {
        using var directory = new TemporaryDirectory();
        foreach ((string name, string text) in files)
            File.WriteAllText(directory[name], text);
        File.WriteAllText(directory["deck.cir"], deck);
        if (mode is not null)
            File.WriteAllText(directory[".spiceinit"], $"set ngbehavior={mode}\n");
        var start = new ProcessStartInfo("ngspice", ["-b", "deck.cir"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(directory["deck.cir"])
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return output.Contains("Error", StringComparison.OrdinalIgnoreCase) || output.Contains("too small", StringComparison.Ordinal)
            ? throw new InvalidOperationException(output)
            : output;
    }

    /// <summary>A number that the deck printed or measured.</summary>
    public static double Value(string output, string name)
    {
        string line = output.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal) && l.Contains('='))
            ?? throw new InvalidOperationException($"ngspice did not give {name}:\n{output}");
        return double.Parse(line.Split('=')[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>A number to the last bit.</summary>
    public static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Time at rest before a pulse of <see cref="Train"/>, its edges, and the time at rest before the gate opens [s].</summary>
    public const double LeadTime = 1e-9, EdgeTime = 1.1e-9, HoldTime = 1e-8;

    /// <summary>Conductance after each of some trapezoids and a rest with the gate open, by an ideal switch or a smooth one.</summary>
    /// <param name="table">Model.</param>
    /// <param name="dialect">Dialect of its file.</param>
    /// <param name="mode">Value of ngbehavior, or null.</param>
    /// <param name="temperature">Temperature [K].</param>
    /// <param name="pulses">Amplitudes [V] and widths [s].</param>
    /// <param name="wait">Each rest [s].</param>
    /// <param name="switched">True for the ideal switch.</param>
    /// <param name="follows">
    /// True for pulses from the voltage that the open gate has, as the solver's are: a capacitor
    /// holds it. False for pulses from the rest voltage.
    /// </param>
    public static double[] Train(CompactParameterTable table, SpiceDialect dialect, string? mode, double temperature,
        (double Amplitude, double Width)[] pulses, double wait, bool switched, bool follows = false)
    {
        double rest = new CompactModel(table.Values(), temperature).RestVoltage, t = 0;
        StringBuilder wave = new($"0 {N(rest)}"), gate = new("0 1"), shape = new("0 0"), top = new("0 0");
        var reads = new List<double>();
        foreach ((double amplitude, double width) in pulses)
        {
            double start = t + LeadTime, off = start + width + HoldTime, on = off + wait;
            wave.Append($"\n+ {N(start)} {N(rest)} {N(start + EdgeTime)} {N(amplitude)} {N(start + width - EdgeTime)} {N(amplitude)} "
                + $"{N(start + width)} {N(rest)}");
            shape.Append($"\n+ {N(start)} 0 {N(start + EdgeTime)} 1 {N(start + width - EdgeTime)} 1 {N(start + width)} 0");
            top.Append($"\n+ {N(start - LeadTime / 2)} {N(amplitude)} {N(off + 2e-10)} {N(amplitude)}");
            gate.Append($"\n+ {N(off)} 1 {N(off + 1e-10)} 0 {N(on - 2e-10)} 0 {N(on - 1e-10)} 1");
            reads.Add(on - 1e-9);
            t = on;
        }
        string output = Run($"""
            train
            .include model.cir
            .options reltol=1e-4 minbreak=1e-16
            .temp {N(temperature - 273.15)}
            {(follows
                ? $"Vshape shape 0 PWL({shape})\nVtop top 0 PWL({top})\nChold base 0 1p\n.ic v(base)={N(rest)}\n"
                    + $"Bhold 0 base I=(V(g)-V(base))*1m*(1-V(ctl))\nBs src 0 V=V(base)+V(shape)*(V(top)-V(base))"
                : $"Vs src 0 PWL({wave})")}
            Vc ctl 0 PWL({gate})
            {(switched
                ? "Ssw src g ctl 0 SWM\n.model SWM SW(vt=0.5 vh=0.1 ron=1e5 roff=1e21)"
                : mode is null ? "Bsw src g I = V(src,g)*exp(44*(V(ctl)-1)-6.9)" : "Gsw src g cur='V(src,g)*exp(44*(V(ctl)-1)-6.9)'")}
            Vd d 0 DC 1
            X1 g 0 d fv_resistor
            .save i(vd)
            .tran {N(t / 100)} {N(t)} 0 {N(Math.Min(0.1, wait / 10))}
            .control
            run
            {string.Join('\n', reads.Select((at, i) => $"meas tran g{i} FIND i(vd) AT={N(at)}"))}
            quit 0
            .endc
            .end

            """, mode, ("model.cir", SpiceEmitter.Write(table, dialect)));
        return [.. reads.Select((_, i) => -Value(output, $"g{i}"))];
    }
}
