using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Layout;
using FvSolver.Validation;
using Xunit;
using Library = System.Reflection.Assembly;

namespace FvSolver.Tests.House;

/// <summary>References go one way: Mesh, Materials, Solver, Cases, Pages, Validation.</summary>
public class ReferenceDirectionTests
{
    private static readonly (string Layer, Library Assembly)[] Layers =
    [
        ("Mesh", typeof(ControlVolumeMesh).Assembly),
        ("Materials", typeof(Device).Assembly),
        ("Solver", typeof(DeviceStack).Assembly),
        ("Cases", typeof(FvSolver.Cases.Input.CaseReader).Assembly),
        ("Pages", typeof(FvSolver.Pages.ViewCommand).Assembly),
        ("Validation", typeof(FvSolver.Validation.Suite).Assembly),
    ];

    [Theory]
    [InlineData("Mesh")]
    [InlineData("Materials")]
    [InlineData("Solver", "Mesh", "Materials")]
    [InlineData("Cases", "Mesh", "Materials", "Solver")]
    [InlineData("Pages", "Mesh", "Materials", "Solver", "Cases")]
    [InlineData("Validation", "Mesh", "Materials", "Solver", "Cases", "Pages")]
    public void A_layer_knows_only_those_below_it(string layer, params string[] below)
    {
        Library assembly = Layers.Single(l => l.Layer == layer).Assembly;
        string[] known = [.. assembly.GetReferencedAssemblies().Select(r => r.Name!)];
        Assert.Empty(Layers.Where(l => known.Contains(l.Assembly.GetName().Name) && !below.Contains(l.Layer)).Select(l => l.Layer));
    }

    [Fact]
    public void The_core_stands_on_the_platform_alone()
    {
        // Files, plots and the command line live in Cases.
        foreach ((string layer, Library assembly) in Layers.Take(3))
            Assert.All(assembly.GetReferencedAssemblies(), r => Assert.True(
                r.Name!.StartsWith("System", StringComparison.Ordinal) || r.Name.StartsWith("FvSolver.", StringComparison.Ordinal)
                    || r.Name is "netstandard" or "mscorlib", $"{layer} references {r.Name}"));
    }

    [Fact]
    public void Namespaces_follow_the_layers()
    {
        foreach ((string layer, Library assembly) in Layers)
            // The web framework makes the class of the entry point public.
            Assert.All(assembly.GetExportedTypes().Where(t => t.Name != "Program"),
                t => Assert.StartsWith("FvSolver." + layer, t.Namespace));
    }
}
