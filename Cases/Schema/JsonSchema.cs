using System.Text.Json.Nodes;
using FvSolver.Cases.Output;
using FvSolver.Materials;

namespace FvSolver.Cases.Schema;

/// <summary>Forms as JSON Schema, draft 7, by which editors complete and check TOML files.</summary>
/// <remarks>Taplo 0.9 ignores the bounds of numbers under a header of draft 4.</remarks>
public static class JsonSchema
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    /// <summary>The schema of a kind of file.</summary>
    public static string Write(FileForm file)
    {
        JsonObject root = Table(file.Root);
        root.Insert(0, "$schema", Draft);
        root.Insert(1, "title", file.Title);
        root.Insert(2, "$comment", $"written by {OutputFile.Mark}: fv schema {file.Name}");
        if (file.Definitions.Count > 0)
            root["definitions"] = new JsonObject(file.Definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)Value(d.Value))));
        return JsonText.Write(root) + "\n";
    }

    private static JsonObject Value(ValueForm form) => form switch
    {
        TextForm => new() { ["type"] = "string" },
        ChoiceForm choice => new() { ["enum"] = new JsonArray([.. choice.Choices.Select(c => JsonValue.Create(c))]) },
        FlagForm => new() { ["type"] = "boolean" },
        IntegerForm integer => Bounded(new() { ["type"] = "integer" }, integer.Bounds),
        NumberForm number => Number(number),
        ListForm list => List(list),
        EitherForm either => AnyOf(Value(either.First), Value(either.Second)),
        NamedForm named => new() { ["$ref"] = $"#/definitions/{named.Name}" },
        TableForm table => Table(table),
        VariantForm variant => Variants(variant),
        MapForm map => new() { ["type"] = "object", ["additionalProperties"] = Value(map.Item) },
        _ => throw new NotSupportedException($"there is no schema for {form.GetType().Name}"),
    };

    private static JsonObject Number(NumberForm number)
    {
        JsonObject plain = Bounded(new() { ["type"] = "number" }, number.Bounds);
        return AnyOf(plain, new() { ["type"] = "string", ["pattern"] = UnitPattern.Of(number.Unit) });
    }

    private static JsonObject Bounded(JsonObject schema, Bounds bounds)
    {
        if (!double.IsNegativeInfinity(bounds.Min))
            schema[bounds.ExclusiveMin ? "exclusiveMinimum" : "minimum"] = bounds.Min;
        if (!double.IsPositiveInfinity(bounds.Max))
            schema[bounds.ExclusiveMax ? "exclusiveMaximum" : "maximum"] = bounds.Max;
        return schema;
    }

    private static JsonObject List(ListForm list)
    {
        var array = new JsonObject { ["type"] = "array", ["items"] = Value(list.Item) };
        if (list.Least > 0)
            array["minItems"] = list.Least;
        return list.OrOne ? AnyOf(Value(list.Item), array) : array;
    }

    private static JsonObject AnyOf(params IEnumerable<JsonObject> forms) => new() { ["anyOf"] = new JsonArray([.. forms]) };

    private static JsonObject Table(TableForm table, string kindKey = "", string kind = "")
    {
        var properties = new JsonObject();
        if (kindKey.Length > 0)
            properties[kindKey] = new JsonObject { ["const"] = kind };
        foreach (KeyForm key in table.Keys)
            properties[key.Name] = Documented(Value(key.Value), key.Meaning);
        string[] required = [.. kindKey.Length > 0 ? [kindKey] : Array.Empty<string>(),
            .. table.Keys.Where(k => k.IsRequired).Select(k => k.Name)];
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
            schema["required"] = Names(required);
        if (table.ExactlyOne.Count > 0)
            schema["oneOf"] = Alternatives(table.ExactlyOne);
        if (table.AtLeastOne.Count > 0)
            schema["anyOf"] = Alternatives(table.AtLeastOne);
        return schema;
    }

    private static JsonArray Alternatives(IReadOnlyList<string> keys) =>
        new([.. keys.Select(k => new JsonObject { ["required"] = Names([k]) })]);

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);

    private static JsonObject Variants(VariantForm variant) => new()
    {
        ["oneOf"] = new JsonArray([.. variant.Kinds.Select(k =>
            Documented(Table(k.Table, variant.Key, k.Name), k.Meaning))]),
    };

    // Beside a reference, draft 7 ignores every other key.
    private static JsonObject Documented(JsonObject schema, string meaning)
    {
        if (schema.ContainsKey("$ref"))
            schema = new() { ["allOf"] = new JsonArray(schema) };
        schema.Insert(0, "description", meaning);
        return schema;
    }
}
