using System.Text;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using ScottPlot;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>Size of a picture [pixels].</summary>
public readonly record struct PictureSize(int Width, int Height);

/// <summary>Draws figures into PNG, SVG and PDF files.</summary>
public static class FigureImage
{
    /// <summary>Smallest and largest side of a picture [pixels].</summary>
    internal const int MinSide = 100, MaxSide = 16_000;

    private const float Border = 8, TitleSize = 16, NoteSize = 10.5f;

    /// <summary>Length of the chunk IEND, which ends a PNG [bytes].</summary>
    private const int LastChunk = 12;

    /// <summary>Draws a figure into a file whose ending says the format.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="path">A file that ends in .png, .svg or .pdf; its folder must exist.</param>
    /// <param name="size">Size [pixels]; by default one that suits the number of panels. Type grows with the size.</param>
    /// <exception cref="OutputException">Another ending, data that do not fit, or a file that cannot be written.</exception>
    public static void Save(FigureSpec figure, string path, PictureSize? size = null)
    {
        string ending = RequireFormat(path);
        PictureSize pixels = size ?? DefaultSize(figure);
        if (pixels.Width is < MinSide or > MaxSide || pixels.Height is < MinSide or > MaxSide)
            throw new OutputException(path,
                $"a picture of {pixels.Width}x{pixels.Height} is not possible; each side is {MinSide} to {MaxSide} pixels");

        try
        {
            foreach (PanelSpec panel in figure.Panels)
                panel.Check();
        }
        catch (ArgumentException e)
        {
            throw new OutputException(path, $"the figure '{figure.Name}' cannot be drawn: {e.Message}", e);
        }

        // Drawn in memory first: a picture that fails half-way leaves no half a file.
        byte[] content = ending switch { ".png" => Png(figure, pixels), ".svg" => Svg(figure, pixels), _ => Pdf(figure, pixels) };
        OutputFile.WriteBytes(path, content);
    }

    /// <summary>The ending of a picture's name, which says its format.</summary>
    /// <exception cref="OutputException">It is none that can be drawn.</exception>
    internal static string RequireFormat(string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        return ending is ".png" or ".svg" or ".pdf" ? ending
            : throw new OutputException(path, "the ending of a picture must be .png, .svg or .pdf");
    }

    internal static byte[] Png(FigureSpec figure, PictureSize size)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(size.Width, size.Height));
        Draw(figure, surface.Canvas, size);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        byte[] png = data.ToArray();
        using var marked = new MemoryStream();
        marked.Write(png.AsSpan(0, png.Length - LastChunk));
        AnimatedPng.Write(marked, "tEXt", Encoding.ASCII.GetBytes($"Software\0{OutputFile.Mark}"));
        marked.Write(png.AsSpan(png.Length - LastChunk));
        return marked.ToArray();
    }

    /// <summary>A figure as an SVG file.</summary>
    /// <exception cref="ArgumentException">Data that do not fit each other.</exception>
    public static byte[] Svg(FigureSpec figure, PictureSize size)
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, size.Width, size.Height), stream))
            Draw(figure, canvas, size);
        stream.Write(Encoding.UTF8.GetBytes($"<!-- {OutputFile.Mark} -->\n"));
        return stream.ToArray();
    }

    /// <summary>A figure as a page of a PDF file, a point to a pixel; its text is text.</summary>
    internal static byte[] Pdf(FigureSpec figure, PictureSize size)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream))
        {
            Draw(figure, document.BeginPage(size.Width, size.Height), size);
            document.EndPage();
            document.Close();
        }
        stream.Write(Encoding.ASCII.GetBytes($"% {OutputFile.Mark}\n"));
        return stream.ToArray();
    }

    /// <summary>Twice the pixels of the design, which is 800 x 540 for one panel.</summary>
    private static PictureSize DefaultSize(FigureSpec figure)
    {
        (int columns, int rows) = Grid(figure);
        return columns == 1 && rows == 1 ? new(1600, 1080) : new(2 * Math.Min(560 * columns, 1600), 2 * (330 * rows + 50));
    }

    private static (int Columns, int Rows) Grid(FigureSpec figure)
    {
        int columns = Math.Clamp(figure.Columns, 1, Math.Max(1, figure.Panels.Count));
        return (columns, (figure.Panels.Count + columns - 1) / columns);
    }

    private static void Draw(FigureSpec figure, SKCanvas canvas, PictureSize size)
    {
        PlotFont.Register();
        (int columns, int rows) = Grid(figure);
        float design = columns == 1 ? 800 : Math.Min(560 * columns, 1600);
        float scale = Math.Min(size.Width / design, size.Height / (rows == 1 ? 400f : 260f * rows + 50));
        canvas.Clear(SKColors.White);
        canvas.Scale(scale);
        (float width, float height) = (size.Width / scale, size.Height / scale);

        float top = DrawText(canvas, figure.Title, PlotFont.Bold, TitleSize, width, 10);
        float foot = figure.Note.Length == 0 ? 0
            : PlotFont.Wrap(figure.Note, PlotFont.Regular, NoteSize, width - 60).Count * NoteSize * 1.35f + 8;
        if (foot > 0)
            DrawText(canvas, figure.Note, PlotFont.Regular, NoteSize, width, height - foot);

        float panelWidth = (width - 2 * Border) / columns, panelHeight = (height - top - foot - Border) / rows;
        for (int i = 0; i < figure.Panels.Count; i++)
        {
            float left = Border + i % columns * panelWidth, upper = top + i / columns * panelHeight;
            var rectangle = new PixelRect(left, left + panelWidth, upper + panelHeight, upper);
            PanelDrawing.Draw(figure.Panels[i], rectangle.Size).Render(canvas, rectangle);
        }
    }

    /// <summary>Centred lines from a height downward; returns where they end.</summary>
    private static float DrawText(SKCanvas canvas, string text, SKTypeface face, float size, float width, float top)
    {
        using var font = new SKFont(face, size);
        using var paint = new SKPaint { Color = FigurePalette.Ink.ToSKColor(), IsAntialias = true };
        foreach (string line in PlotFont.Wrap(text, face, size, width - 60))
        {
            top += size * 1.35f;
            canvas.DrawText(line, width / 2, top - size * 0.3f, SKTextAlign.Center, font, paint);
        }
        return top + 4;
    }
}
