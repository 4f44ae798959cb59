namespace FvSolver.Solver.Maps;

/// <summary>Leja points of [-1, 1]: each is where the product of the distances to those before is largest.</summary>
/// <remarks>
/// Any first n of them interpolate well, so that a point can be added without giving up those before: De
/// Marchi, Appl. Math. Comput. 154, 151 (2004).
/// </remarks>
internal static class LejaNodes
{
    /// <summary>How many there are: more than any direction needs.</summary>
    public const int Count = 40;

    /// <summary>The points, in order.</summary>
    public static double[] All { get; } = Make();

    // The basis polynomials in terms of Chebyshev polynomials: row k holds h_k = prod_{i<k} (t - t_i)/(t_k - t_i).
    private static readonly double[][] s_basis = MakeBasis();

    /// <summary>Coefficients of h_k = prod over i below k of (t - t_i)/(t_k - t_i), which is 1 at point k and 0 at those before.</summary>
    public static ReadOnlySpan<double> Basis(int k) => s_basis[k];

    private static readonly double[] s_scales =
        [.. Enumerable.Range(0, Count).Select(k => 1 / Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (All[k] - All[i])))];

    /// <summary>1/prod over i below k of (t_k - t_i): h_k is this times the product of (t - t_i).</summary>
    public static double Scale(int k) => s_scales[k];

    private static double[] Make()
    {
        const int Grid = 20000;
        var points = new List<double> { 1 };
        double[] places = [.. Enumerable.Range(0, Grid + 1).Select(i => -Math.Cos(Math.PI * i / Grid))], log = new double[Grid + 1];
        while (points.Count < Count)
        {
            int best = 0;
            for (int i = 0; i <= Grid; i++)
            {
                log[i] += Math.Log(Math.Abs(places[i] - points[^1]));
                if (log[i] > log[best])
                    best = i;
            }
            points.Add(places[best]);
        }
        return [.. points];
    }

    private static double[][] MakeBasis()
    {
        var all = new double[Count][];
        for (int k = 0; k < Count; k++)
        {
            double[] c = [1];
            for (int i = 0; i < k; i++)
            {
                // t T_j = (T_(j+1) + T_|j-1|)/2
                var next = new double[c.Length + 1];
                for (int j = 0; j < c.Length; j++)
                {
                    next[j + 1] += c[j] * (j == 0 ? 1 : 0.5);
                    if (j > 0)
                        next[j - 1] += c[j] * 0.5;
                    next[j] -= All[i] * c[j];
                }
                double inverse = 1 / (All[k] - All[i]);
                c = [.. next.Select(x => x * inverse)];
            }
            all[k] = c;
        }
        return all;
    }
}
