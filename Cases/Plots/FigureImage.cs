using System.Text;
using System.Text.RegularExpressions;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>Draws figures into PNG, SVG and PDF files.</summary>
public static partial class FigureImage
{
    /// <summary>Smallest and largest side of a picture [pixels].</summary>
    internal const int MinSide = 100, MaxSide = 16_000;

    /// <summary>Smallest and largest width in print [m].</summary>
    internal const double MinWidth = 0.05, MaxWidth = 0.5;

    /// <summary>Pixels to an inch of a PNG for print.</summary>
    private const double Resolution = 600;

    private const double PointsPerInch = 72, MetresPerInch = 0.0254;

    /// <summary>Length of the chunk IEND, which ends a PNG, and of what comes before a resolution [bytes].</summary>
    private const int LastChunk = 12, FirstChunks = 33;

    /// <summary>Draws a figure into a file whose ending says the format.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="path">A file that ends in .png, .svg or .pdf; its folder must exist.</param>
    /// <param name="style">How; by default dark on white, in a size that suits the number of panels.</param>
    /// <exception cref="OutputException">Another ending or size, data that do not fit, or a file that cannot be written.</exception>
    public static void Save(FigureSpec figure, string path, PictureStyle? style = null)
    {
        string ending = RequireFormat(path);
        style ??= new();
        if (style.Size is { } pixels && (pixels.Width is < MinSide or > MaxSide || pixels.Height is < MinSide or > MaxSide))
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
        byte[] content = ending switch { ".png" => Png(figure, style), ".svg" => Svg(figure, style), _ => Pdf(figure, style) };
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

    internal static byte[] Png(FigureSpec figure, PictureSize size) => Png(figure, new PictureStyle { Size = size });

    internal static byte[] Png(FigureSpec figure, PictureStyle style)
    {
        var sheet = new FigureSheet(figure, style);
        float scale = style.Width is null ? sheet.Scale : (float)(FigureSheet.PointsPerUnit * Resolution / PointsPerInch);
        var size = new SKImageInfo((int)Math.Round(sheet.Width * scale), (int)Math.Round(sheet.Height * scale));
        using SKSurface surface = SKSurface.Create(size);
        sheet.Draw(surface.Canvas, scale);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        byte[] png = data.ToArray();
        using var marked = new MemoryStream();
        marked.Write(png.AsSpan(0, FirstChunks));
        if (style.Width is not null)
        {
            byte[] dotsPerMetre = AnimatedPng.BigEndian((int)Math.Round(Resolution / MetresPerInch));
            AnimatedPng.Write(marked, "pHYs", [.. dotsPerMetre, .. dotsPerMetre, 1]);
        }
        marked.Write(png.AsSpan(FirstChunks, png.Length - FirstChunks - LastChunk));
        AnimatedPng.Write(marked, "tEXt", Encoding.ASCII.GetBytes($"Software\0{OutputFile.Mark}"));
        marked.Write(png.AsSpan(png.Length - LastChunk));
        return marked.ToArray();
    }

    /// <summary>A figure as an SVG file.</summary>
    /// <exception cref="ArgumentException">Data that do not fit each other.</exception>
    public static byte[] Svg(FigureSpec figure, PictureSize size) => Svg(figure, new PictureStyle { Size = size });

    private static byte[] Svg(FigureSpec figure, PictureStyle style)
    {
        var sheet = new FigureSheet(figure, style);
        (float width, float height) = (sheet.Width * sheet.Scale, sheet.Height * sheet.Scale);
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
            sheet.Draw(canvas, sheet.Scale);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        if (style.Width is { } print)
        {
            string size = FormattableString.Invariant($"width=\"{1e3 * print:0.###}mm\" height=\"{1e3 * print * height / width:0.###}mm\"");
            text = PixelSize().Replace(text, FormattableString.Invariant($"{size} viewBox=\"0 0 {width:0.###} {height:0.###}\""), 1);
        }
        return Encoding.UTF8.GetBytes($"{text}<!-- {OutputFile.Mark} -->\n");
    }

    /// <summary>A figure as a page of a PDF file; its text is text. Where the size is in pixels, a pixel is a point.</summary>
    private static byte[] Pdf(FigureSpec figure, PictureStyle style)
    {
        var sheet = new FigureSheet(figure, style);
        float scale = style.Width is null ? sheet.Scale : (float)FigureSheet.PointsPerUnit;
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream))
        {
            sheet.Draw(document.BeginPage(sheet.Width * scale, sheet.Height * scale), scale);
            document.EndPage();
            document.Close();
        }
        stream.Write(Encoding.ASCII.GetBytes($"% {OutputFile.Mark}\n"));
        return stream.ToArray();
    }

    [GeneratedRegex("width=\"[0-9.]+\" height=\"[0-9.]+\"")]
    private static partial Regex PixelSize();
}
