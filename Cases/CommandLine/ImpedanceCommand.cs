using System.CommandLine;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv impedance</c>: response of the gate to small signals about a state.</summary>
public static class ImpedanceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("impedance",
            "Impedance of the gate about rest, or about a stored state (--from), with the gate clamped; from the exact Jacobian.");
        var arguments = new PotentiostatArguments(command, "impedance");
        Option<double?> low = QuantityOption.Create("--low", "1/s", "Lowest frequency (default \"1e-3 1/s\").", mustBePositive: true);
        Option<double?> high = QuantityOption.Create("--high", "1/s", "Highest frequency (default \"1e10 1/s\").", mustBePositive: true);
        Option<int> density = IntegerOption.Create("--per-decade", "Frequencies per decade.", 1, 1000, 10);
        foreach (Option option in new Option[] { low, high, density })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            Potentiostat potentiostat = arguments.Potentiostat(parsed, definition);
            double from = parsed.GetValue(low) ?? 1e-3, to = parsed.GetValue(high) ?? 1e10;
            if (!(from < to))
                throw new InputException("", 0, "--low", QuantityText.Format(from, "1/s"),
                    $"must be below --high, {QuantityText.Format(to, "1/s")}");
            bool atRest = !arguments.IsFrom(parsed);
            var circuit = new RestCircuit(definition.Device);
            double[] frequencies = ImpedanceSpectrum.Decades(from, to, parsed.GetValue(density));
            var spectrum = new ImpedanceSpectrum(potentiostat, frequencies, atRest ? circuit : null);
            string state = atRest ? "rest"
                : $"the stored state at {QuantityText.Format(Math.Round(potentiostat.Device.GateVoltage, 6), "V")}";
            parsed.InvocationConfiguration.Output.WriteLine($"{definition.SourceName}: impedance about {state}");
            if (atRest && circuit.Omissions.Count > 0)
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"the equivalent circuit leaves out {string.Join(", ", circuit.Omissions)}");
            string title = $"{Path.GetFileNameWithoutExtension(definition.SourceName)}: impedance about {state}";
            arguments.Finish(parsed, definition, potentiostat, title, spectrum.ToTable(), Figures(potentiostat, spectrum, circuit, atRest),
                spectrum.Picture(title));
            return CommandLine.ExitCode.Success;
        });
        return command;
    }

    private static Dictionary<string, Figure> Figures(Potentiostat potentiostat, ImpedanceSpectrum spectrum, RestCircuit circuit,
        bool atRest)
    {
        var figures = new Dictionary<string, Figure>
        {
            ["arc_end"] = new(spectrum.ArcEnd(), "ohm", "resistance at the foot of the film's arc"),
            ["capacitance_high"] = new(Capacitance(spectrum, ^1), "F", "capacitance at the highest frequency, -1/(w Im Z)"),
            ["capacitance_low"] = new(Capacitance(spectrum, 0), "F", "capacitance at the lowest frequency"),
            ["drift"] = new(potentiostat.Drift, "1/s", "how fast the clamped state changes: frequencies well above this are meaningful"),
        };
        if (!atRest)
            return figures;
        figures["circuit_deviation"] = new(spectrum.WorstDeviation, "1", "largest deviation from the equivalent circuit, relative");
        figures["film_resistance"] = new(circuit.FilmResistance, "ohm", "circuit: resistance of the film");
        figures["film_capacitance"] = new(circuit.FilmCapacitance, "F", "circuit: capacitance of the film");
        figures["stern_capacitance"] = new(circuit.SternCapacitance, "F", "circuit: each compact layer");
        figures["diffuse_capacitance"] = new(circuit.DiffuseCapacitance, "F", "circuit: each diffuse layer");
        figures["gate_resistance"] = new(circuit.GateResistance, "ohm", "circuit: charge transfer of Pd");
        figures["channel_resistance"] = new(circuit.ChannelResistance, "ohm", "circuit: charge transfer of the Volmer step");
        figures["adsorption_capacitance"] = new(circuit.AdsorptionCapacitance, "F", "circuit: adsorbed hydrogen");
        figures["absorption_resistance"] = new(circuit.AbsorptionResistance, "ohm", "circuit: absorption");
        figures["store_capacitance"] = new(circuit.StoreCapacitance, "F", "circuit: hydrogen in the channel, all of it");
        return figures;
    }

    private static double Capacitance(ImpedanceSpectrum spectrum, Index k) =>
        -1 / (2 * Math.PI * spectrum.Frequencies[k] * spectrum.Impedance[k].Imaginary);
}
