using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>An elimination order by nested dissection: a tree of groups of unknowns, each eliminated after its children.</summary>
/// <remarks>
/// A. George, "Nested dissection of a regular finite element mesh", SIAM J. Numer. Anal. 10 (1973) 345. The graph is cut without
/// coordinates: of three vertices far from each other, those nearer to one than to another are one side. On a grid these are its
/// corners and the cuts are straight or diagonal lines; the best of them is taken. What is coupled to very many unknowns is
/// eliminated last.
/// Rows that depend on a field across an edge reach over the diagonals of the grid, one way: such entries count as two steps. As one
/// they would make a king's distances, by which much of a part is as near to one corner as to another, and cuts would bend around it.
/// </remarks>
internal sealed class NestedDissection
{
    private enum Side
    {
        Before,
        Separator,
        After,
    }

    // Parts up to this many unknowns are eliminated as one dense block: measured between 16 and 64.
    private const int LeafSize = 20;

    // Pairs of landmarks to cut between, and shares of a part at which cuts are tried.
    private static readonly (int A, int B)[] s_pairs = [(0, 1), (0, 2), (1, 2)];
    private static readonly double[] s_shares = [0.4, 0.44, 0.47, 0.5, 0.53, 0.56, 0.6];

    // Times the mean number of neighbours.
    private const double DenseFactor = 4;

    private readonly int[] _pointer, _neighbour, _steps;
    private readonly int[] _part, _key, _least, _largest;
    private readonly int[][] _distance;
    private int _parts;

    private readonly List<int[]> _groups = [];
    private readonly List<int> _parent = [];

    /// <summary>Dissects the graph of a matrix, of which entries count in both directions.</summary>
    public NestedDissection(CompressedColumns matrix)
    {
        int n = matrix.Size;
        (_pointer, _neighbour) = Symmetric(matrix);
        _steps = Steps(matrix);
        (_part, _key, _least, _largest) = (new int[n], new int[n], new int[n], new int[n]);
        _distance = [new int[n], new int[n], new int[n]];
        // A vertex with many times the neighbours of the others, the gate for instance, is no part of a grid: it would
        // bring everything near to everything.
        double most = DenseFactor * Math.Max(1, (double)_neighbour.Length / n);
        ILookup<bool, int> isDense = Enumerable.Range(0, n).ToLookup(u => _pointer[u + 1] - _pointer[u] > most);
        Array.Fill(_part, -1);
        _ = Join([.. isDense[true]], Dissect([.. isDense[false]]));
    }

    /// <summary>Unknowns of each group; a child stands before its parent.</summary>
    public IReadOnlyList<int[]> Groups => _groups;

    /// <summary>Parent of each group, -1 for a root.</summary>
    public IReadOnlyList<int> Parent => _parent;

    /// <summary>Neighbours of an unknown in the symmetric graph, without itself.</summary>
    public ReadOnlySpan<int> Neighbours(int unknown) =>
        _neighbour.AsSpan(_pointer[unknown], _pointer[unknown + 1] - _pointer[unknown]);

    private int Add(int[] group, IReadOnlyList<int> children)
    {
        int number = _groups.Count;
        _groups.Add(group);
        _parent.Add(-1);
        foreach (int child in children)
            _parent[child] = number;
        return number;
    }

    // A separator that is empty leaves the children on their own.
    private IReadOnlyList<int> Join(int[] separator, IReadOnlyList<int> children) =>
        separator.Length > 0 ? [Add(separator, children)] : children;

    /// <summary>Dissects a part of the graph.</summary>
    /// <returns>The groups that are left without a parent: one, or one for each connected component.</returns>
    private IReadOnlyList<int> Dissect(int[] part)
    {
        if (part.Length == 0)
            return [];
        int mark = ++_parts;
        foreach (int u in part)
            _part[u] = mark;
        if (part.Length <= LeafSize)
            return [Add(part, [])];
        int first = Distances(part, part[0], _distance[0]);
        if (_distance[0][first] < 0)
            return [.. part.ToLookup(u => _distance[0][u] < 0).SelectMany(piece => Dissect([.. piece]))];
        int second = Distances(part, first, _distance[0]);
        Distances(part, second, _distance[1]);
        int third = part.MaxBy(u => Math.Min(_distance[0][u], _distance[1][u]));
        Distances(part, third, _distance[2]);

        (int A, int B, int Cut, bool IsBefore)? best = null;
        double bestCost = double.PositiveInfinity;
        foreach ((int a, int b) in s_pairs)
        {
            SetKeys(part, a, b);
            int[] sorted = [.. part.Select(u => _key[u])];
            Array.Sort(sorted);
            int[] middle = [.. s_shares.Select(share => sorted[(int)(share * sorted.Length)])];
            foreach (int cut in middle.Concat(middle.Select(k => k + 1)).Distinct())
                foreach (bool isBefore in new[] { true, false })
                    if (Cost(part, cut, isBefore) is var cost && cost < bestCost)
                        (bestCost, best) = (cost, (a, b, cut, isBefore));
        }
        if (best is not { } chosen)
            return [Add(part, [])];
        SetKeys(part, chosen.A, chosen.B);
        ILookup<Side, int> sides = part.ToLookup(u => SideOf(u, chosen.Cut, chosen.IsBefore));
        // Along the separator, by the landmark that took no part: what meets a piece of it then meets consecutive unknowns.
        int[] along = [.. sides[Side.Separator].OrderBy(u => _distance[3 - chosen.A - chosen.B][u])];
        return Join(along, [.. Dissect([.. sides[Side.Before]]), .. Dissect([.. sides[Side.After]])]);
    }

    // How much nearer each vertex is to one landmark than to another, and the least and largest of its neighbours.
    [MethodImpl(Compilation.HotLoop)]
    private void SetKeys(int[] part, int a, int b)
    {
        foreach (int u in part)
            _key[u] = _distance[a][u] - _distance[b][u];
        foreach (int u in part)
        {
            _least[u] = _largest[u] = _key[u];
            foreach (int v in Neighbours(u))
                if (_part[v] == _part[u])
                    (_least[u], _largest[u]) = (Math.Min(_least[u], _key[v]), Math.Max(_largest[u], _key[v]));
        }
    }

    // The vertices of one side of the cut that have neighbours on the other separate the two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Side SideOf(int u, int cut, bool isBefore) =>
        _key[u] < cut ? isBefore && _largest[u] >= cut ? Side.Separator : Side.Before
        : !isBefore && _least[u] < cut ? Side.Separator : Side.After;

    // Long separators and uneven parts both cost; the power is in the middle of those that give the least operations.
    [MethodImpl(Compilation.HotLoop)]
    private double Cost(int[] part, int cut, bool isBefore)
    {
        int separator = 0, before = 0;
        foreach (int u in part)
        {
            Side side = SideOf(u, cut, isBefore);
            if (side == Side.Separator)
                separator++;
            else if (side == Side.Before)
                before++;
        }
        int after = part.Length - separator - before;
        return before == 0 || after == 0 ? double.PositiveInfinity : Math.Pow(separator, 1.75) * (1.0 / before + 1.0 / after);
    }

    /// <summary>Distances from a vertex within its part, -1 where it is not connected.</summary>
    /// <returns>The farthest vertex, or one that cannot be reached.</returns>
    [MethodImpl(Compilation.HotLoop)]
    private int Distances(int[] part, int start, int[] distance)
    {
        foreach (int u in part)
            distance[u] = -1;
        distance[start] = 0;
        var queue = new Queue<int>(part.Length);
        queue.Enqueue(start);
        while (queue.TryDequeue(out int u))
            for (int k = _pointer[u]; k < _pointer[u + 1]; k++)
            {
                int v = _neighbour[k], way = distance[u] + _steps[k];
                if (_part[v] == _part[start] && (uint)way < (uint)distance[v])
                {
                    distance[v] = way;
                    queue.Enqueue(v);
                }
            }
        return part.Aggregate((far, u) => (uint)distance[u] >= (uint)distance[far] ? u : far);
    }

    /// <summary>How far each neighbour is: two steps where entries join the two one way only, and no third one to both in both
    /// ways.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private int[] Steps(CompressedColumns matrix)
    {
        bool Has(int row, int column) => Array.BinarySearch(
            matrix.Rows, matrix.Pointers[column], matrix.Pointers[column + 1] - matrix.Pointers[column], row) >= 0;
        var isMutual = new bool[_neighbour.Length];
        for (int u = 0; u < matrix.Size; u++)
            for (int k = _pointer[u]; k < _pointer[u + 1]; k++)
                isMutual[k] = Has(u, _neighbour[k]) && Has(_neighbour[k], u);
        var steps = new int[_neighbour.Length];
        var seenBy = new int[matrix.Size];
        Array.Fill(seenBy, -1);
        for (int u = 0; u < matrix.Size; u++)
        {
            for (int k = _pointer[u]; k < _pointer[u + 1]; k++)
                if (isMutual[k])
                    seenBy[_neighbour[k]] = u;
            for (int k = _pointer[u]; k < _pointer[u + 1]; k++)
            {
                steps[k] = isMutual[k] ? 1 : 2;
                for (int v = _neighbour[k], m = _pointer[v]; m < _pointer[v + 1]; m++)
                    if (isMutual[m] && seenBy[_neighbour[m]] == u)
                        steps[k] = 1;
            }
        }
        return steps;
    }

    private static (int[] Pointer, int[] Neighbour) Symmetric(CompressedColumns matrix)
    {
        var pairs = new List<(int, int)>(2 * matrix.Rows.Length);
        for (int j = 0; j < matrix.Size; j++)
            for (int k = matrix.Pointers[j]; k < matrix.Pointers[j + 1]; k++)
                if (matrix.Rows[k] is var i && i != j)
                    pairs.AddRange([(i, j), (j, i)]);
        return CompressedPairs.Of(matrix.Size, CollectionsMarshal.AsSpan(pairs));
    }
}
