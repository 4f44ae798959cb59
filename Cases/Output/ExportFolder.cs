using System.Security.Cryptography;
using System.Text;

namespace FvSolver.Cases.Output;

/// <summary>Exported tables in one folder, with a list of their checksums.</summary>
/// <remarks>
/// A table has no room for the program's mark, so the list tells what may be replaced: a file whose content is still the exported one.
/// What a user has changed since, or put there, stays. <c>sha256sum -c export.sha256</c> reads the list too.
/// </remarks>
/// <param name="folder">The folder.</param>
/// <param name="files">Names and texts.</param>
public sealed class ExportFolder(string folder, IReadOnlyList<(string Name, string Text)> files)
{
    private const string List = "export.sha256";

    /// <summary>Checks, before the work, that the files can be written.</summary>
    /// <exception cref="OutputException">One cannot, or it holds something else and
    /// <paramref name="overwriteForeign"/> is false.</exception>
    public void Check(bool overwriteForeign)
    {
        string list = Path.Combine(folder, List);
        HashSet<string> exported = File.Exists(list) && OutputFile.IsOurs(list) ? [.. File.ReadLines(list)] : [];
        OutputFile.Check(overwriteForeign, list);
        foreach ((string name, _) in files)
        {
            string path = Path.Combine(folder, name);
            bool isUnchanged = File.Exists(path) && exported.Contains(Line(name, File.ReadAllBytes(path)));
            OutputFile.Check(overwriteForeign || isUnchanged, path);
        }
    }

    /// <summary>Writes the files, and first the list: files that are not written after all do not match it.</summary>
    /// <exception cref="OutputException">One cannot be written.</exception>
    public void Write()
    {
        OutputFile.WriteText(Path.Combine(folder, List),
            $"# {OutputFile.Mark} export\n" + string.Concat(files.Select(f => Line(f.Name, Encoding.UTF8.GetBytes(f.Text)) + "\n")));
        foreach ((string name, string text) in files)
            OutputFile.WriteText(Path.Combine(folder, name), text);
    }

    private static string Line(string name, byte[] content) => $"{Convert.ToHexStringLower(SHA256.HashData(content))}  {name}";
}
