using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace FvSolver.Materials;

/// <summary>First sentences of the code's own documentation, from the XML file beside each assembly.</summary>
internal static class Documentation
{
    private static readonly Dictionary<Assembly, Dictionary<string, string>> Files = [];

    /// <summary>Summary of a property; empty when the documentation file is not installed.</summary>
    public static string Summary(PropertyInfo property)
    {
        Type type = property.DeclaringType!;
        lock (Files)
        {
            if (!Files.TryGetValue(type.Assembly, out Dictionary<string, string>? members))
                Files[type.Assembly] = members = Load(type.Assembly);
            return members.GetValueOrDefault($"P:{type.FullName}.{property.Name}", "");
        }
    }

    private static Dictionary<string, string> Load(Assembly assembly)
    {
        string file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        var members = new Dictionary<string, string>();
        if (!File.Exists(file))
            return members;
        try
        {
            foreach (XElement member in XDocument.Load(file).Descendants("member"))
                if (member.Attribute("name")?.Value is string name && member.Element("summary") is XElement summary)
                    members[name] = Flatten(summary);
        }
        catch (Exception e) when (e is XmlException or IOException)
        {
            // Meanings are a comfort: without them the catalogue still works.
        }
        return members;
    }

    private static string Flatten(XElement summary)
    {
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value is string cref
                ? ParameterNames.Snake(cref[(cref.LastIndexOf('.') + 1)..])
                : "",
            XElement element => element.Value,
            _ => "",
        });
        return string.Join(' ', string.Concat(parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
