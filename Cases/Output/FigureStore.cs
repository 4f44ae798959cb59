using System.Text.Json;
using System.Text.Json.Serialization;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Output.Hdf5;

namespace FvSolver.Cases.Output;

/// <summary>
/// Pictures in a result file: <c>/plots/NAME</c> has the description as JSON in the attribute <c>description</c>,
/// and the numbers as datasets <c>panel1/curve1/x</c>, <c>y</c>, <c>y_error</c> and <c>panel1/map/x</c>, <c>y</c>,
/// <c>values</c>, <c>triangles</c>, so that any program can draw them anew.
/// </summary>
internal static class FigureStore
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Adds a figure to the group of all figures.</summary>
    public static void Add(DataGroup plots, FigureSpec figure)
    {
        DataGroup group = plots.Group(figure.Name);
        group.Attributes["description"] = JsonSerializer.Serialize(figure, Json);
        for (int i = 0; i < figure.Panels.Count; i++)
        {
            PanelSpec panel = figure.Panels[i];
            panel.Check();
            DataGroup inner = group.Group($"panel{i + 1}");
            for (int j = 0; j < panel.Curves.Count; j++)
            {
                CurveSpec curve = panel.Curves[j];
                DataGroup data = inner.Group($"curve{j + 1}");
                data.Add("x", curve.X, panel.X.Unit, panel.X.Label, dimensions: ["x"]);
                data.Add("y", curve.Y, panel.Y.Unit, curve.Label.Length > 0 ? $"{panel.Y.Label}, {curve.Label}" : panel.Y.Label,
                    dimensions: ["x"]);
                if (curve.YError.Length > 0)
                    data.Add("y_error", curve.YError, panel.Y.Unit, $"error of {panel.Y.Label}", dimensions: ["x"]);
            }
            if (panel.Map is { } map)
            {
                DataGroup data = inner.Group("map");
                data.AddIndex("node", map.Values.Length, "number of the node");
                data.Add("x", map.X, panel.X.Unit, panel.X.Label, dimensions: ["node"]);
                data.Add("y", map.Y, panel.Y.Unit, panel.Y.Label, dimensions: ["node"]);
                data.Add("values", map.Values, map.Unit, map.Label, dimensions: ["node"]);
                data.AddIndex("triangle", map.Triangles.Length / 3, "number of the triangle");
                data.AddIndex("corner", 3, "corner of the triangle");
                data.Add("triangles", map.Triangles, "1", "nodes of each triangle", [map.Triangles.Length / 3, 3], ["triangle", "corner"]);
            }
        }
    }

    /// <summary>Reads a figure from its own group.</summary>
    public static FigureSpec Read(string name, DataGroup group)
    {
        FigureSpec figure = JsonSerializer.Deserialize<FigureSpec>((string)group.Attributes["description"], Json)
            ?? throw new InvalidDataException($"the figure '{name}' has no description");
        figure = figure with { Panels = [.. figure.Panels.Select((panel, i) => WithData(panel, group.Group($"panel{i + 1}")))] };
        foreach (PanelSpec panel in figure.Panels)
            panel.Check();
        return figure;
    }

    private static PanelSpec WithData(PanelSpec panel, DataGroup group) => panel with
    {
        Curves = [.. panel.Curves.Select((curve, j) => curve with
        {
            X = Doubles(group.Group($"curve{j + 1}"), "x"),
            Y = Doubles(group.Group($"curve{j + 1}"), "y"),
            YError = Doubles(group.Group($"curve{j + 1}"), "y_error"),
        })],
        Map = panel.Map is null ? null : panel.Map with
        {
            X = Doubles(group.Group("map"), "x"),
            Y = Doubles(group.Group("map"), "y"),
            Values = Doubles(group.Group("map"), "values"),
            Triangles = (int[])group.Group("map").DataSets["triangles"].Value,
        },
    };

    private static double[] Doubles(DataGroup group, string name) =>
        group.DataSets.TryGetValue(name, out DataSet? data) ? (double[])data.Value : [];
}
