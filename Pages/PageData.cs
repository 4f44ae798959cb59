using System.Runtime.InteropServices;
using System.Text.Json;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Plots.Views;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Pages;

/// <summary>What a page shows, as JSON: numbers as base64 of little-endian arrays, texts escaped so that
/// they cannot end their script element.</summary>
/// <remarks>
/// <code>
/// results: name, title, origin, figures, warnings, tables (columns f8), times f8, fields (z, x f8; grid; samples f4), parameters
/// views:   name, title, note, columns, panels (axes, curves f8, references, map) - the figures of all results laid over each other
/// </code>
/// </remarks>
internal static class PageData
{
    private const int MostRows = 8000;

    /// <summary>The data of a page of results.</summary>
    /// <param name="results">Results, each with the name by which the page calls it.</param>
    public static byte[] Of(IReadOnlyList<(string Name, Result Result)> results)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, results);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>Writes the properties <c>results</c> and <c>views</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(string Name, Result Result)> results)
    {
        json.WriteStartArray("results");
        foreach ((string name, Result result) in results)
            Write(json, name, result);
        json.WriteEndArray();
        json.WriteStartArray("views");
        foreach (FigureSpec figure in Overlay.Views(results))
            // Fields have a place of their own, where time moves.
            if (figure.Name is not ("profiles" or "along"))
                Write(json, figure);
        json.WriteEndArray();
        if (results.Count == 1)
            SweepPoints.Write(json, results[0].Result);
    }

    private static void Write(Utf8JsonWriter json, string name, Result result)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("title", result.Header.Title);
        json.WriteString("created", result.Header.Created.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'"));
        json.WriteString("command", result.Header.CommandLine);
        json.WriteString("version", result.Header.CodeVersion);
        json.WriteStartArray("warnings");
        foreach (string warning in result.Record.Warnings)
            json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteStartArray("figures");
        foreach ((string key, Figure figure) in result.Record.Figures)
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            json.WriteString("label", figure.LongName);
            Number(json, "value", figure.Value);
            json.WriteString("unit", figure.Unit);
            json.WriteString("kind", ParameterNames.Choice(figure.Kind));
            Number(json, "error", figure.NumericalError);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("tables");
        Write(json, "pulses", result.Record.Pulses);
        Write(json, "series", result.Record.Series);
        json.WriteEndObject();
        Write(json, result.Record.Profiles);
        json.WriteStartArray("parameters");
        foreach (StoredParameter p in result.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("path", p.Path);
            json.WriteString("symbol", p.Symbol);
            json.WriteString("unit", p.Unit);
            json.WriteString("value", p.Value switch
            {
                bool flag => flag ? "true" : "false",
                double n => Typography.Number(n, "G10"),
                var v => $"{v}"
            });
            json.WriteString("kind", ParameterNames.Choice(p.Kind));
            json.WriteString("reference", p.Reference);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Of a long table a page holds each row whose number is a multiple of this.</summary>
    public static int Every(Table table) => (table.Count + MostRows - 1) / MostRows;

    private static void Write(Utf8JsonWriter json, string name, Table table)
    {
        if (table.Count == 0)
            return;
        int every = Every(table);
        json.WriteStartObject(name);
        json.WriteNumber("every", every);
        json.WriteStartArray("columns");
        foreach (Column column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("unit", Typography.Unit(column.Unit));
            json.WriteString("label", column.LongName);
            IReadOnlyList<double> values = table[column.Name];
            Array(json, "data", every == 1 ? [.. values] : [.. values.Where((_, i) => i % every == 0)]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProfileSet profiles)
    {
        Array(json, "times", [.. profiles.Times]);
        var grids = new Dictionary<string, FieldGrid>();
        json.WriteStartArray("fields");
        foreach (ProfileField field in profiles.Fields.Where(
            f => f.Samples.Count > 0 && f.Position.Length > 1 && f.Part is not (ProfileParts.Gate or ProfileParts.Contacts)))
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("unit", Typography.Unit(field.Unit));
            json.WriteString("label", field.LongName);
            Func<double[], float[]> shown = values => [.. values.Select(v => (float)v)];
            if (field.Triangles.Length > 0)
            {
                if (!grids.TryGetValue(field.Part, out FieldGrid? grid))
                    grids[field.Part] = grid = FieldGrid.Of(field.PositionX, field.Position, field.Triangles);
                Array(json, "x", grid.X);
                Array(json, "z", grid.Y);
                json.WriteBoolean("map", true);
                shown = grid.Sample;
            }
            else
            {
                bool isAlong = field.PositionX.Length > 0;
                double[] place = isAlong ? field.PositionX : field.Position;
                int[] order = [.. Enumerable.Range(0, place.Length).OrderBy(n => place[n])];
                Array(json, isAlong ? "x" : "z", [.. order.Select(n => place[n])]);
                shown = values => [.. order.Select(n => (float)values[n])];
            }
            json.WriteStartArray("samples");
            foreach (double[] sample in field.Samples)
                json.WriteBase64StringValue(MemoryMarshal.AsBytes<float>(shown(sample)));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("outlines");
        foreach (ProfileField metal in profiles.Fields.Where(
            f => f.Part is ProfileParts.Gate or ProfileParts.Contacts && f.Triangles.Length > 0))
        {
            (double[] x, double[] z) = Outline.Of(metal.PositionX, metal.Position, metal.Triangles);
            json.WriteStartObject();
            json.WriteString("label", metal.Part == ProfileParts.Gate ? "gate" : "source and drain");
            Array(json, "x", x);
            Array(json, "z", z);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FigureSpec figure)
    {
        json.WriteStartObject();
        json.WriteString("name", figure.Name);
        json.WriteString("title", figure.Title);
        json.WriteString("note", figure.Note);
        json.WriteNumber("columns", figure.Columns);
        json.WriteStartArray("panels");
        foreach (PanelSpec panel in figure.Panels)
        {
            json.WriteStartObject();
            json.WriteString("title", panel.Title);
            Write(json, "x", panel.X);
            Write(json, "y", panel.Y);
            json.WriteBoolean("equal", panel.EqualScales);
            json.WriteStartArray("curves");
            for (int i = 0; i < panel.Curves.Count; i++)
                Write(json, panel.Curves[i], i);
            json.WriteEndArray();
            json.WriteStartArray("references");
            foreach (ReferenceSpec r in panel.References)
            {
                json.WriteStartObject();
                json.WriteString("label", r.Label);
                Number(json, "from", r.From);
                Number(json, "to", r.To);
                json.WriteBoolean("onX", r.OnX);
                json.WriteString("source", r.Source);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (panel.Map is { } map)
                Write(json, map);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, AxisSpec axis)
    {
        json.WriteStartObject(name);
        json.WriteString("label", axis.Label);
        json.WriteString("unit", Typography.Unit(axis.Unit));
        json.WriteBoolean("log", axis.Log);
        json.WriteBoolean("reversed", axis.Reversed);
        json.WriteBoolean("whole", axis.Whole);
        if (axis.TickStep is { } step)
            Number(json, "step", step);
        if (axis.Min is { } min)
            Number(json, "min", min);
        if (axis.Max is { } max)
            Number(json, "max", max);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CurveSpec curve, int position)
    {
        json.WriteStartObject();
        json.WriteString("label", curve.Label);
        json.WriteString("style", ParameterNames.Choice(curve.Style));
        json.WriteNumber("color", curve.Color ?? position);
        if (curve.Tone is { } tone)
            json.WriteNumber("tone", tone);
        json.WriteNumber("member", curve.Member);
        int[] kept = [.. Thinning.Indices(curve.Y)];
        Array(json, "x", [.. kept.Select(i => curve.X[i])]);
        Array(json, "y", [.. kept.Select(i => curve.Y[i])]);
        if (curve.YError.Length > 0)
            Array(json, "e", [.. kept.Select(i => curve.YError[i])]);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MapSpec map)
    {
        var grid = FieldGrid.Of(map.X, map.Y, map.Triangles);
        json.WriteStartObject("map");
        json.WriteString("label", map.Label);
        json.WriteString("unit", Typography.Unit(map.Unit));
        json.WriteBoolean("log", map.Log);
        Array(json, "x", grid.X);
        Array(json, "y", grid.Y);
        json.WriteBase64String("z", MemoryMarshal.AsBytes<float>(grid.Sample(map.Values)));
        json.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter json, string name, double[] values) =>
        json.WriteBase64String(name, MemoryMarshal.AsBytes<double>(values));

    // JSON has no words for what is no number.
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
