using FvSolver.Cases.Figures;
using ScottPlot;

namespace FvSolver.Cases.Plots;

/// <summary>Size of a picture [pixels].</summary>
public readonly record struct PictureSize(int Width, int Height);

/// <summary>How a picture is drawn, whatever it shows.</summary>
public sealed record PictureStyle
{
    /// <summary>Size; null for one that suits the figure. Type grows with it.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>Width in print [m], with type of 7 to 10 points whatever the width; null where the size is in pixels.</summary>
    public double? Width { get; init; }

    /// <summary>Paper and ink.</summary>
    public PictureTheme Theme { get; init; } = PictureTheme.Light;
}

/// <summary>Colours of a picture's paper, and of what is not a curve.</summary>
public sealed class PictureTheme
{
    /// <summary>Dark on white.</summary>
    public static readonly PictureTheme Light = new("light", Colors.White, "#222222", "#6B6B6B", "#E8E8E8", 0, 0.9);

    /// <summary>Light on near black, for slides.</summary>
    public static readonly PictureTheme Dark = new("dark", Color.FromHex("#15181C"), "#E6E6E6", "#A0A6AC", "#2E343B", 0.25, 1);

    /// <summary>Dark on no paper: what lies below shows through.</summary>
    public static readonly PictureTheme Transparent = new("transparent", Colors.Transparent, "#222222", "#6B6B6B", "#DDDDDD", 0, 0.9);

    private readonly double _lowestTone, _highestTone;

    private PictureTheme(string name, Color paper, string ink, string reference, string grid, double lowestTone, double highestTone)
    {
        (Name, Paper, Ink, Reference, Grid) = (name, paper, Color.FromHex(ink), Color.FromHex(reference), Color.FromHex(grid));
        (_lowestTone, _highestTone) = (lowestTone, highestTone);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PictureTheme> All { get; } = [Light, Dark, Transparent];

    /// <summary>Name on the command line.</summary>
    public string Name { get; }

    /// <summary>Background.</summary>
    internal Color Paper { get; }

    /// <summary>Axes and text.</summary>
    internal Color Ink { get; }

    /// <summary>Published values.</summary>
    internal Color Reference { get; }

    /// <summary>Lines of the grid.</summary>
    internal Color Grid { get; }

    /// <summary>Colour of a curve: that end of a sequence which the paper would swallow is left out.</summary>
    internal Color Of(CurveSpec curve, int position) => curve.Tone is { } tone
        ? FigurePalette.Map.GetColor(_lowestTone + (_highestTone - _lowestTone) * Math.Clamp(tone, 0, 1))
        : FigurePalette.Of(curve, position, onDark: this == Dark) ?? Ink;
}
