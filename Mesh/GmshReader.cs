using System.Text;

namespace FvSolver.Mesh;

/// <summary>How a mesh file is understood.</summary>
public sealed record GmshOptions
{
    /// <summary>Material of each region, by the name of its physical surface (its number where it has no name).</summary>
    public required IReadOnlyDictionary<string, MaterialKind> Materials { get; init; }

    /// <summary>Depth W out of the plane [m].</summary>
    public required double Depth { get; init; }

    /// <summary>Metres per unit of the file, e.g. 1e-9 for a drawing in nm.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>True when y of the drawing points up, from the substrate to the gate; z is then -y.</summary>
    public bool YPointsUp { get; init; }

    /// <summary>Thickness of the compact layers inside the electrolyte [m].</summary>
    public double CompactLayer { get; init; }

    /// <summary>Thickness of the film with its compact layers [m]; a flat film drawn this thick gives way to
    /// them. 0 leaves every film as it is drawn.</summary>
    public double FilmThickness { get; init; }

    /// <summary>
    /// True to make a mesh fit for control volumes that is not: swaps edges within regions, and halves edges on rims and
    /// interfaces that face an obtuse angle. Most meshes of Gmsh need it in a few places.
    /// </summary>
    public bool Repair { get; init; }
}

/// <summary>Reads triangles of Gmsh: physical surfaces become regions, physical curves on the rim named boundaries.</summary>
/// <remarks>
/// Control volumes are those of Voronoi within each region (see <see cref="VoronoiMesh"/>). Where regions meet, each has
/// nodes of its own. A compact layer is the interface of two materials: the electrolyte is drawn without it, or at its nominal
/// thickness, see <see cref="GmshOptions.FilmThickness"/>.
/// <para>Known limit: an edge hops by its own field, so a law that is not linear in the field depends on the direction of the
/// edges. Triangles along the layers (a structured band of right triangles) give the step of the tensor grid to six digits.
/// Where points of the same mesh are moved at random by a tenth of their distance, the step of a pulse is off by 3 to 6 % at 2 V,
/// 4 to 12 % at 5 V and 1 to 5 % at 10 V; by three tenths, by up to 60 % at 5 V, and by 3 to 8 % at 10 V. Mesh the electrolyte in
/// structured bands (transfinite surfaces) where a step counts; potentials, heat, electrons and hydrogen are linear and do not
/// suffer.</para>
/// </remarks>
public static class GmshReader
{
    /// <summary>Reads a file of version 2 or 4, text or binary.</summary>
    /// <exception cref="MeshException">The file or its mesh cannot be used; the message says where and what to do.</exception>
    public static ControlVolumeMesh Read(string path, GmshOptions options)
    {
        try
        {
            return Read(File.ReadAllBytes(path), Path.GetFileName(path), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"The mesh '{path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads a mesh from text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="options">How it is understood.</param>
    public static ControlVolumeMesh Read(TextReader reader, string name, GmshOptions options) =>
        Read(Encoding.UTF8.GetBytes(reader.ReadToEnd()), name, options);

    private static ControlVolumeMesh Read(byte[] data, string name, GmshOptions options)
    {
        if (!(options.Depth > 0) || !double.IsFinite(options.Depth))
            throw new MeshException($"The depth of the mesh is {options.Depth} m; it must be positive.");
        if (!(options.Scale > 0) || !double.IsFinite(options.Scale))
            throw new MeshException($"The scale of the mesh is {options.Scale}; it must be positive.");
        GmshFile file = GmshFile.Read(data, name);
        if (file.Triangles.Count == 0)
            throw new MeshException(name, 1,
                "the mesh has no triangles; mesh the plane (gmsh -2) and give physical groups to its surfaces");
        if (file.X.Count > CrossSectionMesh.MostNodes)
            throw new MeshException(name, 1,
                $"the mesh has {file.X.Count} nodes; at most {CrossSectionMesh.MostNodes} can be solved: use larger cells");
        if (file.Triangles.All(t => t.Group == 0))
            throw new MeshException(name, file.Triangles[0].Line,
                "the mesh has no physical groups; name its surfaces, e.g. Physical Surface(\"psg\") = {1}");
        if (options.Repair)
            DelaunayRepair.Run(file, name);
        return new VoronoiMesh(file, name, options).Build();
    }
}
