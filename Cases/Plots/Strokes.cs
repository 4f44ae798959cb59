using ScottPlot;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>
/// Lines drawn as one path: a curve of thousands of points stays one element of an SVG file, and dashes are real
/// geometry, since the SVG writer of the drawing library drops dash patterns.
/// </summary>
/// <param name="lines">Polylines, in coordinates.</param>
/// <param name="color">Colour of all.</param>
/// <param name="width">Width [pixels].</param>
/// <param name="dashed">True for dashes.</param>
internal sealed class Strokes(IEnumerable<IReadOnlyList<Coordinates>> lines, Color color, float width, bool dashed = false) : IPlottable
{
    private static readonly float[] Dash = [5, 3.5f];

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        foreach (IReadOnlyList<Coordinates> line in lines)
        {
            for (int i = 0; i < line.Count; i++)
            {
                SKPoint p = Axes.GetPixel(line[i]).ToSKPoint();
                if (i == 0)
                    path.MoveTo(p);
                else
                    path.LineTo(p);
            }
        }
        using SKPath drawn = dashed ? Dashes(path) : new SKPath(path);
        using var paint = new SKPaint
        {
            Color = color.ToSKColor(),
            StrokeWidth = width,
            IsStroke = true,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round,
        };
        rp.Canvas.DrawPath(drawn, paint);
    }

    private static SKPath Dashes(SKPath path)
    {
        var dashes = new SKPath();
        using var measure = new SKPathMeasure(path);
        do
        {
            for (float at = 0; at < measure.Length; at += Dash[0] + Dash[1])
                measure.GetSegment(at, Math.Min(at + Dash[0], measure.Length), dashes, true);
        }
        while (measure.NextContour());
        return dashes;
    }
}
