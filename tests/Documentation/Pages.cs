using System.Text.RegularExpressions;
using FvSolver.Tests.House;

namespace FvSolver.Tests.Documentation;

/// <summary>The written pages of the documentation.</summary>
internal static partial class Pages
{
    /// <summary>Folder of the pages.</summary>
    public static string Docs { get; } = Path.Combine(Checkout.Root, "docs");

    /// <summary>Every Markdown file that people read: those of <c>docs</c>, of the root and of the Python package.</summary>
    public static IEnumerable<string> All =>
    [
        .. Directory.GetFiles(Checkout.Root, "*.md"),
        .. Directory.GetFiles(Path.Combine(Checkout.Root, "Cases", "Python"), "*.md"),
        .. Directory.GetFiles(Docs, "*.md", SearchOption.AllDirectories).Where(f => !f.Contains("/_site/") && !f.Contains("/obj/")),
    ];

    /// <summary>Pages of the theory.</summary>
    public static IEnumerable<string> Theory => Directory.GetFiles(Path.Combine(Docs, "theory"), "*.md");

    /// <summary>Targets of the links of a text, with the text that is linked.</summary>
    public static IEnumerable<(string Words, string Target)> Links(string text) =>
        Link().Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    /// <summary>Sections of a page, by headings of the second level.</summary>
    public static IEnumerable<(string Heading, string Body)> Sections(string page) =>
        File.ReadAllText(page).Split("\n## ").Skip(1).Select(s => (s[..s.IndexOf('\n')].Trim(), s));

    [GeneratedRegex(@"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
