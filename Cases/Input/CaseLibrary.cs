using System.Reflection;

namespace FvSolver.Cases.Input;

/// <summary>The named cases that come with the program.</summary>
public static class CaseLibrary
{
    private const string Prefix = "library/";
    private static readonly Assembly Home = typeof(CaseLibrary).Assembly;

    /// <summary>Names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Home.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..])
            .Order()];

    /// <summary>TOML text of a case, or null when there is none of that name.</summary>
    public static string? Find(string name)
    {
        if (!Names.Contains(name))
            return null;
        using var reader = new StreamReader(Home.GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Title of a case.</summary>
    public static string Title(string name) =>
        new TableReader(TomlDocument.Parse(Find(name) ?? throw new ArgumentException($"There is no case '{name}'.", nameof(name)), name),
            "")
            .OptionalText("title") ?? "";
}
