using System.Reflection;
using Xunit;

namespace FvSolver.Tests.House;

/// <summary>What people need to reuse and cite the program agrees with the program.</summary>
public class ReleaseFilesTests
{
    private static readonly string s_version = typeof(FvSolver.Validation.Suite).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    [Fact]
    public void The_citation_file_has_the_version_and_licence_of_the_program()
    {
        string[] lines = Lines("CITATION.cff");
        Assert.Contains($"version: {s_version}", lines);
        Assert.Contains("license: MIT", lines);
        Assert.StartsWith("MIT License", Lines("LICENSE")[0]);
    }

    [Fact]
    public void The_changelog_begins_with_what_is_not_released_or_with_this_version()
    {
        string newest = Lines("CHANGELOG.md").First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.True(newest == "## [Unreleased]" || newest.StartsWith($"## [{s_version}]", StringComparison.Ordinal), newest);
    }

    [Fact]
    public void Every_package_that_the_program_ships_has_a_notice()
    {
        string notices = File.ReadAllText(Path.Combine(Checkout.Root, "THIRD-PARTY-NOTICES.md"));
        string[] shipped =
        [
            .. new[] { "Mesh", "Materials", "Solver", "Cases", "Pages", "Validation" }
                .SelectMany(part => Lines(Path.Combine(part, part + ".csproj")))
                .Where(line => line.Contains("<PackageReference Include=", StringComparison.Ordinal))
                .Select(line => line.Split('"')[1]),
        ];
        Assert.NotEmpty(shipped);
        Assert.All(shipped, package => Assert.Contains($"| {package} |", notices, StringComparison.Ordinal));
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Checkout.Root, file));
}
