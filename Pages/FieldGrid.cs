namespace FvSolver.Pages;

/// <summary>A grid of lines over a field on triangles: which nodes give the value at each crossing, and by which weights.</summary>
/// <remarks>
/// The lines go through the nodes, so that on a mesh of rectangles each crossing is a node and nothing is interpolated: thin layers keep
/// their thickness. A finer mesh than <see cref="MostLines"/> is thinned.
/// </remarks>
internal sealed class FieldGrid
{
    /// <summary>Most lines in each direction.</summary>
    public const int MostLines = 240;

    private const double Same = 1e-9;

    // Three nodes a crossing, row by row, -1 where no triangle is; and their weights.
    private readonly int[] _nodes;
    private readonly double[] _weights;

    private FieldGrid(double[] x, double[] y)
    {
        (X, Y) = (x, y);
        _nodes = new int[3 * x.Length * y.Length];
        _weights = new double[_nodes.Length];
        Array.Fill(_nodes, -1);
    }

    /// <summary>Positions of the vertical lines [unit of the positions].</summary>
    public double[] X { get; }

    /// <summary>Positions of the horizontal lines.</summary>
    public double[] Y { get; }

    /// <summary>The grid of a mesh.</summary>
    /// <param name="x">Horizontal position of each node.</param>
    /// <param name="y">Vertical position of each node.</param>
    /// <param name="triangles">Triples of nodes.</param>
    public static FieldGrid Of(double[] x, double[] y, int[] triangles)
    {
        var grid = new FieldGrid(Lines(x), Lines(y));
        for (int t = 0; t + 2 < triangles.Length; t += 3)
            grid.Add(x, y, triangles[t], triangles[t + 1], triangles[t + 2]);
        return grid;
    }

    /// <summary>Values at the crossings, row by row; NaN where no triangle is.</summary>
    public float[] Sample(double[] values)
    {
        var sampled = new float[_nodes.Length / 3];
        for (int c = 0, k = 0; c < sampled.Length; c++, k += 3)
            sampled[c] = _nodes[k] < 0
                ? float.NaN
                : (float)(Part(k) + Part(k + 1) + Part(k + 2));
        return sampled;

        // A node that has no part in a crossing may have no value.
        double Part(int k) => Math.Abs(_weights[k]) < Same ? 0 : _weights[k] * values[_nodes[k]];
    }

    private void Add(double[] x, double[] y, int a, int b, int c)
    {
        double area = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]);
        if (area == 0)
            return;
        (int from, int to) = Range(X, x[a], x[b], x[c]);
        (int first, int last) = Range(Y, y[a], y[b], y[c]);
        for (int row = first; row <= last; row++)
            for (int column = from; column <= to; column++)
            {
                double atB = ((X[column] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (Y[row] - y[a])) / area;
                double atC = ((x[b] - x[a]) * (Y[row] - y[a]) - (X[column] - x[a]) * (y[b] - y[a])) / area;
                if (atB < -Same || atC < -Same || atB + atC > 1 + Same)
                    continue;
                int cell = 3 * (row * X.Length + column);
                (_nodes[cell], _nodes[cell + 1], _nodes[cell + 2]) = (a, b, c);
                (_weights[cell], _weights[cell + 1], _weights[cell + 2]) = (1 - atB - atC, atB, atC);
            }
    }

    private static (int From, int To) Range(double[] lines, double a, double b, double c)
    {
        double low = Math.Min(a, Math.Min(b, c)), high = Math.Max(a, Math.Max(b, c)), slack = Same * (lines[^1] - lines[0]);
        int from = Array.BinarySearch(lines, low - slack), to = Array.BinarySearch(lines, high + slack);
        return (from < 0 ? ~from : from, to < 0 ? ~to - 1 : to);
    }

    private static double[] Lines(double[] positions)
    {
        double[] sorted = [.. positions.Order()];
        double slack = Same * (sorted[^1] - sorted[0]);
        var lines = new List<double> { sorted[0] };
        foreach (double p in sorted)
            if (p > lines[^1] + slack)
                lines.Add(p);
        return lines.Count <= MostLines ? [.. lines]
            : [.. Enumerable.Range(0, MostLines).Select(i => lines[(int)((long)i * (lines.Count - 1) / (MostLines - 1))])];
    }
}
