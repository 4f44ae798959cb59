using System.Globalization;
using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Input;

/// <summary>A key of a protocol step and the value in effect.</summary>
/// <param name="Key">Key as in a case file.</param>
/// <param name="Value">Number [unit], list of numbers, or count.</param>
/// <param name="Unit">SI unit; 1 when dimensionless.</param>
/// <param name="From">Where the value comes from when the step does not give it; empty when it does.</param>
public sealed record StepValue(string Key, object Value, string Unit, string From = "");

/// <summary>A protocol step with every value in effect.</summary>
/// <param name="Type">Type as in a case file; a staircase is shown as the pulses that it stands for.</param>
/// <param name="Values">Its values.</param>
/// <param name="Steps">Steps of a repeat.</param>
public sealed record StepDescription(string Type, IReadOnlyList<StepValue> Values, IReadOnlyList<StepDescription> Steps);

/// <summary>What a case does to the gate, with the values that steps take from the device filled in.</summary>
public static class ProtocolText
{
    private const int LongestList = 8;

    /// <summary>The steps of a case.</summary>
    public static IReadOnlyList<StepDescription> Of(CaseDefinition definition) =>
        [.. definition.Protocol.Select(step => Describe(step, definition.Device.Gate))];

    /// <summary>One line a step, the steps of a repeat indented.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<StepDescription> steps, string indent = "", string path = "protocol")
    {
        foreach ((int i, StepDescription step) in steps.Index())
        {
            yield return $"{indent}{path}.{i}  {step.Type}: {string.Join(", ", step.Values.Select(Words))}";
            foreach (string line in Lines(step.Steps, indent + "  ", $"{path}.{i}.steps"))
                yield return line;
        }
    }

    private static StepDescription Describe(ProtocolStep step, GateCircuit gate) => step switch
    {
        PulseTrain train => new("pulses",
        [
            List("amplitude", train.Amplitudes, "V"), List("width", train.Widths, "s"),
            Or("edge", train.Edge, gate.EdgeTime, "gate.edge_time"), Or("hold", train.Hold, gate.HoldTime, "gate.hold_time"),
            new("count", train.Count, "1"), new("rest", train.Rest, "s"), .. Until(train.Until),
        ], []),
        Rest rest => new("rest", [new("duration", rest.Duration, "s")], []),
        Hold hold => new("hold",
            [new("voltage", hold.Voltage, "V"), new("duration", hold.Duration, "s"),
                Or("edge", hold.Edge, gate.EdgeTime, "gate.edge_time")], []),
        CurrentPulse pulse => new("current", [new("current", pulse.Current, "A"), new("duration", pulse.Duration, "s")], []),
        DrainBias drain => new("drain",
            [new("voltage", drain.Voltage, "V"), new("duration", drain.Duration, "s"),
                Or("edge", drain.Edge, gate.EdgeTime, "gate.edge_time")], []),
        VoltageTable table => new("table", [List("time", table.Times, "s"), List("voltage", table.Voltages, "V")], []),
        Repeat repeat => new("repeat", [new("count", repeat.Count, "1")], [.. repeat.Steps.Select(s => Describe(s, gate))]),
        _ => throw new ArgumentException($"There are no words for a step of type {step.GetType().Name}.", nameof(step)),
    };

    private static IEnumerable<StepValue> Until(StopCondition? until)
    {
        if (until is null)
            yield break;
        (string quantity, string unit) = until.Quantity == StopQuantity.Conductance ? ("conductance", "S") : ("composition", "1");
        yield return new($"until.{quantity}_{(until.Above ? "above" : "below")}", until.Bound, unit);
    }

    private static StepValue List(string key, IReadOnlyList<double> values, string unit) =>
        values.Count == 1 ? new(key, values[0], unit) : new(key, values, unit);

    private static StepValue Or(string key, double? own, double device, string path) =>
        own is { } value ? new(key, value, "s") : new(key, device, "s", path);

    private static string Words(StepValue value)
    {
        string shown = value.Value switch
        {
            double number => QuantityText.Format(number, value.Unit),
            IReadOnlyList<double> { Count: <= LongestList } list => string.Join(", ", list.Select(v => Number(v, value.Unit))),
            IReadOnlyList<double> list => $"{list.Count} from {Number(list[0], value.Unit)} to {Number(list[^1], value.Unit)}",
            var count => Convert.ToString(count, CultureInfo.InvariantCulture)!,
        };
        return $"{value.Key} {shown}{(value.From.Length > 0 ? $" ({value.From})" : "")}";
    }

    // A table says by NaN that the gate is open.
    private static string Number(double value, string unit) => double.IsNaN(value) ? "open" : QuantityText.Format(value, unit);
}
