using System.CommandLine;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv iv</c>: cyclic voltammogram or staircase of the gate.</summary>
public static class IvCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("iv",
            "Current against gate voltage: from the present voltage to the high vertex, to the low one and back, at a scan rate; "
            + "with --step a staircase that is read at the end of each step.");
        var arguments = new PotentiostatArguments(command, "iv");
        Option<double?> high = QuantityOption.Create("--high", "V", "High vertex (default: 0.1 V above the present voltage).");
        Option<double?> low = QuantityOption.Create("--low", "V", "Low vertex (default: 0.1 V below the present voltage).");
        Option<double?> rate = QuantityOption.Create("--rate", "V/s", "Scan rate, e.g. \"0.1 V/s\" (default).", mustBePositive: true);
        Option<double?> step = QuantityOption.Create("--step", "V", "Height of the steps of a staircase; left out for a linear sweep.",
            mustBePositive: true);
        Option<int> cycles = IntegerOption.Create("--cycles", "Number of cycles.", 1, 1000, 1);
        Option<int> points = IntegerOption.Create("--points", "Points between the vertices of a linear sweep.", 2, 100_000, 200);
        foreach (Option option in new Option[] { high, low, rate, step, cycles, points })
            command.Options.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            Potentiostat potentiostat = arguments.Potentiostat(parsed, definition);
            var program = new VoltageProgram
            {
                High = parsed.GetValue(high) ?? potentiostat.Device.GateVoltage + 0.1,
                Low = parsed.GetValue(low) ?? potentiostat.Device.GateVoltage - 0.1,
                Rate = parsed.GetValue(rate) ?? 0.1,
                Step = parsed.GetValue(step) ?? 0,
                Cycles = parsed.GetValue(cycles),
                Points = parsed.GetValue(points),
            };
            Table table;
            try
            {
                table = Voltammetry.Run(potentiostat, program, cancel);
            }
            catch (ArgumentException e)
            {
                throw new InputException("", 0, "", "", e.Message);
            }
            string title = $"{(program.Step > 0 ? $"staircase of {QuantityText.Format(program.Step, "V")}" : "cyclic voltammogram")} at "
                + QuantityText.Format(program.Rate, "V/s");
            parsed.InvocationConfiguration.Output.WriteLine($"{definition.SourceName}: {title}");
            arguments.Finish(parsed, definition, potentiostat, $"{Path.GetFileNameWithoutExtension(definition.SourceName)}: {title}", table,
                Figures(table, potentiostat), Picture(table, definition, title, program));
            return Task.FromResult(CommandLine.ExitCode.Success);
        });
        return command;
    }

    private static Dictionary<string, Figure> Figures(Table table, Potentiostat potentiostat)
    {
        IReadOnlyList<double> current = table["gate_current"], voltage = table["gate_voltage"], charge = table["charge"];
        (int top, int bottom) = (At(current, 1), At(current, -1));
        return new()
        {
            ["peak_current"] = new(current[top], "A", "largest current"),
            ["peak_voltage"] = new(voltage[top], "V", "voltage there"),
            ["valley_current"] = new(current[bottom], "A", "most negative current"),
            ["valley_voltage"] = new(voltage[bottom], "V", "voltage there "),
            ["charge_in"] = new(charge.Max(), "C", "largest charge driven in"),
            ["charge_left"] = new(charge[^1], "C", "charge that is left at the end"),
            ["conductance_largest"] = new(table["conductance"].Max(), "S", "largest conductance"),
            ["conductance"] = new(potentiostat.Conductance, "S", "conductance at the end"),
        };
    }

    private static int At(IReadOnlyList<double> values, int sign) => values.Index().MaxBy(p => sign * p.Item).Index;

    private static FigureSpec Picture(Table table, CaseDefinition definition, string title, VoltageProgram program)
    {
        double[] voltage = [.. table["gate_voltage"]];
        double[] density = [.. table["gate_current"].Select(i => i / definition.Device.Geometry.Area)];
        CurveStyle style = program.Step > 0 ? CurveStyle.MarkersAndLine : CurveStyle.Line;
        var axis = new AxisSpec("gate voltage", "V");
        return new FigureSpec
        {
            Name = "voltammogram",
            Title = $"{Path.GetFileNameWithoutExtension(definition.SourceName)}: {title}",
            Columns = 2,
            Panels =
            [
                new PanelSpec
                {
                    X = axis,
                    Y = new AxisSpec("current density", "A/m^2"),
                    Curves = [.. Cycles(table, program.Cycles).Select(c => new CurveSpec
                    {
                        Label = program.Cycles > 1 ? $"cycle {c.Cycle + 1}" : "",
                        Style = style,
                        X = [.. c.Rows.Select(i => voltage[i])],
                        Y = [.. c.Rows.Select(i => density[i])],
                    })],
                    References = [new ReferenceSpec("rest", definition.Device.Gate.RestVoltage,
                        definition.Device.Gate.RestVoltage) { OnX = true }],
                },
                new PanelSpec
                {
                    X = axis,
                    Y = new AxisSpec("conductance", "nS"),
                    Curves = [new CurveSpec { X = voltage, Y = [.. table["conductance"].Select(g => g * 1e9)], Color = 1 }],
                },
            ],
            Note = "The gate is held by an ideal source. Protons stay in the closed channel: a slow sweep fills and empties it.",
        };
    }

    private static IEnumerable<(int Cycle, int[] Rows)> Cycles(Table table, int count)
    {
        IReadOnlyList<double> cycle = table["cycle"];
        return Enumerable.Range(0, count).Select(c => (c, Enumerable.Range(0, table.Count).Where(i => cycle[i] == c).ToArray()));
    }
}
