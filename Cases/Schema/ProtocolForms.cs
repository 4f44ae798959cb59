using FvSolver.Materials;
using static FvSolver.Cases.Schema.Describe;

namespace FvSolver.Cases.Schema;

/// <summary>Steps of a <c>[[protocol]]</c>.</summary>
internal static class ProtocolForms
{
    /// <summary>Name of <see cref="Step"/> among the definitions of a file.</summary>
    public const string Name = "step";

    /// <summary>One step.</summary>
    public static VariantForm Step => new("type",
    [
        ("pulses", "Trapezoidal voltage pulses, each followed by a hold and a rest with the gate open.", new TableForm(
            Needed("amplitude", Several(Any("V")), "\"10 V\"",
                "Gate voltage on the plateau; of several values pulse k takes entry k modulo the length."),
            Needed("width", Several(new NumberForm("s", Width)), "\"5 ns\"",
                "Width from base to base, at least rise plus fall; of several values pulse k takes entry k modulo the length."),
            Optional("edge", Positive("s"), "\"1.1 ns\"", "Rise and fall time; that of gate.edge_time when left out."),
            Optional("hold", NonNegative("s"), "\"10 ns\"",
                "Time at the base voltage after the pulse, before the gate opens; that of gate.hold_time when left out."),
            Optional("count", Count(0), "1", "Number of pulses, or the most with until; one of each listed value when left out."),
            Optional("random_seed", Count(0), "1", "Draws the listed amplitudes at random, each as often as the next; needs count."),
            Optional("rest", Positive("s"), "\"1 s\"", "Time with the gate open after each pulse; the conductance is read at its end."),
            Optional("until", Until, "", "Ends the train after the first pulse at whose read it holds."))),
        ("rest", "The gate is open for a time.", new TableForm(
            Needed("duration", Positive("s"), "\"100 s\"", "Time."))),
        ("hold", "The gate is ramped to a voltage and held there by the source.", new TableForm(
            Needed("voltage", Any("V"), "\"2 V\"", "Voltage that is held."),
            Needed("duration", Positive("s"), "\"1 us\"", "Time at the voltage after the ramp."),
            Optional("edge", Positive("s"), "\"1.1 ns\"", "Time of the ramp; that of gate.edge_time when left out."))),
        ("current", "A constant current into the gate for a time.", new TableForm(
            Needed("current", Any("A"), "\"1 nA\"", "Current, positive into the gate."),
            Needed("duration", Positive("s"), "\"10 ns\"", "Time."))),
        ("staircase", "Pulses whose amplitude rises or falls in equal steps.", new TableForm(
            Needed("start", Any("V"), "\"8 V\"", "Amplitude of the first pulse."),
            Needed("stop", Any("V"), "\"10 V\"", "Amplitude of the last pulse."),
            Needed("steps", Count(2, 1e6), "5", "Number of pulses."),
            Needed("width", Several(new NumberForm("s", Width)), "\"5 ns\"", "Width from base to base, at least rise plus fall."),
            Optional("edge", Positive("s"), "\"1.1 ns\"", "Rise and fall time; that of gate.edge_time when left out."),
            Optional("hold", NonNegative("s"), "\"10 ns\"",
                "Time at the base voltage before the gate opens; that of gate.hold_time when left out."),
            Optional("rest", Positive("s"), "\"1 s\"", "Time with the gate open after each pulse."))),
        ("table", "The voltage over time of a CSV, as an oscilloscope or a generator writes it.", new TableForm(
            Needed("file", Text, "\"waveform.csv\"",
                "Columns of time and voltage, found by name or unit; 'open' for a voltage opens the gate. Pulses have rows."))),
        ("drain", "The drain is ramped to a voltage, held and ramped back, under an open gate; needs the electrons of a cross-section.",
            new TableForm(
            Needed("voltage", Any("V"), "\"0.1 V\"", "Voltage of the drain."),
            Needed("duration", Positive("s"), "\"1 us\"", "Time at the voltage."),
            Optional("edge", Positive("s"), "\"1.1 ns\"", "Time of each ramp; that of gate.edge_time when left out."))),
        ("repeat", "Steps that are done several times over.", new TableForm(
            Needed("count", Count(0), "2", "How many times."),
            Needed("steps", new ListForm(new NamedForm(Name)), "[{ type = \"rest\", duration = \"1 s\" }]", "The steps."))),
    ]);

    /// <summary>Unit of a key of a step; null where it is no number with one.</summary>
    public static string? UnitOf(string key) =>
        Step.Kinds.SelectMany(k => k.Table.Keys).Where(k => k.Name == key).Select(k => k.Value switch
        {
            NumberForm number => number.Unit,
            ListForm { Item: NumberForm number } => number.Unit,
            _ => null,
        }).FirstOrDefault(u => u is not null);

    private static TableForm Until => new(
        Optional("conductance_above", NonNegative("S"), "\"100 nS\"", "Stop when the conductance is at least this."),
        Optional("conductance_below", NonNegative("S"), "\"10 nS\"", "Stop when the conductance is at most this."),
        Optional("composition_above", new NumberForm("1", new Bounds(0, 1)), "0.1",
            "Stop when the mean composition of the channel is at least this."),
        Optional("composition_below", new NumberForm("1", new Bounds(0, 1)), "0.01",
            "Stop when the mean composition of the channel is at most this."))
    {
        ExactlyOne = ["conductance_above", "conductance_below", "composition_above", "composition_below"],
    };
}
