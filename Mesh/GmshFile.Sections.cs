namespace FvSolver.Mesh;

/// <summary>The sections whose form depends on the version, and on whether the file is text or binary.</summary>
internal sealed partial class GmshFile
{
    private void ReadEntities()
    {
        long[] counts = _isBinary ? [.. Enumerable.Range(0, 4).Select(_ => _lines.Int64())] : Integers(_lines.Next("$Entities", 4), 0, 4);
        for (int dimension = 0; dimension <= 3; dimension++)
            for (int k = _lines.Count(counts[dimension]); k > 0; k--)
            {
                // A point has one position in 4.1, all else a box; then the number of groups, the groups, and what bounds it.
                int box = dimension == 0 && !_isOldFour ? 3 : 6;
                if (!_isBinary)
                {
                    string[] words = _lines.Next("$Entities", 2);
                    long count = _lines.Integer(words, box + 1);
                    SetGroup(dimension, _lines.Integer(words, 0), count, count > 0 ? _lines.Integer(words, box + 2) : 0);
                    continue;
                }
                int entity = _lines.Int32();
                _lines.Skip(8 * box);
                int groups = _lines.Count(_lines.Int64());
                SetGroup(dimension, entity, groups, groups > 0 ? _lines.Int32() : 0);
                _lines.Skip(4L * Math.Max(0, groups - 1));
                if (dimension > 0)
                    _lines.Skip(4L * _lines.Count(_lines.Int64()));
            }
        _lines.End("$Entities");
    }

    // Entities of a partitioned mesh, as text: number, dimension and number of the parent, partitions, box, groups.
    private void ReadPartitionedEntities()
    {
        if (_isBinary)
            throw _lines.Error("a partitioned mesh is binary; save it as text (Mesh.Binary = 0) or whole");
        _lines.Next("$PartitionedEntities");
        for (int ghosts = _lines.Count(_lines.Integer(_lines.Next("$PartitionedEntities"), 0)); ghosts > 0; ghosts--)
            _lines.Next("$PartitionedEntities");
        long[] counts = Integers(_lines.Next("$PartitionedEntities", 4), 0, 4);
        for (int dimension = 0; dimension <= 3; dimension++)
            for (int k = _lines.Count(counts[dimension]); k > 0; k--)
            {
                string[] words = _lines.Next("$PartitionedEntities", 4);
                int at = 4 + _lines.Count(_lines.Integer(words, 3)) + (dimension == 0 && !_isOldFour ? 3 : 6);
                long count = _lines.Integer(words, at);
                SetGroup(dimension, _lines.Integer(words, 0), count, count > 0 ? _lines.Integer(words, at + 1) : 0);
            }
        _lines.End("$PartitionedEntities");
    }

    private void SetGroup(int dimension, long entity, long count, long group)
    {
        if (count > 1 && dimension == 2)
            throw _lines.Error($"surface {entity} belongs to {count} physical groups; a region has one material");
        if (count > 0)
            _groupOfEntity[(dimension, entity)] = Math.Abs(_lines.Small(group));
    }

    private void ReadNodes(string section)
    {
        if (_isFour)
            ReadBlocks(section, ReadNodeBlock);
        else
            for (int k = _lines.Count(_lines.Integer(_lines.Next(section), 0)); k > 0; k--)
            {
                if (_isBinary)
                {
                    AddNode(_lines.Int32(), _lines.Real(), _lines.Real(), _lines.Real());
                    if (section != "$ParametricNodes")
                        continue;
                    // Dimension and number of the entity, and as many coordinates on it.
                    int dimension = _lines.Int32();
                    _lines.Skip(4 + 8L * Math.Clamp(dimension, 0, 3));
                    continue;
                }
                string[] words = _lines.Next(section, 4);
                AddNode(_lines.Integer(words, 0), _lines.Number(words, 1), _lines.Number(words, 2), _lines.Number(words, 3));
            }
        _lines.End(section);
    }

    private void ReadElements()
    {
        if (_isFour)
            ReadBlocks("$Elements", ReadElementBlock);
        else if (_isBinary)
            ReadBinaryElements();
        else
            for (int k = _lines.Count(_lines.Integer(_lines.Next("$Elements"), 0)); k > 0; k--)
            {
                string[] words = _lines.Next("$Elements", 4);
                int type = _lines.Small(_lines.Integer(words, 1)), count = NodesOf(type), tags = _lines.Count(_lines.Integer(words, 2));
                AddElement(type, tags > 0 ? _lines.Small(_lines.Integer(words, 3)) : 0, Integers(words, 3 + tags, count));
            }
        _lines.End("$Elements");
    }

    // Version 2: runs of elements of one type, each with its number, its tags and its nodes.
    private void ReadBinaryElements()
    {
        for (int left = _lines.Count(_lines.Integer(_lines.Next("$Elements"), 0)); left > 0;)
        {
            int type = _lines.Int32(), run = _lines.Count(_lines.Int32()), tags = _lines.Count(_lines.Int32()), count = NodesOf(type);
            if (run == 0 || run > left)
                throw _lines.Error($"a run of {run} elements does not fit; {left} are left");
            left -= run;
            for (; run > 0; run--)
            {
                _lines.Int32();
                int group = tags > 0 ? _lines.Small(_lines.Int32()) : 0;
                _lines.Skip(4L * Math.Max(0, tags - 1));
                AddElement(type, group, [.. Enumerable.Range(0, count).Select(_ => (long)_lines.Int32())]);
            }
        }
    }

    private void ReadBlocks(string section, Action<int, long, int, int> block)
    {
        int heads = _isOldFour ? 2 : 4;
        long[] head = _isBinary ? [.. Enumerable.Range(0, heads).Select(_ => _lines.Int64())]
            : Integers(_lines.Next(section, heads), 0, heads);
        for (int k = _lines.Count(head[0]); k > 0; k--)
        {
            long[] words = _isBinary ? [_lines.Int32(), _lines.Int32(), _lines.Int32(), _lines.Int64()]
                : Integers(_lines.Next(section, 4), 0, 4);
            // 4.0 has the entity before its dimension.
            (long dimension, long entity) = _isOldFour ? (words[1], words[0]) : (words[0], words[1]);
            block(_lines.Small(dimension), entity, _lines.Small(words[2]), _lines.Count(words[3]));
        }
    }

    private void ReadNodeBlock(int dimension, long entity, int parametric, int count)
    {
        int more = parametric != 0 ? Math.Clamp(dimension, 0, 3) : 0;
        var tags = new long[_isOldFour ? 0 : count];
        for (int k = 0; k < tags.Length; k++)
            tags[k] = _isBinary ? _lines.Int64() : _lines.Integer(_lines.Next("$Nodes"), 0);
        for (int k = 0; k < count; k++)
        {
            if (_isBinary)
            {
                AddNode(_isOldFour ? _lines.Int32() : tags[k], _lines.Real(), _lines.Real(), _lines.Real());
                _lines.Skip(8L * more);
                continue;
            }
            int at = _isOldFour ? 1 : 0;
            string[] words = _lines.Next("$Nodes", at + 3);
            AddNode(_isOldFour ? _lines.Integer(words, 0) : tags[k], _lines.Number(words, at), _lines.Number(words, at + 1),
                _lines.Number(words, at + 2));
        }
    }

    private void ReadElementBlock(int dimension, long entity, int type, int count)
    {
        int group = _groupOfEntity.GetValueOrDefault((dimension, entity)), nodes = NodesOf(type);
        var element = new long[nodes + 1];
        for (; count > 0; count--)
        {
            if (_isBinary)
                for (int k = 0; k <= nodes; k++)
                    element[k] = _isOldFour ? _lines.Int32() : _lines.Int64();
            else
                element = Integers(_lines.Next("$Elements"), 0, nodes + 1);
            AddElement(type, group, element.AsSpan(1));
        }
    }

    private long[] Integers(string[] words, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(k => _lines.Integer(words, k))];
}
