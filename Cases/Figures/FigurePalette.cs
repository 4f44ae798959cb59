using ScottPlot;

namespace FvSolver.Cases.Figures;

/// <summary>
/// Colours that people with any common colour vision can tell apart: for single curves the eight of Okabe and Ito
/// ("Color Universal Design", 2008), for sequences and maps viridis.
/// </summary>
internal static class FigurePalette
{
    // Black is the ink of the picture.
    private static readonly Color?[] Colors =
    [
        Color.FromHex("#0072B2"), Color.FromHex("#D55E00"), Color.FromHex("#009E73"), Color.FromHex("#CC79A7"),
        Color.FromHex("#E69F00"), Color.FromHex("#56B4E9"), null, Color.FromHex("#8C6D00"),
    ];

    // The same hues, as light as dark paper asks for.
    private static readonly Color?[] Light =
    [
        Color.FromHex("#4FA8E0"), Color.FromHex("#F0824A"), Color.FromHex("#2FC093"), Color.FromHex("#DDA0C4"),
        Color.FromHex("#F2B53C"), Color.FromHex("#9AD4F5"), null, Color.FromHex("#C9A63A"),
    ];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.Cross,
    ];

    /// <summary>Blue of rising conductance.</summary>
    public const int Up = 0;

    /// <summary>Vermilion of falling conductance.</summary>
    public const int Down = 1;

    /// <summary>Open squares of ink, for points beyond a limit.</summary>
    public const int Limit = 6;

    /// <summary>Ink, for outlines.</summary>
    public const int Reference = 6;

    /// <summary>Colours of a map.</summary>
    public static readonly IColormap Map = new ScottPlot.Colormaps.Viridis();

    /// <summary>Colour of a curve that is none of a sequence; null for that of the ink.</summary>
    public static Color? Of(CurveSpec curve, int position, bool onDark) =>
        (onDark ? Light : Colors)[(curve.Color ?? position) % Colors.Length];

    /// <summary>Marker of a curve, so that colour is never the only difference.</summary>
    public static MarkerShape ShapeOf(CurveSpec curve, int position) => Shapes[(curve.Color ?? position) % Shapes.Length];
}
