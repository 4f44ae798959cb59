using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;

namespace FvSolver.Cases.Runs;

/// <summary>The picture that a run leaves beside its result.</summary>
internal static class RunPicture
{
    /// <summary>Path of the picture of a result.</summary>
    /// <exception cref="OutputException">The result itself has the name of its picture.</exception>
    public static string PathOf(string resultPath)
    {
        string path = Path.ChangeExtension(resultPath, ".png");
        return path != resultPath ? path : throw new OutputException(resultPath,
            "is the name of the result's picture; a result ends in .h5");
    }

    /// <summary>Draws the default view of a result as PNG.</summary>
    /// <returns>Path of the picture.</returns>
    public static string Write(string resultPath, Result result)
    {
        string path = PathOf(resultPath);
        ResultPlot.Save(result, path);
        return path;
    }
}
