using FvSolver.Cases.Input;
using FvSolver.Validation.Site;
using Xunit;

namespace FvSolver.Tests.Documentation;

/// <summary>The gallery has every case of the library.</summary>
public class GalleryTests
{
    [Fact]
    public void Every_case_of_the_library_is_in_it_with_its_command_its_time_and_its_picture()
    {
        Dictionary<string, string> entries = Gallery.Entries(File.ReadAllText(Path.Combine(Pages.Docs, "gallery.md")));
        Assert.Equal(CaseLibrary.Names, entries.Keys);
        Assert.All(entries, entry =>
        {
            Assert.Matches($@"\n    fv run {entry.Key}( --fast)?     # \d", entry.Value);
            Assert.Contains($"(gallery/{entry.Key}.png)", entry.Value);
            Assert.StartsWith($"**{CaseReader.Read(entry.Key).Title}**", entry.Value.Split("\n\n")[1]);
        });
    }

    [Fact]
    public void A_case_without_an_entry_is_found() =>
        Assert.NotEqual(CaseLibrary.Names, Gallery.Entries("# Gallery\n\n## single\n\n    fv run single     # 1 s\n").Keys);
}
