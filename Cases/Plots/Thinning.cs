namespace FvSolver.Cases.Plots;

/// <summary>Fewer points that look the same: in each of equal stretches the first, lowest, highest and last one.</summary>
internal static class Thinning
{
    /// <summary>Points above which a curve is thinned; a picture has fewer pixels across.</summary>
    public const int Limit = 8000;

    /// <summary>Indices of the points to draw, in order.</summary>
    public static IEnumerable<int> Indices(double[] y)
    {
        if (y.Length <= Limit)
            return Enumerable.Range(0, y.Length);
        const int stretches = Limit / 4;
        var chosen = new SortedSet<int>();
        for (int s = 0; s < stretches; s++)
        {
            int from = (int)((long)y.Length * s / stretches), to = (int)((long)y.Length * (s + 1) / stretches) - 1;
            (int low, int high) = (from, from);
            for (int i = from; i <= to; i++)
            {
                if (y[i] < y[low])
                    low = i;
                if (y[i] > y[high])
                    high = i;
            }
            chosen.UnionWith([from, low, high, to]);
        }
        return chosen;
    }
}
