using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>How each column of a mapped pulse comes about.</summary>
internal static class ResponseNames
{
    /// <summary>Columns that follow from the states before and after, or from the protocol.</summary>
    public static IReadOnlySet<string> FromStates { get; } = new HashSet<string>
    {
        "start", "amplitude", "width", "conductance_before", "conductance_after", "conductance_step", "protons_from_pd", "protons_into_wo3",
        "coverage", "gate_voltage", "composition",
    };

    /// <summary>Columns that depend on where time steps happen to be: no function of the state, NaN for mapped pulses.</summary>
    public static IReadOnlySet<string> Unsmooth { get; } = new HashSet<string> { "time_steps" };

    /// <summary>Extremes of a pulse that a run keeps.</summary>
    public static IReadOnlyList<(string Name, Func<RunExtremes, double> Get, Action<RunExtremes, double> Set)> Extremes { get; } =
    [
        ("field", e => e.Field, (e, x) => e.Field = Math.Max(e.Field, x)),
        ("log_fugacity", e => e.LogFugacity, (e, x) => e.LogFugacity = Math.Max(e.LogFugacity, x)),
        ("dissolved", e => e.Dissolved, (e, x) => e.Dissolved = Math.Max(e.Dissolved, x)),
        ("coverage", e => e.Coverage, (e, x) => e.Coverage = Math.Max(e.Coverage, x)),
        ("composition", e => e.Composition, (e, x) => e.Composition = Math.Max(e.Composition, x)),
        ("temperature_rise", e => e.TemperatureRise, (e, x) => e.TemperatureRise = Math.Max(e.TemperatureRise, x)),
        ("image_ratio", e => e.ImageRatio, (e, x) => e.ImageRatio = Math.Max(e.ImageRatio, x)),
    ];

    /// <summary>Columns that are responses, in their order.</summary>
    public static IReadOnlyList<int> Columns { get; } =
        [.. PulseTable.Columns.Index().Where(c => !FromStates.Contains(c.Item.Name) && !Unsmooth.Contains(c.Item.Name))
            .Select(c => c.Index)];

    /// <summary>Columns that are responses too where states remember: the conductance as what it is off from that of the settled
    /// state.</summary>
    public static IReadOnlyList<string> Remembered { get; } =
        ["protons_from_pd", "protons_into_wo3", "coverage", "gate_voltage", "composition", "conductance_after"];

    /// <summary>Number of one of <see cref="Remembered"/>.</summary>
    public static int PlaceOf(string remembered) => Remembered.Index().First(n => n.Item == remembered).Index;

    /// <summary>Values of <see cref="Remembered"/> for a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="settled">Settled states.</param>
    public static double[] Remembering(PulseSample sample, SettledStates settled) =>
        [.. Remembered.Select(n => sample.Row[PulseTable.PlaceOf(n)] - (n == Remembered[^1] ? settled.Conductance.At(sample.End) : 0))];

    /// <summary>Names of all responses of a device's pulses: columns, quadratures, extremes.</summary>
    public static string[] Names(DeviceSimulation device) =>
    [
        .. Columns.Select(c => PulseTable.Columns[c].Name), .. device.Quadratures.Select((_, q) => $"quadrature {q}"),
        .. Extremes.Select(e => "extreme " + e.Name),
    ];

    /// <summary>Their values for a sample.</summary>
    public static double[] Values(PulseSample sample) =>
        [.. Columns.Select(c => sample.Row[c]), .. sample.Quadratures, .. Extremes.Select(e => e.Get(sample.Extremes))];
}
