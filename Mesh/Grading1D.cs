namespace FvSolver.Mesh;

/// <summary>Positions of the nodes along a layer.</summary>
public static class Grading1D
{
    /// <summary>Equal cells.</summary>
    /// <param name="length">Length of the layer [m].</param>
    /// <param name="cells">Number of cells.</param>
    /// <returns>Positions from 0 to <paramref name="length"/> [m], cells + 1 of them.</returns>
    public static double[] Uniform(double length, int cells) =>
        [.. Enumerable.Range(0, cells + 1).Select(i => i == cells ? length : length * i / cells)];

    /// <summary>Nodes at L/2 [tanh(b t)/tanh(b) + 1], t from -1 to 1: fine at both ends.</summary>
    /// <param name="length">Length L of the layer [m].</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="strength">b; larger is finer at the ends.</param>
    public static double[] Tanh(double length, int cells, double strength) =>
        [.. Enumerable.Range(0, cells + 1).Select(i =>
            (Math.Tanh(strength * (-1 + 2.0 * i / cells)) / Math.Tanh(strength) + 1) / 2 * length)];

    /// <summary>Smooth grading with a given first cell at either end.</summary>
    /// <remarks>
    /// Two-sided stretching of Vinokur (J. Comput. Phys. 50, 215 (1983)): with the end spacings s_0, s_1 relative to
    /// L/N, A = sqrt(s_1/s_0) and B = 1/sqrt(s_0 s_1), sinh(D)/D = B, u = [1 + tanh(D (x - 1/2))/tanh(D/2)]/2 and
    /// z/L = u/(A + (1 - A) u). The spacings are met to the order of the grading.
    /// </remarks>
    /// <param name="length">Length L of the layer [m].</param>
    /// <param name="cells">Number N of cells.</param>
    /// <param name="first">First cell at z = 0 [m].</param>
    /// <param name="last">Last cell at z = L [m].</param>
    /// <exception cref="MeshException">The end cells are not smaller than equal cells would be.</exception>
    public static double[] TwoSided(double length, int cells, double first, double last)
    {
        double s0 = first * cells / length, s1 = last * cells / length;
        double b = 1 / Math.Sqrt(s0 * s1);
        if (!(b > 1))
            throw new MeshException(
                $"{cells} cells over {length:g4} m with end cells of {first:g4} and {last:g4} m: "
                + "the end cells must be smaller than equal cells; use more cells or smaller end cells.");
        double d = StretchingFor(b), a = Math.Sqrt(s1 / s0);
        return [.. Enumerable.Range(0, cells + 1).Select(i =>
        {
            if (i == cells)
                return length;
            double u = (1 + Math.Tanh(d * ((double)i / cells - 0.5)) / Math.Tanh(d / 2)) / 2;
            return length * u / (a + (1 - a) * u);
        })];
    }

    /// <summary>A first cell of given length, then cells that grow by a constant ratio (1 when they fit as equal cells).</summary>
    /// <param name="length">Length of the layer [m].</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="first">First cell [m].</param>
    /// <exception cref="MeshException">The first cell does not leave room for the others.</exception>
    public static double[] FirstThenEqual(double length, int cells, double first)
    {
        if (!(first < length) || cells < 2)
            throw new MeshException($"A first cell of {first:g4} m and {cells} cells do not fit into {length:g4} m.");
        return [.. Enumerable.Range(0, cells + 1).Select(i =>
            i == 0 ? 0 : i == cells ? length : first + (length - first) * (i - 1) / (cells - 1))];
    }

    /// <summary>Positions with two cells of given size that meet at a place; where they do not fit in, the positions as they are.</summary>
    /// <param name="nodes">Increasing positions [m].</param>
    /// <param name="place">Where the cells meet [m].</param>
    /// <param name="size">Their size [m].</param>
    public static double[] WithCellsAround(double[] nodes, double place, double size) =>
        place - 2 * size < nodes[0] || place + 2 * size > nodes[^1] ? nodes
            : [.. nodes.Where(z => Math.Abs(z - place) > 1.5 * size).Concat([place - size, place, place + size]).Order()];

    /// <summary>Geometric growth from a first cell to the end.</summary>
    /// <param name="length">Length of the layer [m].</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="first">First cell [m]; must be smaller than an equal cell, else cells are equal.</param>
    public static double[] Geometric(double length, int cells, double first)
    {
        if (cells == 1 || first * cells >= length)
            return Uniform(length, cells);
        // first (r^N - 1)/(r - 1) = length, by bisection in r > 1.
        double low = 1 + 1e-12, high = 2;
        double Sum(double r) => first * (Math.Pow(r, cells) - 1) / (r - 1);
        while (Sum(high) < length)
            high *= 2;
        // Until no number lies between.
        for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2)
        {
            if (Sum(middle) < length)
                low = middle;
            else
                high = middle;
        }
        return [.. Enumerable.Range(0, cells + 1).Select(i =>
            i == cells ? length : first * (Math.Pow(low, i) - 1) / (low - 1))];
    }

    /// <summary>D with sinh(D)/D = b > 1, by Newton's method on the logarithm.</summary>
    private static double StretchingFor(double b)
    {
        double d = Math.Min(Math.Sqrt(6 * (b - 1)), Math.Log(2 * b) + Math.Log(Math.Log(2 * b) + 1));
        for (int i = 0; i < 100; i++)
        {
            double f = Math.Log(Math.Sinh(d) / d) - Math.Log(b);
            double slope = 1 / Math.Tanh(d) - 1 / d;
            double step = f / slope;
            d -= step;
            if (Math.Abs(step) < 1e-14 * d)
                break;
        }
        return d;
    }
}
