using ScottPlot;
using SkiaSharp;

namespace FvSolver.Cases.Plots;

/// <summary>
/// DejaVu Sans from inside the program: pictures look the same everywhere, and have text on machines without fonts.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Family name, also in SVG files.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> RegularFace = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> BoldFace = new(() => Load("DejaVuSans-Bold.ttf"));

    private static readonly Lazy<bool> Registered = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Family;
        return true;
    });

    private PlotFont()
    {
    }

    /// <summary>Makes the family known to the plotting library; to be called before any plot is made.</summary>
    public static void Register() => _ = Registered.Value;

    /// <summary>Width of a text in the regular face [pixels].</summary>
    public static float Width(string text, float size)
    {
        using var font = new SKFont(Regular, size);
        return font.MeasureText(text);
    }

    /// <summary>Breaks a text at spaces into lines of a largest width [pixels].</summary>
    public static List<string> Wrap(string text, SKTypeface face, float size, float width)
    {
        using var font = new SKFont(face, size);
        var lines = new List<string>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && font.MeasureText($"{lines[^1]} {word}") <= width)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }
        return lines;
    }

    /// <summary>Regular face.</summary>
    public static SKTypeface Regular => RegularFace.Value;

    /// <summary>Bold face.</summary>
    public static SKTypeface Bold => BoldFace.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, false);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? Load(bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf") : null;

    private static SKTypeface Load(string resource)
    {
        using Stream stream = typeof(PlotFont).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The font {resource} is missing from the program.");
        return SKTypeface.FromStream(stream);
    }
}
