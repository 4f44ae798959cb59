namespace FvSolver.Mesh;

/// <summary>A line towards which cells get smaller.</summary>
/// <param name="Position">Where it lies [m]; a grid line is put there.</param>
/// <param name="Size">Size of the cells beside it [m].</param>
public readonly record struct FineLine(double Position, double Size);

/// <summary>Grid lines that get denser towards chosen positions.</summary>
/// <remarks>
/// The size of cells is h(s) = min(h_max, min_k(h_k + (r - 1) |s - s_k|)), which makes neighbours differ by about the
/// ratio r. Between two required lines the cells are equal parts of the integral of ds/h, so they are a little smaller than
/// asked for, and symmetric where the sizes are.
/// </remarks>
public sealed record LineGrading
{
    private const int MostLines = 20_000;

    /// <summary>Largest cell [m].</summary>
    public required double MaxSize { get; init; }

    /// <summary>Ratio r of neighbouring cells; 1 keeps the smallest size everywhere.</summary>
    public double Growth { get; init; } = 1.2;

    /// <summary>Lines towards which cells get smaller.</summary>
    public IReadOnlyList<FineLine> FineLines { get; init; } = [];

    /// <summary>All grid lines from the first to the last of the required ones.</summary>
    /// <param name="required">Increasing positions at which a line must lie [m].</param>
    /// <param name="keep">Intervals up to this length are one cell, whatever the sizes [m].</param>
    public double[] Lines(IReadOnlyList<double> required, double keep = 0)
    {
        if (!(MaxSize > 0) || !double.IsFinite(MaxSize))
            throw new MeshException($"The largest cell is {MaxSize} m; it must be positive.");
        if (!(Growth >= 1) || !double.IsFinite(Growth))
            throw new MeshException($"The growth of cells is {Growth}; it must be at least 1.");
        if (required.Count < 2)
            throw new MeshException("A grid needs at least two lines.");
        double extent = required[^1] - required[0], tolerance = 1e-9 * extent;
        List<double> ends = [.. required];
        foreach (FineLine f in FineLines)
        {
            if (!(f.Size > 0) || !(f.Position >= required[0] - tolerance) || !(f.Position <= required[^1] + tolerance))
                throw new MeshException(
                    $"A fine line at {f.Position} m with cells of {f.Size} m is not possible; it must lie within {required[0]} to "
                        + $"{required[^1]} m and its cells be positive.");
            if (!ends.Any(e => Math.Abs(e - f.Position) <= tolerance))
                ends.Add(f.Position);
        }
        ends.Sort();
        List<double> lines = [ends[0]];
        for (int k = 0; k + 1 < ends.Count; k++)
        {
            if (ends[k + 1] - ends[k] > keep * (1 + 1e-6) + tolerance)
                Divide(ends[k], ends[k + 1], lines);
            lines.Add(ends[k + 1]);
        }
        return [.. lines];
    }

    private double SizeAt(double s)
    {
        double size = MaxSize;
        foreach (FineLine f in FineLines)
            size = Math.Min(size, f.Size + (Growth - 1) * Math.Abs(s - f.Position));
        return size;
    }

    private void Divide(double a, double b, List<double> lines)
    {
        double slope = Growth - 1, left = SizeAt(a), right = SizeAt(b);
        // Three pieces: growing from a, constant, shrinking towards b.
        double up = b, down = b;
        if (slope > 0)
        {
            up = a + (MaxSize - left) / slope;
            down = b - (MaxSize - right) / slope;
            if (up > down)
                up = down = Math.Clamp(0.5 * (a + b + (right - left) / slope), a, b);
        }
        double constant = Math.Min(MaxSize, Math.Min(left + slope * (up - a), right + slope * (b - down)));
        double first = Count(left, up - a), second = (down - up) / constant, third = Count(right, b - down);
        double total = first + second + third;
        if (!(lines.Count + total <= MostLines))
            throw new MeshException(
                $"Cells of {MaxSize:g4} m or less between {a:g4} and {b:g4} m make {total:g3} grid lines; "
                    + $"at most {MostLines} are possible.");
        int cells = Math.Max(1, (int)Math.Ceiling(total - 1e-9));
        for (int k = 1; k < cells; k++)
        {
            double t = total * k / cells;
            lines.Add(t <= first ? a + Advance(left, t)
                : t <= first + second ? up + (t - first) * constant
                : b - Advance(right, total - t));
        }

        // Number of cells over a length whose size starts at h, and its inverse.
        double Count(double h, double length) => slope * length < 1e-12 * h ? length / h : Math.Log(1 + slope * length / h) / slope;
        double Advance(double h, double count) => slope * count < 1e-12 ? count * h : h * (Math.Exp(slope * count) - 1) / slope;
    }
}
