using FvSolver.Cases.Input;
using FvSolver.Cases.Sampling;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;

namespace FvSolver.Cases.CrossSections;

/// <summary>Builds the mesh of a case's cross-section, and the factors on its hop rates.</summary>
public static class CrossSectionBuilder
{
    /// <summary>The mesh.</summary>
    /// <exception cref="MeshException">The geometry or the sizes do not fit.</exception>
    public static ControlVolumeMesh Mesh(CrossSectionCase section, Device device)
    {
        IEnumerable<MaterialKind> drawn = section.Gmsh is { } gmsh ? gmsh.Materials.Values
            : section.Rectangles.Select(r => r.Shape.Material);
        foreach (MaterialKind needed in (MaterialKind[])[MaterialKind.GateMetal, MaterialKind.Electrolyte, MaterialKind.Channel])
            if (!drawn.Contains(needed))
                throw new MeshException(
                    $"the drawing has no {ParameterNames.Choice(needed)}; a device needs gate-metal, electrolyte and channel");
        ControlVolumeMesh mesh = Draw(section, device);
        foreach (MaterialKind side in (MaterialKind[])[MaterialKind.GateMetal, MaterialKind.Channel])
            if (!mesh.Interfaces.Any(f => Joins(mesh, f, side)))
                throw new MeshException($"the electrolyte does not touch the {ParameterNames.Choice(side)}");
        return mesh;
    }

    private static bool Joins(ControlVolumeMesh mesh, Interface face, MaterialKind side)
    {
        (MaterialKind first, MaterialKind second) = (mesh.MaterialOf(face.First), mesh.MaterialOf(face.Second));
        return (first == side && second == MaterialKind.Electrolyte) || (first == MaterialKind.Electrolyte && second == side);
    }

    private static ControlVolumeMesh Draw(CrossSectionCase section, Device device)
    {
        if (section.GmshFile is not null)
            return GmshReader.Read(section.GmshFile, section.Gmsh!);
        var geometry = new CrossSection
        {
            Rectangles = [.. section.Rectangles.Select(r => r.Shape)],
            Depth = device.Geometry.Width,
            CompactLayer = device.Psg.SternThickness,
        };
        double[] required = geometry.RequiredX();
        FineLine[] fine = [.. section.FineX.Select(f => f with { Size = f.Size / section.Refinement })];
        double[] x = new LineGrading { MaxSize = section.CellX / section.Refinement, Growth = Growth(section), FineLines = fine }
            .Lines(required, device.Psg.SternThickness);
        return CrossSectionMesh.Build(geometry, x, LinesDown(section, geometry, device), Film(section, device));
    }

    /// <summary>Factor on the hop rate of each edge of the mesh; null when it is 1 everywhere.</summary>
    /// <remarks>A site energy E at the middle of an edge changes its barrier: factor e^(-E/kT) at the reference temperature.</remarks>
    public static double[]? HopFactors(CrossSectionCase section, Device device, ControlVolumeMesh mesh)
    {
        if (section.Energies is null && section.Pinholes.Count == 0)
            return null;
        RandomField? field = section.Energies is { } e ? new(e.Correlation, e.Seed) : null;
        double scale = (section.Energies?.Rms ?? 0) / Constants.ThermalVoltage(device.Heat.ReferenceTemperature);
        var factors = new double[mesh.EdgeCount];
        for (int i = 0; i < factors.Length; i++)
        {
            int left = mesh.EdgeLeft[i], right = mesh.EdgeRight[i];
            double x = 0.5 * (mesh.X[left] + mesh.X[right]), z = 0.5 * (mesh.Z[left] + mesh.Z[right]);
            factors[i] = field is null ? 1 : Math.Exp(-scale * field.At(x, z));
            foreach (Pinhole p in section.Pinholes)
                if (Math.Abs(x - p.Position) <= p.Width / 2)
                    factors[i] *= p.Factor;
        }
        return factors;
    }

    // Cells of a refined mesh grow by the same length over a distance that holds more of them.
    private static double Growth(CrossSectionCase section) => 1 + (section.Growth - 1) / section.Refinement;

    // Between two required lines, the finest sizes that the rectangles which show there ask for.
    private static double[] LinesDown(CrossSectionCase section, CrossSection geometry, Device device)
    {
        double layer = device.Psg.SternThickness;
        double[] required = geometry.RequiredZ(), across = geometry.RequiredX();
        var lines = new List<double> { required[0] };
        for (int k = 0; k + 1 < required.Length; k++)
        {
            double top = required[k], bottom = required[k + 1], middle = 0.5 * (top + bottom);
            if (bottom - top > layer * (1 + 1e-6))
            {
                SectionRectangle[] shown = [.. Enumerable.Range(0, across.Length - 1)
                    .Select(i => At(section, 0.5 * (across[i] + across[i + 1]), middle)).OfType<SectionRectangle>().Distinct()];
                if (shown.Length == 0)
                    throw new MeshException(FormattableString.Invariant(
                        $"between z = {top:G6} and {bottom:G6} m nothing is drawn, or nothing wide enough for a cell"));
                double cell = shown.Min(r => r.Cell) / section.Refinement,
                    edge = shown.Min(r => r.EdgeCell / (r.Shape.Material == MaterialKind.Channel ? 1 : section.Refinement));
                double[] own = new LineGrading { MaxSize = cell, Growth = Growth(section), FineLines = [new(top, edge), new(bottom, edge)] }
                    .Lines([top, bottom]);
                lines.AddRange(own.AsSpan(1, own.Length - 2));
            }
            lines.Add(bottom);
        }
        return DeviceStack.WithLastHop([.. lines], device, ChannelTop(section) - layer - device.Psg.HopDistance);
    }

    private static SectionRectangle? At(CrossSectionCase section, double x, double z) => section.Rectangles.LastOrDefault(r =>
        x > r.Shape.Left && x < r.Shape.Right && z > r.Shape.Top && z < r.Shape.Bottom);

    private static FilmThickness? Film(CrossSectionCase section, Device device)
    {
        if (section.Film is null)
            return null;
        double layer = device.Psg.SternThickness;
        double top = section.Rectangles.Where(r => r.Shape.Material == MaterialKind.GateMetal).Max(r => r.Shape.Bottom);
        return new(top + layer, ChannelTop(section) - layer, section.Film);
    }

    private static double ChannelTop(CrossSectionCase section) =>
        section.Rectangles.Where(r => r.Shape.Material == MaterialKind.Channel).Min(r => r.Shape.Top);
}
