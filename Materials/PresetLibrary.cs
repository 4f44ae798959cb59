using System.Reflection;

namespace FvSolver.Materials;

/// <summary>Texts that come with the parameters: presets by name, and the bibliography.</summary>
public static class PresetLibrary
{
    private const string Prefix = "presets/";
    private static readonly Assembly Home = typeof(PresetLibrary).Assembly;

    /// <summary>Names of the presets.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Home.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..])
            .Order()];

    /// <summary>TOML text of a preset, or null when there is none of that name.</summary>
    public static string? Find(string name) => Names.Contains(name) ? Resource(Prefix + name) : null;

    /// <summary>BibTeX text of the works that the references cite.</summary>
    public static string Bibliography() => Resource("references.bib");

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource '{name}' is missing from the assembly."));
        return reader.ReadToEnd();
    }
}
