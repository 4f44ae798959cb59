namespace FvSolver.Tests.House;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Its folder: the nearest one above the tests that holds the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside a checkout.</exception>
    public static string Root { get; } = Find();

    /// <summary>Paths of all C# sources, generated ones left out.</summary>
    public static IEnumerable<string> Sources =>
        new[] { "Mesh", "Materials", "Solver", "Cases", "Pages", "Validation", "tests" }
            .SelectMany(layer => Directory.EnumerateFiles(Path.Combine(Root, layer), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FvSolver.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("No folder above the tests holds FvSolver.sln.");
    }
}
