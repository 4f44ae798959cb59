using FvSolver.Cases.Figures;
using ScottPlot;
using ScottPlot.Plottables;

namespace FvSolver.Cases.Plots;

// References with their labels, and the legend: all that looks for a free place.
internal sealed partial class PanelDrawing
{
    /// <summary>Dashes of the legend's short samples, like those of <see cref="Strokes"/>.</summary>
    private static readonly LinePattern Dashed = new([5, 3.5f], 0, "dashed");

    /// <summary>A legend beside the axes that takes more of their width leaves too little of them; it stands below.</summary>
    private const double WidestLegend = 0.35;

    private const float LegendRow = 20, LegendSymbol = 28;

    private void AddReferences()
    {
        foreach (ReferenceSpec reference in _panel.References)
        {
            AxisScale scale = reference.OnX ? _x : _y;
            (double from, double to) = (scale.Map(reference.From), scale.Map(reference.To));
            if (reference.From == reference.To)
            {
                Coordinates[] line = reference.OnX ? [new(from, _y.Low), new(from, _y.High)] : [new(_x.Low, from), new(_x.High, from)];
                // Dashes are what is published; what is ours is a thin line.
                bool isPublished = reference.Source.Length > 0;
                _plot.Add.Plottable(new Strokes([line], _theme.Reference, isPublished ? 1.4f : 0.9f, isPublished));
            }
            else
            {
                AxisSpan span = reference.OnX ? _plot.Add.HorizontalSpan(from, to) : _plot.Add.VerticalSpan(from, to);
                span.FillColor = _theme.Reference.WithAlpha(0.14);
                span.LineStyle.Width = 0;
            }
            double at = scale.Fraction(reference.To);
            _occupied.AddLine(reference.OnX ? at : 0, reference.OnX ? 0 : at, reference.OnX ? at : 1, reference.OnX ? 1 : at, weight: 0.02);
        }
    }

    private void AddReferenceLabels()
    {
        foreach (ReferenceSpec reference in _panel.References.Where(r => r.Label.Length > 0))
        {
            double width = TextWidth(reference.Label) / _width, height = 17 / _height, gap = 4 / _height;
            double at = (reference.OnX ? _x : _y).Fraction(reference.To);
            double beside = 5 / _width;
            (double X, double Y)[] corners = reference.OnX
                ? [(at + beside, 0.99 - height), (at - width - beside, 0.99 - height), (at + beside, 0.5), (at - width - beside, 0.5),
                    (at + beside, 0.02), (at - width - beside, 0.02)]
                : [(0.99 - width, at + gap), (0.5 - width / 2, at + gap), (0.01, at + gap), (0.99 - width, at - gap - height),
                    (0.5 - width / 2, at - gap - height), (0.01, at - gap - height)];
            corners = [.. corners.Where(c => c.X >= 0 && c.X + width <= 1 && c.Y >= 0 && c.Y + height <= 1)];
            if (corners.Length == 0)
                continue;
            (double x, double y) = corners[_occupied.Take(width, height, corners).Place];
            Text text = _plot.Add.Text(reference.Label, _x.Low + x * (_x.High - _x.Low), _y.Low + y * (_y.High - _y.Low));
            text.LabelAlignment = Alignment.LowerLeft;
            text.LabelFontColor = _theme.Reference;
            text.LabelFontSize = SmallSize;
        }
    }

    private void AddLegend(bool mayStandBeside)
    {
        LegendItem[] items =
        [
            .. _panel.Curves.Select((c, i) => (Curve: c, Index: i)).Where(c => c.Curve.Label.Length > 0)
                .Select(c => Entry(c.Curve, c.Index)),
            .. _panel.References.Where(r => r.Source.Length > 0).DistinctBy(r => r.Source).Select(Entry),
        ];
        _plot.Legend.DisplayPlottableLegendItems = false;
        if (items.Length == 0)
            return;
        foreach (LegendItem item in items)
            item.LabelFontSize = SmallSize;
        double width = (items.Max(i => TextWidth(i.LabelText)) + 62) / _width, height = (items.Length * LegendRow + 16) / _height;
        (Alignment Place, double X, double Y)[] places =
        [
            (Alignment.UpperRight, 1 - width, 1 - height), (Alignment.UpperLeft, 0, 1 - height), (Alignment.LowerRight, 1 - width, 0),
            (Alignment.LowerLeft, 0, 0), (Alignment.UpperCenter, 0.5 - width / 2, 1 - height), (Alignment.LowerCenter, 0.5 - width / 2, 0),
            (Alignment.MiddleRight, 1 - width, 0.5 - height / 2), (Alignment.MiddleLeft, 0, 0.5 - height / 2),
            (Alignment.MiddleCenter, 0.5 - width / 2, 0.5 - height / 2),
        ];
        (int best, double covered) = _occupied.Take(width, height, [.. places.Select(p => (p.X, p.Y))]);
        _plot.Legend.ManualItems.AddRange(items);
        if (covered < 3)
            _plot.ShowLegend(places[best].Place);
        else if (mayStandBeside && width < WidestLegend)
        {
            _plot.ShowLegend(Edge.Right);
            _width = Math.Max(_width * (1 - width), 100);
        }
        else
            Below = RowCount(items) * LegendRow + LegendRow / 2;
        _plot.Legend.OutlineWidth = 0;
        _plot.Legend.ShadowColor = Colors.Transparent;
        _plot.Legend.BackgroundColor = _theme.Paper.WithAlpha(0.85 * _theme.Paper.A / 255);
        _plot.Legend.FontColor = _theme.Ink;
        _plot.Legend.SymbolWidth = LegendSymbol;
    }

    /// <summary>Rows of a legend whose entries stand beside each other.</summary>
    private int RowCount(IEnumerable<LegendItem> items)
    {
        int rows = 1;
        double taken = 0;
        foreach (LegendItem item in items)
        {
            double width = TextWidth(item.LabelText) + LegendSymbol + 24;
            if (taken > 0 && taken + width > _width)
                (rows, taken) = (rows + 1, 0);
            taken += width;
        }
        return rows;
    }

    private LegendItem Entry(CurveSpec curve, int position)
    {
        Color color = _theme.Of(curve, position);
        return new LegendItem
        {
            LabelText = curve.Label,
            LineColor = color,
            LineWidth = LineWidth(curve.Style),
            LinePattern = curve.Style == CurveStyle.Dashed ? Dashed : LinePattern.Solid,
            MarkerShape = curve.Style == CurveStyle.Dots ? MarkerShape.FilledCircle : FigurePalette.ShapeOf(curve, position),
            MarkerSize = curve.Style == CurveStyle.Dots ? 6 : MarkerSize(curve.Style),
            MarkerFillColor = color,
            MarkerLineColor = color,
        };
    }

    private LegendItem Entry(ReferenceSpec reference) => reference.From == reference.To
        ? new LegendItem { LabelText = reference.Source, LineColor = _theme.Reference, LineWidth = 1.4f, LinePattern = Dashed }
        : new LegendItem { LabelText = reference.Source, FillColor = _theme.Reference.WithAlpha(0.14) };

    private static double TextWidth(string text) => PlotFont.Width(text, SmallSize);
}
