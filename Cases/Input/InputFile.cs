namespace FvSolver.Cases.Input;

/// <summary>Text files that a case names.</summary>
internal static class InputFile
{
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
    /// <exception cref="InputException">It cannot be read.</exception>
    public static string Read(string path, string name)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(name, 0, "", "", "cannot be read: " + e.Message);
        }
    }
}
