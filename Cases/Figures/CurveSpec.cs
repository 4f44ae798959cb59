using System.Text.Json.Serialization;

namespace FvSolver.Cases.Figures;

/// <summary>How a curve is drawn.</summary>
public enum CurveStyle
{
    /// <summary>Solid line.</summary>
    Line,

    /// <summary>Dashed line.</summary>
    Dashed,

    /// <summary>Small dots, for many points.</summary>
    Dots,

    /// <summary>Markers, for few points.</summary>
    Markers,

    /// <summary>Markers joined by a thin line.</summary>
    MarkersAndLine,
}

/// <summary>A curve or a set of points.</summary>
public sealed record CurveSpec
{
    /// <summary>Entry in the legend; none when empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>How it is drawn.</summary>
    public CurveStyle Style { get; init; } = CurveStyle.Line;

    /// <summary>Entry of the palette; null takes the position of the curve in its panel.</summary>
    public int? Color { get; init; }

    /// <summary>Place on a continuous scale of colours from 0 to 1, for curves in a sequence; null uses the palette.</summary>
    public double? Tone { get; init; }

    /// <summary>Number of the result that it is of, where several are laid over each other.</summary>
    [JsonIgnore]
    public int Member { get; init; }

    /// <summary>Values along the horizontal axis [its unit]; a NaN interrupts a line.</summary>
    [JsonIgnore]
    public double[] X { get; init; } = [];

    /// <summary>Values along the vertical axis [its unit], as many as in <see cref="X"/>.</summary>
    [JsonIgnore]
    public double[] Y { get; init; } = [];

    /// <summary>Half-lengths of vertical error bars [unit of the axis]; empty for none.</summary>
    [JsonIgnore]
    public double[] YError { get; init; } = [];
}
