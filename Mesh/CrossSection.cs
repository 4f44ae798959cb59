namespace FvSolver.Mesh;

/// <summary>A rectangle of one material in the (x, z) plane.</summary>
/// <param name="Name">Region that it belongs to; rectangles of one name form one region.</param>
/// <param name="Material">Material of the region.</param>
/// <param name="Left">Smallest x [m].</param>
/// <param name="Right">Largest x [m].</param>
/// <param name="Top">Smallest z, nearest to the gate [m].</param>
/// <param name="Bottom">Largest z [m].</param>
public sealed record Rectangle(string Name, MaterialKind Material, double Left, double Right, double Top, double Bottom);

/// <summary>Geometry of a device across its channel: rectangles, of which a later one covers the earlier.</summary>
/// <remarks>
/// With a <see cref="CompactLayer"/> the electrolyte ends that far from every metal and channel, and the nodes facing each
/// other across the layer form interfaces. Rectangles may be drawn at their nominal size, and the layer is
/// then carved out of the electrolyte, or with the gap left free.
/// </remarks>
public sealed record CrossSection
{
    /// <summary>Rectangles, the later over the earlier.</summary>
    public required IReadOnlyList<Rectangle> Rectangles { get; init; }

    /// <summary>Depth W out of the plane [m].</summary>
    public required double Depth { get; init; }

    /// <summary>Thickness l_S of the compact layers inside the electrolyte [m]; 0 joins it directly.</summary>
    public double CompactLayer { get; init; }

    /// <summary>Positions x at which a grid line must lie: edges of rectangles and of compact layers [m].</summary>
    public double[] RequiredX() => Required().X;

    /// <summary>Depths z at which a grid line must lie: edges of rectangles and of compact layers [m].</summary>
    public double[] RequiredZ() => Required().Z;

    /// <summary>Positions closer than this are one [m].</summary>
    internal double Tolerance => 1e-9 * Math.Max(
        Rectangles.Max(r => r.Right) - Rectangles.Min(r => r.Left),
        Rectangles.Max(r => r.Bottom) - Rectangles.Min(r => r.Top));

    /// <summary>Whether a compact layer separates the electrolyte from a material.</summary>
    internal static bool IsConductor(MaterialKind material) =>
        material is MaterialKind.GateMetal or MaterialKind.Channel or MaterialKind.ContactMetal;

    /// <summary>Regions from the gate down, in the order of <see cref="MaterialKind"/> and then of the rectangles.</summary>
    internal Region[] Regions() =>
        [.. Rectangles.Select(r => new Region(r.Name, r.Material)).Distinct().OrderBy(r => r.Material)];

    /// <summary>Region of each cell between grid lines, -1 where there is none; compact layers not yet carved.</summary>
    internal int[,] Paint(double[] x, double[] z, Region[] regions)
    {
        var cells = new int[x.Length - 1, z.Length - 1];
        for (int i = 0; i < x.Length - 1; i++)
            for (int j = 0; j < z.Length - 1; j++)
            {
                double cx = 0.5 * (x[i] + x[i + 1]), cz = 0.5 * (z[j] + z[j + 1]);
                cells[i, j] = -1;
                for (int r = Rectangles.Count - 1; r >= 0; r--)
                    if (Rectangles[r] is var a && cx > a.Left && cx < a.Right && cz > a.Top && cz < a.Bottom)
                    {
                        cells[i, j] = Array.IndexOf(regions, new Region(a.Name, a.Material));
                        break;
                    }
            }
        return cells;
    }

    /// <summary>Throws when the geometry makes no sense.</summary>
    internal void Check()
    {
        if (Rectangles.Count == 0)
            throw new MeshException("A cross-section needs at least one rectangle.");
        if (!(Depth > 0) || !double.IsFinite(Depth))
            throw new MeshException($"The depth of the cross-section is {Depth} m; it must be positive.");
        if (!(CompactLayer >= 0) || !double.IsFinite(CompactLayer))
            throw new MeshException($"The compact layer is {CompactLayer} m thick; it must not be negative.");
        foreach (Rectangle r in Rectangles)
        {
            if (!(r.Left < r.Right) || !(r.Top < r.Bottom) || !double.IsFinite(r.Right - r.Left) || !double.IsFinite(r.Bottom - r.Top))
                throw new MeshException(
                    $"Rectangle '{r.Name}' spans x {r.Left} to {r.Right} m and z {r.Top} to {r.Bottom} m; left must be less than right "
                        + "and top less than bottom.");
            if (Rectangles.FirstOrDefault(o => o.Name == r.Name && o.Material != r.Material) is { } other)
                throw new MeshException($"Region '{r.Name}' is made of {r.Material} and of {other.Material}; a region has one material.");
        }
    }

    private (double[] X, double[] Z) Required()
    {
        Check();
        double[] x = Distinct(Rectangles.SelectMany(r => new[] { r.Left, r.Right }));
        double[] z = Distinct(Rectangles.SelectMany(r => new[] { r.Top, r.Bottom }));
        if (CompactLayer == 0)
            return (x, z);
        Region[] regions = Regions();
        int[,] cells = Paint(x, z, regions);
        List<double> moreX = [.. x], moreZ = [.. z];
        for (int i = 0; i < x.Length - 1; i++)
            for (int j = 0; j < z.Length - 1; j++)
            {
                if (!Is(i, j, MaterialKind.Electrolyte))
                    continue;
                if (Conducts(i - 1, j))
                    moreX.Add(x[i] + CompactLayer);
                if (Conducts(i + 1, j))
                    moreX.Add(x[i + 1] - CompactLayer);
                if (Conducts(i, j - 1))
                    moreZ.Add(z[j] + CompactLayer);
                if (Conducts(i, j + 1))
                    moreZ.Add(z[j + 1] - CompactLayer);
            }
        return (Distinct(moreX), Distinct(moreZ));

        bool Inside(int i, int j) => i >= 0 && j >= 0 && i < x.Length - 1 && j < z.Length - 1 && cells[i, j] >= 0;
        bool Is(int i, int j, MaterialKind material) => Inside(i, j) && regions[cells[i, j]].Material == material;
        bool Conducts(int i, int j) => Inside(i, j) && IsConductor(regions[cells[i, j]].Material);
    }

    private double[] Distinct(IEnumerable<double> positions)
    {
        var lines = new List<double>();
        foreach (double p in positions.Order())
            if (lines.Count == 0 || p - lines[^1] > Tolerance)
                lines.Add(p);
        return [.. lines];
    }
}
