namespace FvSolver.Solver.Maps;

/// <summary>Which products of polynomials an interpolant has: a set that holds with an index all
/// smaller ones, grown where it pays.</summary>
/// <remarks>
/// Adaptive sparse interpolation at Leja points (Gerstner and Griebel, Computing 71, 65, 2003; Chkifa, Cohen and Schwab, Found. Comput.
/// Math. 14, 601, 2014): index nu stands for the point (t_nu1, t_nu2, ...) and for the product of h_nu1, h_nu2, ..., so that every point
/// adds one term, whose coefficient (the surplus) is how far the interpolant before was off there.
/// </remarks>
internal sealed class SparseIndexSet
{
    private readonly int _dimensions;
    private readonly int[] _most;
    private readonly Dictionary<string, int> _members = [];

    /// <summary>An empty set.</summary>
    /// <param name="most">Largest index of each direction.</param>
    public SparseIndexSet(int[] most) => (_dimensions, _most) = (most.Length, most);

    /// <summary>Indices in the order in which they were added.</summary>
    public List<int[]> Indices { get; } = [];

    /// <summary>Point of an index in [-1, 1]^d.</summary>
    public static double[] Point(int[] index) => [.. index.Select(k => LejaNodes.All[k])];

    /// <summary>Adds an index whose smaller neighbours are in.</summary>
    public void Add(int[] index)
    {
        if (_members.TryAdd(Key(index), Indices.Count))
            Indices.Add(index);
    }

    /// <summary>True when it is in.</summary>
    public bool Contains(int[] index) => _members.ContainsKey(Key(index));

    /// <summary>Number of an index that is in, in the order in which they were added.</summary>
    public int PlaceOf(int[] index) => _members[Key(index)];

    /// <summary>Indices that may come next: not in, all smaller neighbours in.</summary>
    public IEnumerable<int[]> Margin()
    {
        var seen = new HashSet<string>();
        foreach (int[] member in Indices)
            for (int d = 0; d < _dimensions; d++)
            {
                int[] next = Moved(member, d, 1);
                if (next[d] <= _most[d] && !Contains(next) && seen.Add(Key(next))
                    && Enumerable.Range(0, _dimensions).All(e => next[e] == 0 || Contains(Moved(next, e, -1))))
                    yield return next;
            }
    }

    /// <summary>The index beside one in a direction.</summary>
    public static int[] Moved(int[] index, int direction, int by)
    {
        int[] moved = [.. index];
        moved[direction] += by;
        return moved;
    }

    private static string Key(int[] index) => string.Join(',', index);
}
