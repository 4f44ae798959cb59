using FvSolver.Cases.Files;

namespace FvSolver.Cases.Output;

/// <summary>
/// A result file or a picture cannot be written or read. The message is one line for the user: the file, what is
/// wrong with it, and what would be right.
/// </summary>
public sealed class OutputException : Exception
{
    /// <summary>An error about a file.</summary>
    /// <param name="path">File that the user named.</param>
    /// <param name="problem">What is wrong and what is expected, without a full stop.</param>
    /// <param name="cause">What failed underneath, if anything did.</param>
    public OutputException(string path, string problem, Exception? cause = null)
        : base(OneLine($"{path}: {problem}"), cause)
    {
    }

    /// <summary>An error that is not about one file.</summary>
    public OutputException(string problem)
        : base(OneLine(problem))
    {
    }

    /// <summary>
    /// What a failed operation on a file means, in words: the system's own message names the file once more and, in
    /// the case of a write, the temporary one that the user does not know.
    /// </summary>
    internal static string Describe(Exception cause) => cause switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "permission is denied, or it is a folder",
        PathTooLongException => "the path is too long",
        IOException { Message: var m } when m.Contains("No space left", StringComparison.OrdinalIgnoreCase)
            || m.Contains("disk", StringComparison.OrdinalIgnoreCase) => "there is no space left on the disk",
        IOException { Message: var m } when m.Contains("being used by another process", StringComparison.Ordinal)
            => "another process is writing it",
        _ => cause.Message,
    };

    private static string OneLine(string text) => PlainText.Line(string.Join(' ', text.Split('\r', '\n').Select(s => s.Trim())));
}
