namespace FvSolver.Mesh;

/// <summary>Voronoi control volumes of triangles, region by region.</summary>
/// <remarks>
/// The part of the face of edge ab within a triangle runs from the middle of the edge to the centre of the circumscribed circle and is
/// |ab|/2 cot(c) long, c the angle opposite; the part of the volume of a is (|ab|^2 cot(c) + |ac|^2 cot(b))/8
/// (R. H. Macneal, Q. Appl. Math. 11 (1953) 295). An angle beyond 90 degrees counts negative; the face of an edge, summed over the
/// triangles of one region beside it, must not be negative. That is Delaunay's condition inside a region, and at the
/// rim of a region it forbids obtuse angles opposite it.
/// </remarks>
internal sealed class VoronoiMesh
{
    // Faces shorter than this fraction of their edge are those of right angles, with rounding.
    private const double Rounding = 1e-8;

    private readonly GmshFile _file;
    private readonly string _name;
    private readonly double[] _x, _z;
    // Depths of vertices in the electrolyte, which is thinner than drawn where compact layers are to fit beside it.
    private readonly double[] _film;
    private readonly double _depth;
    private readonly Region[] _regions;
    private readonly Dictionary<int, int> _regionOfGroup = [];
    private readonly Dictionary<(int, int), List<Side>> _sides = [];
    private readonly RegionMeshAssembly _assembly;

    /// <summary>What a triangle gives to one of its edges: the length of its face and the angle opposite in degrees.</summary>
    private readonly record struct Side(int Region, double Face, int Line, double Angle);

    /// <summary>Prepares regions and places.</summary>
    public VoronoiMesh(GmshFile file, string name, GmshOptions options)
    {
        (_file, _name, _depth) = (file, name, options.Depth);
        double sign = options.YPointsUp ? -options.Scale : options.Scale;
        _x = [.. file.X.Select(x => x * options.Scale)];
        _z = [.. file.Y.Select(y => y * sign)];
        _regions = Regions(options.Materials);
        _film = WithoutCompactLayers(options);
        _assembly = new RegionMeshAssembly(_regions, _x, DepthIn);
    }

    /// <summary>The mesh.</summary>
    public ControlVolumeMesh Build()
    {
        foreach (GmshTriangle t in _file.Triangles)
            AddTriangle(t);
        var curves = new Dictionary<(int, int), string>();
        foreach (GmshSegment s in _file.Segments.Where(s => s.Group != 0))
            curves[Key(s.A, s.B)] = _file.NameOf(1, s.Group);
        foreach (var (edge, sides) in _sides)
            AddEdge(edge.Item1, edge.Item2, sides, curves.GetValueOrDefault(edge) ?? "free");
        return _assembly.Build();
    }

    private static (int, int) Key(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private Region[] Regions(IReadOnlyDictionary<string, MaterialKind> materials)
    {
        var found = new List<(int Group, Region Region)>();
        foreach (GmshTriangle t in _file.Triangles)
        {
            if (found.Any(f => f.Group == t.Group))
                continue;
            if (t.Group == 0)
                throw new MeshException(_name, t.Line,
                    $"the triangle at {Where(t.A, t.B, t.C)} belongs to no physical surface; give every surface a physical group");
            string region = _file.NameOf(2, t.Group);
            if (!materials.TryGetValue(region, out MaterialKind material))
                throw new MeshException(_name, t.Line,
                    $"region '{region}' has no material; materials are given for "
                        + $"{(materials.Count == 0 ? "none" : string.Join(", ", materials.Keys.Order()))}");
            found.Add((t.Group, new Region(region, material)));
        }
        foreach (string given in materials.Keys)
            if (found.All(f => f.Region.Name != given))
                throw new MeshException(_name, 1,
                    $"a material is given for '{given}', which is not in the mesh; its regions are "
                        + $"{string.Join(", ", found.Select(f => f.Region.Name))}");
        Region[] regions = [.. found.Select(f => f.Region).Distinct().OrderBy(r => r.Material)];
        foreach (var (group, region) in found)
            _regionOfGroup[group] = Array.IndexOf(regions, region);
        return regions;
    }

    private void AddTriangle(GmshTriangle t)
    {
        int r = _regionOfGroup[t.Group];
        double za = DepthIn(r, t.A), zb = DepthIn(r, t.B), zc = DepthIn(r, t.C);
        double area = 0.5 * Math.Abs((_x[t.B] - _x[t.A]) * (zc - za) - (_x[t.C] - _x[t.A]) * (zb - za));
        double longest = Math.Max(SquaredLength(r, t.A, t.B), Math.Max(SquaredLength(r, t.B, t.C), SquaredLength(r, t.C, t.A)));
        if (!(area > 1e-12 * longest))
            throw new MeshException(_name, t.Line,
                $"the triangle at {Where(t.A, t.B, t.C)} has no area; remove double points and mesh again");
        AddSide(t, r, area, t.A, t.B, t.C);
        AddSide(t, r, area, t.B, t.C, t.A);
        AddSide(t, r, area, t.C, t.A, t.B);
        _assembly.AddTriangle(r, t.A, t.B, t.C);
    }

    private void AddSide(GmshTriangle t, int region, double area, int a, int b, int opposite)
    {
        double across = DepthIn(region, opposite);
        double dot = (_x[a] - _x[opposite]) * (_x[b] - _x[opposite]) + (DepthIn(region, a) - across) * (DepthIn(region, b) - across);
        double cot = dot / (2 * area), squared = SquaredLength(region, a, b);
        _assembly.AddVolume(region, a, _depth * squared * cot / 8);
        _assembly.AddVolume(region, b, _depth * squared * cot / 8);
        if (!_sides.TryGetValue(Key(a, b), out List<Side>? sides))
            _sides[Key(a, b)] = sides = [];
        sides.Add(new Side(region, 0.5 * Math.Sqrt(squared) * cot, t.Line, Math.Atan2(2 * area, dot) * 180 / Math.PI));
    }

    private void AddEdge(int a, int b, List<Side> sides, string curve)
    {
        if (sides.Count > 2)
            throw new MeshException(_name, sides[2].Line,
                $"the edge at {Where(a, b)} belongs to {sides.Count} triangles; a surface is meshed or named twice");
        foreach (var group in sides.GroupBy(s => s.Region))
        {
            double length = Math.Sqrt(SquaredLength(group.Key, a, b));
            double face = group.Sum(s => s.Face);
            if (face < -Rounding * length)
                throw NotDelaunay(a, b, [.. group], sides.Count);
            if (face > Rounding * length)
                _assembly.AddEdge(group.Key, a, b, length, _depth * face);
        }
        // Where two regions meet one of them may be thinner than drawn: the metal is not.
        double half = 0.5 * _depth * sides.Max(s => Math.Sqrt(SquaredLength(s.Region, a, b)));
        if (sides.Count == 1)
        {
            _assembly.AddBoundary(sides[0].Region, a, curve, half);
            _assembly.AddBoundary(sides[0].Region, b, curve, half);
        }
        else if (sides[0].Region != sides[1].Region)
        {
            _assembly.AddInterface(sides[0].Region, a, sides[1].Region, a, half);
            _assembly.AddInterface(sides[0].Region, b, sides[1].Region, b, half);
        }
    }

    private MeshException NotDelaunay(int a, int b, Side[] sides, int triangles)
    {
        string region = _regions[sides[0].Region].Name;
        int line = sides[0].Line;
        return sides.Length == 2
            ? new MeshException(_name, line,
            $"the mesh is not Delaunay at {Where(a, b)} in '{region}': the angles opposite an edge add up to "
                + $"{sides[0].Angle + sides[1].Angle:F1} degrees (at most 180); let the reader repair it (Repair), or mesh it finer there")
            : new MeshException(_name, line,
                $"the angle opposite the edge at {Where(a, b)} on the {(triangles == 1 ? "rim" : "interface")} of '{region}' is "
                    + $"{sides[0].Angle:F1} degrees (at most 90); let the reader repair it (Repair), or put more points on that line");
    }

    private double DepthIn(int region, int vertex) => _regions[region].Material == MaterialKind.Electrolyte ? _film[vertex] : _z[vertex];

    private double SquaredLength(int region, int a, int b)
    {
        double x = _x[a] - _x[b], z = DepthIn(region, a) - DepthIn(region, b);
        return x * x + z * z;
    }

    /// <summary>Depths in an electrolyte that was drawn at its nominal thickness between flat faces
    /// of gate and channel; else as drawn.</summary>
    private double[] WithoutCompactLayers(GmshOptions options)
    {
        double nominal = options.FilmThickness, tolerance = 1e-6 * nominal;
        HashSet<int> film = Vertices(MaterialKind.Electrolyte);
        double[] Shared(MaterialKind other) => [.. Vertices(other).Where(film.Contains).Select(v => _z[v])];
        double[] gate = Shared(MaterialKind.GateMetal), channel = Shared(MaterialKind.Channel);
        if (nominal == 0 || gate.Length == 0 || channel.Length == 0)
            return _z;
        double top = gate.Min(), bottom = channel.Max();
        bool isFlat = gate.Max() - top <= tolerance && bottom - channel.Min() <= tolerance && Math.Abs(bottom - top - nominal) <= tolerance
            && film.All(v => _z[v] >= top - tolerance && _z[v] <= bottom + tolerance);
        double layer = options.CompactLayer;
        return isFlat ? [.. _z.Select(z => top + layer + (z - top) * (nominal - 2 * layer) / nominal)] : _z;

        HashSet<int> Vertices(MaterialKind material) =>
            [.. _file.Triangles.Where(t => _regions[_regionOfGroup[t.Group]].Material == material)
            .SelectMany(t => new[] { t.A, t.B, t.C })];
    }

    private string Where(params int[] nodes) =>
        FormattableString.Invariant($"x = {nodes.Average(n => _x[n]):G6} m, z = {nodes.Average(n => _z[n]):G6} m");
}
