namespace FvSolver.Cases.Plots.Views;

/// <summary>The edges of a region of triangles that belong to one of them only.</summary>
public static class Outline
{
    /// <summary>The edges as pieces of a line, with a NaN behind each.</summary>
    /// <param name="x">Horizontal position of each node.</param>
    /// <param name="y">Vertical position of each node.</param>
    /// <param name="triangles">Triples of nodes.</param>
    public static (double[] X, double[] Y) Of(double[] x, double[] y, int[] triangles)
    {
        var once = new HashSet<(int, int)>();
        for (int t = 0; t + 2 < triangles.Length; t += 3)
            for (int e = 0; e < 3; e++)
            {
                (int a, int b) = (triangles[t + e], triangles[t + (e + 1) % 3]);
                (int, int) edge = (Math.Min(a, b), Math.Max(a, b));
                if (!once.Add(edge))
                    once.Remove(edge);
            }
        return (
            [.. once.SelectMany(edge => new[] { x[edge.Item1], x[edge.Item2], double.NaN })],
            [.. once.SelectMany(edge => new[] { y[edge.Item1], y[edge.Item2], double.NaN })]);
    }
}
