using System.Globalization;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Output;

/// <summary>Layout 2 of a result file: which group and dataset holds what.</summary>
/// <remarks>
/// <code>
/// /                        title, case, case_name, command_line, code_version, created, warnings, layout
/// /series/NAME             one dataset a column, rows over the scale time; attribute columns: their order
/// /pulses/NAME             the same over the scale pulse, the number of the pulse from 1
/// /envelopes/NAME          where not every pulse has a row: all of them, decade by decade of their number
/// /profiles/PART/FIELD     sampled fields: see <see cref="ProfileLayout"/>
/// /parameters/A/B          value of the parameter A.B; symbol, kind, reference; attribute paths: their order
/// /figures/NAME            single numbers; attributes kind (follows, calibrated, input), numerical_error where estimated
/// /plots/NAME              pictures: see <see cref="FigureStore"/>
/// /checkpoint/doubles, longs   state; texts are attributes of /checkpoint/strings
/// </code>
/// Every dataset has the attributes units and long_name; dimensions have scales, as netCDF-4 and xarray want them.
/// Texts in datasets are single ones. Layout 1, which is read too, had no scales, arrays of texts, and profiles kept in another way.
/// </remarks>
internal static class ResultLayout
{
    /// <summary>Version of the layout; a change that older readers cannot follow raises it.</summary>
    public const int Version = 2;

    public static DataGroup ToTree(Result result)
    {
        var root = new DataGroup();
        root.Attributes["Conventions"] = "CF-1.10 UGRID-1.0";
        root.Attributes["title"] = result.Header.Title;
        root.Attributes["case"] = result.Header.CaseText;
        root.Attributes["case_name"] = result.Header.CaseName;
        root.Attributes["command_line"] = result.Header.CommandLine;
        root.Attributes["code_version"] = result.Header.CodeVersion;
        root.Attributes["created"] = result.Header.Created.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        root.Attributes["layout"] = Version;

        AddTable(root.Group("series"), result.Record.Series, "time", "number of the row");
        AddTable(root.Group("pulses"), result.Record.Pulses, "pulse", "number of the pulse");
        if (result.Record.Envelopes is { } envelopes)
            AddTable(root.Group("envelopes"), envelopes, "first", "");
        ProfileLayout.Add(root.Group("profiles"), result.Record.Profiles);
        AddParameters(root.Group("parameters"), result.Parameters);
        DataGroup figures = root.Group("figures");
        foreach ((string name, Figure figure) in result.Record.Figures)
            AddFigure(figures, name, figure);
        root.Attributes["warnings"] = result.Record.Warnings.ToArray();
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
            Profiles = ProfileLayout.Read(root.Group("profiles")),
            Envelopes = root.Groups.TryGetValue("envelopes", out DataGroup? envelopes) ? ReadTable(envelopes) : null,
        };
        foreach ((string name, DataSet data) in root.Group("figures").DataSets)
            record.Figures.Add(name, ReadFigure(data));
        record.Warnings.AddRange(Texts(root, "warnings"));

        string Text(string attribute) => root.Attributes.GetValueOrDefault(attribute) as string ?? "";
        return new Result
        {
            Header = new ResultHeader
            {
                Title = Text("title"),
                CaseText = Text("case"),
                CaseName = Text("case_name"),
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

    /// <summary>Adds columns over one dimension: that of a column, or else the number of the row.</summary>
    private static void AddTable(DataGroup group, Table table, string dimension, string meaning)
    {
        group.Attributes["columns"] = table.Columns.Select(c => c.Name).ToArray();
        if (table.Columns.All(c => c.Name != dimension))
            group.AddIndex(dimension, table.Count, meaning, first: 1);
        foreach (Column column in table.Columns)
            group.Add(column.Name, table[column.Name].ToArray(), column.Unit, column.LongName, dimensions: [dimension]);
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

    private static void AddFigure(DataGroup group, string name, Figure figure)
    {
        DataSet data = group.Add(name, figure.Value, figure.Unit, figure.LongName);
        data.Attributes["kind"] = figure.Kind.ToString().ToLowerInvariant();
        if (!double.IsNaN(figure.NumericalError))
            data.Attributes["numerical_error"] = figure.NumericalError;
    }

    private static Figure ReadFigure(DataSet data) => new((double)data.Value, data.Unit, data.LongName)
    {
        Kind = Enum.Parse<FigureKind>(data.Text("kind", nameof(FigureKind.Follows)), ignoreCase: true),
        NumericalError = data.Attributes.GetValueOrDefault("numerical_error") as double? ?? double.NaN,
    };

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
            group.Group("strings").Attributes[name] = values;
    }

    private static Checkpoint ReadCheckpoint(DataGroup group)
    {
        var checkpoint = new Checkpoint();
        foreach ((string name, DataSet data) in group.Group("doubles").DataSets)
            checkpoint.Doubles.Add(name, (double[])data.Value);
        foreach ((string name, DataSet data) in group.Group("longs").DataSets)
            checkpoint.Longs.Add(name, (long[])data.Value);
        DataGroup strings = group.Group("strings");
        foreach (string name in strings.Attributes.Keys.Concat(strings.DataSets.Keys))
            checkpoint.Strings.Add(name, Texts(strings, name));
        return checkpoint;
    }

    /// <summary>Texts in an attribute, or, as layout 1 had them, in a dataset; none when there is neither.</summary>
    private static string[] Texts(DataGroup group, string name) =>
        group.Attributes.GetValueOrDefault(name) as string[] ?? group.DataSets.GetValueOrDefault(name)?.Value as string[] ?? [];

    /// <summary>The order that a group says its parts had, or what to take for it.</summary>
    internal static string[] Order(DataGroup group, string attribute, IEnumerable<string> otherwise) =>
        group.Attributes.GetValueOrDefault(attribute) as string[] ?? [.. otherwise];
}
