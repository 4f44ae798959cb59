using ScottPlot;

namespace FvSolver.Cases.Plots;

/// <summary>A field that is linear on each triangle, as pixels and as contour lines.</summary>
/// <param name="x">Horizontal coordinates of the nodes.</param>
/// <param name="y">Vertical coordinates of the nodes.</param>
/// <param name="values">Values at the nodes; a triangle with one that is not finite is left out.</param>
/// <param name="triangles">Triples of nodes.</param>
internal sealed class TriangleField(double[] x, double[] y, double[] values, int[] triangles)
{
    /// <summary>Values at the centres of a grid of pixels, top row first; NaN outside of all triangles.</summary>
    public double[,] Raster(CoordinateRect extent, int columns, int rows)
    {
        double[,] raster = new double[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
                raster[r, c] = double.NaN;

        double dx = (extent.Right - extent.Left) / columns, dy = (extent.Top - extent.Bottom) / rows;
        for (int t = 0; t + 2 < triangles.Length; t += 3)
        {
            (int i, int j, int k) = (triangles[t], triangles[t + 1], triangles[t + 2]);
            double area = (x[j] - x[i]) * (y[k] - y[i]) - (x[k] - x[i]) * (y[j] - y[i]);
            if (area == 0 || !double.IsFinite(values[i] + values[j] + values[k]))
                continue;
            int c0 = Pixel((Min(x, i, j, k) - extent.Left) / dx - 0.5, columns, up: true);
            int c1 = Pixel((Max(x, i, j, k) - extent.Left) / dx - 0.5, columns, up: false);
            int r0 = Pixel((extent.Top - Max(y, i, j, k)) / dy - 0.5, rows, up: true);
            int r1 = Pixel((extent.Top - Min(y, i, j, k)) / dy - 0.5, rows, up: false);
            for (int r = r0; r <= r1; r++)
            {
                double py = extent.Top - (r + 0.5) * dy;
                for (int c = c0; c <= c1; c++)
                {
                    double px = extent.Left + (c + 0.5) * dx;
                    double b = ((px - x[i]) * (y[k] - y[i]) - (x[k] - x[i]) * (py - y[i])) / area;
                    double a = ((x[j] - x[i]) * (py - y[i]) - (px - x[i]) * (y[j] - y[i])) / area;
                    if (b >= -1e-9 && a >= -1e-9 && a + b <= 1 + 1e-9)
                        raster[r, c] = values[i] + b * (values[j] - values[i]) + a * (values[k] - values[i]);
                }
            }
        }
        return raster;
    }

    /// <summary>Pieces of the lines on which the field has a value: at most one a triangle.</summary>
    public List<Coordinates[]> Contour(double level)
    {
        var lines = new List<Coordinates[]>();
        Span<Coordinates> ends = stackalloc Coordinates[3];
        for (int t = 0; t + 2 < triangles.Length; t += 3)
        {
            int found = 0;
            for (int e = 0; e < 3; e++)
            {
                (int i, int j) = (triangles[t + e], triangles[t + (e + 1) % 3]);
                // A node exactly on the level counts as above it, so that a line enters and leaves every triangle once.
                if (values[i] >= level == values[j] >= level || !double.IsFinite(values[i] + values[j]))
                    continue;
                double s = (level - values[i]) / (values[j] - values[i]);
                ends[found++] = new Coordinates(x[i] + s * (x[j] - x[i]), y[i] + s * (y[j] - y[i]));
            }
            if (found == 2)
                lines.Add([ends[0], ends[1]]);
        }
        return lines;
    }

    private static int Pixel(double position, int count, bool up) =>
        Math.Clamp((int)(up ? Math.Ceiling(position - 1e-6) : Math.Floor(position + 1e-6)), 0, count - 1);

    private static double Min(double[] v, int i, int j, int k) => Math.Min(v[i], Math.Min(v[j], v[k]));

    private static double Max(double[] v, int i, int j, int k) => Math.Max(v[i], Math.Max(v[j], v[k]));
}
