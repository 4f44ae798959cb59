namespace FvSolver.Mesh;

/// <summary>A named part of the device made of one material.</summary>
/// <param name="Name">Name in the case or the mesh file.</param>
/// <param name="Material">Its material.</param>
public readonly record struct Region(string Name, MaterialKind Material);

/// <summary>Two nodes at one place, one on either side of a material interface.</summary>
/// <param name="First">Node of the region that comes first in the stack (nearer to the gate).</param>
/// <param name="Second">Node of the other region.</param>
/// <param name="Area">Area that they share [m^2].</param>
public readonly record struct Interface(int First, int Second, double Area);

/// <summary>A piece of the outer surface.</summary>
/// <param name="Node">Node that it belongs to.</param>
/// <param name="Area">Its area [m^2].</param>
/// <param name="Name">Name of the boundary, e.g. <c>top</c>, <c>bottom</c>, <c>source</c>, <c>drain</c>.</param>
public readonly record struct BoundaryFace(int Node, double Area, string Name);

/// <summary>
/// Control volumes of any dimension: nodes with volumes, edges with a length and the area of the face that
/// they cross, interfaces between regions, and boundary faces.
/// </summary>
/// <remarks>
/// Nodes are vertices; an edge joins two nodes of the same region. At a material interface each region has a
/// node of its own. Extensive quantities are those of the whole device: in 1-D the area is L W, in 2-D the
/// depth is W. Nodes of one region are contiguous and in 1-D follow the stack from the gate down.
/// </remarks>
public sealed class ControlVolumeMesh
{
    /// <summary>Dimension of the domain: 1 or 2.</summary>
    public required int Dimension { get; init; }

    /// <summary>Regions, in the order of their nodes.</summary>
    public required Region[] Regions { get; init; }

    /// <summary>First node of each region, with the number of nodes as last entry (length: regions + 1).</summary>
    public required int[] RegionStart { get; init; }

    /// <summary>Position along the channel of each node [m]; zero in 1-D.</summary>
    public required double[] X { get; init; }

    /// <summary>Depth of each node, from the gate's top down [m].</summary>
    public required double[] Z { get; init; }

    /// <summary>Volume of each node's control volume [m^3].</summary>
    public required double[] Volume { get; init; }

    /// <summary>First node of each edge; edges of one region are contiguous.</summary>
    public required int[] EdgeLeft { get; init; }

    /// <summary>Second node of each edge.</summary>
    public required int[] EdgeRight { get; init; }

    /// <summary>Distance between the nodes of each edge [m].</summary>
    public required double[] EdgeLength { get; init; }

    /// <summary>Area of the face that each edge crosses [m^2].</summary>
    public required double[] EdgeArea { get; init; }

    /// <summary>Interfaces between regions.</summary>
    public required Interface[] Interfaces { get; init; }

    /// <summary>Faces of the outer surface that carry a name.</summary>
    public required BoundaryFace[] Boundaries { get; init; }

    /// <summary>Triangles as triples of nodes, for pictures of 2-D fields; quadrilaterals come as two; empty in 1-D.</summary>
    public int[] Triangles { get; init; } = [];

    /// <summary>Number of nodes.</summary>
    public int NodeCount => Volume.Length;

    /// <summary>Number of edges.</summary>
    public int EdgeCount => EdgeLeft.Length;

    /// <summary>Region of a node (binary search over <see cref="RegionStart"/>).</summary>
    public int RegionOf(int node)
    {
        int i = Array.BinarySearch(RegionStart, node);
        if (i < 0)
            return ~i - 1;
        // Empty regions share their start with the next one: take the last that starts here.
        while (i + 1 < RegionStart.Length && RegionStart[i + 1] == node)
            i++;
        return i;
    }

    /// <summary>Material at a node.</summary>
    public MaterialKind MaterialOf(int node) => Regions[RegionOf(node)].Material;
}
