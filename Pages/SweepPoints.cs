using System.Globalization;
using System.Text.Json;
using FvSolver.Cases.Fits.Calibration;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Sweeps;
using FvSolver.Solver.Observe;

namespace FvSolver.Pages;

/// <summary>The points of a sweep or a calibration, for a page: which columns vary, and which commands open the run of a point.</summary>
internal static class SweepPoints
{
    private const string Point = "point", Failed = "failed", Parameter = SweepTable.ParameterMark + " ";

    /// <summary>Writes the property <c>points</c> when the result is of a sweep or a calibration.</summary>
    public static void Write(Utf8JsonWriter json, Result result)
    {
        Table points = result.Record.Series;
        if (points.Count < 2 || points.Columns is not [{ Name: Point }, { Name: Failed }, ..])
            return;
        Column[] varying = [.. points.Columns.Skip(2).Where(c => points[c.Name].Where(double.IsFinite).Distinct().Count() > 1)];
        if (varying.Length < 2)
            return;
        Column[] parameters = [.. points.Columns.Where(c => c.LongName.StartsWith(Parameter, StringComparison.Ordinal))];
        json.WriteStartObject("points");
        json.WriteStartArray("axes");
        foreach (Column column in varying)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WritePropertyName("choices");
            JsonSerializer.Serialize(json, Choices(column));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WritePropertyName("commands");
        JsonSerializer.Serialize(json, Commands(result.Header));
        json.WriteStartArray("settings");
        for (int i = 0; i < points.Count; i += PageData.Every(points))
            json.WriteStringValue(string.Join(' ', parameters.Select(c => $"--set {Argument($"{c.Name}={Value(c, points[c.Name][i])}")}")));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Names of the choices of a parameter, in the order of their numbers; none of a number.</summary>
    private static string[] Choices(Column column) =>
        $"{Parameter}{column.Name}: " is var start && column.LongName.StartsWith(start, StringComparison.Ordinal)
            ? column.LongName[start.Length..].Split(", ") : [];

    private static string Value(Column column, double value) =>
        Choices(column) is { Length: > 0 } names ? names[(int)value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The commands that run a point, but for its parameters: of a calibration one for each case that its targets run.</summary>
    private static IEnumerable<string> Commands(ResultHeader header)
    {
        if (header.CaseName.Length == 0)
            return [];
        if (!TomlDocument.Parse(header.CaseText, header.CaseName).Entries.ContainsKey("target"))
            return [Command(CaseLibrary.Find(Path.GetFileNameWithoutExtension(header.CaseName)) == header.CaseText
                ? Path.GetFileNameWithoutExtension(header.CaseName) : header.CaseName, header.CaseText, [])];
        return TargetsFile.Parse(header.CaseText, header.CaseName).Sources.Values.Select(source =>
        {
            string path = CasePath.Beside(source.Case, header.CaseName);
            return Command(path, CaseLibrary.Find(path) ?? (File.Exists(path) ? File.ReadAllText(path) : ""), source.Set);
        }).Distinct();
    }

    // A study cannot be explored.
    private static string Command(string name, string text, IEnumerable<string> settings) => string.Join(' ',
    [
        "fv", TomlDocument.Parse(text, name).Entries.ContainsKey("study") ? "run" : "explore", Argument(name),
        .. settings.Select(s => $"--set {Argument(s)}"),
    ]);

    private static string Argument(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || "._=-+/:,".Contains(c, StringComparison.Ordinal)) ? text : SlurmBackend.Quote(text);
}
