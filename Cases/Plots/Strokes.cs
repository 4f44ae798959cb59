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
            SKPoint[] points = [.. line.Select(c => Axes.GetPixel(c).ToSKPoint())];
            if (dashed)
                AddVisible(path, points, rp.DataRect.ToSKRect());
            else
                path.AddPoly(points, close: false);
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

    // A curve may run so far beyond the panel that its dashes would fill the memory.
    private static void AddVisible(SKPath path, SKPoint[] points, SKRect panel)
    {
        panel.Inflate(Dash[0], Dash[0]);
        for (int i = 1; i < points.Length; i++)
        {
            SKPoint a = points[i - 1], step = points[i] - a;
            float from = 0, to = 1;
            // The part with along * t <= room.
            void Keep(float along, float room)
            {
                if (along < 0)
                    from = Math.Max(from, room / along);
                else
                    to = Math.Min(to, along > 0 ? room / along : room >= 0 ? 1 : -1);
            }
            Keep(-step.X, a.X - panel.Left);
            Keep(step.X, panel.Right - a.X);
            Keep(-step.Y, a.Y - panel.Top);
            Keep(step.Y, panel.Bottom - a.Y);
            // What is not finite is not drawn.
            if (!(from <= to))
                continue;
            SKPoint start = new(a.X + from * step.X, a.Y + from * step.Y);
            if (path.IsEmpty || path.LastPoint != start)
                path.MoveTo(start);
            path.LineTo(to == 1 ? points[i] : new(a.X + to * step.X, a.Y + to * step.Y));
        }
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
