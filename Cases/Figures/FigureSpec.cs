namespace FvSolver.Cases.Figures;

/// <summary>
/// A picture as data: panels with curves, reference values and maps. A case stores such descriptions in its result
/// file, and <c>fv plot</c> draws them; the built-in views make them from the recorded data.
/// </summary>
public sealed record FigureSpec
{
    /// <summary>Short name for the command line and the file, e.g. <c>step-vs-field</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Title above all panels.</summary>
    public required string Title { get; init; }

    /// <summary>Panels, row by row.</summary>
    public required IReadOnlyList<PanelSpec> Panels { get; init; }

    /// <summary>Panels beside each other.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Remark in small type below the panels, e.g. what is calibrated and what follows; may be empty.</summary>
    public string Note { get; init; } = "";
}
