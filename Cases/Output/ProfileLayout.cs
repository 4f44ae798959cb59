using FvSolver.Cases.Output.Hdf5;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>How sampled fields are stored: a group for each part of the mesh, with all fields on its nodes.</summary>
/// <remarks>
/// <code>
/// /profiles                attribute columns: PART/FIELD in order
/// /profiles/PART/time      times of the samples, the same in each part
/// /profiles/PART/z         depths of the nodes; in 1-D the scale of the fields' second dimension
/// /profiles/PART/x, node   in 2-D: positions along the channel, and the scale
/// /profiles/PART/triangles, mesh   in 2-D where there are any: triples of nodes, and what UGRID says about them
/// /profiles/PART/FIELD     samples x nodes
/// </code>
/// Layout 1 had /profiles/time and for each field a group with z, x, triangles and values.
/// </remarks>
internal static class ProfileLayout
{
    public static void Add(DataGroup group, ProfileSet profiles)
    {
        group.Attributes["columns"] = profiles.Fields.Select(f => $"{PartOf(f)}/{f.Name}").ToArray();
        foreach (IGrouping<string, ProfileField> part in profiles.Fields.GroupBy(PartOf))
            AddPart(group.Group(part.Key), profiles.Times, [.. part]);
    }

    public static ProfileSet Read(DataGroup group)
    {
        var profiles = new ProfileSet();
        bool isOld = group.DataSets.ContainsKey("time");
        foreach (string path in ResultLayout.Order(group, "columns", []))
        {
            DataGroup part = group.Groups[isOld ? path : path[..path.IndexOf('/')]];
            string name = path[(path.IndexOf('/') + 1)..];
            if (profiles.Fields.Count == 0)
                profiles.Times.AddRange(Doubles(isOld ? group : part, "time"));
            DataSet values = part.DataSets[isOld ? "values" : name];
            double[] flat = (double[])values.Value;
            int nodes = values.Shape[1];
            double[] z = Doubles(part, "z"), x = Doubles(part, "x");
            if (z.Length != nodes || (x.Length > 0 && x.Length != nodes))
                throw new InvalidDataException($"the field '{path}' has {nodes} nodes at {z.Length} places");
            if (values.Shape[0] != profiles.Times.Count)
                throw new InvalidDataException($"the field '{path}' has {values.Shape[0]} samples at {profiles.Times.Count} times");
            List<double[]> samples = [.. Enumerable.Range(0, values.Shape[0]).Select(i => flat.AsSpan(i * nodes, nodes).ToArray())];
            profiles.Fields.Add(new ProfileField(name, values.Unit, values.LongName, z, x, samples)
            {
                Part = isOld ? "" : path[..path.IndexOf('/')],
                Triangles = part.DataSets.TryGetValue("triangles", out DataSet? t) ? (int[])t.Value : [],
            });
        }
        return profiles;
    }

    /// <summary>Fields of layout 1 do not say to which part they belong: each gets one of its own.</summary>
    internal static string PartOf(ProfileField field) => field.Part.Length > 0 ? field.Part : field.Name;

    private static void AddPart(DataGroup group, List<double> times, ProfileField[] fields)
    {
        ProfileField first = fields[0];
        int nodes = first.Position.Length;
        bool isPlane = first.PositionX.Length > 0;
        string along = isPlane ? "node" : "z";
        group.Add("time", times.ToArray(), "s", "time of each sample", dimensions: ["time"]);
        DataSet depth = group.Add("z", first.Position, "m", "depth from the top of the gate", dimensions: [along]);
        depth.Attributes["axis"] = "Z";
        depth.Attributes["positive"] = "down";
        if (isPlane)
        {
            group.AddIndex("node", nodes, "number of the node");
            group.Add("x", first.PositionX, "m", "position along the channel", dimensions: ["node"]);
        }
        if (first.Triangles.Length > 0)
            AddMesh(group, first.Triangles);
        foreach (ProfileField field in fields)
        {
            double[] values = new double[field.Samples.Count * nodes];
            for (int i = 0; i < field.Samples.Count; i++)
                field.Samples[i].CopyTo(values, i * nodes);
            DataSet data = group.Add(field.Name, values, field.Unit, field.LongName, [field.Samples.Count, nodes], ["time", along]);
            if (isPlane)
                data.Attributes["coordinates"] = "x z";
            if (field.Triangles.Length > 0)
                (data.Attributes["mesh"], data.Attributes["location"]) = ("mesh", "node");
        }
    }

    private static void AddMesh(DataGroup group, int[] triangles)
    {
        group.AddIndex("triangle", triangles.Length / 3, "number of the triangle");
        group.AddIndex("corner", 3, "corner of the triangle");
        group.Add("triangles", triangles, "1", "nodes of each triangle", [triangles.Length / 3, 3], ["triangle", "corner"])
            .Attributes["start_index"] = 0;
        Dictionary<string, object> mesh = group.Add("mesh", 0, "1", "triangles and their nodes").Attributes;
        mesh["cf_role"] = "mesh_topology";
        mesh["topology_dimension"] = 2;
        mesh["node_coordinates"] = "x z";
        mesh["face_node_connectivity"] = "triangles";
    }

    private static double[] Doubles(DataGroup group, string name) =>
        group.DataSets.TryGetValue(name, out DataSet? data) ? (double[])data.Value : [];
}
