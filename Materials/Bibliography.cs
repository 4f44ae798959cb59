using System.Text;
using System.Text.RegularExpressions;

namespace FvSolver.Materials;

/// <summary>A work that references cite.</summary>
/// <param name="Key">Key, e.g. <c>onen2022</c>.</param>
/// <param name="BibTeX">The whole entry.</param>
/// <param name="Fields">Fields by name, as BibTeX has them.</param>
public sealed partial record Work(string Key, string BibTeX, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Its DOI, or null where none could be verified.</summary>
    public string? Doi => Fields.GetValueOrDefault("doi");

    /// <summary>Authors, or the editor of a work that has none, title, where it appeared and when, in one line of plain text.</summary>
    public string Citation
    {
        get
        {
            string Field(string name) => Plain(Fields.GetValueOrDefault(name, ""));
            string names = Field("author") is { Length: > 0 } written ? written : Field("editor");
            string[] authors = [.. names.Split(" and ").Select(a => string.Join(' ', a.Split(", ").Reverse()))];
            string who = authors.Length > 3 ? authors[0] + " et al." : string.Join(", ", authors);
            string where = Field("journal") is { Length: > 0 } journal ? $"{journal} {Field("volume")}".TrimEnd() : Field("publisher");
            string pages = Field("pages") is { Length: > 0 } range ? $", {range}" : "";
            return $"{who}, {Field("title")}, {where}{pages} ({Field("year")})";
        }
    }

    // Braces protect capitals; \'e and the like are accents, and $...$ is mathematics.
    private static string Plain(string tex)
    {
        string text = Accent().Replace(tex, m => Accented(m.Groups[1].Value[0], m.Groups[2].Value));
        text = text.Replace("--", "-").Replace("$", "").Replace("\\omega", "\u03c9").Replace("{", "").Replace("}", "").Replace("\\", "");
        return Space().Replace(text, " ").Trim();
    }

    // By hand: without the tables of the system's languages the runtime does not compose letters and accents.
    private static string Accented(char accent, string letter) => (accent, letter[0]) switch
    {
        ('"', 'a') => "\u00e4",
        ('\'', 'A') => "\u00c1",
        ('\'', 'e') => "\u00e9",
        ('\'', 'u') => "\u00fa",
        ('c', 'n') => "\u0146",
        ('v', 's') => "\u0161",
        _ => throw new FormatException($"there is no letter for \\{accent}{letter}; add it"),
    };

    [GeneratedRegex("""\\(['"`^~]|[cv](?=[ {]))\s*\{?\\?(\p{L})\}?""")]
    private static partial Regex Accent();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

/// <summary>The works of <c>references.bib</c>.</summary>
public static partial class Bibliography
{
    private static readonly Lazy<IReadOnlyDictionary<string, Work>> LazyWorks = new(() =>
        Entry().Matches(PresetLibrary.Bibliography()).Select(m => new Work(m.Groups["key"].Value, m.Value.Trim(),
            Field().Matches(m.Groups["body"].Value).ToDictionary(f => f.Groups[1].Value, f => f.Groups[2].Value)))
        .ToDictionary(w => w.Key));

    /// <summary>Every work, by key.</summary>
    public static IReadOnlyDictionary<string, Work> Works => LazyWorks.Value;

    /// <summary>Works that a reference cites, in its order.</summary>
    /// <param name="reference">Reference of a parameter, e.g. <c>onen2022 eq. 1; washboard: ambegaokar1969</c>.</param>
    public static IReadOnlyList<Work> CitedIn(string reference) =>
        [.. Key().Matches(reference).Select(m => Works.GetValueOrDefault(m.Value)).OfType<Work>().Distinct()];

    [GeneratedRegex(@"^@\w+\{(?<key>\w+),\s*\n(?<body>(?:  .*\n)+)\}", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex(@"\b[a-z]+\d{4}\b")]
    private static partial Regex Key();
}
