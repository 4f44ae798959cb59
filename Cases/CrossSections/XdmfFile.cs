using System.Globalization;
using System.Xml.Linq;
using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.CrossSections;

/// <summary>Description in XDMF of the fields over triangles of a result file, which ParaView opens; the numbers stay in the HDF5 file.</summary>
/// <remarks>Version 3 of the format: a collection over time of collections over the fields, each on triangles of its own.</remarks>
public static class XdmfFile
{
    /// <summary>Writes the description beside a result, with the ending <c>.xdmf</c>; nothing when no field has triangles.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void WriteBeside(string resultPath, ProfileSet profiles)
    {
        if (profiles.Fields.All(f => f.Triangles.Length == 0) || profiles.Times.Count == 0)
            return;
        string path = Path.ChangeExtension(resultPath, ".xdmf");
        using var content = new MemoryStream();
        Describe(profiles, Path.GetFileName(resultPath)).Save(content);
        OutputFile.WriteBytes(path, content.ToArray());
    }

    /// <summary>The description.</summary>
    /// <param name="profiles">Sampled fields.</param>
    /// <param name="file">Name of the HDF5 file, in the same folder.</param>
    public static XDocument Describe(ProfileSet profiles, string file)
    {
        ProfileField[] fields = [.. profiles.Fields.Where(f => f.Triangles.Length > 0)];
        return new(new XComment($" {OutputFile.Mark} "), new XElement("Xdmf", new XAttribute("Version", "3.0"), new XElement("Domain",
            new XElement("Grid", new XAttribute("Name", "fields"), new XAttribute("GridType", "Collection"), new XAttribute("CollectionType", "Temporal"),
                profiles.Times.Select((time, i) => new XElement("Grid",
                    new XAttribute("Name", $"sample {i}"), new XAttribute("GridType", "Collection"), new XAttribute("CollectionType", "Spatial"),
                    new XElement("Time", new XAttribute("Value", time.ToString("R", CultureInfo.InvariantCulture))),
                    fields.Select(field => Grid(field, file, i))))))));
    }

    private static XElement Grid(ProfileField field, string file, int sample)
    {
        int nodes = field.Position.Length, triangles = field.Triangles.Length / 3;
        string place = $"{file}:/profiles/{field.Name}/";
        return new("Grid", new XAttribute("Name", field.Name), new XAttribute("GridType", "Uniform"),
            new XElement("Topology", new XAttribute("TopologyType", "Triangle"), new XAttribute("NumberOfElements", triangles),
                Data($"{triangles} 3", "Int", 4, place + "triangles")),
            new XElement("Geometry", new XAttribute("GeometryType", "XY"), Data($"{nodes} 2", "Float", 8, place + "points")),
            new XElement("Attribute", new XAttribute("Name", field.Name), new XAttribute("AttributeType", "Scalar"), new XAttribute("Center", "Node"),
                new XElement("DataItem", new XAttribute("ItemType", "HyperSlab"), new XAttribute("Dimensions", $"1 {nodes}"),
                    new XElement("DataItem", new XAttribute("Dimensions", "3 2"), new XAttribute("Format", "XML"), $"{sample} 0 1 1 1 {nodes}"),
                    Data($"{field.Samples.Count} {nodes}", "Float", 8, place + "values"))));
    }

    private static XElement Data(string dimensions, string type, int precision, string place) => new("DataItem",
        new XAttribute("Dimensions", dimensions), new XAttribute("NumberType", type), new XAttribute("Precision", precision),
        new XAttribute("Format", "HDF"), place);
}
