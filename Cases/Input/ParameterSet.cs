using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>Values that a preset and a case give to parameters, each with its origin and the place where it was written.</summary>
internal sealed class ParameterSet
{
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>A value with its origin.</summary>
    public sealed record Entry(object Value, Kind Kind, string Reference, InputNode Node);

    /// <summary>Every section that a case may have.</summary>
    public static IEnumerable<string> SectionNames =>
        ParameterCatalogue.Device.SectionNames.Concat(RunSettings.Catalogue.SectionNames);

    /// <summary>The value given to a parameter, or null.</summary>
    public Entry? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Every value that the case itself sets.</summary>
    public IEnumerable<(string Path, Entry Entry)> OfUser => _entries.Where(e => e.Value.Kind == Kind.User).Select(e => (e.Key, e.Value));

    /// <summary>Reads the sections of a case: plain values, which the user has set.</summary>
    public void ReadCase(TableReader root)
    {
        Read(root, ParameterCatalogue.Device, FromUser);
        Read(root, RunSettings.Catalogue, FromUser);
    }

    /// <summary>Reads the sections of a preset: each value with its kind and reference.</summary>
    public void ReadPreset(TableReader root)
    {
        Read(root, ParameterCatalogue.Device, FromPreset);
        Read(root, RunSettings.Catalogue, FromPreset);
    }

    /// <summary>
    /// Of two parameters of which one follows from the other, keeps the one that the case sets over the one that its preset sets.
    /// </summary>
    /// <exception cref="InputException">Both are set at the same place: the case, or the preset.</exception>
    public void KeepOne(string path, string other)
    {
        if (Find(path) is not { } a || Find(other) is not { } b)
            return;
        if ((a.Kind == Kind.User) == (b.Kind == Kind.User))
            throw InputValue.Error(a.Node, path, $"must not be set together with {other}: either gives the other");
        _entries.Remove(a.Kind == Kind.User ? other : path);
    }

    /// <summary>Says that a parameter follows from another one that is set.</summary>
    public void Follows(string path, string from)
    {
        if (Find(from) is { } set)
            _entries[path] = new(0.0, Kind.Derived, $"rule: follows from {from}, which is set", set.Node);
    }

    /// <summary>A record of records with the values of its catalogue put in.</summary>
    public T Fill<T>(T root, ParameterCatalogue catalogue)
        where T : class
    {
        var values = new Dictionary<string, object>();
        foreach ((string path, Entry entry) in _entries)
            if (catalogue.Find(path) is not null)
                values.Add(path, entry.Value);
        return catalogue.With(root, values);
    }

    /// <summary>Every parameter of a record of records, with the origin of the value that is in use.</summary>
    public IEnumerable<ParameterValue> Describe(object root, ParameterCatalogue catalogue) =>
        catalogue.Parameters.Select(parameter =>
        {
            Entry? entry = Find(parameter.Path);
            return new ParameterValue(
                parameter.Path, parameter.Symbol, parameter.Unit, parameter.Read(root),
                entry?.Kind ?? parameter.Kind, entry?.Reference ?? parameter.Reference);
        });

    private void Read(TableReader root, ParameterCatalogue catalogue, Func<InputNode, Parameter, Entry> read)
    {
        foreach (IGrouping<string, Parameter> section in catalogue.Parameters.GroupBy(parameter => parameter.Section))
        {
            if (root.OptionalTable(section.Key) is not TableReader table)
                continue;
            foreach (Parameter parameter in section)
                if (table.Find(parameter.Name) is InputNode node)
                    _entries[parameter.Path] = read(node, parameter);
            table.Finish();
        }
    }

    private static Entry FromUser(InputNode node, Parameter parameter) =>
        new(InputValue.OfParameter(node, parameter), Kind.User, node.Position.ToString(), node);

    private static Entry FromPreset(InputNode node, Parameter parameter)
    {
        var table = new TableReader(InputValue.Table(node, parameter.Path), parameter.Path);
        InputNode value = table.Find("value") ?? throw table.Error("value", "is missing");
        var kind = table.Choice<Kind>("kind");
        string reference = table.Text("reference");
        if (string.IsNullOrWhiteSpace(reference))
            throw table.Error("reference", "must say where the value comes from");
        table.Finish();
        return new Entry(InputValue.OfParameter(value, parameter), kind, reference, value);
    }
}
