using FvSolver.Materials;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>Everything of a case that is not physics: mesh, accuracy, output.</summary>
public sealed record RunSettings
{
    private static readonly Lazy<ParameterCatalogue> LazyCatalogue = new(() => new ParameterCatalogue(typeof(RunSettings)));

    /// <summary>Paths, units and ranges of these settings.</summary>
    public static ParameterCatalogue Catalogue => LazyCatalogue.Value;

    /// <summary>A parameter of the device or of these settings; null where there is none of that path.</summary>
    public static Parameter? FindParameter(string path) => ParameterCatalogue.Device.Find(path) ?? Catalogue.Find(path);

    /// <summary>Control volumes.</summary>
    public MeshSettings Mesh { get; init; } = new() { PsgCells = CellCount.Auto };

    /// <summary>Time integration.</summary>
    public SolverSettings Solver { get; init; } = new();

    /// <summary>What is recorded.</summary>
    public OutputSettings Output { get; init; } = new();
}
