using FvSolver.Cases.Input;

namespace FvSolver.Cases.Sweeps;

/// <summary>The case that a sweep or a targets file names: a file beside it, or a case of the library.</summary>
internal static class CasePath
{
    /// <summary>Absolute path of the file, or the name of the library's case.</summary>
    /// <param name="name">As written.</param>
    /// <param name="source">File in which it is written.</param>
    /// <exception cref="InputException">There is neither.</exception>
    public static string Resolve(string name, string source)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(source))!, name);
        if (File.Exists(beside))
            return beside;
        return CaseLibrary.Names.Contains(name)
            ? name
            : throw new InputException(source, 0, "case", name,
                "there is neither a file beside this one nor a case of this name" + NearestName.Suggest(name, [.. CaseLibrary.Names]));
    }
}
