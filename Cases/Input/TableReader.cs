using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>Reads a table strictly: every key must be asked for, and <see cref="Finish"/> rejects the rest.</summary>
/// <param name="table">Table to be read.</param>
/// <param name="path">Its full key, for messages, e.g. <c>protocol.0</c>; empty at the top level.</param>
public sealed class TableReader(InputTable table, string path)
{
    private readonly HashSet<string> _known = [];

    /// <summary>Told of every key that is asked for, with the path of its table; by it a test holds the schemas to what is read.</summary>
    internal static AsyncLocal<Action<string, string>?> Asked { get; } = new();

    /// <summary>Full key of the table.</summary>
    public string Path { get; } = path;

    /// <summary>Where the table was written.</summary>
    public SourcePosition Position => table.Position;

    /// <summary>Keys of the table, for tables whose keys are names that the user chooses.</summary>
    public IReadOnlyList<string> Keys => [.. table.Entries.Keys];

    /// <summary>True when the key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The raw value of a key, or null.</summary>
    public InputNode? Find(string key)
    {
        _known.Add(key);
        Asked.Value?.Invoke(Path, key);
        return table.Entries.GetValueOrDefault(key);
    }

    /// <summary>Text.</summary>
    public string Text(string key) => InputValue.Text(Need(key, "text"), Full(key));

    /// <summary>Text, or null when the key is missing.</summary>
    public string? OptionalText(string key) => Find(key) is InputNode node ? InputValue.Text(node, Full(key)) : null;

    /// <summary>A number in a unit; in SI whatever its own unit when the unit is null.</summary>
    public double Number(string key, string? unit, Bounds bounds) =>
        InputValue.Number(Need(key, unit is null or "1" ? "a number" : $"a value in {unit}"), Full(key), unit, bounds);

    /// <summary>A number in a unit, or null when the key is missing.</summary>
    public double? OptionalNumber(string key, string unit, Bounds bounds) =>
        Find(key) is InputNode node ? InputValue.Number(node, Full(key), unit, bounds) : null;

    /// <summary>One number or a list of numbers in a unit.</summary>
    public IReadOnlyList<double> Numbers(string key, string unit, Bounds bounds)
    {
        InputNode node = Need(key, unit == "1" ? "a number or a list" : $"a value or a list of values in {unit}");
        if (node is not InputArray array)
            return [InputValue.Number(node, Full(key), unit, bounds)];
        if (array.Items.Count == 0)
            throw InputValue.Error(node, Full(key), "must hold at least one value");
        return [.. array.Items.Select((item, i) => InputValue.Number(item, $"{Full(key)}.{i}", unit, bounds))];
    }

    /// <summary>The items of a list of at least one value.</summary>
    public IReadOnlyList<InputNode> Items(string key)
    {
        InputNode node = Need(key, "a list of values");
        return node is InputArray { Items.Count: > 0 } array ? array.Items
            : throw InputValue.Error(node, Full(key), "must be a list of at least one value");
    }

    /// <summary>An integer.</summary>
    public int Integer(string key, Bounds bounds) => InputValue.Integer(Need(key, "an integer"), Full(key), bounds);

    /// <summary>An integer, or null when the key is missing.</summary>
    public int? OptionalInteger(string key, Bounds bounds) =>
        Find(key) is InputNode node ? InputValue.Integer(node, Full(key), bounds) : null;

    /// <summary>True or false, or null when the key is missing.</summary>
    public bool? OptionalBoolean(string key) => Find(key) is InputNode node ? InputValue.Boolean(node, Full(key)) : null;

    /// <summary>A choice of an enumeration.</summary>
    public T Choice<T>(string key)
        where T : struct, Enum => (T)InputValue.Choice(Need(key, "one of " + string.Join(", ", ParameterNames.Choices(typeof(T)))),
            Full(key), typeof(T));

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        InputNode node = Need(key, "text or a list of texts");
        if (node is not InputArray array)
            return [InputValue.Text(node, Full(key))];
        return [.. array.Items.Select((item, i) => InputValue.Text(item, $"{Full(key)}.{i}"))];
    }

    /// <summary>A table.</summary>
    public TableReader Table(string key) => new(InputValue.Table(Need(key, "a table"), Full(key)), Full(key));

    /// <summary>A table, or null when the key is missing.</summary>
    public TableReader? OptionalTable(string key) => Has(key) ? Table(key) : null;

    /// <summary>A list of at least one table.</summary>
    public IReadOnlyList<TableReader> Tables(string key)
    {
        InputNode node = Need(key, "a list of tables");
        if (node is not InputArray { Items.Count: > 0 } array)
            throw InputValue.Error(node, Full(key), "must be a list of at least one table");
        return [.. array.Items.Select((item, i) => new TableReader(InputValue.Table(item, $"{Full(key)}.{i}"), $"{Full(key)}.{i}"))];
    }

    /// <summary>Rejects every key that was not asked for.</summary>
    /// <exception cref="InputException">There is one.</exception>
    public void Finish()
    {
        foreach ((string key, InputNode node) in table.Entries)
            if (!_known.Contains(key))
                throw new InputException(node.Position, Full(key), "", "unknown key" + NearestName.Suggest(key, _known));
    }

    /// <summary>An error about a key of this table.</summary>
    public InputException Error(string key, string allowed) =>
        table.Entries.TryGetValue(key, out InputNode? node)
            ? InputValue.Error(node, Full(key), allowed)
            : new InputException(Position, Full(key), "", allowed);

    private InputNode Need(string key, string what)
    {
        if (Find(key) is { } node)
            return node;
        // A key that is nearly this one is a slip of the pen, and says more than what is missing.
        foreach ((string other, InputNode written) in table.Entries)
            if (!_known.Contains(other) && NearestName.Find(other, [key]) is not null)
                throw new InputException(written.Position, Full(other), "", $"unknown key; did you mean '{key}'?");
        throw new InputException(Position, Full(key), "", $"is missing; it must be {what}");
    }

    private string Full(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
