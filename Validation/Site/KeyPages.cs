using System.Text;
using FvSolver.Cases.Input;
using FvSolver.Cases.Schema;
using FvSolver.Materials;

namespace FvSolver.Validation.Site;

/// <summary>Pages of all keys of the input files, from the forms that schemas and scaffolds are written from.</summary>
internal static class KeyPages
{
    /// <summary>Name of the page of a kind of file.</summary>
    public static string NameOf(FileForm file) => $"keys-{file.Name}.md";

    /// <summary>Every key of a kind of file: what it takes, a default or an example, what it means.</summary>
    public static string Write(FileForm file)
    {
        var text = new StringBuilder(
            $"# Keys of a {file.Name} file\n\n{file.Title} Required keys are in bold. Numbers are in the unit that is named, or texts "
                + "with a unit of their own.\n");
        Table(text, file.Title, "", file.Root);
        foreach ((string name, ValueForm form) in file.Definitions)
            Nested(text, name, "", form);
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string path, TableForm table)
    {
        text.Append($"\n## {(path.Length > 0 ? $"[{path}]" : "Top of the file")}\n\n{(path.Length > 0 ? title + "\n\n" : "")}");
        if (IsOfParameters(table))
        {
            // Each parameter takes the same table: it is shown once.
            text.Append($"By the path of a parameter: {string.Join(", ", table.Keys.Select(k => $"`{k.Name}`"))}.\n");
            Nested(text, $"{path}.PATH", table.Keys[0].Meaning, table.Keys[0].Value);
            return;
        }
        Rows(text, table);
        foreach (KeyForm key in table.Keys)
            Nested(text, path.Length > 0 ? $"{path}.{key.Name}" : key.Name, key.Meaning, key.Value);
    }

    private static void Nested(StringBuilder text, string path, string title, ValueForm form)
    {
        switch (form)
        {
            case TableForm table:
                Table(text, title, path, table);
                break;
            case ListForm list:
                Nested(text, path, title, list.Item);
                break;
            case MapForm map:
                Nested(text, path + ".NAME", title, map.Item);
                break;
            case EitherForm either:
                Nested(text, path, title, either.First);
                Nested(text, path, title, either.Second);
                break;
            case VariantForm variant:
                foreach ((string name, string meaning, TableForm table) in variant.Kinds)
                    Table(text, meaning, variant.Key.Length > 0 ? $"{path}: {variant.Key} = \"{name}\"" : $"{path}: with {name}", table);
                break;
        }
    }

    private static bool IsOfParameters(TableForm table) =>
        table.Keys.Count > 1 && table.Keys.All(k =>
            k.Value is TableForm && RunSettings.FindParameter(k.Name) is not null);

    private static void Rows(StringBuilder text, TableForm table)
    {
        text.Append("| key | takes | default or example | meaning |\n|---|---|---|---|\n");
        foreach (KeyForm key in table.Keys)
            ReferencePages.Row(text, key.IsRequired ? $"**`{key.Name}`**" : $"`{key.Name}`", Takes(key.Value),
                key.Sample.Length > 0 ? $"`{key.Sample}`" : "", key.Meaning);
        if (table.ExactlyOne.Count > 0)
            text.Append($"\nExactly one of {string.Join(", ", table.ExactlyOne.Select(k => $"`{k}`"))} has to be there.\n");
        if (table.AtLeastOne.Count > 0)
            text.Append($"\nAt least one of {string.Join(", ", table.AtLeastOne.Select(k => $"`{k}`"))} has to be there.\n");
    }

    private static string Takes(ValueForm form) => form switch
    {
        TextForm => "text",
        FlagForm => "true or false",
        ChoiceForm choice when choice.Choices.Count > 20 => "path of a parameter",
        ChoiceForm choice => "one of " + string.Join(", ", choice.Choices),
        IntegerForm integer => "integer, " + integer.Bounds.Describe("1"),
        NumberForm number => number.Bounds.Describe(number.Unit ?? "1"),
        ListForm list => (list.OrOne ? "one or a list of: " : "list of: ") + Takes(list.Item),
        EitherForm either => $"{Takes(either.First)}, or {Takes(either.Second)}",
        MapForm => "table of names",
        TableForm => "table",
        VariantForm { Key.Length: > 0 } variant => $"table by `{variant.Key}`: {string.Join(", ", variant.Kinds.Select(k => k.Name))}",
        VariantForm variant => $"table with {string.Join(" or ", variant.Kinds.Select(k => k.Name))}",
        NamedForm named => $"table ({named.Name}, below)",
        _ => throw new NotSupportedException($"there are no words for {form.GetType().Name}"),
    };
}
