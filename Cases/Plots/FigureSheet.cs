using FvSolver.Cases.Figures;
using ScottPlot;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>The sheet that a figure is drawn on: how large it is, and how many panels stand beside each other.</summary>
internal sealed class FigureSheet
{
    /// <summary>Units of the design become points in print so that type of 13 is type of 8 points.</summary>
    public const double PointsPerUnit = 8.0 / 13;

    private const float Border = 8, TitleSize = 16, NoteSize = 10.5f, LineHeight = 1.35f;

    /// <summary>A panel in print that is narrower than this [units] has no room for its numbers.</summary>
    private const float LeastPanel = 250;

    private const double PointsPerMetre = 72 / 25.4e-3;

    private readonly FigureSpec _figure;
    private readonly PictureTheme _theme;
    private readonly int _columns, _rows;
    private readonly PanelDrawing[] _panels;

    /// <summary>Lays a figure out.</summary>
    public FigureSheet(FigureSpec figure, PictureStyle style)
    {
        PlotFont.Register();
        (_figure, _theme) = (figure, style.Theme);
        _columns = Math.Clamp(figure.Columns, 1, Math.Max(1, figure.Panels.Count));
        if (style.Width is { } width)
        {
            Width = (float)(width * PointsPerMetre / PointsPerUnit);
            _columns = Math.Clamp((int)(Width / LeastPanel), 1, _columns);
            _rows = RowCount();
            float nominal = Math.Clamp(0.72f * Width / _columns, 220, 400);
            _panels = Panels(nominal);
            Height = Top + Foot + Border + _rows * nominal + Strips;
            return;
        }
        _rows = RowCount();
        // Twice the pixels of the design, which is 800 x 540 for one panel.
        bool isSingle = _columns == 1 && _rows == 1;
        PictureSize size = style.Size ?? (isSingle ? new(1600, 1080) : new(2 * Math.Min(560 * _columns, 1600), 2 * (330 * _rows + 50)));
        float design = _columns == 1 ? 800 : Math.Min(560 * _columns, 1600);
        Scale = Math.Min(size.Width / design, size.Height / (_rows == 1 ? 400f : 260f * _rows + 50));
        (Width, Height) = (size.Width / Scale, size.Height / Scale);
        _panels = Panels((Height - Top - Foot - Border) / _rows);
        // Legends below the axes make the sheet taller, unless its size is asked for: they then take from the axes.
        if (style.Size is null)
            Height += Strips;
    }

    /// <summary>Width [units].</summary>
    public float Width { get; }

    /// <summary>Height [units].</summary>
    public float Height { get; }

    /// <summary>Pixels to a unit where the size was given in pixels; 1 in print.</summary>
    public float Scale { get; } = 1;

    private float Top => 14 + TextHeight(_figure.Title, PlotFont.Bold, TitleSize);

    private float Foot => _figure.Note.Length == 0 ? 0 : TextHeight(_figure.Note, PlotFont.Regular, NoteSize) + 8;

    /// <summary>Draws the figure.</summary>
    public void Draw(SKCanvas canvas, float scale)
    {
        if (_theme.Paper.A > 0)
            canvas.Clear(_theme.Paper.ToSKColor());
        canvas.Scale(scale);
        float top = Top, foot = Foot;
        DrawText(canvas, _figure.Title, PlotFont.Bold, TitleSize, 10);
        DrawText(canvas, _figure.Note, PlotFont.Regular, NoteSize, Height - foot);
        float axes = (Height - top - foot - Border - Strips) / _rows, upper = top;
        for (int row = 0; row < _rows; row++)
        {
            float height = axes + Strip(row);
            for (int i = row * _columns; i < Math.Min((row + 1) * _columns, _panels.Length); i++)
            {
                float left = Border + i % _columns * PanelWidth;
                _panels[i].Render(canvas, new PixelRect(left, left + PanelWidth, upper + height, upper), Strip(row));
            }
            upper += height;
        }
    }

    private float PanelWidth => (Width - 2 * Border) / _columns;

    private PanelDrawing[] Panels(float height) =>
        [.. _figure.Panels.Select(p => PanelDrawing.Of(p, new PixelSize(PanelWidth, height), _theme, isAlone: _figure.Panels.Count == 1))];

    /// <summary>Height below the axes of a row for legends [units].</summary>
    private float Strip(int row) => _panels.Skip(row * _columns).Take(_columns).Max(p => p.Below);

    private float Strips => Enumerable.Range(0, _rows).Sum(Strip);

    private int RowCount() => (_figure.Panels.Count + _columns - 1) / _columns;

    private List<string> Lines(string text, SKTypeface face, float size) => PlotFont.Wrap(text, face, size, Width - 60);

    private float TextHeight(string text, SKTypeface face, float size) => Lines(text, face, size).Count * size * LineHeight;

    /// <summary>Centred lines from a height downward.</summary>
    private void DrawText(SKCanvas canvas, string text, SKTypeface face, float size, float top)
    {
        using var font = new SKFont(face, size);
        using var paint = new SKPaint { Color = _theme.Ink.ToSKColor(), IsAntialias = true };
        foreach (string line in Lines(text, face, size))
        {
            top += size * LineHeight;
            canvas.DrawText(line, Width / 2, top - size * 0.3f, SKTextAlign.Center, font, paint);
        }
    }
}
