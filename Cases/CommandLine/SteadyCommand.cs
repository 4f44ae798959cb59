using System.CommandLine;
using FvSolver.Cases.Electrochemistry;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv steady</c>: the steady state at a held gate voltage, or the quasi-steady current at a time.</summary>
public static class SteadyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("steady",
            "Hold the gate at a voltage until nothing moves any more. With a closed channel that is the state in which it has filled, "
            + "without current; --at gives the quasi-steady current at a time.");
        var arguments = new PotentiostatArguments(command, "steady");
        Option<double?> voltage = QuantityOption.Create("--voltage", "V", "Gate voltage, e.g. \"1 V\" (default: the present one).");
        Option<double?> at = QuantityOption.Create("--at", "s", "Stop at this time, e.g. \"1 us\".", mustBePositive: true);
        command.Options.Add(voltage);
        command.Options.Add(at);
        command.SetAction((parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            Potentiostat potentiostat = arguments.Potentiostat(parsed, definition);
            double target = parsed.GetValue(voltage) ?? potentiostat.Device.GateVoltage;
            double? time = parsed.GetValue(at);
            SteadyState state = SteadyState.Reach(potentiostat, target, time, cancel);
            string title = time is null
                ? $"steady state at {QuantityText.Format(target, "V")}"
                : $"{QuantityText.Format(time.Value, "s")} at {QuantityText.Format(target, "V")}";
            TextWriter text = parsed.InvocationConfiguration.Output;
            text.WriteLine($"{definition.SourceName}: {title}");
            Dictionary<string, Figure> figures = Figures(potentiostat, state, target);
            if (time is null)
            {
                text.WriteLine(state.IsSettled
                    ? "steady: the channel is in balance with the gate and carries no proton current; a current at this voltage is "
                        + "quasi-steady (--at)"
                    : $"not steady after {QuantityText.Format(state.Time, "s")}: what moves still is given below");
            }
            else
            {
                figures["time_left"] = new(TimeLeft(potentiostat, state.Current), "s",
                    "time for which the channel can go on taking (or giving) this");
            }
            arguments.Finish(parsed, definition, potentiostat, $"{Path.GetFileNameWithoutExtension(definition.SourceName)}: {title}",
                state.Series, figures, Picture(state, definition, title));
            return Task.FromResult(CommandLine.ExitCode.Success);
        });
        return command;
    }

    private static Dictionary<string, Figure> Figures(Potentiostat potentiostat, SteadyState state, double voltage)
    {
        Device device = potentiostat.Device.Device;
        double area = device.Geometry.Area;
        return new()
        {
            ["time"] = new(state.Time, "s", "time at the voltage"),
            ["gate_current"] = new(state.Current.Total, "A", "gate current"),
            ["current_density"] = new(state.Current.Total / area, "A/m^2", "current density"),
            ["current_faradaic"] = new(state.Current.Faradaic, "A", "of that protons given by Pd"),
            ["current_leak"] = new(state.Current.Leak, "A", "of that electrons through PSG"),
            ["conductance"] = new(potentiostat.Conductance, "S", "conductance of the channel"),
            ["composition"] = new(potentiostat.Inventory.Composition, "1", "mean composition y of the channel"),
            ["composition_balanced"] = new(SteadyState.BalancedComposition(device, voltage), "1",
                "composition whose U_W balances the gate"),
            ["coverage"] = new(potentiostat.Coverage, "1", "coverage"),
            ["protons_given"] = new(potentiostat.Inventory.Given, "1", "protons given by Pd since rest"),
            ["time_half"] = new(state.TimeOf(0.5), "s", "time for half of what the channel took"),
            ["time_most"] = new(state.TimeOf(0.99), "s", "time for 99 % of it"),
        };
    }

    /// <summary>Empty (or filled) sites of the channel over the rate at which they fill.</summary>
    private static double TimeLeft(Potentiostat potentiostat, GateCurrent current)
    {
        Device d = potentiostat.Device.Device;
        double y = potentiostat.Inventory.Composition;
        double sites = d.Wo3.SiteDensity * d.Wo3.Thickness * d.Geometry.Area * (current.Faradaic > 0 ? 1 - y : y);
        return sites * Constants.ElementaryCharge / Math.Abs(current.Faradaic);
    }

    private static FigureSpec Picture(SteadyState state, CaseDefinition definition, string title)
    {
        double[] time = [.. state.Series["time"]], density = [.. state.Series["current_density"]];
        CurveSpec Signed(int sign, string label, CurveStyle style) =>
            new() { Label = label, Style = style, Color = 0, X = time, Y = [.. density.Select(j => sign * j)] };
        var timeAxis = new AxisSpec("time at the voltage", "s") { Log = true };
        return new FigureSpec
        {
            Name = "steady",
            Title = $"{Path.GetFileNameWithoutExtension(definition.SourceName)}: {title}",
            Columns = 2,
            Panels =
            [
                new PanelSpec
                {
                    X = timeAxis,
                    Y = new AxisSpec("current density", "A/m^2") { Log = true },
                    Curves = [.. new[] { Signed(1, "", CurveStyle.Line), Signed(-1, "negative", CurveStyle.Dashed) }
                        .Where(c => c.Y.Any(j => j > 0))],
                },
                new PanelSpec
                {
                    X = timeAxis,
                    Y = new AxisSpec("mean composition of WO3", "1") { Log = true },
                    Curves = [new CurveSpec { X = time, Y = [.. state.Series["composition"]], Color = 1 }],
                },
            ],
        };
    }
}
