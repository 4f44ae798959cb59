namespace FvSolver.Cases.Input;

/// <summary>A piece of a TOML document that knows where it was written.</summary>
public abstract class InputNode(SourcePosition position)
{
    /// <summary>Where it was written.</summary>
    public SourcePosition Position { get; } = position;

    /// <summary>The value as written, for messages.</summary>
    public abstract string Text { get; }
}

/// <summary>Text, integer (long), number (double), boolean, or a date.</summary>
public sealed class InputScalar(SourcePosition position, object value, string text) : InputNode(position)
{
    /// <summary>String, long, double, bool or a date.</summary>
    public object Value { get; } = value;

    /// <inheritdoc/>
    public override string Text { get; } = text;
}

/// <summary>A list of values or tables.</summary>
public sealed class InputArray(SourcePosition position) : InputNode(position)
{
    /// <summary>Items in order.</summary>
    public List<InputNode> Items { get; } = [];

    /// <inheritdoc/>
    public override string Text => "[" + string.Join(", ", Items.Take(4).Select(item => item.Text)) + (Items.Count > 4 ? ", ...]" : "]");
}

/// <summary>A table: keys in the order in which they were written.</summary>
public sealed class InputTable(SourcePosition position) : InputNode(position)
{
    /// <summary>Values by key.</summary>
    public OrderedDictionary<string, InputNode> Entries { get; } = [];

    /// <inheritdoc/>
    public override string Text => "{...}";
}
