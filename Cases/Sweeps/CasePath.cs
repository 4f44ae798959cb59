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
        string path = Beside(name, source);
        return File.Exists(path) || CaseLibrary.Names.Contains(name)
            ? path
            : throw new InputException(source, 0, "case", name,
                "there is neither a file beside this one nor a case of this name" + NearestName.Suggest(name, [.. CaseLibrary.Names]));
    }

    /// <summary>Absolute path of the file beside another, or, where there is none, the name as it is.</summary>
    /// <param name="name">As written.</param>
    /// <param name="source">File in which it is written.</param>
    public static string Beside(string name, string source) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(source))!, name) is var path && File.Exists(path) ? path : name;
}
