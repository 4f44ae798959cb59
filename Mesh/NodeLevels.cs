namespace FvSolver.Mesh;

/// <summary>Levels of nodes such that edges and interfaces join equal or adjacent levels only.</summary>
/// <remarks>
/// Three candidates: columns of equal x, rows of equal z, where the mesh is such a grid, and the distance from a
/// node at the rim, which any mesh allows (A. George, J. W. H. Liu, "Computer Solution of Large Sparse Positive Definite
/// Systems", Prentice-Hall 1981, chapter 4). The one with the least work, the sum of cubes of the sizes, is taken.
/// </remarks>
public static class NodeLevels
{
    /// <summary>Level of each node.</summary>
    public static int[] Of(ControlVolumeMesh mesh)
    {
        int[][] neighbours = Neighbours(mesh);
        return new[] { Ranks(mesh.X), Ranks(mesh.Z), Distances(neighbours) }
            .Where(level => Fits(level, neighbours))
            .MinBy(level => level.CountBy(l => l).Sum(c => Math.Pow(c.Value, 3)))!;
    }

    private static int[][] Neighbours(ControlVolumeMesh mesh)
    {
        var lists = new List<int>[mesh.NodeCount];
        for (int n = 0; n < lists.Length; n++)
            lists[n] = [];
        for (int e = 0; e < mesh.EdgeCount; e++)
            Join(mesh.EdgeLeft[e], mesh.EdgeRight[e]);
        foreach (Interface i in mesh.Interfaces)
            Join(i.First, i.Second);
        return [.. lists.Select(l => l.ToArray())];

        void Join(int a, int b)
        {
            lists[a].Add(b);
            lists[b].Add(a);
        }
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
