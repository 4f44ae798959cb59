using System.Globalization;
using System.Text;
using FvSolver.Mesh;

namespace FvSolver.Validation.Sections;

/// <summary>Meshes of one small cross-section: a tensor grid, and distorted triangles through the reader of mesh files.</summary>
/// <remarks>
/// Gate on 10 nm of PSG on WO3 on a substrate; contacts of metal beside the WO3, and an insulator beside the upper
/// half of the PSG. Everything that 2-D has: five materials, interfaces across and along, rims inside the frame. Compact
/// layers have no thickness, so that both meshes have the same geometry.
/// </remarks>
internal static class SectionMesh
{
    /// <summary>Depth out of the plane [m].</summary>
    public const double Depth = 50e-9;

    /// <summary>Length of the channel [m].</summary>
    public const double Length = 12e-9;

    /// <summary>Depth of the upper and the lower side of the PSG, and of the lower side of the WO3 [m].</summary>
    public const double Top = 4e-9, Face = 14e-9, Floor = 20e-9;

    /// <summary>Lowest depth [m].</summary>
    public const double Bottom = 28e-9;

    private const double Left = -4e-9, Right = 18e-9, Middle = 9e-9;

    private static readonly Rectangle[] s_rectangles =
    [
        new("gate", MaterialKind.GateMetal, 0, Length, 0, Top),
        new("psg", MaterialKind.Electrolyte, 0, Length, Top, Face),
        new("channel", MaterialKind.Channel, 0, Length, Face, Floor),
        new("substrate", MaterialKind.Oxide, 0, Length, Floor, Bottom),
        new("spacer", MaterialKind.Oxide, Length, Right, Top, Middle),
        new("source", MaterialKind.ContactMetal, Left, 0, Face, Floor),
        new("drain", MaterialKind.ContactMetal, Length, Right, Face, Floor),
    ];

    /// <summary>A graded tensor grid.</summary>
    /// <param name="cells">Cells across the PSG and along the channel; a multiple of 4.</param>
    public static ControlVolumeMesh Tensor(int cells)
    {
        (double[] x, double[] z) = Lines(cells);
        return CrossSectionMesh.Build(new() { Rectangles = s_rectangles, Depth = Depth }, x, z);
    }

    /// <summary>Triangles between points of the grid that are moved at random by up to a fifth of their distance, made Delaunay.</summary>
    /// <param name="cells">As of <see cref="Tensor"/>.</param>
    public static ControlVolumeMesh Triangles(int cells)
    {
        using var text = new StringReader(Text(cells));
        return GmshReader.Read(text, $"{cells} cells", new()
        {
            Materials = s_rectangles.ToDictionary(r => r.Name, r => r.Material),
            Depth = Depth,
            Scale = 1e-9,
            Repair = true,
        });
    }

    // Smoothly graded within each piece between lines that regions need.
    private static (double[] X, double[] Z) Lines(int cells) =>
    (
        Join(Grading1D.Uniform(4e-9, cells / 4).Select(s => s + Left), Grading1D.Tanh(Length, cells, 0.8),
            Grading1D.Uniform(Right - Length, cells / 2).Select(s => s + Length)),
        Join(Grading1D.Uniform(Top, cells / 4), Grading1D.Tanh(Face - Top, cells, 0.8).Select(s => s + Top),
            Grading1D.Uniform(Floor - Face, cells / 2).Select(s => s + Face),
            Grading1D.Uniform(Bottom - Floor, cells / 2).Select(s => s + Floor))
    );

    private static double[] Join(params IEnumerable<double>[] pieces)
    {
        List<double> lines = [];
        foreach (double at in pieces.SelectMany(p => p))
            if (lines.Count == 0 || at - lines[^1] > 1e-15)
                lines.Add(at);
        return [.. lines];
    }

    private static string Text(int cells)
    {
        (double[] x, double[] z) = Lines(cells);
        var random = new Random(cells);
        int Cell(int i, int j) => i < 0 || j < 0 || i >= x.Length - 1 || j >= z.Length - 1 ? -1
            : Array.FindIndex(s_rectangles, r => Inside(0.5 * (x[i] + x[i + 1]), r.Left, r.Right)
                && Inside(0.5 * (z[j] + z[j + 1]), r.Top, r.Bottom));
        int Point(int i, int j) => i * z.Length + j + 1;
        var text = new StringBuilder("$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"{s_rectangles.Length + 1}\n1 1 \"bottom\"");
        for (int r = 0; r < s_rectangles.Length; r++)
            text.AppendLine(CultureInfo.InvariantCulture, $"2 {r + 1} \"{s_rectangles[r].Name}\"");
        text.AppendLine(CultureInfo.InvariantCulture, $"$EndPhysicalNames\n$Nodes\n{x.Length * z.Length}");
        List<string> elements = [];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < z.Length; j++)
            {
                int own = Cell(i, j);
                bool isInner = own >= 0 && Cell(i - 1, j) == own && Cell(i, j - 1) == own && Cell(i - 1, j - 1) == own;
                double Move(double before, double after) => isInner ? 0.2 * (2 * random.NextDouble() - 1) * Math.Min(before, after) : 0;
                double px = x[i] + (isInner ? Move(x[i] - x[i - 1], x[i + 1] - x[i]) : 0),
                    pz = z[j] + (isInner ? Move(z[j] - z[j - 1], z[j + 1] - z[j]) : 0);
                text.AppendLine(CultureInfo.InvariantCulture, $"{Point(i, j)} {px * 1e9:R} {pz * 1e9:R} 0");
                if (own < 0)
                    continue;
                (int a, int b, int c, int d) = (Point(i, j), Point(i + 1, j), Point(i + 1, j + 1), Point(i, j + 1));
                elements.Add(FormattableString.Invariant($"2 2 {own + 1} {own + 1} {a} {b} {c}"));
                elements.Add(FormattableString.Invariant($"2 2 {own + 1} {own + 1} {a} {c} {d}"));
                if (j == z.Length - 2)
                    elements.Add(FormattableString.Invariant($"1 2 1 1 {d} {c}"));
            }
        text.AppendLine(CultureInfo.InvariantCulture, $"$EndNodes\n$Elements\n{elements.Count}");
        for (int k = 0; k < elements.Count; k++)
            text.AppendLine(CultureInfo.InvariantCulture, $"{k + 1} {elements[k]}");
        return text.Append("$EndElements\n").ToString();
    }

    private static bool Inside(double at, double low, double high) => at > low && at < high;
}
