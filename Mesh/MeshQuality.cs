namespace FvSolver.Mesh;

/// <summary>Figures by which a mesh, or one region of it, can be judged.</summary>
public sealed record MeshQuality
{
    /// <summary>Number of nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>Number of edges.</summary>
    public required int Edges { get; init; }

    /// <summary>Smallest control volume [m^3].</summary>
    public required double SmallestVolume { get; init; }

    /// <summary>Largest control volume [m^3].</summary>
    public required double LargestVolume { get; init; }

    /// <summary>Shortest edge [m].</summary>
    public required double ShortestEdge { get; init; }

    /// <summary>Longest edge [m].</summary>
    public required double LongestEdge { get; init; }

    /// <summary>Worst ratio of two edges that leave a node in opposite directions (within 25 degrees).</summary>
    public required double WorstGrowth { get; init; }

    /// <summary>Smallest angle of a triangle [degree]; NaN without triangles.</summary>
    public required double SmallestAngle { get; init; }

    /// <summary>Largest angle of a triangle [degree]; NaN without triangles.</summary>
    public required double LargestAngle { get; init; }

    /// <summary>Largest ratio of the longest side of a triangle to its height over that side; NaN without triangles.</summary>
    public required double WorstAspect { get; init; }

    /// <summary>Longest over shortest edge.</summary>
    public double EdgeRatio => LongestEdge / ShortestEdge;

    /// <summary>Quality of a mesh.</summary>
    public static MeshQuality Of(ControlVolumeMesh mesh) => Of(mesh, 0, mesh.NodeCount);

    /// <summary>Quality of one region of a mesh.</summary>
    public static MeshQuality Of(ControlVolumeMesh mesh, int region) => Of(mesh, mesh.RegionStart[region], mesh.RegionStart[region + 1]);

    private static MeshQuality Of(ControlVolumeMesh mesh, int start, int end)
    {
        int[] edges = [.. Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.EdgeLeft[e] >= start && mesh.EdgeLeft[e] < end)];
        ReadOnlySpan<double> volumes = mesh.Volume.AsSpan(start, end - start);
        double smallest = double.PositiveInfinity, largest = 0, shortest = double.PositiveInfinity, longest = 0;
        foreach (double v in volumes)
            (smallest, largest) = (Math.Min(smallest, v), Math.Max(largest, v));
        foreach (int e in edges)
            (shortest, longest) = (Math.Min(shortest, mesh.EdgeLength[e]), Math.Max(longest, mesh.EdgeLength[e]));
        double least = double.NaN, most = double.NaN, aspect = double.NaN;
        for (int t = 0; t + 2 < mesh.Triangles.Length; t += 3)
            if (mesh.Triangles[t] >= start && mesh.Triangles[t] < end)
                Judge(mesh, t, ref least, ref most, ref aspect);
        return new MeshQuality
        {
            Nodes = end - start,
            Edges = edges.Length,
            SmallestVolume = smallest,
            LargestVolume = largest,
            ShortestEdge = shortest,
            LongestEdge = longest,
            WorstGrowth = Growth(mesh, edges),
            SmallestAngle = least,
            LargestAngle = most,
            WorstAspect = aspect,
        };
    }

    private static double Growth(ControlVolumeMesh mesh, int[] edges)
    {
        const double opposite = -0.9;
        double worst = 1;
        var directions = edges.SelectMany(e => new[] { (Node: mesh.EdgeLeft[e], Other: mesh.EdgeRight[e]),
            (Node: mesh.EdgeRight[e], Other: mesh.EdgeLeft[e]) })
            .ToLookup(d => d.Node, d => (X: mesh.X[d.Other] - mesh.X[d.Node], Z: mesh.Z[d.Other] - mesh.Z[d.Node]));
        foreach (var node in directions)
            foreach (var a in node)
                foreach (var b in node)
                {
                    double la = Math.Sqrt(a.X * a.X + a.Z * a.Z), lb = Math.Sqrt(b.X * b.X + b.Z * b.Z);
                    if (a.X * b.X + a.Z * b.Z < opposite * la * lb)
                        worst = Math.Max(worst, la / lb);
                }
        return worst;
    }

    private static void Judge(ControlVolumeMesh mesh, int t, ref double least, ref double most, ref double aspect)
    {
        double longest = 0, area = 0;
        for (int k = 0; k < 3; k++)
        {
            int a = mesh.Triangles[t + k], b = mesh.Triangles[t + (k + 1) % 3], c = mesh.Triangles[t + (k + 2) % 3];
            double bx = mesh.X[b] - mesh.X[a], bz = mesh.Z[b] - mesh.Z[a], cx = mesh.X[c] - mesh.X[a], cz = mesh.Z[c] - mesh.Z[a];
            area = Math.Abs(bx * cz - bz * cx) / 2;
            double angle = Math.Atan2(2 * area, bx * cx + bz * cz) * 180 / Math.PI;
            least = double.IsNaN(least) ? angle : Math.Min(least, angle);
            most = double.IsNaN(most) ? angle : Math.Max(most, angle);
            longest = Math.Max(longest, Math.Sqrt(bx * bx + bz * bz));
        }
        double ratio = longest * longest / (2 * area);
        aspect = double.IsNaN(aspect) ? ratio : Math.Max(aspect, ratio);
    }
}
