namespace FvSolver.Mesh;

/// <summary>Makes a triangle mesh Delaunay within its regions: swaps edges, and halves rim edges that face an obtuse angle.</summary>
/// <remarks>
/// C. L. Lawson, "Software for C1 surface interpolation", in Mathematical Software III (1977) 161, for the swaps; J. Ruppert,
/// J. Algorithms 18 (1995) 548, for halving edges whose circle holds a point, which ends unless lines meet at less than 60 degrees.
/// Points stay where they are; new ones lie in the middle of edges of rims, interfaces and named curves.
/// </remarks>
internal sealed class DelaunayRepair
{
    private const double Tolerance = 1e-9;

    private readonly GmshFile _file;
    private readonly string _name;
    private readonly Dictionary<(int, int), (int First, int Second)> _sides = [];
    private readonly Dictionary<(int, int), int> _curves = [];
    private readonly Queue<(int, int)> _open = new();

    private DelaunayRepair(GmshFile file, string name)
    {
        (_file, _name) = (file, name);
        for (int t = 0; t < file.Triangles.Count; t++)
        {
            GmshTriangle v = file.Triangles[t];
            foreach (var edge in new[] { Key(v.A, v.B), Key(v.B, v.C), Key(v.C, v.A) })
            {
                var (first, second) = _sides.GetValueOrDefault(edge, (-1, -1));
                if (second >= 0)
                    throw new MeshException(name, v.Line, "an edge belongs to more than two triangles; a surface is meshed or named twice");
                _sides[edge] = first < 0 ? (t, -1) : (first, t);
                _open.Enqueue(edge);
            }
        }
        for (int s = 0; s < file.Segments.Count; s++)
            if (file.Segments[s].Group != 0)
                _curves[Key(file.Segments[s].A, file.Segments[s].B)] = s;
    }

    /// <summary>Repairs a mesh in place.</summary>
    public static void Run(GmshFile file, string name)
    {
        try
        {
            new DelaunayRepair(file, name).Run();
        }
        catch (KeyNotFoundException)
        {
            // An edge that a swap expects is not there: neighbours do not share it.
            throw new MeshException(name, 1, "the mesh cannot be repaired: triangles overlap or do not share their edges");
        }
    }

    private static (int, int) Key(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private void Run()
    {
        int limit = 4 * _file.X.Count;
        while (true)
        {
            while (_open.TryDequeue(out var edge))
                SwapIfNeeded(edge);
            (int, int)[] facing =
                [.. _sides.Where(s => IsFixed(s.Key, s.Value) && (IsObtuse(s.Value.First, s.Key) || IsObtuse(s.Value.Second, s.Key)))
                    .Select(s => s.Key)];
            if (facing.Length == 0)
                return;
            foreach (var edge in facing)
                Halve(edge);
            if (_file.X.Count > limit)
                throw new MeshException(_name, 1,
                    "the mesh cannot be repaired: lines of the drawing meet at too small an angle, or the mesh is too coarse for it");
        }
    }

    private bool IsFixed((int, int) edge, (int First, int Second) sides) =>
        sides.Second < 0 || _file.Triangles[sides.First].Group != _file.Triangles[sides.Second].Group || _curves.ContainsKey(edge);

    private bool IsObtuse(int triangle, (int, int) edge) => triangle >= 0 && Cotangent(triangle, edge) < -Tolerance;

    private int Opposite(int triangle, (int A, int B) edge)
    {
        GmshTriangle v = _file.Triangles[triangle];
        return v.A + v.B + v.C - edge.A - edge.B;
    }

    private double Cotangent(int triangle, (int A, int B) edge)
    {
        int c = Opposite(triangle, edge);
        double ax = _file.X[edge.A] - _file.X[c], ay = _file.Y[edge.A] - _file.Y[c], bx = _file.X[edge.B] - _file.X[c],
            by = _file.Y[edge.B] - _file.Y[c];
        return (ax * bx + ay * by) / Math.Abs(ax * by - ay * bx);
    }

    private void SwapIfNeeded((int A, int B) edge)
    {
        if (!_sides.TryGetValue(edge, out var sides) || IsFixed(edge, sides)
            || !(Cotangent(sides.First, edge) + Cotangent(sides.Second, edge) < -Tolerance))
            return;
        int c = Opposite(sides.First, edge), d = Opposite(sides.Second, edge);
        _sides.Remove(edge);
        _file.Triangles[sides.First] = _file.Triangles[sides.First] with { A = edge.A, B = c, C = d };
        _file.Triangles[sides.Second] = _file.Triangles[sides.Second] with { A = edge.B, B = c, C = d };
        _sides[Key(c, d)] = sides;
        Replace(Key(edge.A, d), sides.Second, sides.First);
        Replace(Key(edge.B, c), sides.First, sides.Second);
        foreach (int end in new[] { edge.A, edge.B })
        {
            _open.Enqueue(Key(end, c));
            _open.Enqueue(Key(end, d));
        }
    }

    private void Halve((int A, int B) edge)
    {
        if (!_sides.Remove(edge, out var sides))
            return;
        int middle = _file.X.Count;
        _file.X.Add((_file.X[edge.A] + _file.X[edge.B]) / 2);
        _file.Y.Add((_file.Y[edge.A] + _file.Y[edge.B]) / 2);
        if (_curves.Remove(edge, out int segment))
        {
            GmshSegment old = _file.Segments[segment];
            _file.Segments[segment] = old with { A = edge.A, B = middle };
            _curves[Key(edge.A, middle)] = segment;
            _curves[Key(edge.B, middle)] = _file.Segments.Count;
            _file.Segments.Add(old with { A = middle, B = edge.B });
        }
        foreach (int t in new[] { sides.First, sides.Second })
        {
            if (t < 0)
                continue;
            int c = Opposite(t, edge), half = _file.Triangles.Count;
            _file.Triangles.Add(_file.Triangles[t] with { A = middle, B = edge.B, C = c });
            _file.Triangles[t] = _file.Triangles[t] with { A = edge.A, B = middle, C = c };
            Replace(Key(edge.B, c), t, half);
            _sides[Key(middle, c)] = (t, half);
            Attach(Key(edge.A, middle), t);
            Attach(Key(edge.B, middle), half);
            foreach (int end in new[] { edge.A, edge.B, middle })
                _open.Enqueue(Key(end, c));
        }
    }

    private void Replace((int, int) edge, int old, int now)
    {
        var (first, second) = _sides[edge];
        _sides[edge] = first == old ? (now, second) : (first, now);
    }

    private void Attach((int, int) edge, int triangle)
    {
        var (first, second) = _sides.GetValueOrDefault(edge, (-1, -1));
        _sides[edge] = first < 0 ? (triangle, second) : (first, triangle);
    }
}
