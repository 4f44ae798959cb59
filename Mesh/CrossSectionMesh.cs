namespace FvSolver.Mesh;

/// <summary>Builds the control volumes of a tensor grid over a <see cref="CrossSection"/>.</summary>
/// <remarks>
/// Control volumes are centred on the vertices of the grid and belong to one region: a cell gives a quarter of its volume to each of
/// its corners, and half the face that each of its sides crosses, in its own region. Faces towards another region
/// become interfaces, across the compact layer where there is one; faces on the frame of the geometry are named
/// <c>top</c>, <c>bottom</c>, <c>left</c> and <c>right</c>, those towards empty space inside it <c>free</c>.
/// </remarks>
public sealed class CrossSectionMesh
{
    /// <summary>Nodes from which the linear systems would need more memory than machines have.</summary>
    internal const int MostNodes = 300_000;

    private readonly CrossSection _section;
    private readonly double[] _x, _z;
    private readonly double[,] _depth;
    private readonly Region[] _regions;
    private readonly int[,] _cells;
    private readonly RegionMeshAssembly _assembly;

    private CrossSectionMesh(CrossSection section, double[] x, double[] z, FilmThickness? film)
    {
        (_section, _x, _z) = (section, x, z);
        if ((long)x.Length * z.Length > MostNodes)
            throw new MeshException(
                $"{x.Length} by {z.Length} grid lines make {(double)x.Length * z.Length:g3} nodes; at most {MostNodes} can be solved: use "
                    + "larger cells.");
        RequireLines(x, section.RequiredX(), "x");
        RequireLines(z, section.RequiredZ(), "z");
        _depth = new double[x.Length, z.Length];
        var vertexX = new double[x.Length * z.Length];
        var vertexZ = new double[x.Length * z.Length];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < z.Length; j++)
            {
                _depth[i, j] = film?.Map(x[i], z[j]) ?? z[j];
                (vertexX[Vertex(i, j)], vertexZ[Vertex(i, j)]) = (x[i], _depth[i, j]);
            }
        _regions = section.Regions();
        _cells = section.Paint(x, z, _regions);
        CarveCompactLayers();
        for (int r = 0; r < _regions.Length; r++)
            if (!_cells.Cast<int>().Contains(r))
                throw new MeshException(
                    $"Region '{_regions[r].Name}' has no cell: it is covered by later rectangles or thinner than its compact layers.");
        _assembly = new RegionMeshAssembly(_regions, vertexX, (_, v) => vertexZ[v]);
    }

    /// <summary>Mesh on given grid lines.</summary>
    /// <param name="section">Geometry.</param>
    /// <param name="x">Increasing grid lines along the channel, all of <see cref="CrossSection.RequiredX"/> among them [m].</param>
    /// <param name="z">Increasing grid lines down the stack, all of <see cref="CrossSection.RequiredZ"/> among them [m].</param>
    /// <param name="film">Thickness of a film along x, or null.</param>
    /// <exception cref="MeshException">The geometry or the lines do not fit.</exception>
    public static ControlVolumeMesh Build(CrossSection section, double[] x, double[] z, FilmThickness? film = null) =>
        new CrossSectionMesh(section, x, z, film).Assemble();

    /// <summary>Mesh on graded grid lines.</summary>
    /// <param name="section">Geometry.</param>
    /// <param name="x">Sizes along the channel.</param>
    /// <param name="z">Sizes down the stack.</param>
    /// <param name="film">Thickness of a film along x, or null.</param>
    /// <exception cref="MeshException">The geometry or the sizes do not fit.</exception>
    public static ControlVolumeMesh Build(CrossSection section, LineGrading x, LineGrading z, FilmThickness? film = null) => Build(
        section, x.Lines(section.RequiredX(), section.CompactLayer), z.Lines(section.RequiredZ(), section.CompactLayer), film);

    private int Vertex(int i, int j) => i * _z.Length + j;

    private int Cell(int i, int j) =>
        i < 0 || j < 0 || i >= _x.Length - 1 || j >= _z.Length - 1 ? -1 : _cells[i, j];

    private bool IsConductor(int i, int j) => Cell(i, j) is >= 0 and var r && CrossSection.IsConductor(_regions[r].Material);

    private bool IsLayer(double size) =>
        _section.CompactLayer > 0 && Math.Abs(size - _section.CompactLayer) <= 1e-6 * _section.CompactLayer + _section.Tolerance;

    private void RequireLines(double[] lines, double[] required, string axis)
    {
        for (int k = 0; k < lines.Length; k++)
            if (!double.IsFinite(lines[k]) || k > 0 && !(lines[k] > lines[k - 1]))
                throw new MeshException($"Grid lines in {axis} must increase; line {k} is at {lines[k]} m.");
        foreach (double p in required)
            if (!lines.Any(l => Math.Abs(l - p) <= _section.Tolerance))
                throw new MeshException($"A grid line is missing at {axis} = {p} m, where a rectangle or a compact layer ends.");
    }

    private void CarveCompactLayers()
    {
        if (_section.CompactLayer == 0)
            return;
        var carved = new List<(int, int)>();
        for (int i = 0; i < _x.Length - 1; i++)
            for (int j = 0; j < _z.Length - 1; j++)
            {
                if (Cell(i, j) is not (>= 0 and var r) || _regions[r].Material != MaterialKind.Electrolyte)
                    continue;
                bool beside = IsConductor(i - 1, j) || IsConductor(i + 1, j), over = IsConductor(i, j - 1) || IsConductor(i, j + 1);
                bool thinX = IsLayer(_x[i + 1] - _x[i]), thinZ = IsLayer(_z[j + 1] - _z[j]);
                if (beside && !thinX || over && !thinZ)
                    throw new MeshException(
                        $"The grid lines beside the compact layer at x = {_x[i]} m, z = {_z[j]} m are not its thickness of "
                            + $"{_section.CompactLayer} m apart.");
                bool corner = thinX && thinZ
                    && (IsConductor(i - 1, j - 1) || IsConductor(i - 1, j + 1) || IsConductor(i + 1, j - 1) || IsConductor(i + 1, j + 1));
                if (beside || over || corner)
                    carved.Add((i, j));
            }
        foreach (var (i, j) in carved)
            _cells[i, j] = -1;
    }

    private ControlVolumeMesh Assemble()
    {
        for (int i = 0; i < _x.Length - 1; i++)
            for (int j = 0; j < _z.Length - 1; j++)
                if (_cells[i, j] >= 0)
                    AddCell(i, j);
        return _assembly.Build();
    }

    // Slope dz/dx of the middle of a cell.
    private double Slope(int i, int j) =>
        0.5 * (_depth[i + 1, j] + _depth[i + 1, j + 1] - _depth[i, j] - _depth[i, j + 1]) / (_x[i + 1] - _x[i]);

    private double ColumnCosine(int i, int j)
    {
        double slope = i == 0 ? Slope(0, j) : i == _x.Length - 1 ? Slope(i - 1, j) : 0.5 * (Slope(i - 1, j) + Slope(i, j));
        return 1 / Math.Sqrt(1 + slope * slope);
    }

    private void AddCell(int i, int j)
    {
        int r = _cells[i, j], topLeft = Vertex(i, j), topRight = Vertex(i + 1, j), bottomLeft = Vertex(i, j + 1),
            bottomRight = Vertex(i + 1, j + 1);
        double w = _section.Depth, dx = _x[i + 1] - _x[i], slope = Slope(i, j), cos = 1 / Math.Sqrt(1 + slope * slope);
        double left = _depth[i, j + 1] - _depth[i, j], right = _depth[i + 1, j + 1] - _depth[i + 1, j], middle = 0.5 * (left + right);
        double top = Length(i, j), bottom = Length(i, j + 1);

        double leftQuarter = w * dx * (left + middle) / 8, rightQuarter = w * dx * (right + middle) / 8;
        _assembly.AddVolume(r, topLeft, leftQuarter);
        _assembly.AddVolume(r, bottomLeft, leftQuarter);
        _assembly.AddVolume(r, topRight, rightQuarter);
        _assembly.AddVolume(r, bottomRight, rightQuarter);
        _assembly.AddEdge(r, topLeft, bottomLeft, left * ColumnCosine(i, j), w * dx / 2 / cos);
        _assembly.AddEdge(r, topRight, bottomRight, right * ColumnCosine(i + 1, j), w * dx / 2 / cos);
        _assembly.AddEdge(r, topLeft, topRight, top, w * middle / 2 * cos);
        _assembly.AddEdge(r, bottomLeft, bottomRight, bottom, w * middle / 2 * cos);
        _assembly.AddTriangle(r, topLeft, topRight, bottomRight);
        _assembly.AddTriangle(r, topLeft, bottomRight, bottomLeft);

        AddSide(i, j, 0, -1, topLeft, topRight, w * top, "top");
        AddSide(i, j, 0, 1, bottomLeft, bottomRight, w * bottom, "bottom");
        AddSide(i, j, -1, 0, topLeft, bottomLeft, w * left, "left");
        AddSide(i, j, 1, 0, topRight, bottomRight, w * right, "right");

        double Length(int c, int d)
        {
            double dz = _depth[c + 1, d] - _depth[c, d];
            return dz == 0 ? dx : Math.Sqrt(dx * dx + dz * dz);
        }
    }

    // What lies beyond one side of a cell: its own region, another one, a compact layer and then another one, or nothing.
    private void AddSide(int i, int j, int di, int dj, int a, int b, double area, string side)
    {
        int r = _cells[i, j], other = Cell(i + di, j + dj), shift = 0;
        if (other == r)
            return;
        bool frame = i + di < 0 || i + di >= _x.Length - 1 || j + dj < 0 || j + dj >= _z.Length - 1;
        if (other < 0 && !frame && IsLayer(di != 0 ? _x[i + di + 1] - _x[i + di] : _z[j + dj + 1] - _z[j + dj]))
        {
            other = Cell(i + 2 * di, j + 2 * dj);
            bool joins = other >= 0 && other != r
                && (_regions[r].Material == MaterialKind.Electrolyte) != (_regions[other].Material == MaterialKind.Electrolyte);
            (other, shift) = joins ? (other, di * _z.Length + dj) : (-1, 0);
        }
        if (other < 0)
        {
            _assembly.AddBoundary(r, a, frame ? side : "free", area / 2);
            _assembly.AddBoundary(r, b, frame ? side : "free", area / 2);
        }
        else if (r < other)
        {
            // Added once, from the side of the region that comes first.
            _assembly.AddInterface(r, a, other, a + shift, area / 2);
            _assembly.AddInterface(r, b, other, b + shift, area / 2);
        }
    }
}
