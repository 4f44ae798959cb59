using System.Globalization;
using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>Layout 1 of a result file: which group and dataset holds what.</summary>
/// <remarks>
/// <code>
/// /                        title, case, command_line, code_version, created, layout
/// /series/NAME             one dataset a column, rows over time; attribute columns: their order
/// /pulses/NAME             the same, one row a pulse
/// /profiles/time           times of the samples
/// /profiles/FIELD/z, x     positions of the nodes (x only in 2-D)
/// /profiles/FIELD/triangles, points   node triples and (x, -z) of the nodes, for viewers (only in 2-D)
/// /profiles/FIELD/values   samples x nodes
/// /parameters/A/B          value of the parameter A.B; symbol, kind, reference; attribute paths: their order
/// /figures/NAME            single numbers
/// /warnings                text
/// /plots/NAME              pictures: see <see cref="FigureStore"/>
/// /checkpoint/doubles, longs, strings
/// </code>
/// Every dataset has the attributes units and long_name.
/// </remarks>
internal static class ResultLayout
{
    /// <summary>Version of the layout; a change that older readers cannot follow raises it.</summary>
    public const int Version = 1;

    public static DataGroup ToTree(Result result)
    {
        var root = new DataGroup();
        root.Attributes["title"] = result.Header.Title;
        root.Attributes["case"] = result.Header.CaseText;
        root.Attributes["command_line"] = result.Header.CommandLine;
        root.Attributes["code_version"] = result.Header.CodeVersion;
        root.Attributes["created"] = result.Header.Created.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        root.Attributes["layout"] = Version;

        AddTable(root.Group("series"), result.Record.Series);
        AddTable(root.Group("pulses"), result.Record.Pulses);
        AddProfiles(root.Group("profiles"), result.Record.Profiles);
        AddParameters(root.Group("parameters"), result.Parameters);
        DataGroup figures = root.Group("figures");
        foreach ((string name, Figure figure) in result.Record.Figures)
            figures.Add(name, figure.Value, figure.Unit, figure.LongName);
        root.Add("warnings", result.Record.Warnings.ToArray(), "1", "warnings about physics or numerics");
        foreach (FigureSpec plot in result.Plots)
            FigureStore.Add(root.Group("plots"), plot);
        if (result.Checkpoint is { } checkpoint)
            AddCheckpoint(root.Group("checkpoint"), checkpoint);
        return root;
    }

    public static Result FromTree(DataGroup root)
    {
        var record = new RunRecord
        {
            Series = ReadTable(root.Group("series")),
            Pulses = ReadTable(root.Group("pulses")),
            Profiles = ReadProfiles(root.Group("profiles")),
        };
        foreach ((string name, DataSet data) in root.Group("figures").DataSets)
            record.Figures.Add(name, new Figure((double)data.Value, data.Unit, data.LongName));
        if (root.DataSets.TryGetValue("warnings", out DataSet? warnings))
            record.Warnings.AddRange((string[])warnings.Value);

        string Text(string attribute) => root.Attributes.GetValueOrDefault(attribute) as string ?? "";
        return new Result
        {
            Header = new ResultHeader
            {
                Title = Text("title"),
                CaseText = Text("case"),
                CommandLine = Text("command_line"),
                CodeVersion = Text("code_version"),
                Created = DateTime.Parse(Text("created"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            },
            Record = record,
            Parameters = ReadParameters(root.Group("parameters")),
            Plots = [.. root.Group("plots").Groups.Select(g => FigureStore.Read(g.Key, g.Value))],
            Checkpoint = root.Groups.TryGetValue("checkpoint", out DataGroup? saved) ? ReadCheckpoint(saved) : null,
        };
    }

    private static void AddTable(DataGroup group, Table table)
    {
        group.Attributes["columns"] = table.Columns.Select(c => c.Name).ToArray();
        foreach (Column column in table.Columns)
            group.Add(column.Name, table[column.Name].ToArray(), column.Unit, column.LongName);
    }

    private static Table ReadTable(DataGroup group)
    {
        string[] names = Order(group, "columns", group.DataSets.Keys);
        double[][] data = [.. names.Select(n => (double[])group.DataSets[n].Value)];
        var table = new Table([.. names.Select(n => new Column(n, group.DataSets[n].Unit, group.DataSets[n].LongName))]);
        double[] row = new double[names.Length];
        int rows = data.Length == 0 ? 0 : data.Max(d => d.Length);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = data[j][i];
            table.Append(row);
        }
        return table;
    }

    private static void AddProfiles(DataGroup group, ProfileSet profiles)
    {
        group.Attributes["columns"] = profiles.Fields.Select(f => f.Name).ToArray();
        group.Add("time", profiles.Times.ToArray(), "s", "time of each sample");
        foreach (ProfileField field in profiles.Fields)
        {
            DataGroup one = group.Group(field.Name);
            int nodes = field.Position.Length;
            double[] values = new double[field.Samples.Count * nodes];
            for (int i = 0; i < field.Samples.Count; i++)
                field.Samples[i].CopyTo(values, i * nodes);
            one.Add("z", field.Position, "m", "depth from the top of the gate");
            if (field.PositionX.Length > 0)
                one.Add("x", field.PositionX, "m", "position along the channel");
            if (field.Triangles.Length > 0)
                one.Add("points", Points(field), "m", "position along the channel and height, for viewers", [nodes, 2]);
            if (field.Triangles.Length > 0)
                one.Add("triangles", field.Triangles, "1", "nodes of each triangle", [field.Triangles.Length / 3, 3]);
            one.Add("values", values, field.Unit, field.LongName, [field.Samples.Count, nodes]);
        }
    }

    private static double[] Points(ProfileField field) =>
        [.. Enumerable.Range(0, field.Position.Length).SelectMany(n => new[] { field.PositionX[n], -field.Position[n] })];

    private static ProfileSet ReadProfiles(DataGroup group)
    {
        var profiles = new ProfileSet();
        profiles.Times.AddRange(Doubles(group, "time"));
        foreach (string name in Order(group, "columns", group.Groups.Keys))
        {
            DataGroup one = group.Groups[name];
            DataSet values = one.DataSets["values"];
            double[] flat = (double[])values.Value;
            int nodes = values.Shape[1];
            var samples = new List<double[]>(values.Shape[0]);
            for (int i = 0; i < values.Shape[0]; i++)
                samples.Add(flat.AsSpan(i * nodes, nodes).ToArray());
            profiles.Fields.Add(new ProfileField(name, values.Unit, values.LongName, Doubles(one, "z"), Doubles(one, "x"), samples)
            {
                Triangles = one.DataSets.TryGetValue("triangles", out DataSet? t) ? (int[])t.Value : [],
            });
        }
        return profiles;
    }

    private static void AddParameters(DataGroup group, IReadOnlyList<StoredParameter> parameters)
    {
        group.Attributes["paths"] = parameters.Select(p => p.Path).ToArray();
        foreach (StoredParameter p in parameters)
        {
            string[] parts = p.Path.Split('.');
            DataGroup section = parts[..^1].Aggregate(group, (g, part) => g.Group(part));
            DataSet data = section.Add(parts[^1], p.Value, p.Unit, p.Symbol.Length > 0 ? $"{p.Path}: {p.Symbol}" : p.Path);
            data.Attributes["symbol"] = p.Symbol;
            data.Attributes["kind"] = p.Kind.ToString().ToLowerInvariant();
            data.Attributes["reference"] = p.Reference;
        }
    }

    private static IReadOnlyList<StoredParameter> ReadParameters(DataGroup group)
    {
        var parameters = new List<StoredParameter>();
        foreach (string path in Order(group, "paths", []))
        {
            string[] parts = path.Split('.');
            DataSet data = parts[..^1].Aggregate(group, (g, part) => g.Groups[part]).DataSets[parts[^1]];
            parameters.Add(new StoredParameter(path, data.Text("symbol", ""), data.Unit, data.Value,
                Enum.Parse<Kind>(data.Text("kind", "user"), ignoreCase: true), data.Text("reference", "")));
        }
        return parameters;
    }

    private static void AddCheckpoint(DataGroup group, Checkpoint checkpoint)
    {
        const string meaning = "state from which the run continues";
        foreach ((string name, double[] values) in checkpoint.Doubles)
            group.Group("doubles").Add(name, values, "1", meaning);
        foreach ((string name, long[] values) in checkpoint.Longs)
            group.Group("longs").Add(name, values, "1", meaning);
        foreach ((string name, string[] values) in checkpoint.Strings)
            group.Group("strings").Add(name, values, "1", meaning);
    }

    private static Checkpoint ReadCheckpoint(DataGroup group)
    {
        var checkpoint = new Checkpoint();
        foreach ((string name, DataSet data) in group.Group("doubles").DataSets)
            checkpoint.Doubles.Add(name, (double[])data.Value);
        foreach ((string name, DataSet data) in group.Group("longs").DataSets)
            checkpoint.Longs.Add(name, (long[])data.Value);
        foreach ((string name, DataSet data) in group.Group("strings").DataSets)
            checkpoint.Strings.Add(name, (string[])data.Value);
        return checkpoint;
    }

    private static string[] Order(DataGroup group, string attribute, IEnumerable<string> otherwise) =>
        group.Attributes.GetValueOrDefault(attribute) as string[] ?? [.. otherwise];

    private static double[] Doubles(DataGroup group, string name) =>
        group.DataSets.TryGetValue(name, out DataSet? data) ? (double[])data.Value : [];
}
