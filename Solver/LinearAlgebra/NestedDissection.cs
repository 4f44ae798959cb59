namespace FvSolver.Solver.LinearAlgebra;

/// <summary>An elimination order by nested dissection: a tree of groups of unknowns, each eliminated after its children.</summary>
/// <remarks>
/// A. George, "Nested dissection of a regular finite element mesh", SIAM J. Numer. Anal. 10 (1973) 345. The graph is cut without
/// coordinates: of three vertices far from each other, those nearer to one than to another are one side. On a grid these are its
/// corners and the cuts are straight or diagonal lines; the best of them is taken. What is coupled to very many unknowns is
/// eliminated last.
/// </remarks>
internal sealed class NestedDissection
{
    // Parts up to this many unknowns are eliminated as one dense block: measured between 16 and 64.
    private const int LeafSize = 32;

    private readonly int[] _pointer, _neighbour;
    private readonly int[] _part, _side;
    private readonly int[][] _distance;
    private int _parts;

    private readonly List<int[]> _groups = [];
    private readonly List<int> _parent = [];

    /// <summary>Dissects the graph of a matrix, of which entries count in both directions.</summary>
    public NestedDissection(CompressedColumns matrix)
    {
        int n = matrix.Size;
        (_pointer, _neighbour) = Symmetric(matrix);
        (_part, _side) = (new int[n], new int[n]);
        _distance = [new int[n], new int[n], new int[n]];
        // A vertex with more neighbours than a line across a square grid has is no part of a grid.
        double most = 10 * Math.Sqrt(n) + 16;
        int[] all = [.. Enumerable.Range(0, n)];
        int[] dense = [.. all.Where(u => _pointer[u + 1] - _pointer[u] > most)];
        Array.Fill(_part, -1);
        List<int> roots = Dissect([.. all.Except(dense)]);
        if (dense.Length > 0)
            Add(dense, roots);
    }

    /// <summary>Unknowns of each group; a child stands before its parent.</summary>
    public IReadOnlyList<int[]> Groups => _groups;

    /// <summary>Parent of each group, -1 for a root.</summary>
    public IReadOnlyList<int> Parent => _parent;

    /// <summary>Neighbours of an unknown in the symmetric graph, without itself.</summary>
    public ReadOnlySpan<int> Neighbours(int unknown) =>
        _neighbour.AsSpan(_pointer[unknown], _pointer[unknown + 1] - _pointer[unknown]);

    private int Add(int[] group, List<int> children)
    {
        int number = _groups.Count;
        Array.Sort(group);
        _groups.Add(group);
        _parent.Add(-1);
        foreach (int child in children)
            _parent[child] = number;
        return number;
    }

    /// <summary>Dissects a part of the graph.</summary>
    /// <returns>The groups that are left without a parent: one, or one for each connected component.</returns>
    private List<int> Dissect(int[] part)
    {
        if (part.Length == 0)
            return [];
        int mark = ++_parts;
        foreach (int u in part)
            _part[u] = mark;
        if (part.Length <= LeafSize)
            return [Add(part, [])];
        int[] reached = Distances(part, part[0], _distance[0]);
        if (reached.Length < part.Length)
        {
            int[] rest = [.. part.Where(u => _distance[0][u] < 0)];
            return [.. Dissect(reached), .. Dissect(rest)];
        }
        int second = Distances(part, reached[^1], _distance[0])[^1];
        Distances(part, second, _distance[1]);
        int third = part.MaxBy(u => Math.Min(_distance[0][u], _distance[1][u]));
        Distances(part, third, _distance[2]);

        int[] best = [], before = [], after = [];
        double bestCost = double.PositiveInfinity;
        foreach ((int a, int b) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            int[] keys = [.. part.Select(u => _distance[a][u] - _distance[b][u])];
            Array.Sort(keys);
            int median = keys[keys.Length / 2];
            foreach (int cut in new[] { median, median + 1 })
            {
                foreach (int u in part)
                    _side[u] = _distance[a][u] - _distance[b][u] < cut ? 0 : 1;
                foreach (int from in new[] { 0, 1 })
                {
                    (int[] separator, int[] here, int[] there) = Separate(part, from);
                    // Long separators and uneven halves both cost.
                    double cost = here.Length == 0 || there.Length == 0
                        ? double.PositiveInfinity : separator.Length * (1.0 / here.Length + 1.0 / there.Length);
                    if (cost < bestCost)
                        (bestCost, best, before, after) = (cost, separator, here, there);
                }
            }
        }
        return double.IsPositiveInfinity(bestCost)
            ? [Add(part, [])]
            : [Add(best, [.. Dissect(before), .. Dissect(after)])];
    }

    // The vertices of one side that have neighbours on the other separate them.
    private (int[] Separator, int[] Here, int[] There) Separate(int[] part, int from)
    {
        var separator = new List<int>();
        var here = new List<int>();
        var there = new List<int>();
        foreach (int u in part)
        {
            if (_side[u] != from)
                there.Add(u);
            else if (Touches(u, from))
                separator.Add(u);
            else
                here.Add(u);
        }
        return ([.. separator], [.. here], [.. there]);
    }

    private bool Touches(int u, int from)
    {
        foreach (int v in Neighbours(u))
            if (_part[v] == _part[u] && _side[v] != from)
                return true;
        return false;
    }

    /// <summary>Distances from a vertex within its part, -1 where it is not connected.</summary>
    /// <returns>The vertices that can be reached, nearest first.</returns>
    private int[] Distances(int[] part, int start, int[] distance)
    {
        foreach (int u in part)
            distance[u] = -1;
        distance[start] = 0;
        var queue = new List<int>(part.Length) { start };
        for (int i = 0; i < queue.Count; i++)
            foreach (int v in Neighbours(queue[i]))
                if (_part[v] == _part[start] && distance[v] < 0)
                {
                    distance[v] = distance[queue[i]] + 1;
                    queue.Add(v);
                }
        return [.. queue];
    }

    private static (int[] Pointer, int[] Neighbour) Symmetric(CompressedColumns matrix)
    {
        int n = matrix.Size;
        var keys = new List<long>();
        for (int j = 0; j < n; j++)
            for (int k = matrix.Pointers[j]; k < matrix.Pointers[j + 1]; k++)
                if (matrix.Rows[k] is var i && i != j)
                    keys.AddRange([((long)i << 32) | (uint)j, ((long)j << 32) | (uint)i]);
        long[] sorted = [.. keys];
        Array.Sort(sorted);
        var pointer = new int[n + 1];
        var neighbour = new List<int>(sorted.Length);
        for (int k = 0; k < sorted.Length; k++)
        {
            if (k > 0 && sorted[k] == sorted[k - 1])
                continue;
            neighbour.Add((int)(sorted[k] & uint.MaxValue));
            pointer[(int)(sorted[k] >> 32) + 1]++;
        }
        for (int u = 0; u < n; u++)
            pointer[u + 1] += pointer[u];
        return (pointer, [.. neighbour]);
    }
}
