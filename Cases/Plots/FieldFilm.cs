using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots.Views;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots;

/// <summary>All samples of a field over a cross-section as an animated PNG, with one scale of colours.</summary>
public static class FieldFilm
{
    private const int FrameTime = 400;
    private static readonly PictureSize Default = new(1000, 600);

    /// <summary>Draws the film.</summary>
    /// <param name="result">What was read.</param>
    /// <param name="field">Name of the field.</param>
    /// <param name="path">A file that ends in .png.</param>
    /// <param name="style">How; frames of 1000 x 600 pixels where it names no size.</param>
    /// <exception cref="OutputException">No such field, another ending, or a file that cannot be written.</exception>
    public static void Save(Result result, string field, string path, PictureStyle style)
    {
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new OutputException(path, "a film is an animated .png");
        if (style.Size is null && style.Width is null)
            style = style with { Size = Default };
        int count = FieldView.Find(result, field).Samples.Count;
        byte[][] frames = [.. Enumerable.Range(0, count).Select(i => FigureImage.Png(FieldView.Map(result, field, i), style))];
        OutputFile.WriteBytes(path, AnimatedPng.Join(frames, FrameTime));
    }
}
