namespace FvSolver.Mesh;

/// <summary>Levels of nodes such that edges and interfaces join equal or adjacent levels only.</summary>
/// <remarks>
/// Three candidates: columns of equal x, rows of equal z, where the mesh is such a grid, and the distance from a
/// node at the rim, which any mesh allows (A. George, J. W. H. Liu, "Computer Solution of Large Sparse Positive Definite
/// Systems", Prentice-Hall 1981, chapter 4) and which on a grid runs along diagonals. Distances take nodes that an
/// interface joins as one, so that terms of an interface may also reach the neighbours on both sides. The candidate with the
/// least work, the sum of cubes of the sizes, is taken.
/// </remarks>
public static class NodeLevels
{
    /// <summary>Level of each node.</summary>
    public static int[] Of(ControlVolumeMesh mesh)
    {
        int[][] neighbours = Neighbours(mesh);
        return new[] { Ranks(mesh.X), Ranks(mesh.Z), Distances(mesh) }
            .Where(level => Fits(level, neighbours))
            .MinBy(Work)!;
    }

    /// <summary>Sum of the cubes of the sizes of levels, to which the work of a factorisation is proportional.</summary>
    public static double Work(int[] level) => level.CountBy(l => l).Sum(c => Math.Pow(c.Value, 3));

    private static int[] Distances(ControlVolumeMesh mesh)
    {
        // The least node of each set that interfaces join stands for all of it.
        int[] first = [.. Enumerable.Range(0, mesh.NodeCount)];
        int Root(int n)
        {
            while (first[n] != n)
                n = first[n] = first[first[n]];
            return n;
        }
        foreach (Interface i in mesh.Interfaces)
            if ((Root(i.First), Root(i.Second)) is var (a, b))
                first[Math.Max(a, b)] = Math.Min(a, b);
        int[] roots = [.. Enumerable.Range(0, mesh.NodeCount).Where(n => Root(n) == n)];
        int[] set = [.. Enumerable.Range(0, mesh.NodeCount).Select(n => Array.BinarySearch(roots, Root(n)))];
        var pairs = Enumerable.Range(0, mesh.EdgeCount).Select(e => (set[mesh.EdgeLeft[e]], set[mesh.EdgeRight[e]]));
        int[] level = Distances(Neighbours(roots.Length, pairs));
        return [.. set.Select(s => level[s])];
    }

    private static int[][] Neighbours(ControlVolumeMesh mesh) => Neighbours(mesh.NodeCount,
        Enumerable.Range(0, mesh.EdgeCount).Select(e => (mesh.EdgeLeft[e], mesh.EdgeRight[e]))
            .Concat(mesh.Interfaces.Select(i => (i.First, i.Second))));

    private static int[][] Neighbours(int count, IEnumerable<(int A, int B)> pairs)
    {
        var lists = new HashSet<int>[count];
        for (int n = 0; n < count; n++)
            lists[n] = [];
        foreach (var (a, b) in pairs)
            if (a != b)
            {
                lists[a].Add(b);
                lists[b].Add(a);
            }
        return [.. lists.Select(l => l.Order().ToArray())];
    }

    private static bool Fits(int[] level, int[][] neighbours)
    {
        for (int n = 0; n < level.Length; n++)
            foreach (int m in neighbours[n])
                if (Math.Abs(level[n] - level[m]) > 1)
                    return false;
        return true;
    }

    private static int[] Ranks(double[] position)
    {
        double[] distinct = [.. position.Distinct().Order()];
        return [.. position.Select(p => Array.BinarySearch(distinct, p))];
    }

    private static int[] Distances(int[][] neighbours)
    {
        var level = new int[neighbours.Length];
        Array.Fill(level, -1);
        for (int n = 0; n < level.Length; n++)
        {
            if (level[n] >= 0)
                continue;
            // Towards the rim: start again from the farthest node of fewest neighbours while that lies deeper.
            int[] part = Search(n, neighbours, level);
            for (int depth = level[part[^1]]; ; depth = level[part[^1]])
            {
                int farthest = part.Where(m => level[m] == depth).MinBy(m => neighbours[m].Length);
                foreach (int m in part)
                    level[m] = -1;
                part = Search(farthest, neighbours, level);
                if (level[part[^1]] <= depth)
                    break;
            }
        }
        return level;
    }

    // Breadth-first search; the nodes reached, in order of distance.
    private static int[] Search(int start, int[][] neighbours, int[] level)
    {
        List<int> reached = [start];
        level[start] = 0;
        for (int k = 0; k < reached.Count; k++)
            foreach (int m in neighbours[reached[k]])
                if (level[m] < 0)
                {
                    level[m] = level[reached[k]] + 1;
                    reached.Add(m);
                }
        return [.. reached];
    }
}
