using System.Globalization;

namespace FvSolver.Mesh;

/// <summary>A triangle of a mesh file.</summary>
internal readonly record struct GmshTriangle(int A, int B, int C, int Group, int Line);

/// <summary>A line element of a mesh file.</summary>
internal readonly record struct GmshSegment(int A, int B, int Group, int Line);

/// <summary>What an ASCII <c>.msh</c> file of version 2.2 or 4.1 says about points, lines, triangles and physical groups.</summary>
/// <remarks>Format: Gmsh reference manual, "MSH file format" and "MSH file format version 2 (Legacy)".</remarks>
internal sealed class GmshFile
{
    private readonly GmshLines _lines;
    private readonly Dictionary<long, int> _nodes = [];
    private readonly Dictionary<(int Dimension, int Entity), int> _groupOfEntity = [];

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
    public static GmshFile Read(TextReader reader, string name)
    {
        var file = new GmshFile(new GmshLines(reader, name));
        file.ReadSections();
        return file;
    }

    /// <summary>Name of a physical group; its number where it has none.</summary>
    public string NameOf(int dimension, int group) =>
        Names.GetValueOrDefault((dimension, group)) ?? group.ToString(CultureInfo.InvariantCulture);

    private void ReadSections()
    {
        if (!_lines.TryNext(out string first) || first != "$MeshFormat")
            throw _lines.Error("this is not a Gmsh mesh: the first line must be $MeshFormat");
        string[] format = _lines.Next("$MeshFormat");
        string version = format[0];
        if (version is not ("2.2" or "4.1"))
            throw _lines.Error($"version {version} of the mesh format is not supported; save as 2.2 or 4.1 (gmsh -format msh41)");
        if (format.Length < 2 || format[1] != "0")
            throw _lines.Error("the mesh is binary; save it as ASCII (Mesh.Binary = 0)");
        _lines.End("$MeshFormat");
        bool nodes = false, elements = false;
        while (_lines.TryNext(out string section))
            switch (section)
            {
                case "$PhysicalNames":
                    ReadNames();
                    break;
                case "$Entities" when version == "4.1":
                    ReadEntities();
                    break;
                case "$Nodes":
                    ReadBlocks(version, section, ReadNodes41, ReadNode22);
                    nodes = true;
                    break;
                case "$Elements":
                    if (!nodes)
                        throw _lines.Error("$Elements comes before $Nodes");
                    ReadBlocks(version, section, ReadElements41, ReadElement22);
                    elements = true;
                    break;
                default:
                    if (!section.StartsWith('$'))
                        throw _lines.Error($"a section was expected and '{section}' found");
                    _lines.SkipTo("$End" + section[1..]);
                    break;
            }
        if (!nodes || !elements)
            throw _lines.Error($"the file ends without {(nodes ? "$Elements" : "$Nodes")}; it is not complete");
    }

    private void ReadNames()
    {
        int count = _lines.Integer(_lines.Next("$PhysicalNames"), 0);
        for (int k = 0; k < count; k++)
        {
            string[] words = _lines.Next("$PhysicalNames", 3);
            Names[(_lines.Integer(words, 0), _lines.Integer(words, 1))] = string.Join(' ', words[2..]).Trim('"');
        }
        _lines.End("$PhysicalNames");
    }

    private void ReadEntities()
    {
        string[] counts = _lines.Next("$Entities", 4);
        for (int dimension = 0; dimension <= 3; dimension++)
            for (int k = _lines.Integer(counts, dimension); k > 0; k--)
            {
                // A point has one position, the others a box; then the number of groups and the groups.
                string[] words = _lines.Next("$Entities", 2);
                int at = dimension == 0 ? 4 : 7, groups = _lines.Integer(words, at);
                if (groups > 1 && dimension == 2)
                    throw _lines.Error($"surface {words[0]} belongs to {groups} physical groups; a region has one material");
                if (groups > 0)
                    _groupOfEntity[(dimension, _lines.Integer(words, 0))] = Math.Abs(_lines.Integer(words, at + 1));
            }
        _lines.End("$Entities");
    }

    private void ReadBlocks(string version, string section, Action<string[]> block, Action<string[]> single)
    {
        string[] head = _lines.Next(section);
        for (int k = _lines.Integer(head, 0); k > 0; k--)
            if (version == "4.1")
                block(_lines.Next(section, 4));
            else
                single(_lines.Next(section, 4));
        _lines.End(section);
    }

    private void ReadNodes41(string[] head)
    {
        int count = _lines.Integer(head, 3);
        var tags = new long[count];
        for (int k = 0; k < count; k++)
            tags[k] = _lines.Integer(_lines.Next("$Nodes"), 0);
        for (int k = 0; k < count; k++)
            AddNode(tags[k], _lines.Next("$Nodes", 3), 0);
    }

    private void ReadNode22(string[] words) => AddNode(_lines.Integer(words, 0), words, 1);

    private void AddNode(long tag, string[] words, int at)
    {
        if (!_nodes.TryAdd(tag, X.Count))
            throw _lines.Error($"node {tag} is given twice");
        X.Add(_lines.Number(words, at));
        Y.Add(_lines.Number(words, at + 1));
        if (_lines.Number(words, at + 2) is var z and not 0)
            throw _lines.Error($"node {tag} lies outside the x-y plane (z = {z.ToString(CultureInfo.InvariantCulture)}); only plane meshes can be used");
    }

    private void ReadElements41(string[] head)
    {
        int dimension = _lines.Integer(head, 0), entity = _lines.Integer(head, 1), type = _lines.Integer(head, 2);
        for (int k = _lines.Integer(head, 3); k > 0; k--)
            AddElement(type, _groupOfEntity.GetValueOrDefault((dimension, entity)), _lines.Next("$Elements"), 1);
    }

    private void ReadElement22(string[] words)
    {
        int tags = _lines.Integer(words, 2);
        AddElement(_lines.Integer(words, 1), tags > 0 ? _lines.Integer(words, 3) : 0, words, 3 + tags);
    }

    private void AddElement(int type, int group, string[] words, int at)
    {
        switch (type)
        {
            case 15:
                break;
            case 1:
                Segments.Add(new(Node(words, at), Node(words, at + 1), group, _lines.LineNumber));
                break;
            case 2:
                Triangles.Add(new(Node(words, at), Node(words, at + 1), Node(words, at + 2), group, _lines.LineNumber));
                break;
            default:
                string what = type switch
                {
                    3 or 10 or 16 => "a quadrilateral; mesh with triangles (no Recombine)",
                    8 or 9 or 20 or 21 or 26 => "of higher order; mesh with Mesh.ElementOrder = 1",
                    4 or 5 or 6 or 7 or 11 or 12 or 13 or 14 => "three-dimensional; mesh the plane only (gmsh -2)",
                    _ => $"of type {type}; only triangles and lines can be used",
                };
                throw _lines.Error($"an element is {what}");
        }
    }

    private int Node(string[] words, int at)
    {
        int tag = _lines.Integer(words, at);
        return _nodes.TryGetValue(tag, out int node) ? node : throw _lines.Error($"node {tag} is not in $Nodes");
    }
}
