using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Layout;

/// <summary>Edges along which something flows, by the nodes at their ends.</summary>
/// <param name="Edges">Edges of the mesh; empty for links that are none.</param>
/// <param name="LeftMesh">Mesh node at the left end of each.</param>
/// <param name="RightMesh">Mesh node at the right end.</param>
/// <param name="Left">The left end's number among the nodes of what flows.</param>
/// <param name="Right">The right end's number.</param>
internal sealed record EdgeSet(int[] Edges, int[] LeftMesh, int[] RightMesh, int[] Left, int[] Right)
{
    /// <summary>Number of edges.</summary>
    public int Count => Left.Length;

    /// <summary>Row that the left end's flow goes to, counted from the first of what flows: its node's, unless a contact takes
    /// it.</summary>
    public int[] LeftRow { get; init; } = Left;

    /// <summary>Row that the right end's flow goes to.</summary>
    public int[] RightRow { get; init; } = Right;

    /// <summary>True when edge e goes from node e to e + 1, and likewise in the mesh.</summary>
    public bool IsChain { get; } = Enumerable.Range(0, Left.Length).All(e =>
        Left[e] == e && Right[e] == e + 1 && LeftMesh[e] == LeftMesh[0] + e && RightMesh[e] == LeftMesh[e] + 1);

    /// <summary>The edges within a material.</summary>
    public static EdgeSet Within(ControlVolumeMesh mesh, UnknownLayout u, MaterialKind material)
    {
        int[] edges = [.. Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == material)];
        int[] left = [.. edges.Select(e => mesh.EdgeLeft[e])], right = [.. edges.Select(e => mesh.EdgeRight[e])];
        return new(edges, left, right, [.. left.Select(n => u.Local[n])], [.. right.Select(n => u.Local[n])]);
    }

    /// <summary>Links between any nodes of the mesh.</summary>
    public static EdgeSet Between(int[] left, int[] right) => new([], left, right, left, right);
}
