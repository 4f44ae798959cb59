using FvSolver.Cases.Files;
using FvSolver.Cases.Output;

namespace FvSolver.Cases.Input;

/// <summary>Text files that a case names.</summary>
internal static class InputFile
{
    /// <summary>Largest file that is read [bytes].</summary>
    private const long Largest = 256 << 20;

    /// <summary>The file of a name, looked up in a directory unless the name is absolute; null when there is none.</summary>
    public static string? Find(string name, string directory)
    {
        if (name.Length == 0 || name.Contains('\0'))
            return null;
        string path = Path.Combine(directory, name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The text of a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What the user calls it, for messages.</param>
    /// <exception cref="InputException">It cannot be read, is no regular file, or is larger than any sensible one.</exception>
    public static string Read(string path, string name)
    {
        Require(path, name);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(name, 0, "", "", "cannot be read: " + OutputException.Describe(e));
        }
    }

    /// <summary>The text of a file that a command line names.</summary>
    /// <exception cref="InputException">There is none, or it cannot be read.</exception>
    public static string Read(string path) => Read(
        Find(path, "") ?? throw new InputException(path, 0, "", "", "there is no such file"), path);

    /// <summary>Refuses what is no regular file, which may never end, and files larger than any sensible one.</summary>
    /// <exception cref="InputException">It is one of these.</exception>
    public static void Require(string path, string name)
    {
        if (FileIdentity.Of(path, followLinks: true) is { Kind: not (FileKind.Regular or FileKind.Absent) } there)
            throw new InputException(name, 0, "", "", $"is {there.Words}; an input must be a regular file");
        if (File.Exists(path) && new FileInfo(path).Length is > Largest and long length)
            throw new InputException(name, 0, "", "", $"is {length >> 20} MB long; an input has at most {Largest >> 20} MB");
    }
}
