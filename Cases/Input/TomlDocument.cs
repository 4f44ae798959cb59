using System.Text.RegularExpressions;
using FvSolver.Cases.Files;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace FvSolver.Cases.Input;

/// <summary>TOML text as a tree in which every value knows its line.</summary>
internal static partial class TomlDocument
{
    // No key of a case is deeper; a limit keeps walks over the tree from exhausting the stack.
    private const int DeepestKey = 8;

    // The parser quotes what it stumbled over, which may be the rest of the file.
    private const int LongestReason = 140;

    /// <summary>Parses a document.</summary>
    /// <param name="text">TOML text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="InputException">The text is not TOML.</exception>
    public static InputTable Parse(string text, string source)
    {
        DocumentSyntax document = Syntax(text, source);
        var root = new InputTable(new SourcePosition(source, 1));
        AddAll(root, document.KeyValues, source);
        foreach (TableSyntaxBase table in document.Tables)
            AddAll(Open(root, table, source), table.Items, source);
        return root;
    }

    private static DocumentSyntax Syntax(string text, string source)
    {
        DocumentSyntax document;
        try
        {
            document = SyntaxParser.Parse(text, source, validate: true);
        }
        catch (TomlException e)
        {
            throw new InputException(source, e.Line ?? 0, "", "", Reason(e.Message, text, e.Line ?? 0));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever else the parser throws on broken text, to the user the text is what is wrong.
            throw new InputException(source, 0, "", "", "not valid TOML: " + Brief(e.Message));
        }
        if (document.HasErrors)
        {
            DiagnosticMessage message = document.Diagnostics.First(d => d.Kind == DiagnosticMessageKind.Error);
            throw new InputException(source, message.Span.Start.Line + 1, "", "",
                Reason(message.Message, text, message.Span.Start.Line + 1));
        }
        return document;
    }

    private static InputTable Open(InputTable root, TableSyntaxBase syntax, string source)
    {
        SourcePosition position = At(syntax, source);
        string[] keys = Keys(syntax.Name, position);
        InputTable parent = Descend(root, keys.AsSpan(0, keys.Length - 1), position);
        string key = keys[^1];
        var table = new InputTable(position);
        if (syntax is TableArraySyntax)
        {
            if (!parent.Entries.TryGetValue(key, out InputNode? existing))
                parent.Entries.Add(key, existing = new InputArray(position));
            if (existing is not InputArray array)
                throw new InputException(position, string.Join('.', keys), "", "is defined twice");
            array.Items.Add(table);
            return table;
        }
        // A table that a deeper one has opened already may still get keys of its own.
        return parent.Entries.TryGetValue(key, out InputNode? opened)
            ? opened as InputTable ?? throw new InputException(position, string.Join('.', keys), "", "is defined twice")
            : Put(parent, key, table);
    }

    private static void AddAll(InputTable table, IEnumerable<KeyValueSyntax> items, string source)
    {
        foreach (KeyValueSyntax item in items)
        {
            SourcePosition position = At(item, source);
            string[] keys = Keys(item.Key, position);
            InputTable target = Descend(table, keys.AsSpan(0, keys.Length - 1), position);
            if (!target.Entries.TryAdd(keys[^1], Value(item.Value, position, source)))
                throw new InputException(position, string.Join('.', keys), "", "is defined twice");
        }
    }

    private static InputTable Descend(InputTable table, ReadOnlySpan<string> keys, SourcePosition position)
    {
        foreach (string key in keys)
        {
            InputNode next = table.Entries.TryGetValue(key, out InputNode? known) ? known : Put(table, key, new InputTable(position));
            table = next switch
            {
                InputTable inner => inner,
                InputArray { Items: [.., InputTable last] } => last,
                _ => throw new InputException(position, key, next.Text, "is not a table"),
            };
        }
        return table;
    }

    private static InputTable Put(InputTable parent, string key, InputTable table)
    {
        parent.Entries.Add(key, table);
        return table;
    }

    private static InputNode Value(ValueSyntax? syntax, SourcePosition position, string source)
    {
        string text = syntax?.ToString().Trim() ?? "";
        switch (syntax)
        {
            case StringValueSyntax { Value: string value }:
                if (value.Any(c => PlainText.IsControl(c) && c is not ('\n' or '\r' or '\t')))
                    throw new InputException(position, "", PlainText.Line(text), "text must not hold control characters");
                return new InputScalar(position, value, text);
            case IntegerValueSyntax integer:
                return new InputScalar(position, integer.Value, text);
            case FloatValueSyntax number:
                return new InputScalar(position, number.Value, text);
            case BooleanValueSyntax flag:
                return new InputScalar(position, flag.Value, text);
            case DateTimeValueSyntax date:
                return new InputScalar(position, date.Value, text);
            case ArraySyntax items:
                var array = new InputArray(position);
                foreach (ArrayItemSyntax item in items.Items)
                    array.Items.Add(Value(item.Value, At(item, source), source));
                return array;
            case InlineTableSyntax inline:
                var table = new InputTable(position);
                AddAll(table, inline.Items.Select(item => item.KeyValue!), source);
                return table;
            default:
                throw new InputException(position, "", text, "is not a value");
        }
    }

    private static string[] Keys(KeySyntax? key, SourcePosition position)
    {
        if (key?.Key is null)
            throw new InputException(position, "", "", "a key is missing");
        if (key.DotKeys.ChildrenCount >= DeepestKey)
            throw new InputException(position, "", "", $"a key has at most {DeepestKey} parts");
        return [Part(key.Key), .. key.DotKeys.Select(dot => Part(dot.Key))];
    }

    private static string Part(BareKeyOrStringValueSyntax? part) => part switch
    {
        StringValueSyntax quoted => quoted.Value ?? "",
        BareKeySyntax bare => bare.Key?.Text ?? "",
        _ => "",
    };

    private static SourcePosition At(SyntaxNode node, string source) => new(source, node.Span.Start.Line + 1);

    // What people forget most often: the quotes around a value with its unit.
    private static string Reason(string message, string text, int line)
    {
        string written = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        return Unquoted().Match(written) is { Success: true } match
            ? $"a value with a unit must be in quotes: {Quoted(match.Groups[1])} = \"{Quoted(match.Groups[2])}\""
            : "not valid TOML: " + Brief(message);
    }

    private static string Quoted(Group text) => InputException.Shorten(text.Value.Trim());

    [GeneratedRegex(@"([\w.-]+)\s*=\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?\s*(?:[A-Za-z\u00b5\u03bc\u03a9%\u00b0][\w^/ ()-]*))")]
    private static partial Regex Unquoted();

    private static string Brief(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        message = end < 0 ? message : message[..end];
        return message.Length <= LongestReason ? message : message[..LongestReason] + "...";
    }
}
