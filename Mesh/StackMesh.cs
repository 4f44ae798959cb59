namespace FvSolver.Mesh;

/// <summary>One layer of a 1-D stack.</summary>
/// <param name="Name">Name of its region.</param>
/// <param name="Material">Its material.</param>
/// <param name="Start">Depth of its first node [m].</param>
/// <param name="Nodes">Positions of its nodes relative to <paramref name="Start"/> [m], increasing from 0.</param>
public sealed record StackLayer(string Name, MaterialKind Material, double Start, double[] Nodes);

/// <summary>Builds the 1-D mesh of a stack of layers, from the gate down.</summary>
public static class StackMesh
{
    /// <summary>
    /// Vertex-centred control volumes: each layer has a node on either face; neighbouring layers meet in an interface.
    /// The first face is the boundary <c>top</c>, the last <c>bottom</c>.
    /// </summary>
    /// <param name="layers">Layers from the gate down.</param>
    /// <param name="area">Area of the device, L W [m^2].</param>
    /// <exception cref="MeshException">A layer's nodes do not increase.</exception>
    public static ControlVolumeMesh Build(IReadOnlyList<StackLayer> layers, double area)
    {
        int nodes = layers.Sum(l => l.Nodes.Length), edges = layers.Sum(l => l.Nodes.Length - 1);
        var z = new double[nodes];
        var volume = new double[nodes];
        var left = new int[edges];
        var right = new int[edges];
        var length = new double[edges];
        var start = new int[layers.Count + 1];
        var interfaces = new List<Interface>();
        int node = 0, edge = 0;
        for (int l = 0; l < layers.Count; l++)
        {
            StackLayer layer = layers[l];
            start[l] = node;
            if (l > 0)
                interfaces.Add(new(node - 1, node, area));
            for (int i = 0; i < layer.Nodes.Length; i++, node++)
            {
                z[node] = layer.Start + layer.Nodes[i];
                if (i == 0)
                    continue;
                double h = layer.Nodes[i] - layer.Nodes[i - 1];
                if (!(h > 0))
                    throw new MeshException($"Layer '{layer.Name}': node {i} does not lie below node {i - 1}.");
                (left[edge], right[edge], length[edge]) = (node - 1, node, h);
                volume[node - 1] += area * h / 2;
                volume[node] += area * h / 2;
                edge++;
            }
        }
        start[layers.Count] = nodes;
        return new()
        {
            Dimension = 1,
            Regions = [.. layers.Select(l => new Region(l.Name, l.Material))],
            RegionStart = start,
            X = new double[nodes],
            Z = z,
            Volume = volume,
            EdgeLeft = left,
            EdgeRight = right,
            EdgeLength = length,
            EdgeArea = [.. Enumerable.Repeat(area, edges)],
            Interfaces = [.. interfaces],
            Boundaries = [new(0, area, "top"), new(nodes - 1, area, "bottom")],
        };
    }
}
