using FvSolver.Cases.Sampling;
using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Cases.Input;

/// <summary>Reads the table <c>[cross_section]</c> of a case.</summary>
/// <param name="device">The device, whose thicknesses and width are those of the cross-section.</param>
/// <param name="refinement">Factor by which cells are smaller than the drawing says.</param>
/// <param name="files">Where a mesh file is looked up.</param>
internal sealed class CrossSectionReader(Device device, double refinement, CaseFiles files)
{
    private static readonly Bounds Ratio = new(1, 10);
    private static readonly Bounds Seeds = new(0, int.MaxValue);

    /// <summary>Reads the table.</summary>
    /// <exception cref="InputException">Something is missing, unknown or out of range.</exception>
    public CrossSectionCase Read(TableReader table)
    {
        CrossSectionCase section = table.Has("gmsh") ? FromGmsh(table) : FromRectangles(table);
        section = section with
        {
            Energies = table.OptionalTable("site_energies") is { } energies ? ReadEnergies(energies) : null,
            Pinholes = table.Has("pinholes") ? [.. table.Tables("pinholes").Select(ReadPinhole)] : [],
        };
        table.Finish();
        return section;
    }

    private CrossSectionCase FromRectangles(TableReader table) => new()
    {
        Table = table,
        Rectangles = [.. table.Tables("rectangles").Select(ReadRectangle)],
        Growth = table.OptionalNumber("growth", "1", Ratio) ?? 1.3,
        CellX = table.Number("cell_x", "m", Bounds.Positive),
        FineX = table.Has("fine_x") ? [.. table.Tables("fine_x").Select(ReadFineLine)] : [],
        Refinement = refinement,
        Film = table.OptionalTable("film") is { } film ? ReadFilm(film) : null,
    };

    private CrossSectionCase FromGmsh(TableReader table)
    {
        string name = table.Text("gmsh");
        string path = files.Find(name) ?? throw table.Error("gmsh", "there is no such file");
        TableReader materials = table.OptionalTable("materials")
            ?? throw table.Error("materials", "is missing; it must give each region of the mesh a material");
        var map = new Dictionary<string, MaterialKind>();
        foreach (string region in materials.Keys)
            map[region] = materials.Choice<MaterialKind>(region);
        return new()
        {
            Table = table,
            GmshFile = path,
            Gmsh = new()
            {
                Materials = map,
                Depth = device.Geometry.Width,
                CompactLayer = device.Psg.SternThickness,
                FilmThickness = device.Psg.Thickness,
                Scale = table.OptionalNumber("scale", "m", Bounds.Positive) ?? 1,
                YPointsUp = table.OptionalBoolean("y_points_up") ?? false,
                Repair = table.OptionalBoolean("repair") ?? true,
            },
        };
    }

    private static SectionRectangle ReadRectangle(TableReader table)
    {
        var shape = new Rectangle(table.Text("name"), table.Choice<MaterialKind>("material"),
            table.Number("left", "m", Bounds.Any), table.Number("right", "m", Bounds.Any),
            table.Number("top", "m", Bounds.Any), table.Number("bottom", "m", Bounds.Any));
        if (shape.Left >= shape.Right)
            throw table.Error("right", "must be greater than left");
        if (shape.Top >= shape.Bottom)
            throw table.Error("bottom", "must be greater than top");
        double cell = table.Number("cell", "m", Bounds.Positive);
        var rectangle = new SectionRectangle(shape, cell, table.OptionalNumber("edge_cell", "m", Bounds.Positive) ?? cell);
        table.Finish();
        return rectangle;
    }

    private static FineLine ReadFineLine(TableReader table)
    {
        var line = new FineLine(table.Number("at", "m", Bounds.Any), table.Number("size", "m", Bounds.Positive));
        table.Finish();
        return line;
    }

    private Func<double, double> ReadFilm(TableReader table)
    {
        double nominal = device.Psg.Thickness;
        string kind = table.Text("kind");
        Func<double, double> film = kind switch
        {
            "step" => FilmThickness.Step(
                table.Number("position", "m", Bounds.Any), table.Number("width", "m", Bounds.Positive),
                table.Number("before", "m", Bounds.Positive) / nominal, table.Number("after", "m", Bounds.Positive) / nominal),
            "roughness" => Roughness(table, nominal),
            "rounded-edges" => RoundedEdges(table, nominal),
            _ => throw table.Error("kind", "must be one of step, roughness, rounded-edges"),
        };
        table.Finish();
        return film;
    }

    private static Func<double, double> Roughness(TableReader table, double nominal)
    {
        double rms = table.Number("rms", "m", Bounds.Positive) / nominal;
        var field = new RandomField(table.Number("correlation", "m", Bounds.Positive), table.Integer("seed", Seeds));
        return x => 1 + rms * field.At(x, 0);
    }

    private static Func<double, double> RoundedEdges(TableReader table, double nominal)
    {
        double run = table.Number("run", "m", Bounds.Positive), lift = table.Number("lift", "m", Bounds.Positive) / nominal;
        Func<double, double> left = FilmThickness.RoundedEdge(table.Number("left", "m", Bounds.Any), run, lift, -1);
        Func<double, double> right = FilmThickness.RoundedEdge(table.Number("right", "m", Bounds.Any), run, lift, 1);
        return x => left(x) + right(x) - 1;
    }

    private static SiteEnergies ReadEnergies(TableReader table)
    {
        var energies = new SiteEnergies(table.Number("rms", "eV", Bounds.NonNegative),
            table.Number("correlation", "m", Bounds.Positive), table.Integer("seed", Seeds));
        table.Finish();
        return energies;
    }

    private static Pinhole ReadPinhole(TableReader table)
    {
        var pinhole = new Pinhole(table.Number("position", "m", Bounds.Any),
            table.Number("width", "m", Bounds.Positive), table.Number("factor", "1", Bounds.Positive));
        table.Finish();
        return pinhole;
    }
}
