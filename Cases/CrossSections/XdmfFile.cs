using System.Globalization;
using System.Xml.Linq;
using FvSolver.Cases.Output;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CrossSections;

/// <summary>Fields of a cross-section for viewers: XDMF 3 descriptions, and the numbers in an HDF5 file of their own.</summary>
/// <remarks>
/// <para>
/// Readers agree on little: two of ParaView's three know no hyperslabs, so every sample of a field is a dataset; meshio wants one series of
/// uniform grids. <c>NAME.xdmf</c> has a series for each part of the device (electrodes among them), which viewers show as blocks;
/// <c>NAME.PART.xdmf</c> has one part. Units stand in the names, since XDMF has no place for them that viewers show.
/// </para>
/// <code>
/// NAME.fields.h5    /PART/points   (x, -z) of the nodes [m]
///                   /PART/cells    triples of nodes; for a part without area its nodes along x
///                   /PART/FIELD/0, 1, ...   one dataset a sample
/// </code>
/// </remarks>
public static class XdmfFile
{
    /// <summary>Writes the files beside a result; nothing when no field has triangles.</summary>
    /// <exception cref="OutputException">One cannot be written.</exception>
    public static void WriteBeside(string resultPath, ProfileSet profiles)
    {
        if (profiles.Fields.All(f => f.Triangles.Length == 0) || profiles.Times.Count == 0)
            return;
        string fields = Path.ChangeExtension(resultPath, ".fields.h5");
        IGrouping<string, ProfileField>[] parts = [.. profiles.Fields.GroupBy(f => f.Part.Length > 0 ? f.Part : f.Name)];
        try
        {
            OutputFile.Write(fields, file =>
            {
                new Hdf5Format().Write(file, Numbers(parts));
                Seal.Append(file);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(fields, $"cannot be written: {OutputException.Describe(e)}", e);
        }
        void Save(string ending, IGrouping<string, ProfileField>[] some)
        {
            using var content = new MemoryStream();
            Describe(profiles.Times, some, Path.GetFileName(fields)).Save(content);
            OutputFile.WriteBytes(Path.ChangeExtension(resultPath, ending), content.ToArray());
        }
        Save(".xdmf", parts);
        foreach (IGrouping<string, ProfileField> part in parts)
            Save($".{part.Key}.xdmf", [part]);
    }

    private static DataGroup Numbers(IEnumerable<IGrouping<string, ProfileField>> parts)
    {
        var root = new DataGroup();
        foreach (IGrouping<string, ProfileField> part in parts)
        {
            DataGroup group = root.Group(part.Key);
            ProfileField first = part.First();
            double[] points = [.. Enumerable.Range(0, first.Position.Length)
                .SelectMany(n => new[] { first.PositionX[n], -first.Position[n] })];
            group.Add("points", points, "m", "position along the channel and height", [points.Length / 2, 2]);
            if (first.Triangles.Length > 0)
                group.Add("cells", first.Triangles, "1", "nodes of each triangle", [first.Triangles.Length / 3, 3]);
            else
                group.Add("cells", NodesAlong(first), "1", "nodes along x", [1, first.Position.Length]);
            foreach (ProfileField field in part)
                for (int i = 0; i < field.Samples.Count; i++)
                    group.Group(field.Name).Add($"{i}", field.Samples[i], field.Unit, field.LongName);
        }
        return root;
    }

    private static int[] NodesAlong(ProfileField field) => [.. Enumerable.Range(0, field.Position.Length).OrderBy(n => field.PositionX[n])];

    private static XDocument Describe(List<double> times, IGrouping<string, ProfileField>[] parts, string file) =>
        new(new XComment($" {OutputFile.Mark} "),
            new XElement("Xdmf", new XAttribute("Version", "3.0"), new XElement("Domain", parts.Select(part => new XElement("Grid",
            new XAttribute("Name", part.Key), new XAttribute("GridType", "Collection"), new XAttribute("CollectionType", "Temporal"),
            times.Select((time, i) => Grid(part, file, time, i)))))));

    private static XElement Grid(IGrouping<string, ProfileField> part, string file, double time, int sample)
    {
        ProfileField first = part.First();
        int nodes = first.Position.Length, triangles = first.Triangles.Length / 3;
        string place = $"{file}:/{part.Key}";
        XElement topology = triangles > 0
            ? new("Topology", new XAttribute("TopologyType", "Triangle"), new XAttribute("NumberOfElements", triangles),
                Data($"{triangles} 3", "Int", 4, $"{place}/cells"))
            : new("Topology", new XAttribute("TopologyType", "Polyline"), new XAttribute("NodesPerElement", nodes),
                new XAttribute("NumberOfElements", 1),
                Data($"1 {nodes}", "Int", 4, $"{place}/cells"));
        return new("Grid", new XAttribute("Name", part.Key), new XAttribute("GridType", "Uniform"),
            new XElement("Time", new XAttribute("Value", time.ToString("R", CultureInfo.InvariantCulture))),
            topology,
            new XElement("Geometry", new XAttribute("GeometryType", "XY"), Data($"{nodes} 2", "Float", 8, $"{place}/points")),
            part.Select(field => new XElement("Attribute",
                new XAttribute("Name", field.Unit == "1" ? field.Name : $"{field.Name} [{field.Unit}]"),
                new XAttribute("AttributeType", "Scalar"), new XAttribute("Center", "Node"),
                Data($"{nodes}", "Float", 8, $"{place}/{field.Name}/{sample}"))));
    }

    private static XElement Data(string dimensions, string type, int precision, string place) => new("DataItem",
        new XAttribute("Dimensions", dimensions), new XAttribute("NumberType", type), new XAttribute("Precision", precision),
        new XAttribute("Format", "HDF"), place);
}
