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
        ("coverage", e => e.Coverage, (e, x) => e.Coverage = Math.Max(e.Coverage, x)),
        ("composition", e => e.Composition, (e, x) => e.Composition = Math.Max(e.Composition, x)),
        ("temperature_rise", e => e.TemperatureRise, (e, x) => e.TemperatureRise = Math.Max(e.TemperatureRise, x)),
        ("image_ratio", e => e.ImageRatio, (e, x) => e.ImageRatio = Math.Max(e.ImageRatio, x)),
    ];

    /// <summary>Columns that are responses, in their order.</summary>
    public static IReadOnlyList<int> Columns { get; } =
        [.. PulseTable.Columns.Index().Where(c => !FromStates.Contains(c.Item.Name) && !Unsmooth.Contains(c.Item.Name))
            .Select(c => c.Index)];

    /// <summary>All responses of a sample: columns, quadratures, extremes.</summary>
    public static IEnumerable<(string Name, double Value)> Of(PulseSample sample) =>
    [
        .. Columns.Select(c => (PulseTable.Columns[c].Name, sample.Row[c])),
        .. sample.Quadratures.Select((q, i) => ($"quadrature {i}", q)),
        .. Extremes.Select(e => ("extreme " + e.Name, e.Get(sample.Extremes))),
    ];
}
