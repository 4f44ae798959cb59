namespace FvSolver.Cases.Input;

/// <summary>Puts <c>path=value</c> of the command line into the tree of a case, where it is read like any other value.</summary>
internal static class Setting
{
    private static readonly SourcePosition Here = new(SourcePosition.CommandLine, 0);

    /// <summary>Replaces or adds one value.</summary>
    /// <param name="root">Tree of the case.</param>
    /// <param name="setting">E.g. <c>psg.thickness=5 nm</c> or <c>protocol.0.amplitude=9 V</c>.</param>
    public static void Apply(InputTable root, string setting)
    {
        int equals = setting.IndexOf('=');
        if (equals < 0)
            throw new InputException(Here, setting, "", "must be path=value, e.g. psg.thickness=5nm");
        string path = setting[..equals].Trim();
        string text = setting[(equals + 1)..].Trim();
        string[] keys = [.. path.Split('.').Select(key => key.Trim())];
        if (keys.Any(key => key.Length == 0) || keys.Length > 8)
            throw new InputException(Here, path, text, "must be path=value, e.g. psg.thickness=5nm");
        if (text.Length == 0)
            throw new InputException(Here, path, "", "has no value");
        Put(root, path, keys, Value(text));
    }

    private static void Put(InputNode node, string path, ReadOnlySpan<string> keys, InputNode value)
    {
        string key = keys[0];
        bool last = keys.Length == 1;
        switch (node)
        {
            case InputTable table:
                if (last)
                {
                    table.Entries[key] = value;
                    return;
                }
                if (!table.Entries.TryGetValue(key, out InputNode? next))
                    table.Entries.Add(key, next = new InputTable(Here));
                Put(next, path, keys[1..], value);
                return;
            case InputArray array:
                if (!int.TryParse(key, out int index) || index < 0 || index >= array.Items.Count)
                    throw new InputException(Here, path, value.Text, $"'{key}' must be an index below {array.Items.Count}");
                if (last)
                    array.Items[index] = value;
                else
                    Put(array.Items[index], path, keys[1..], value);
                return;
            default:
                throw new InputException(Here, path, value.Text, $"'{key}' lies below a single value, not a table");
        }
    }

    /// <summary>What TOML understands as one value is that value; anything else ("9 V", "n2") is text.</summary>
    public static InputNode Value(string text)
    {
        if (!text.AsSpan().ContainsAny('\n', '\r'))
        {
            try
            {
                InputTable table = TomlDocument.Parse("x = " + text, SourcePosition.CommandLine);
                if (table.Entries.Count == 1)
                    return Move(table.Entries["x"]);
            }
            catch (InputException)
            {
                // Not a TOML value: plain text.
            }
        }
        return new InputScalar(Here, text, text);
    }

    private static InputNode Move(InputNode node)
    {
        switch (node)
        {
            case InputArray array:
                var items = new InputArray(Here);
                items.Items.AddRange(array.Items.Select(Move));
                return items;
            case InputTable table:
                var entries = new InputTable(Here);
                foreach ((string key, InputNode value) in table.Entries)
                    entries.Entries.Add(key, Move(value));
                return entries;
            default:
                var scalar = (InputScalar)node;
                return new InputScalar(Here, scalar.Value, scalar.Text);
        }
    }
}
