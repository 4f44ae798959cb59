using FvSolver.Cases.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>Turns the description of one panel into a plot of the plotting library.</summary>
internal sealed partial class PanelDrawing
{
    private const float FontSize = 13, SmallSize = 11.5f;
    private const double Margin = 0.04;

    /// <summary>Room for the vertical axis, the same in all panels, so that panels below each other line up.</summary>
    private const float LeftSize = 66;

    private readonly PanelSpec _panel;
    private readonly PictureTheme _theme;
    private readonly Plot _plot = new();
    private readonly AxisScale _x, _y;
    private readonly Occupancy _occupied = new();
    private double _width;
    private readonly double _height;

    private PanelDrawing(PanelSpec panel, PixelSize size, PictureTheme theme)
    {
        (_panel, _theme) = (panel, theme);
        // Room that axes and labels leave for the data, about; it only serves to place words.
        (_width, _height) = (Math.Max(size.Width - LeftSize - 20, 100), Math.Max(size.Height - 90, 80));
        bool map = panel.Map is not null;
        _x = new AxisScale(panel.X, panel.Curves.SelectMany(c => c.X).Concat(panel.Map?.X ?? []).Concat(Referenced(onX: true)),
            map ? 0 : Margin / 2);
        _y = new AxisScale(panel.Y, panel.Curves.SelectMany(WithErrors).Concat(panel.Map?.Y ?? []).Concat(Referenced(onX: false)),
            map ? 0 : Margin);
    }

    /// <summary>Height of a legend that finds no room within the axes or beside them, and stands below [pixels at scale 1].</summary>
    public float Below { get; private set; }

    /// <summary>A panel ready to be rendered in a rectangle of a given size [pixels at scale 1].</summary>
    /// <param name="panel">What to draw.</param>
    /// <param name="size">Size of the rectangle.</param>
    /// <param name="theme">Paper and ink.</param>
    /// <param name="isAlone">True when no other panel has to be as wide: a legend may then stand beside the axes.</param>
    public static PanelDrawing Of(PanelSpec panel, PixelSize size, PictureTheme theme, bool isAlone)
    {
        var drawing = new PanelDrawing(panel, size, theme);
        drawing.StyleAxes();
        if (panel.Map is { } map)
            drawing.AddMap(map);
        drawing.AddReferences();
        for (int i = 0; i < panel.Curves.Count; i++)
            drawing.AddCurve(panel.Curves[i], i);
        drawing.AddLegend(isAlone);
        drawing.AddReferenceLabels();
        drawing._plot.Axes.SetLimits(drawing._x.Low, drawing._x.High, drawing._y.Low, drawing._y.High);
        if (panel.EqualScales)
            drawing._plot.Axes.SquareUnits();
        return drawing;
    }

    /// <summary>Draws the panel in a rectangle, of which a strip at the foot is kept for the legends of a row of panels.</summary>
    public void Render(SKCanvas canvas, PixelRect rectangle, float strip)
    {
        var axes = new PixelRect(rectangle.Left, rectangle.Right, rectangle.Bottom - strip, rectangle.Top);
        _plot.Legend.IsVisible &= Below == 0;
        _plot.Render(canvas, axes);
        if (Below == 0)
            return;
        _plot.Legend.IsVisible = true;
        _plot.Legend.Orientation = Orientation.Horizontal;
        _plot.Legend.TightHorizontalWrapping = true;
        _plot.Legend.Margin = new(0);
        using Paint paint = Paint.NewDisposablePaint();
        var below = new PixelRect(rectangle.Left, rectangle.Right, rectangle.Bottom, axes.Bottom);
        _plot.Legend.Render(canvas, paint, below, Alignment.UpperCenter);
    }

    private void StyleAxes()
    {
        // Other panels are on the same canvas.
        _plot.RenderManager.ClearCanvasBeforeEachRender = false;
        _plot.FigureBackground.Color = _theme.Paper;
        _plot.DataBackground.Color = _theme.Paper;
        _plot.Axes.Color(_theme.Ink);
        _plot.Grid.MajorLineColor = _theme.Grid;
        _plot.Axes.FrameWidth(1.1f);
        _plot.Axes.Top.FrameLineStyle.Width = 0;
        _plot.Axes.Right.FrameLineStyle.Width = 0;
        StyleAxis(_plot.Axes.Bottom, _x, 0.6);
        StyleAxis(_plot.Axes.Left, _y, 0.75);
        if (_panel.Title.Length > 0)
            StyleTitle(_panel.Title);
        _plot.Axes.Left.MinimumSize = LeftSize;
        _plot.Axes.Right.MinimumSize = 18;
    }

    private void StyleTitle(string title)
    {
        _plot.Title(title);
        _plot.Axes.Title.Label.FontSize = FontSize;
        _plot.Axes.Title.Label.Bold = false;
        _plot.Axes.Title.Label.ForeColor = _theme.Ink;
    }

    private void StyleAxis(IAxis axis, AxisScale scale, double density)
    {
        axis.TickGenerator = scale.Ticks(density);
        axis.Label.Text = scale.Caption;
        axis.Label.FontSize = FontSize;
        axis.Label.Bold = false;
        axis.TickLabelStyle.FontSize = SmallSize;
    }

    private void AddMap(MapSpec map)
    {
        var scale = new AxisScale(new AxisSpec(map.Label, map.Unit)
        {
            Log = map.Log,
            Min = map.Min,
            Max = map.Max > map.Min ? map.Max : null
        }, map.Values, 0);
        var field = new TriangleField([.. map.X.Select(_x.Map)], [.. map.Y.Select(_y.Map)], [.. map.Values.Select(scale.Map)],
            map.Triangles);
        var extent = new CoordinateRect(_x.Low, _x.High, _y.Low, _y.High);
        Heatmap image = _plot.Add.Heatmap(field.Raster(extent, 2 * (int)_width, 2 * (int)_height));
        image.Extent = extent;
        image.Colormap = FigurePalette.Map;
        image.NaNCellColor = Colors.Transparent;
        image.ManualRange = new ScottPlot.Range(scale.Low, scale.High);
        if (map.Contours > 0)
            _plot.Add.Plottable(new Strokes(scale.RoundLevels(map.Contours).SelectMany(field.Contour), Colors.White.WithAlpha(0.75), 1));

        ScottPlot.Panels.ColorBar bar = _plot.Add.ColorBar(image);
        bar.Axis.TickGenerator = scale.Ticks(0.75);
        bar.Axis.TickLabelStyle.FontSize = SmallSize;
        bar.Axis.TickLabelStyle.ForeColor = _theme.Ink;
        bar.Axis.MajorTickStyle.Color = _theme.Ink;
        bar.Axis.MinorTickStyle.Color = _theme.Ink;
        bar.Axis.FrameLineStyle.Color = _theme.Ink;
        // The name of the quantity stands above the map: beside the bar it would run into the numbers there.
        StyleTitle(_panel.Title.Length > 0 ? $"{_panel.Title}: {scale.Caption}" : scale.Caption);
    }

    private void AddCurve(CurveSpec curve, int position)
    {
        Color color = _theme.Of(curve, position);
        double[] x = [.. curve.X.Select(_x.Map)], y = [.. curve.Y.Select(_y.Map)];
        if (curve.YError.Length > 0)
            AddErrorBars(curve, x, y, color);
        var runs = new List<List<Coordinates>> { new() };
        foreach (int i in Thinning.Indices(y))
        {
            if (!double.IsFinite(x[i] + y[i]))
            {
                runs.Add([]);
                continue;
            }
            (double fx, double fy) = (_x.Fraction(curve.X[i]), _y.Fraction(curve.Y[i]));
            if (runs[^1].Count > 0 && IsLine(curve.Style))
                _occupied.AddLine(_x.Fraction(curve.X[i - 1]), _y.Fraction(curve.Y[i - 1]), fx, fy);
            else
                _occupied.AddPoint(fx, fy);
            runs[^1].Add(new Coordinates(x[i], y[i]));
        }
        if (IsLine(curve.Style))
        {
            _plot.Add.Plottable(new Strokes(runs, color, LineWidth(curve.Style), curve.Style == CurveStyle.Dashed));
            // A lone point between gaps does not show as a line.
            _plot.Add.Plottable(new Dots([.. runs.Where(r => r.Count == 1).Select(r => r[0])], color, 3));
        }
        if (curve.Style == CurveStyle.Dots)
            _plot.Add.Plottable(new Dots([.. runs.SelectMany(r => r)], color, 3));
        else if (MarkerSize(curve.Style) > 0)
            _plot.Add.Markers(runs.SelectMany(r => r).ToArray(), FigurePalette.ShapeOf(curve, position), MarkerSize(curve.Style), color);
    }

    private void AddErrorBars(CurveSpec curve, double[] x, double[] y, Color color)
    {
        int[] shown = [.. Enumerable.Range(0, y.Length).Where(i => double.IsFinite(x[i] + y[i]) && _y.Shows(curve.Y[i] + curve.YError[i]))];
        double Below(int i) => _y.Shows(curve.Y[i] - curve.YError[i]) ? _y.Map(curve.Y[i] - curve.YError[i]) : _y.Low;
        double Above(int i) => _y.Map(curve.Y[i] + curve.YError[i]);
        Coordinates[] ends = [.. shown.SelectMany(i => new[] { new Coordinates(x[i], Below(i)), new Coordinates(x[i], Above(i)) })];
        double cap = 4 / _width * (_x.High - _x.Low);
        IEnumerable<Coordinates[]> bars = ends.Chunk(2);
        IEnumerable<Coordinates[]> caps = ends.Select(e => new[] { new Coordinates(e.X - cap, e.Y), new Coordinates(e.X + cap, e.Y) });
        _plot.Add.Plottable(new Strokes(bars.Concat(caps), color, 1.2f));
    }

    private static bool IsLine(CurveStyle style) => LineWidth(style) > 0;

    private static float LineWidth(CurveStyle style) => style switch
    {
        CurveStyle.Line or CurveStyle.Dashed => 2,
        CurveStyle.MarkersAndLine => 1.2f,
        _ => 0,
    };

    private static float MarkerSize(CurveStyle style) => style switch
    {
        CurveStyle.Markers or CurveStyle.MarkersAndLine => 7,
        _ => 0,
    };

    private IEnumerable<double> Referenced(bool onX) =>
        _panel.References.Where(r => r.OnX == onX).SelectMany(r => new[] { r.From, r.To });

    private static IEnumerable<double> WithErrors(CurveSpec curve) => curve.YError.Length == curve.Y.Length
        ? curve.Y.Concat(curve.Y.Zip(curve.YError, (y, e) => y + e)).Concat(curve.Y.Zip(curve.YError, (y, e) => y - e))
        : curve.Y;
}
