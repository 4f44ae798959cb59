using System.Text.RegularExpressions;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Layout;
using Xunit;
using Library = System.Reflection.Assembly;

namespace FvSolver.Tests.House;

/// <summary>Folders are layers: namespaces equal them, and none of them use each other in a circle.</summary>
public partial class FolderTests
{
    public static TheoryData<string, Library> Assemblies => new()
    {
        { "FvSolver.Mesh", typeof(ControlVolumeMesh).Assembly },
        { "FvSolver.Materials", typeof(Device).Assembly },
        { "FvSolver.Solver", typeof(DeviceStack).Assembly },
        { "FvSolver.Cases", typeof(FvSolver.Cases.Input.CaseReader).Assembly },
        { "FvSolver.Pages", typeof(FvSolver.Pages.ViewCommand).Assembly },
        { "FvSolver.Validation", typeof(FvSolver.Validation.Suite).Assembly },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_folders_use_each_other_in_a_circle(string prefix, Library assembly) =>
        Assert.Empty(new FolderGraph(assembly, prefix).Cycles());

    [Fact]
    public void A_circle_is_found_when_only_method_bodies_close_it()
    {
        string cycle = Assert.Single(new FolderGraph(typeof(FolderTests).Assembly, "FvSolver.Tests.House.Knot").Cycles());
        Assert.Contains("Hen uses Egg", cycle);
        Assert.Contains("Egg uses Hen", cycle);
    }

    [Fact]
    public void Namespaces_equal_folders()
    {
        string root = Checkout.Root;
        string[] files = [.. Checkout.Sources];
        Assert.True(files.Length > 400, $"only {files.Length} files below {root}");
        Assert.Empty(files.Select(f => (File: Path.GetRelativePath(root, f), Declared: Declaration()
            .Match(File.ReadAllText(f)).Groups[1].Value))
            .Where(f => Path.GetFileName(f.File) != "Program.cs" && f.Declared != Expected(f.File))
            .Select(f => $"{f.File}: namespace '{f.Declared}', expected '{Expected(f.File)}'"));
    }

    private static string Expected(string file)
    {
        string folder = Path.GetDirectoryName(file)!.Replace('/', '.');
        return "FvSolver." + char.ToUpperInvariant(folder[0]) + folder[1..];
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
