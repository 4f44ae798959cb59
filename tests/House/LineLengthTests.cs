using Xunit;

namespace FvSolver.Tests.House;

/// <summary>Lines that a reader sees whole, beside a second file.</summary>
public class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void No_line_of_code_is_longer_than_140_characters() =>
        Assert.Empty(Checkout.Sources.SelectMany(f => TooLong(Path.GetRelativePath(Checkout.Root, f), File.ReadAllLines(f))));

    [Fact]
    public void A_longer_line_is_found() =>
        Assert.Equal(["A.cs:2"], TooLong("A.cs", [new('é', Longest), new('é', Longest + 1)]));

    private static IEnumerable<string> TooLong(string file, string[] lines) =>
        lines.Index().Where(l => l.Item.Length > Longest).Select(l => $"{file}:{l.Index + 1}");
}
