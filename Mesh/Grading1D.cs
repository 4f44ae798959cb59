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
            throw TooLarge(length, cells, first, last);
        double d = StretchingFor(b), a = Math.Sqrt(s1 / s0);
        return [.. Enumerable.Range(0, cells + 1).Select(i =>
        {
            if (i == cells)
                return length;
            double u = (1 + Math.Tanh(d * ((double)i / cells - 0.5)) / Math.Tanh(d / 2)) / 2;
            return length * u / (a + (1 - a) * u);
        })];
    }

    /// <summary>Cells that grow in proportion to the distance from either end until they meet.</summary>
    /// <remarks>
    /// Cells are h(z) = min(s_0 + r g z, s_1 + g (L - z)) with the growth g for which N of them fill the layer: unlike a two-sided
    /// stretching, one end may have fewer cells than the other, and none stand between the ends for smoothness alone.
    /// </remarks>
    /// <param name="length">Length L of the layer [m].</param>
    /// <param name="cells">Number N of cells.</param>
    /// <param name="first">Cell s_0 at z = 0 [m].</param>
    /// <param name="last">Cell s_1 at z = L [m].</param>
    /// <param name="ratio">r, the growth from z = 0 over that from z = L; positive.</param>
    /// <exception cref="MeshException">The end cells are not smaller than equal cells would be.</exception>
    public static double[] GrowingFromEnds(double length, int cells, double first, double last, double ratio)
    {
        double low = 1e-9, high = 1;
        if (!(Count(low).Total > cells))
            throw TooLarge(length, cells, first, last);
        while (Count(high).Total > cells)
            high *= 2;
        // Until no number lies between.
        for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2)
        {
            if (Count(middle).Total > cells)
                low = middle;
            else
                high = middle;
        }
        (double left, double total) = Count(high);
        return [.. Enumerable.Range(0, cells + 1).Select(i =>
        {
            double t = total * i / cells;
            return i == cells ? length : t <= left ? Advance(first, ratio * high, t) : length - Advance(last, high, total - t);
        })];

        // Cells up to where both sizes are equal, and all.
        (double Left, double Total) Count(double growth)
        {
            double meet = Math.Clamp((last + growth * length - first) / (growth * (1 + ratio)), 0, length);
            double left = double.LogP1(ratio * growth * meet / first) / (ratio * growth);
            return (left, left + double.LogP1(growth * (length - meet) / last) / growth);
        }

        static double Advance(double size, double growth, double count) => size * double.ExpM1(growth * count) / growth;
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

    private static MeshException TooLarge(double length, int cells, double first, double last) => new(
        $"{cells} cells over {length:g4} m with end cells of {first:g4} and {last:g4} m: "
            + "the end cells must be smaller than equal cells; use more cells or smaller end cells.");

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
