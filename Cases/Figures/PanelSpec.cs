namespace FvSolver.Cases.Figures;

/// <summary>One pair of axes.</summary>
public sealed record PanelSpec
{
    /// <summary>Title of the panel; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Horizontal axis.</summary>
    public required AxisSpec X { get; init; }

    /// <summary>Vertical axis.</summary>
    public required AxisSpec Y { get; init; }

    /// <summary>Curves, drawn in this order.</summary>
    public IReadOnlyList<CurveSpec> Curves { get; init; } = [];

    /// <summary>Published values and limits, as lines or bands across the panel.</summary>
    public IReadOnlyList<ReferenceSpec> References { get; init; } = [];

    /// <summary>Coloured map below the curves; null when there is none.</summary>
    public MapSpec? Map { get; init; }

    /// <summary>True for one length per pixel on both axes, as in a cross-section.</summary>
    public bool EqualScales { get; init; }

    /// <summary>Makes sure that all arrays fit each other.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Check()
    {
        foreach (CurveSpec curve in Curves)
            if (curve.X.Length != curve.Y.Length || curve.YError.Length != 0 && curve.YError.Length != curve.Y.Length)
                throw new ArgumentException(
                    $"the curve '{curve.Label}' has {curve.X.Length} values of x, {curve.Y.Length} of y and {curve.YError.Length} of its "
                        + "error");
        if (Map is { } map && (map.X.Length != map.Values.Length || map.Y.Length != map.Values.Length
            || map.Triangles.Length % 3 != 0 || map.Triangles.Any(node => (uint)node >= (uint)map.Values.Length)))
            throw new ArgumentException(
                $"the map '{map.Label}' has {map.X.Length} x {map.Y.Length} positions, {map.Values.Length} values and triangles that do "
                    + "not fit them");
    }
}

/// <summary>An axis. All data of a panel is in the units of its axes.</summary>
/// <param name="Label">Quantity, in words or as a symbol.</param>
/// <param name="Unit">Unit as shown, e.g. <c>nS</c>; 1 when dimensionless.</param>
public sealed record AxisSpec(string Label, string Unit)
{
    /// <summary>True for decades; values that are not positive are then left out.</summary>
    public bool Log { get; init; }

    /// <summary>True when values grow downward or leftward.</summary>
    public bool Reversed { get; init; }

    /// <summary>True for numbers that count, which have no ticks between them.</summary>
    public bool Whole { get; init; }

    /// <summary>Lower end [unit of the axis]; null takes it from the data.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end [unit of the axis]; null takes it from the data.</summary>
    public double? Max { get; init; }

    /// <summary>Distance of ticks on a linear axis [unit of the axis]; null takes a round one.</summary>
    public double? TickStep { get; init; }
}
