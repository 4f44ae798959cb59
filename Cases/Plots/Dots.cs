using ScottPlot;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>Many small filled circles, drawn as one path.</summary>
internal sealed class Dots(IReadOnlyList<Coordinates> points, Color color, float diameter) : IPlottable
{
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
        // Lines of no length with round ends: a tenth of the bytes of circles in an SVG file.
        using var path = new SKPath();
        foreach (Coordinates point in points)
        {
            SKPoint p = Axes.GetPixel(point).ToSKPoint();
            path.MoveTo(p);
            path.LineTo(p);
        }
        using var paint = new SKPaint
        {
            Color = color.ToSKColor(),
            StrokeWidth = diameter,
            StrokeCap = SKStrokeCap.Round,
            IsStroke = true,
            IsAntialias = true,
        };
        rp.Canvas.DrawPath(path, paint);
    }
}
