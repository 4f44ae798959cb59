namespace FvSolver.Mesh;

/// <summary>Collects pieces of control volumes vertex by vertex and region by region, and numbers the nodes.</summary>
/// <remarks>
/// A vertex becomes one node in every region that touches it. Nodes are numbered region by region, within one by x and
/// then by z, so that the columns of a grid are contiguous.
/// </remarks>
/// <param name="regions">Regions.</param>
/// <param name="x">Position of each vertex [m].</param>
/// <param name="z">Depth of a vertex in a region, by their numbers [m].</param>
internal sealed class RegionMeshAssembly(Region[] regions, double[] x, Func<int, int, double> z)
{
    private readonly record struct Place(int Region, int Vertex);

    private readonly Dictionary<Place, double> _volumes = [];
    private readonly Dictionary<(Place, Place), (double Length, double Area)> _edges = [];
    private readonly Dictionary<(Place, Place), double> _interfaces = [];
    private readonly Dictionary<(Place, string), double> _boundaries = [];
    private readonly List<Place> _triangles = [];

    /// <summary>Adds to the volume of a vertex's node in a region.</summary>
    public void AddVolume(int region, int vertex, double volume)
    {
        var place = new Place(region, vertex);
        _volumes[place] = _volumes.GetValueOrDefault(place) + volume;
    }

    /// <summary>Adds to the face between two vertices within a region.</summary>
    public void AddEdge(int region, int first, int second, double length, double area)
    {
        var key = (new Place(region, Math.Min(first, second)), new Place(region, Math.Max(first, second)));
        _edges[key] = (length, _edges.GetValueOrDefault(key).Area + area);
    }

    /// <summary>Adds to the area that two regions share at vertices which coincide or face each other.</summary>
    public void AddInterface(int firstRegion, int firstVertex, int secondRegion, int secondVertex, double area)
    {
        Place a = new(firstRegion, firstVertex), b = new(secondRegion, secondVertex);
        var key = firstRegion < secondRegion ? (a, b) : (b, a);
        _interfaces[key] = _interfaces.GetValueOrDefault(key) + area;
    }

    /// <summary>Adds to the outer surface at a vertex.</summary>
    public void AddBoundary(int region, int vertex, string name, double area)
    {
        var key = (new Place(region, vertex), name);
        _boundaries[key] = _boundaries.GetValueOrDefault(key) + area;
    }

    /// <summary>Adds a triangle for pictures.</summary>
    public void AddTriangle(int region, int a, int b, int c) =>
        _triangles.AddRange([new Place(region, a), new Place(region, b), new Place(region, c)]);

    /// <summary>The mesh; edges without area are left out.</summary>
    public ControlVolumeMesh Build()
    {
        Place[] places = [.. _volumes.Keys.OrderBy(p => p.Region).ThenBy(p => x[p.Vertex]).ThenBy(p => z(p.Region, p.Vertex))
            .ThenBy(p => p.Vertex)];
        var number = new Dictionary<Place, int>(places.Length);
        for (int n = 0; n < places.Length; n++)
            number[places[n]] = n;
        var start = new int[regions.Length + 1];
        foreach (Place p in places)
            start[p.Region + 1]++;
        for (int r = 0; r < regions.Length; r++)
            start[r + 1] += start[r];

        var edges = _edges.Where(e => e.Value.Area > 0)
            .Select(e => (Left: Math.Min(number[e.Key.Item1], number[e.Key.Item2]),
                Right: Math.Max(number[e.Key.Item1], number[e.Key.Item2]), e.Value.Length, e.Value.Area))
            .OrderBy(e => e.Left).ThenBy(e => e.Right).ToArray();
        return new ControlVolumeMesh
        {
            Dimension = 2,
            Regions = regions,
            RegionStart = start,
            X = [.. places.Select(p => x[p.Vertex])],
            Z = [.. places.Select(p => z(p.Region, p.Vertex))],
            Volume = [.. places.Select(p => _volumes[p])],
            EdgeLeft = [.. edges.Select(e => e.Left)],
            EdgeRight = [.. edges.Select(e => e.Right)],
            EdgeLength = [.. edges.Select(e => e.Length)],
            EdgeArea = [.. edges.Select(e => e.Area)],
            Interfaces = [.. _interfaces.Select(i => new Interface(number[i.Key.Item1], number[i.Key.Item2], i.Value)).OrderBy(i => i.First)
                .ThenBy(i => i.Second)],
            Boundaries = [.. _boundaries.Select(b => new BoundaryFace(number[b.Key.Item1], b.Value, b.Key.Item2))
                .OrderBy(b => b.Name, StringComparer.Ordinal).ThenBy(b => b.Node)],
            Triangles = [.. _triangles.Select(p => number[p])],
        };
    }
}
