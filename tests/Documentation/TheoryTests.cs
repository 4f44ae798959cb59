using System.Text.RegularExpressions;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Tests.House;
using FvSolver.Validation;
using Xunit;

namespace FvSolver.Tests.Documentation;

/// <summary>The theory manual has every law, in the symbols of the program, with what tests it.</summary>
public partial class TheoryTests
{
    [Fact]
    public void Every_law_is_linked_from_a_page()
    {
        string laws = Path.Combine(Checkout.Root, "Solver", "Physics");
        HashSet<string> linked = [.. Pages.Theory.SelectMany(
            page => Pages.Links(File.ReadAllText(page)).Select(l => Resolve(page, l.Target)))];
        string[] files = Directory.GetFiles(laws, "*.cs");
        Assert.True(files.Length > 40);
        Assert.Empty(files.Where(f => !linked.Contains(f)).Select(Path.GetFileName));
    }

    [Fact]
    public void Every_equation_names_the_file_of_its_law_and_the_case_or_test_that_holds_it()
    {
        HashSet<string> ids = [.. Suite.Cases.Select(c => c.Id)];
        var missing = new List<string>();
        int equations = 0;
        foreach (string page in Pages.Theory)
            foreach ((string heading, string body) in Pages.Sections(page).Where(s => s.Body.Contains("$$")))
            {
                equations++;
                var links = Pages.Links(body).Select(l => (l.Words, File: Resolve(page, l.Target))).ToList();
                string name = $"{Path.GetFileName(page)}, {heading}";
                if (!links.Any(l => l.File.Contains("/Solver/")))
                    missing.Add($"{name}: no law");
                if (!links.Any(l => l.File.Contains("/Validation/") || l.File.Contains("/tests/")))
                    missing.Add($"{name}: no test");
                missing.AddRange(links.Where(l => l.File.Contains("/Validation/") && !IsCaseOf(l.Words.Trim('`'), l.File))
                    .Select(l => $"{name}: {l.Words} is not the case of {l.File}"));
            }
        Assert.True(equations > 30, $"{equations} equations");
        Assert.Empty(missing);

        bool IsCaseOf(string id, string file) =>
            ids.Contains(id) && Suite.Cases.Single(c => c.Id == id).GetType().Name == Path.GetFileNameWithoutExtension(file);
    }

    [Fact]
    public void Symbols_are_those_of_the_parameters()
    {
        var wrong = new List<string>();
        int symbols = 0;
        foreach (string page in Pages.Theory)
            foreach (Match match in Symbol().Matches(File.ReadAllText(page)))
            {
                symbols++;
                string path = match.Groups[2].Value;
                string? symbol = RunSettings.FindParameter(path)?.Symbol;
                if (symbol != match.Groups[1].Value)
                    wrong.Add($"{Path.GetFileName(page)}: {match.Value}, the program has {symbol ?? "no such parameter"}");
            }
        Assert.True(symbols > 80, $"{symbols} symbols");
        Assert.Empty(wrong);
    }

    private static string Resolve(string page, string target) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0]));

    [GeneratedRegex("`([^`\n]+)` = `([a-z0-9_]+\\.[a-z0-9_]+)`")]
    private static partial Regex Symbol();
}
