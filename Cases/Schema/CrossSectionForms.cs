using FvSolver.Materials;
using FvSolver.Mesh;
using static FvSolver.Cases.Schema.Describe;

namespace FvSolver.Cases.Schema;

/// <summary>The table <c>[cross_section]</c>.</summary>
internal static class CrossSectionForms
{
    private static readonly ChoiceForm Material = new(ParameterNames.Choices(typeof(MaterialKind)));

    /// <summary>The whole table: drawn from rectangles, or a mesh of Gmsh.</summary>
    public static VariantForm Section { get; } = new("",
    [
        ("rectangles", "Named rectangles of materials, meshed by the program.", new TableForm(
        [
            Needed("rectangles", new ListForm(Rectangle), "", "The drawing; a later rectangle covers an earlier one."),
            Needed("cell_x", Positive("m"), "\"12 nm\"", "Largest cell along x."),
            Optional("growth", new NumberForm("1", new Bounds(1, 10)), "1.3", "Largest ratio of neighbouring cells."),
            Optional("fine_x", new ListForm(FineLine), "", "Positions along x towards which cells get smaller."),
            Optional("film", Film, "", "Thickness of the electrolyte along x."),
            .. Disorder,
        ])),
        ("gmsh", "A mesh of Gmsh.", new TableForm(
        [
            Needed("gmsh", Text, "\"device.msh\"", "Mesh file of Gmsh, versions 2 and 4, text or binary."),
            Needed("materials", new MapForm(Material), "{ gate = \"gate-metal\", film = \"electrolyte\", channel = \"channel\" }",
                "Material of each physical group of the mesh."),
            Optional("scale", Positive("m"), "1", "Length of one unit of the mesh."),
            Optional("y_points_up", Flag, "false", "True when y of the mesh grows towards the gate."),
            Optional("repair", Flag, "true", "Flips edges until the mesh is a Delaunay one."),
            .. Disorder,
        ])),
    ]);

    private static KeyForm[] Disorder =>
    [
        Optional("site_energies", new TableForm(
            Needed("rms", NonNegative("eV"), "\"0.05 eV\"", "Root mean square of the energies."),
            Needed("correlation", Positive("m"), "\"5 nm\"", "Correlation length."),
            Needed("seed", Count(0), "1", "Seed of the random field.")), "",
            "Energies of the sites of PSG, random in space and frozen in time."),
        Optional("pinholes", new ListForm(new TableForm(
            Needed("position", Any("m"), "\"75 nm\"", "Middle along x."),
            Needed("width", Positive("m"), "\"2 nm\"", "Width along x."),
            Needed("factor", Positive("1"), "10", "Factor on the rate of hops."))), "", "Spots of PSG where protons hop faster."),
    ];

    private static TableForm Rectangle => new(
        Needed("name", Text, "\"film\"", "Name of the part, under which fields are stored."),
        Needed("material", Material, "\"electrolyte\"", "What it is made of."),
        Needed("left", Any("m"), "\"0 nm\"", "Left side, x."),
        Needed("right", Any("m"), "\"150 nm\"", "Right side, x."),
        Needed("top", Any("m"), "\"20 nm\"", "Upper side, z, which grows downward."),
        Needed("bottom", Any("m"), "\"30 nm\"", "Lower side, z."),
        Needed("cell", Positive("m"), "\"1.5 nm\"", "Largest cell along z."),
        Optional("edge_cell", Positive("m"), "\"1.5 nm\"", "Cells along z at its upper and lower side; as cell when left out."));

    private static TableForm FineLine => new(
        Needed("at", Any("m"), "\"0 nm\"", "Position along x."),
        Needed("size", Positive("m"), "\"0.3 nm\"", "Size of the cells there."));

    private static VariantForm Film => new("kind",
    [
        ("step", "A film with a step.", new TableForm(
            Needed("position", Any("m"), "\"75 nm\"", "Where the step is."),
            Needed("width", Positive("m"), "\"5 nm\"", "Width of the step."),
            Needed("before", Positive("m"), "\"10 nm\"", "Thickness on the left."),
            Needed("after", Positive("m"), "\"9 nm\"", "Thickness on the right."))),
        ("roughness", "A rough film: its lower side is even, its thickness a random field.", new TableForm(
            Needed("rms", Positive("m"), "\"0.3 nm\"", "Root mean square of the thickness about its mean."),
            Needed("correlation", Positive("m"), "\"10 nm\"", "Correlation length."),
            Needed("seed", Count(0), "1", "Seed of the random field."))),
        ("rounded-edges", "A gate whose edges are lifted.", new TableForm(
            Needed("left", Any("m"), "\"10 nm\"", "Left edge of the gate."),
            Needed("right", Any("m"), "\"140 nm\"", "Right edge of the gate."),
            Needed("run", Positive("m"), "\"12 nm\"", "Length over which the gate rises."),
            Needed("lift", Positive("m"), "\"2 nm\"", "How far it rises."))),
    ]);
}
