using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Input;

/// <summary>Reads what is done to the gate: the <c>[[protocol]]</c> steps of a case.</summary>
/// <param name="device">The device: its edge time, against which widths are checked, and whether its channel has electrons.</param>
/// <param name="files">Where files are looked up.</param>
/// <param name="acceptImplausible">True to accept pulses that last implausibly long.</param>
internal sealed class ProtocolReader(Device device, CaseFiles files, bool acceptImplausible)
{
    private readonly double _edgeTime = device.Gate.EdgeTime;
    private const int MostSteps = 1_000_000;

    // Rounding of a width such as 2.2 ns against 2 x 1.1 ns.
    private const double Rounding = 1e-12;

    private static readonly string[] Types = ["pulses", "rest", "hold", "current", "staircase", "table", "drain", "repeat"];
    private static readonly Bounds Counts = new(0, int.MaxValue);

    /// <summary>Reads the steps of a list of tables.</summary>
    public List<ProtocolStep> Read(TableReader parent, string key) => [.. parent.Tables(key).Select(Step)];

    private ProtocolStep Step(TableReader table)
    {
        string type = table.Text("type");
        ProtocolStep step = type switch
        {
            "pulses" => Pulses(table),
            "rest" => new Rest(table.Number("duration", "s", Bounds.Positive)),
            "hold" => new Hold(
                table.Number("voltage", "V", Bounds.Any), table.Number("duration", "s", Bounds.Positive),
                table.OptionalNumber("edge", "s", Bounds.Positive)),
            "current" => new CurrentPulse(table.Number("current", "A", Bounds.Any), table.Number("duration", "s", Bounds.Positive)),
            "drain" when !device.Wo3.Electrons => throw table.Error("type",
                "a drain step needs the electrons of a cross-section: wo3.electrons = true and a [cross_section]"),
            "drain" => new DrainBias(table.Number("voltage", "V", Bounds.Any), table.Number("duration", "s", Bounds.Positive),
                table.OptionalNumber("edge", "s", Bounds.Positive)),
            "staircase" => Staircase(table),
            "table" => Waveform(table),
            "repeat" => new Repeat(table.Integer("count", Counts), Read(table, "steps")),
            _ => throw table.Error("type", "must be one of " + string.Join(", ", Types)
                + (NearestName.Find(type, Types) is string near ? $"; did you mean '{near}'?" : "")),
        };
        table.Finish();
        return step;
    }

    private PulseTrain Pulses(TableReader table)
    {
        IReadOnlyList<double> amplitudes = table.Numbers("amplitude", "V", Bounds.Any);
        (IReadOnlyList<double> widths, double? edge) = WidthsAndEdge(table);
        int listed = Math.Max(amplitudes.Count, widths.Count);
        // Amplitudes drawn at random, each as often as the next; widths go round as they are listed.
        if (table.OptionalInteger("random_seed", new Bounds(0, int.MaxValue)) is { } seed)
            amplitudes = new RandomOrder(amplitudes, table.OptionalInteger("count", Counts)
                ?? throw table.Error("count", "is needed with random_seed"), seed);
        return new PulseTrain
        {
            Amplitudes = amplitudes,
            Widths = widths,
            Edge = edge,
            Hold = table.OptionalNumber("hold", "s", Bounds.NonNegative),
            Count = table.OptionalInteger("count", Counts) ?? listed,
            Rest = table.OptionalNumber("rest", "s", Bounds.Positive) ?? 1,
            Until = Until(table),
        };
    }

    private PulseTrain Staircase(TableReader table)
    {
        double start = table.Number("start", "V", Bounds.Any);
        double stop = table.Number("stop", "V", Bounds.Any);
        int steps = table.Integer("steps", new Bounds(2, MostSteps));
        (IReadOnlyList<double> widths, double? edge) = WidthsAndEdge(table);
        return new PulseTrain
        {
            Amplitudes = [.. Enumerable.Range(0, steps).Select(i => start + (stop - start) * i / (steps - 1))],
            Widths = widths,
            Edge = edge,
            Hold = table.OptionalNumber("hold", "s", Bounds.NonNegative),
            Count = steps,
            Rest = table.OptionalNumber("rest", "s", Bounds.Positive) ?? 1,
        };
    }

    private (IReadOnlyList<double> Widths, double? Edge) WidthsAndEdge(TableReader table)
    {
        IReadOnlyList<double> widths = table.Numbers("width", "s", Bounds.Positive);
        double? edge = table.OptionalNumber("edge", "s", Bounds.Positive);
        double both = 2 * (edge ?? _edgeTime);
        if (!acceptImplausible)
            PlausibleRange.CheckPulse(table, "width", widths.Max());
        foreach (double width in widths)
            if (width < both * (1 - Rounding))
                throw table.Error("width", $"must be at least rise plus fall, {QuantityText.Format(both, "s")} "
                    + (edge is null ? "(gate.edge_time, or give the step an edge)" : "(edge)"));
        return (widths, edge);
    }

    private static StopCondition? Until(TableReader table)
    {
        if (table.OptionalTable("until") is not TableReader until)
            return null;
        StopCondition?[] conditions =
        [
            Condition(until, "conductance_above", StopQuantity.Conductance, "S", above: true),
            Condition(until, "conductance_below", StopQuantity.Conductance, "S", above: false),
            Condition(until, "composition_above", StopQuantity.Composition, "1", above: true),
            Condition(until, "composition_below", StopQuantity.Composition, "1", above: false),
        ];
        until.Finish();
        StopCondition[] given = [.. conditions.OfType<StopCondition>()];
        return given.Length == 1
            ? given[0]
            : throw table.Error("until", "must hold one of conductance_above, conductance_below, composition_above, composition_below");
    }

    private static StopCondition? Condition(TableReader until, string key, StopQuantity quantity, string unit, bool above) =>
        until.OptionalNumber(key, unit, quantity == StopQuantity.Composition ? new Bounds(0, 1) : Bounds.NonNegative) is double bound
            ? new StopCondition(quantity, bound, above)
            : null;

    private VoltageTable Waveform(TableReader table)
    {
        string name = table.Text("file");
        return files.Find(name) is string path
            ? WaveformFile.Read(path, name, _edgeTime)
            : throw table.Error("file", "there is no such file");
    }
}
