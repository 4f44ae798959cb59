using System.Text.RegularExpressions;
using FvSolver.Tests.Runs;
using Xunit;

namespace FvSolver.Tests.Documentation;

/// <summary>The twelve tasks of a newcomer, as the tutorial has them: at most three commands each, and they work.</summary>
public partial class TaskTests
{
    private const string Page = "tasks.md";

    /// <summary>Commands that take minutes and have tests of their own.</summary>
    private static readonly string[] s_long = ["fv compact"];

    private static readonly (string Heading, string Body)[] s_tasks = [.. Pages.Sections(Path.Combine(Pages.Docs, "tutorials", Page))];

    public static TheoryData<string> Headings => [.. s_tasks.Select(t => t.Heading)];

    [Fact]
    public void There_are_twelve() => Assert.Equal(Enumerable.Range(1, 12).Select(i => $"{i}"),
        s_tasks.Select(t => t.Heading.Split('.')[0]));

    [Theory]
    [MemberData(nameof(Headings))]
    public void A_task_takes_at_most_three_commands_which_work(string heading)
    {
        string body = s_tasks.Single(t => t.Heading == heading).Body;
        string[] commands = [.. Command().Matches(body).Select(m => m.Groups[1].Value)];
        Assert.InRange(commands.Length, 1, 3);
        using var work = new Workspace();
        foreach (Match file in NamedFile().Matches(body))
            work.Case(file.Groups[1].Value, file.Groups[2].Value);
        foreach (string command in commands.Where(c => !s_long.Any(l => c.StartsWith(l, StringComparison.Ordinal))))
        {
            (int code, string output, string error) = work.Run([.. Word().Matches(command).Skip(1).Select(m => m.Value.Replace("\"", ""))]);
            Assert.True(code == 0, $"{command}\n{output}{error}");
        }
    }

    [GeneratedRegex(@"^    (fv .+?)(?: +#.*)?$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    // Words are parted by spaces outside of quotes.
    [GeneratedRegex("(?:[^\\s\"]|\"[^\"]*\")+")]
    private static partial Regex Word();
}
