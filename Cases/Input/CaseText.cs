using System.Text;

namespace FvSolver.Cases.Input;

/// <summary>The text of a case with changes in it: what a reader of cases makes of it is what the changes would have given.</summary>
/// <remarks>Values keep the digits and units in which they were written; comments are lost.</remarks>
public static class CaseText
{
    /// <summary>The text of a case with other values.</summary>
    /// <param name="text">TOML text of the case.</param>
    /// <param name="source">Name of the case, for messages.</param>
    /// <param name="settings">Changes, each as <c>path=value</c>.</param>
    /// <param name="protocol">Steps in place of the protocol of the case, each as keys and values as
    /// <see cref="Steps"/> gives them; null keeps it.</param>
    /// <exception cref="InputException">The text is not TOML, or a change lies below a single value.</exception>
    public static string With(
        string text, string source, IEnumerable<string> settings, IReadOnlyList<IReadOnlyDictionary<string, string>>? protocol = null)
    {
        InputTable root = TomlDocument.Parse(text, source);
        if (protocol is not null)
            root.Entries[Protocol] = List(root, protocol.Select(step => Table(root, step)));
        foreach (string setting in settings)
            Setting.Apply(root, setting);
        var written = new StringBuilder();
        Write(written, root, "");
        return written.ToString();
    }

    /// <summary>The steps of a case's protocol: each key with its value as text, and lists and inner steps as TOML.</summary>
    /// <exception cref="InputException">The text is not TOML.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Steps(string text, string source) =>
        TomlDocument.Parse(text, source).Entries.GetValueOrDefault(Protocol) is InputArray steps
            ? [.. steps.Items.OfType<InputTable>().Select(
                step => step.Entries.ToDictionary(e => e.Key,
                    e => e.Value is InputScalar { Value: string words } ? words : Inline(e.Value)))]
            : [];

    private const string Protocol = "protocol";

    private static InputTable Table(InputNode at, IReadOnlyDictionary<string, string> step)
    {
        var table = new InputTable(at.Position);
        foreach ((string key, string value) in step)
            table.Entries[key] = Setting.Value(value);
        return table;
    }

    private static InputArray List(InputNode at, IEnumerable<InputNode> items)
    {
        var list = new InputArray(at.Position);
        list.Items.AddRange(items);
        return list;
    }

    // Values of a table stand before the tables within it, which TOML would else take them for.
    private static void Write(StringBuilder text, InputTable table, string path)
    {
        foreach ((string key, InputNode value) in table.Entries.Where(e => !IsOfTables(e.Value)))
            text.Append(Key(key)).Append(" = ").Append(Inline(value)).Append('\n');
        foreach ((string key, InputNode value) in table.Entries.Where(e => IsOfTables(e.Value)))
        {
            string inner = path.Length > 0 ? $"{path}.{Key(key)}" : Key(key);
            if (value is InputTable one)
            {
                text.Append($"\n[{inner}]\n");
                Write(text, one, inner);
            }
            else
                foreach (InputTable item in ((InputArray)value).Items.Cast<InputTable>())
                {
                    text.Append($"\n[[{inner}]]\n");
                    Write(text, item, inner);
                }
        }
    }

    private static bool IsOfTables(InputNode node) =>
        node is InputTable || node is InputArray { Items.Count: > 0 } list && list.Items.All(i => i is InputTable);

    private static string Inline(InputNode node) => node switch
    {
        InputArray list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        InputTable table => $"{{ {string.Join(", ", table.Entries.Select(e => $"{Key(e.Key)} = {Inline(e.Value)}"))} }}",
        InputScalar { Value: string words } => Quote(words),
        _ => node.Text,
    };

    private static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? key
        : Quote(key);

    /// <summary>A text as TOML writes it, on one line.</summary>
    public static string Quote(string words)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in words)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c
            });
        return quoted.Append('"').ToString();
    }
}
