using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;

namespace FvSolver.Cases.Runs;

/// <summary>The picture that a run leaves beside its result.</summary>
internal static class RunPicture
{
    /// <summary>Draws the default view of a result as PNG.</summary>
    /// <returns>Path of the picture.</returns>
    public static string Write(string resultPath, Result result)
    {
        string path = Path.ChangeExtension(resultPath, ".png");
        ResultPlot.Save(result, path);
        return path;
    }
}
