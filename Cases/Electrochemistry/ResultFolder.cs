using FvSolver.Cases.Output;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>The folder of an output file.</summary>
internal static class ResultFolder
{
    /// <summary>Makes the folder of a file when it is not there.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static void Ensure(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new OutputException(path, "cannot be written: its folder cannot be made", e);
        }
    }
}
