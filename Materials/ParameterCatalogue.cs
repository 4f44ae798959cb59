using System.Reflection;

namespace FvSolver.Materials;

/// <summary>Every parameter of a record of records, found by reflection over its <see cref="QuantityAttribute"/>s.</summary>
public sealed class ParameterCatalogue
{
    private static readonly Lazy<ParameterCatalogue> LazyDevice = new(() => new ParameterCatalogue(typeof(Device)));
    private readonly Dictionary<string, Parameter> _byPath;

    /// <summary>Catalogue of a record whose properties are records with quantities.</summary>
    /// <param name="root">Type of the outer record, e.g. <see cref="Materials.Device"/>.</param>
    public ParameterCatalogue(Type root)
    {
        Root = root;
        var parameters = new List<Parameter>();
        foreach (PropertyInfo section in Sections(root))
            foreach (PropertyInfo property in section.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                if (property.GetCustomAttribute<QuantityAttribute>() is QuantityAttribute quantity)
                    parameters.Add(new Parameter(section, property, quantity));
        Parameters = parameters;
        _byPath = parameters.ToDictionary(parameter => parameter.Path);
        SectionNames = [.. parameters.Select(parameter => parameter.Section).Distinct()];
    }

    /// <summary>The parameters of <see cref="Materials.Device"/>.</summary>
    public static ParameterCatalogue Device => LazyDevice.Value;

    /// <summary>Type of the outer record.</summary>
    public Type Root { get; }

    /// <summary>All parameters, in the order of declaration.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Names of the sections, in the order of declaration.</summary>
    public IReadOnlyList<string> SectionNames { get; }

    /// <summary>The parameter of a path, or null.</summary>
    public Parameter? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The parameter of a path.</summary>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public Parameter this[string path] =>
        Find(path) ?? throw new ArgumentException($"There is no parameter '{path}'.", nameof(path));

    /// <summary>A copy of a record of records with one value changed.</summary>
    /// <exception cref="ArgumentException">The path, the type or the value is not allowed.</exception>
    public T With<T>(T root, string path, object value)
        where T : class => With(root, [new KeyValuePair<string, object>(path, value)]);

    /// <summary>A copy of a record of records with some values changed.</summary>
    /// <exception cref="ArgumentException">A path, the type of a value or a value is not allowed.</exception>
    public T With<T>(T root, IEnumerable<KeyValuePair<string, object>> values)
        where T : class
    {
        var copy = (T)Clone(root);
        var cloned = new Dictionary<PropertyInfo, object>();
        foreach ((string path, object value) in values)
        {
            Parameter parameter = this[path];
            if (parameter.Violation(value) is string violation)
                throw new ArgumentException($"{path} = {value}: {violation}.", nameof(values));
            if (!cloned.TryGetValue(parameter.SectionProperty, out object? section))
            {
                section = Clone(parameter.SectionProperty.GetValue(copy)!);
                parameter.SectionProperty.SetValue(copy, section);
                cloned.Add(parameter.SectionProperty, section);
            }
            parameter.Property.SetValue(section, value);
        }
        return copy;
    }

    private static IEnumerable<PropertyInfo> Sections(Type root) =>
        root.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => CloneMethod(p.PropertyType) is not null);

    // "with" of a record is this method followed by init setters, which reflection may call on the fresh copy.
    private static MethodInfo? CloneMethod(Type record) => record.GetMethod("<Clone>$");

    private static object Clone(object record) => CloneMethod(record.GetType())!.Invoke(record, null)!;
}
