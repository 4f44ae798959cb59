using System.Security.Cryptography;

namespace FvSolver.Cases.Input;

/// <summary>The files that a case names, with digests of those that were read: what they say is part of the case.</summary>
/// <param name="directory">Directory against which names are looked up.</param>
internal sealed class CaseFiles(string directory)
{
    private readonly SortedDictionary<string, string> _digests = new(StringComparer.Ordinal);

    /// <summary>Each file that was read, as its name and the SHA-256 of its content.</summary>
    public IReadOnlyList<string> Marks => [.. _digests.Select(f => $"{f.Key} {f.Value}")];

    /// <summary>Path of a file that is about to be read; null when there is none.</summary>
    /// <exception cref="InputException">It cannot be read, or is no regular file.</exception>
    public string? Find(string name)
    {
        if (InputFile.Find(name, directory) is not { } path)
            return null;
        InputFile.Require(path, name);
        try
        {
            using FileStream file = File.OpenRead(path);
            _digests[name] = Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(name, 0, "", "", "cannot be read: " + e.Message);
        }
        return path;
    }
}
