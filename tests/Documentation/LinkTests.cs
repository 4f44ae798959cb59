using System.Text.RegularExpressions;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Documentation;

/// <summary>Links between pages lead somewhere.</summary>
public partial class LinkTests
{
    [Fact]
    public void No_link_within_the_project_is_dead()
    {
        string[] pages = [.. Pages.All];
        Assert.True(pages.Length > 20, $"only {pages.Length} pages");
        Assert.Empty(pages.SelectMany(Dead));
    }

    [Theory]
    [InlineData("[a](no-such-page.md)")]
    [InlineData("[a](index.md#no-such-heading)")]
    [InlineData("![a](gallery/no-such-picture.png)")]
    public void A_dead_link_is_found(string text) => Assert.Single(Dead(Path.Combine(Pages.Docs, "x.md"), text));

    private static IEnumerable<string> Dead(string page) => Dead(page, File.ReadAllText(page));

    private static IEnumerable<string> Dead(string page, string text)
    {
        foreach ((_, string target) in Pages.Links(Code().Replace(text, "")))
        {
            if (target.Contains("://") || target.StartsWith("mailto:", StringComparison.Ordinal))
                continue;
            string[] parts = target.Split('#');
            string file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
            if (!File.Exists(file) && !Directory.Exists(file))
                yield return $"{Path.GetRelativePath(Checkout.Root, page)}: {target}";
            else if (parts.Length > 1 && !Anchors(file).Contains(parts[1]))
                yield return $"{Path.GetRelativePath(Checkout.Root, page)}: {target} (no such heading)";
        }
    }

    private static IEnumerable<string> Anchors(string file) => File.ReadLines(file).Where(l => l.StartsWith('#'))
        .Select(l => NoAnchor().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^```.*?^```|^    .*?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
