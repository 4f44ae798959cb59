using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace FvSolver.Cases.Sweeps;

/// <summary>A table of a TOML file that refuses unknown keys and wrong types with file, line and what is allowed.</summary>
internal sealed class TomlSection
{
    private readonly TomlTable _table;
    private readonly string _source, _path;
    private readonly IReadOnlyDictionary<string, int> _lines;

    private TomlSection(TomlTable table, string source, string path, IReadOnlyDictionary<string, int> lines)
    {
        _table = table;
        _source = source;
        _path = path;
        _lines = lines;
    }

    /// <summary>The root table of a text.</summary>
    /// <exception cref="InvalidDataException">The text is not TOML.</exception>
    public static TomlSection Parse(string text, string source)
    {
        try
        {
            TomlTable table = TomlSerializer.Deserialize<TomlTable>(text, new TomlSerializerOptions { SourceName = source }) ?? [];
            return new TomlSection(table, source, "", Lines(SyntaxParser.Parse(text, TomlSerializerOptions.Default, source, true)));
        }
        catch (TomlException exception)
        {
            throw new InvalidDataException(exception.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Keys of the table.</summary>
    public IReadOnlyCollection<string> Keys => [.. _table.Keys];

    /// <summary>Throws when the table has a key that is not named.</summary>
    public void Allow(params string[] keys)
    {
        foreach (string key in _table.Keys)
            if (!keys.Contains(key))
                throw Fault(key, $"unknown key '{key}'; allowed are {string.Join(", ", keys)}");
    }

    public bool Has(string key) => _table.ContainsKey(key);

    public double Number(string key) => AsNumber(Required(key), key);

    public double Number(string key, double otherwise) => Has(key) ? Number(key) : otherwise;

    public int Integer(string key, int otherwise) => !Has(key) ? otherwise : Integer(key);

    public int Integer(string key) => Required(key) is long value and >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw Fault(key, $"'{key}' must be a whole number");

    public string Text(string key) => Required(key) as string ?? throw Fault(key, $"'{key}' must be a text");

    public string Text(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    public bool Flag(string key, bool otherwise) => !Has(key) ? otherwise : Required(key) as bool? ?? throw Fault(key, $"'{key}' must be true or false");

    /// <summary>An array of numbers or of texts.</summary>
    public IReadOnlyList<SweepValue> Values(string key)
    {
        if (Required(key) is not TomlArray { Count: > 0 } array)
            throw Fault(key, $"'{key}' must be a list of numbers or of texts that is not empty");
        return [.. array.Select(v => v is string text ? new SweepValue(text) : new SweepValue(AsNumber(v, key)))];
    }

    public IReadOnlyList<string> Texts(string key)
    {
        IReadOnlyList<SweepValue> values = Values(key);
        return values.All(v => v.Text is not null) ? [.. values.Select(v => v.Text!)] : throw Fault(key, $"'{key}' must be a list of texts");
    }

    public TomlSection Section(string key) => Required(key) is TomlTable table
        ? new TomlSection(table, _source, Path(key), _lines)
        : throw Fault(key, $"'{key}' must be a table");

    public TomlSection? OptionalSection(string key) => Has(key) ? Section(key) : null;

    /// <summary>Every entry of this table, which must all be tables.</summary>
    public IEnumerable<(string Key, TomlSection Section)> Sections() => Keys.Select(k => (k, Section(k)));

    /// <summary>An array of tables; empty when absent.</summary>
    public IReadOnlyList<TomlSection> List(string key)
    {
        if (!Has(key))
            return [];
        IEnumerable<object?> items = Required(key) switch
        {
            TomlTableArray tables => tables,
            TomlArray array => array,
            _ => throw Fault(key, $"'{key}' must be a list of tables"),
        };
        return [.. items.Select((t, i) => t is TomlTable table
            ? new TomlSection(table, _source, $"{Path(key)}[{i}]", _lines)
            : throw Fault(key, $"'{key}' must be a list of tables"))];
    }

    /// <summary>An error about a key, with file and line.</summary>
    public InvalidDataException Fault(string key, string message)
    {
        string path = Path(key);
        int line = 0;
        while (path.Length > 0 && !_lines.TryGetValue(path, out line))
            path = path.LastIndexOf('.') is > 0 and int dot ? path[..dot] : "";
        return new InvalidDataException($"{_source}{(line > 0 ? $"({line})" : "")}: {(_path.Length > 0 ? $"[{_path}] " : "")}{message}.");
    }

    private string Path(string key) => _path.Length > 0 ? $"{_path}.{key}" : key;

    private object Required(string key) => _table.TryGetValue(key, out object? value) && value is not null
        ? value
        : throw Fault(key, $"the key '{key}' is missing");

    private double AsNumber(object? value, string key) => value switch
    {
        long whole => whole,
        double real when double.IsFinite(real) => real,
        _ => throw Fault(key, $"'{key}' must be a finite number"),
    };

    private static Dictionary<string, int> Lines(DocumentSyntax document)
    {
        var lines = new Dictionary<string, int>();
        var counts = new Dictionary<string, int>();
        string Name(KeySyntax key) =>
            string.Join('.', new[] { key.Key! }.Concat(key.DotKeys.Select(d => d.Key!)).Select(p => p.ToString()!.Trim().Trim('"', '\'')));
        void Add(string prefix, IEnumerable<KeyValueSyntax> items)
        {
            foreach (KeyValueSyntax item in items)
                lines.TryAdd(prefix + Name(item.Key!), item.Span.Start.Line + 1);
        }
        Add("", document.KeyValues);
        foreach (TableSyntaxBase table in document.Tables)
        {
            string path = Name(table.Name!);
            if (table is TableArraySyntax)
            {
                int index = counts[path] = counts.GetValueOrDefault(path, -1) + 1;
                path = $"{path}[{index}]";
            }
            lines.TryAdd(path, table.Span.Start.Line + 1);
            Add(path + ".", table.Items);
        }
        return lines;
    }
}
