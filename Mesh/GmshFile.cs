using System.Globalization;

namespace FvSolver.Mesh;

/// <summary>A triangle of a mesh file.</summary>
internal readonly record struct GmshTriangle(int A, int B, int C, int Group, int Line);

/// <summary>A line element of a mesh file.</summary>
internal readonly record struct GmshSegment(int A, int B, int Group, int Line);

/// <summary>
/// What a <c>.msh</c> file of version 2 (2.0 to 2.2) or 4 (4.0, 4.1), as text or binary, says about points, lines, triangles and physical
/// groups.
/// </summary>
/// <remarks>
/// Format: Gmsh reference manual, "MSH file format", "MSH file format version 4.0 (Legacy)" and "version 2 (Legacy)". Quadrilaterals become
/// two triangles along their shorter diagonal; parts of a partitioned mesh belong to the groups of the whole.
/// </remarks>
internal sealed partial class GmshFile
{
    // Points off the plane by less than this share of the drawing's size are rounding.
    private const double PlaneTolerance = 1e-9;

    private readonly GmshLines _lines;
    private readonly Dictionary<long, int> _nodes = [];
    private readonly Dictionary<(int Dimension, long Entity), int> _groupOfEntity = [];
    private (double Height, long Tag, int Line) _highest;
    private bool _isBinary, _isFour, _isOldFour;

    private GmshFile(GmshLines lines) => _lines = lines;

    /// <summary>x of each point, as in the file.</summary>
    public List<double> X { get; } = [];

    /// <summary>y of each point, as in the file.</summary>
    public List<double> Y { get; } = [];

    /// <summary>Triangles; group 0 is none.</summary>
    public List<GmshTriangle> Triangles { get; } = [];

    /// <summary>Line elements; group 0 is none.</summary>
    public List<GmshSegment> Segments { get; } = [];

    /// <summary>Names of the physical groups, by dimension and number.</summary>
    public Dictionary<(int Dimension, int Group), string> Names { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="MeshException">The file is not such a mesh, or ends early.</exception>
    public static GmshFile Read(byte[] data, string name)
    {
        var file = new GmshFile(new GmshLines(data, name));
        file.ReadSections();
        return file;
    }

    /// <summary>Name of a physical group; its number where it has none.</summary>
    public string NameOf(int dimension, int group) =>
        Names.GetValueOrDefault((dimension, group)) ?? group.ToString(CultureInfo.InvariantCulture);

    private void ReadSections()
    {
        ReadFormat();
        bool nodes = false, elements = false;
        while (_lines.TryNext(out string section))
            switch (section)
            {
                case "$PhysicalNames":
                    ReadNames();
                    break;
                case "$Entities" when _isFour:
                    ReadEntities();
                    break;
                case "$PartitionedEntities" when _isFour:
                    ReadPartitionedEntities();
                    break;
                case "$Nodes" or "$ParametricNodes":
                    ReadNodes(section);
                    nodes = true;
                    break;
                case "$Elements":
                    if (!nodes)
                        throw _lines.Error("$Elements comes before $Nodes");
                    ReadElements();
                    elements = true;
                    break;
                default:
                    if (!section.StartsWith('$'))
                        throw _lines.Error("a section was expected");
                    _lines.SkipTo("$End" + section[1..]);
                    break;
            }
        if (!nodes || !elements)
            throw _lines.Error($"the file ends without {(nodes ? "$Elements" : "$Nodes")}; it is not complete");
        CheckPlane();
    }

    private void ReadFormat()
    {
        if (!_lines.TryNext(out string first) || first != "$MeshFormat")
            throw _lines.Error(first == "$NOD"
                ? "version 1 of the mesh format is not supported; save as 2.2 or 4.1 (gmsh -format msh41)"
                : "this is not a Gmsh mesh: the first line must be $MeshFormat");
        string[] format = _lines.Next("$MeshFormat", 3);
        if (format[0] is not ("2" or "2.0" or "2.1" or "2.2" or "4" or "4.0" or "4.1"))
            throw _lines.Error($"version {format[0]} of the mesh format is not supported; save as 2.2 or 4.1 (gmsh -format msh41)");
        _isFour = format[0][0] == '4';
        _isOldFour = format[0] is "4" or "4.0";
        _isBinary = _lines.Integer(format, 1) != 0;
        if (_isBinary && _lines.Integer(format, 2) != 8)
            throw _lines.Error($"binary numbers of {format[2]} bytes are not supported; save with eight, or as text (Mesh.Binary = 0)");
        if (_isBinary)
            _lines.ReadByteOrder();
        _lines.End("$MeshFormat");
    }

    private void ReadNames()
    {
        int count = _lines.Count(_lines.Integer(_lines.Next("$PhysicalNames"), 0));
        for (int k = 0; k < count; k++)
        {
            string[] words = _lines.Next("$PhysicalNames", 3);
            Names[(_lines.Small(_lines.Integer(words, 0)), _lines.Small(_lines.Integer(words, 1)))] = string.Join(' ', words[2..])
                .Trim('"');
        }
        _lines.End("$PhysicalNames");
    }

    private void AddNode(long tag, double x, double y, double z)
    {
        if (!_nodes.TryAdd(tag, X.Count))
            throw _lines.Error($"node {tag} is given twice");
        X.Add(x);
        Y.Add(y);
        if (Math.Abs(z) > Math.Abs(_highest.Height))
            _highest = (z, tag, _lines.LineNumber);
    }

    private void CheckPlane()
    {
        double size = X.Count == 0 ? 0 : Math.Max(X.Max() - X.Min(), Y.Max() - Y.Min());
        (double height, long tag, int line) = _highest;
        if (Math.Abs(height) > PlaneTolerance * size)
            throw _lines.Error(line,
                $"node {tag} lies outside the x-y plane (z = {height.ToString(CultureInfo.InvariantCulture)}); only plane meshes can be "
                    + "used");
    }

    private void AddElement(int type, int group, ReadOnlySpan<long> nodes)
    {
        int line = _lines.LineNumber;
        group = Math.Abs(group);
        switch (type)
        {
            case 15:
                break;
            case 1:
                Segments.Add(new(Node(nodes[0]), Node(nodes[1]), group, line));
                break;
            case 2:
                Triangles.Add(new(Node(nodes[0]), Node(nodes[1]), Node(nodes[2]), group, line));
                break;
            default:
                (int a, int b, int c, int d) = (Node(nodes[0]), Node(nodes[1]), Node(nodes[2]), Node(nodes[3]));
                if (SquaredLength(a, c) <= SquaredLength(b, d))
                    Triangles.AddRange([new(a, b, c, group, line), new(a, c, d, group, line)]);
                else
                    Triangles.AddRange([new(a, b, d, group, line), new(b, c, d, group, line)]);
                break;
        }
    }

    /// <summary>Nodes of an element of a type.</summary>
    private int NodesOf(int type) => type switch
    {
        15 => 1,
        1 => 2,
        2 => 3,
        3 => 4,
        8 or 9 or 10 or 16 or 20 or 21 or 26 => throw _lines.Error("an element is of higher order; mesh with Mesh.ElementOrder = 1"),
        4 or 5 or 6 or 7 or 11 or 12 or 13 or 14 => throw _lines.Error("an element is three-dimensional; mesh the plane only (gmsh -2)"),
        _ => throw _lines.Error($"an element is of type {type}; only triangles, quadrilaterals and lines can be used"),
    };

    private double SquaredLength(int a, int b) => (X[a] - X[b]) * (X[a] - X[b]) + (Y[a] - Y[b]) * (Y[a] - Y[b]);

    private int Node(long tag) => _nodes.TryGetValue(tag, out int node) ? node : throw _lines.Error($"node {tag} is not in $Nodes");
}
