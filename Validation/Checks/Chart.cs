namespace FvSolver.Validation.Checks;

/// <summary>How a curve is drawn.</summary>
public enum Mark
{
    /// <summary>Computed values: points.</summary>
    Points,

    /// <summary>Expected values: a line.</summary>
    Line,

    /// <summary>A further computed curve: a dashed line.</summary>
    Dashes,
}

/// <summary>One curve of a figure.</summary>
/// <param name="Name">Name in the legend; empty for a line that belongs to the points before it and shares their colour.</param>
/// <param name="Mark">How it is drawn.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Y">Ordinates, as many.</param>
public sealed record Curve(string Name, Mark Mark, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A figure of the report.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">Abscissa with unit.</param>
/// <param name="YLabel">Ordinate with unit.</param>
/// <param name="Curves">Curves; points that a logarithmic axis cannot show are left out.</param>
public sealed record Chart(string Title, string XLabel, string YLabel, params IReadOnlyList<Curve> Curves)
{
    /// <summary>True for a logarithmic abscissa.</summary>
    public bool LogX { get; init; }

    /// <summary>True for a logarithmic ordinate.</summary>
    public bool LogY { get; init; }
}
