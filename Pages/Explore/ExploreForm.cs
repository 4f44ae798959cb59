using System.Globalization;
using System.Text.Json;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Cases.Schema;
using FvSolver.Materials;

namespace FvSolver.Pages.Explore;

/// <summary>The form of a live page: every parameter with its field and slider, the presets, and the steps of the protocol.</summary>
internal static class ExploreForm
{
    /// <summary>The form as JSON: <c>form</c> with case, presets, sections of parameters, protocol and the kinds of steps.</summary>
    public static byte[] Of(CaseDefinition definition, IReadOnlyList<IReadOnlyDictionary<string, string>> protocol)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("form");
            json.WriteString("case", definition.SourceName);
            json.WriteString("title", definition.Title);
            json.WriteString("description", definition.Description);
            json.WriteString("preset", definition.Preset.Name);
            json.WriteStartArray("presets");
            foreach (string name in PresetLibrary.Names.Prepend(definition.Preset.Name).Distinct())
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("sections");
            foreach (IGrouping<string, ParameterValue> section in ShowCommand.Sections(definition))
            {
                json.WriteStartObject();
                json.WriteString("name", section.Key);
                json.WriteStartArray("parameters");
                foreach (ParameterValue value in section)
                    Write(json, value);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("protocol");
            foreach (IReadOnlyDictionary<string, string> step in protocol)
                JsonSerializer.Serialize(json, step);
            json.WriteEndArray();
            json.WriteStartObject("steps");
            foreach ((string type, string meaning, TableForm table) in ProtocolForms.Step.Kinds)
            {
                json.WriteStartObject(type);
                json.WriteString("meaning", meaning);
                json.WritePropertyName("keys");
                JsonSerializer.Serialize(json, table.Keys.Select(
                    k => new { name = k.Name, meaning = k.Meaning, sample = k.Sample.Trim('"'), required = k.IsRequired }));
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ParameterValue value)
    {
        Parameter parameter = RunSettings.FindParameter(value.Path)!;
        json.WriteStartObject();
        json.WriteString("path", value.Path);
        json.WriteString("symbol", value.Symbol);
        json.WriteString("unit", value.Unit);
        json.WriteString("value", ShowCommand.Shown(value));
        json.WriteString("kind", ShowCommand.Origin(value));
        json.WriteString("reference", value.Reference);
        json.WriteString("meaning", parameter.Description);
        json.WriteString("allowed", parameter.Allowed);
        if (parameter.Type.IsEnum || parameter.Type == typeof(bool))
        {
            json.WritePropertyName("choices");
            JsonSerializer.Serialize(json, parameter.Type.IsEnum ? ParameterNames.Choices(parameter.Type) : ["false", "true"]);
        }
        else if (Slider(value, parameter) is { } slider)
        {
            json.WriteStartObject("slider");
            json.WriteNumber("low", slider.Low);
            json.WriteNumber("high", slider.High);
            json.WriteNumber("at", slider.At);
            json.WriteBoolean("log", slider.Log);
            json.WriteBoolean("whole", value.Value is int);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>A decade to either side of a positive value, its own size to either side of a potential
    /// or energy; within what is allowed.</summary>
    private static (double Low, double High, double At, bool Log)? Slider(ParameterValue value, Parameter parameter)
    {
        if (value.Value is not (double or int))
            return null;
        double at = Convert.ToDouble(value.Value, CultureInfo.InvariantCulture), min = parameter.Bounds.Min, max = parameter.Bounds.Max;
        if (!double.IsFinite(at))
            return null;
        if (at == 0 || value.Unit is "V" or "eV" or "K")
        {
            double size = value.Unit == "K" ? 100 : at != 0 ? Math.Abs(at) : value.Unit is "V" or "eV" ? 1 : double.NaN;
            (double low, double high) = double.IsNaN(size) ? (min, max) : (Math.Max(min, at - size), Math.Min(max, at + size));
            return double.IsFinite(low) && double.IsFinite(high) && low < high && high < 1e6 ? (low, high, at, false) : null;
        }
        if (at < 0)
            return (Math.Max(min, 2 * at), Math.Min(max, 0), at, false);
        return (Math.Max(at / 10, min > 0 ? min : 0), Math.Min(10 * at, max), at, true);
    }
}
