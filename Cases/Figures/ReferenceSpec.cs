namespace FvSolver.Cases.Figures;

/// <summary>A value or a range that a curve is to be compared with: a dashed line or a band across the panel.</summary>
/// <param name="Label">Words beside the line, e.g. <c>20 x base</c>; may be empty.</param>
/// <param name="From">Value, or lower end of the band [unit of the axis].</param>
/// <param name="To">Upper end of the band; equal to <paramref name="From"/> for a line.</param>
public sealed record ReferenceSpec(string Label, double From, double To)
{
    /// <summary>True when the value is on the horizontal axis, so that the line is vertical.</summary>
    public bool OnX { get; init; }

    /// <summary>Entry in the legend, which lines of one source share, e.g. <c>Onen et al. 2022</c>; none when empty.</summary>
    public string Source { get; init; } = "";
}
