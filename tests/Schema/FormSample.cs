using FvSolver.Cases.Schema;

namespace FvSolver.Tests.Schema;

/// <summary>A document made from a form, with every key that can stand together in it.</summary>
/// <param name="file">The kind of file, for forms that are referred to by name.</param>
/// <param name="kind">Where there is a choice between kinds of tables: which.</param>
/// <param name="alternative">Where keys exclude each other: which.</param>
internal sealed class FormSample(FileForm file, int kind, int alternative)
{
    /// <summary>For every table of the document: its path as readers call it, and the keys that its form has.</summary>
    public Dictionary<string, HashSet<string>> Tables { get; } = [];

    /// <summary>Number keys with bounds, by the path of their table.</summary>
    public List<(string Path, KeyForm Key)> Numbers { get; } = [];

    /// <summary>Keys by which a reader tells kinds of tables apart: it asks for them in every kind.</summary>
    public HashSet<string> Deciding { get; } = [];

    /// <summary>A value as TOML.</summary>
    public string Value(KeyForm key, ValueForm form, string path)
    {
        switch (form)
        {
            case TableForm table:
                return Table(table, path, "", "");
            case VariantForm variant:
                (string name, string _, TableForm inner) = variant.Kinds[kind % variant.Kinds.Count];
                if (variant.Key.Length == 0)
                    Deciding.UnionWith(variant.Kinds.Select(k => k.Name));
                return Table(inner, path, variant.Key, name);
            case ListForm { Item: TableForm or VariantForm } list:
                return $"[{Value(key, list.Item, path + ".0")}]";
            case MapForm { Item: TableForm item }:
                return $"{{ some = {Table(item, path + ".some", "", "")} }}";
            // A step within a step would be without end: the sample of the key says one.
            case NamedForm or ListForm { Item: NamedForm } when path.Contains("steps", StringComparison.Ordinal):
                return key.Sample;
            case ListForm { Item: NamedForm named }:
                return $"[{Value(key, file.Definitions[named.Name], path + ".0")}]";
            default:
                return key.Sample;
        }
    }

    /// <summary>The keys of a table with their values, one of those that exclude each other.</summary>
    public IEnumerable<(KeyForm Key, string Toml)> Keys(TableForm table, string path)
    {
        string one = table.ExactlyOne.Count > 0 ? table.ExactlyOne[alternative % table.ExactlyOne.Count] : "";
        Tables[path] = [.. table.Keys.Select(k => k.Name)];
        foreach (KeyForm key in table.Keys.Where(k => !table.ExactlyOne.Contains(k.Name) || k.Name == one))
        {
            string full = path.Length > 0 ? $"{path}.{key.Name}" : key.Name;
            if ((key.Value is ListForm list ? list.Item : key.Value) is NumberForm or IntegerForm)
                Numbers.Add((path, key));
            yield return (key, Value(key, key.Value, full));
        }
    }

    private string Table(TableForm table, string path, string kindKey, string word)
    {
        string keys = string.Join(", ", Keys(table, path).Select(k => $"{Quoted(k.Key.Name)} = {k.Toml}"));
        if (kindKey.Length == 0)
            return $"{{ {keys} }}";
        Tables[path].Add(kindKey);
        return $"{{ {kindKey} = \"{word}\", {keys} }}";
    }

    private static string Quoted(string key) => key.Contains('.') ? $"\"{key}\"" : key;
}
