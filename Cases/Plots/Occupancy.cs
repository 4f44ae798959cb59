namespace FvSolver.Cases.Plots;

/// <summary>
/// Which parts of a panel are taken by curves, so that words can go where nothing is. Positions are fractions of the
/// panel from its lower left corner.
/// </summary>
internal sealed class Occupancy
{
    private readonly List<(double X, double Y, double Weight)> _points = [];
    private readonly List<(double X, double Y, double Width, double Height)> _boxes = [];

    /// <summary>Marks a line from one point to another; what is outside the panel does not count.</summary>
    public void AddLine(double x0, double y0, double x1, double y1, double weight = 1)
    {
        if (!double.IsFinite(x0 + y0 + x1 + y1))
            return;
        int pieces = Math.Clamp((int)(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)) / 0.01), 1, 200);
        for (int i = 0; i <= pieces; i++)
            AddPoint(x0 + (x1 - x0) * i / pieces, y0 + (y1 - y0) * i / pieces, weight);
    }

    /// <summary>Marks a point.</summary>
    public void AddPoint(double x, double y, double weight = 1)
    {
        if (x is >= -0.01 and <= 1.01 && y is >= -0.01 and <= 1.01)
            _points.Add((x, y, weight));
    }

    /// <summary>The place that covers least, the first one of equals, and how much it covers; it is then taken.</summary>
    /// <param name="width">Width of the words.</param>
    /// <param name="height">Height of the words.</param>
    /// <param name="corners">Lower left corners to choose from, the best liked first.</param>
    public (int Place, double Covered) Take(double width, double height, IReadOnlyList<(double X, double Y)> corners)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < corners.Count; i++)
        {
            (double x, double y) = corners[i];
            double covered = _points.Where(p => p.X >= x && p.X <= x + width && p.Y >= y && p.Y <= y + height).Sum(p => p.Weight)
                + 1e6 * _boxes.Count(b => x < b.X + b.Width && b.X < x + width && y < b.Y + b.Height && b.Y < y + height);
            if (covered < least)
                (best, least) = (i, covered);
        }
        _boxes.Add((corners[best].X, corners[best].Y, width, height));
        return (best, least);
    }
}
