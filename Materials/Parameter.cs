using System.Reflection;

namespace FvSolver.Materials;

/// <summary>One parameter of a record of records: where it lives, what it means and which values it may take.</summary>
public sealed class Parameter
{
    private readonly QuantityAttribute _quantity;

    // Reading the field of an auto-property costs no compilation of its getter: with over a hundred parameters,
    // that is a noticeable part of the start of the program.
    private readonly FieldInfo? _field;

    internal Parameter(PropertyInfo section, PropertyInfo property, QuantityAttribute quantity)
    {
        SectionProperty = section;
        Property = property;
        _quantity = quantity;
        _field = property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance);
        Section = ParameterNames.Snake(section.Name);
        Name = ParameterNames.Snake(property.Name);
        Path = Section + "." + Name;
    }

    /// <summary>Section and name, e.g. <c>psg.hop_distance</c>.</summary>
    public string Path { get; }

    /// <summary>Name of the section, e.g. <c>psg</c>.</summary>
    public string Section { get; }

    /// <summary>Name within the section, e.g. <c>hop_distance</c>.</summary>
    public string Name { get; }

    /// <summary>Double, int, bool, <see cref="CellCount"/>, an enumeration or a <see cref="NumberList"/>.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>Symbol of the equations.</summary>
    public string Symbol => _quantity.Symbol;

    /// <summary>SI unit; eV for energies per particle, 1 when dimensionless.</summary>
    public string Unit => _quantity.Unit;

    /// <summary>Origin of the default value.</summary>
    public Kind Kind => _quantity.Kind;

    /// <summary>Key in references.bib or reason of the default value.</summary>
    public string Reference => _quantity.Reference;

    /// <summary>Allowed range of a number.</summary>
    public Bounds Bounds => new(_quantity.Min, _quantity.Max, _quantity.ExclusiveMin, _quantity.ExclusiveMax);

    /// <summary>True when the value follows from others unless it is set.</summary>
    public bool ByRule => _quantity.ByRule;

    /// <summary>Meaning in one line: the first sentence of the property's documentation; empty when that is not installed.</summary>
    public string Description => Documentation.Summary(Property);

    /// <summary>The method that reads the value from its record.</summary>
    public MethodInfo Getter => Property.GetMethod!;

    /// <summary>What values are allowed, in words, e.g. <c>greater than 0 m</c>.</summary>
    public string Allowed => Type == typeof(double) || Type == typeof(int) ? Bounds.Describe(Unit) : TypeText;

    internal PropertyInfo SectionProperty { get; }

    internal PropertyInfo Property { get; }

    /// <summary>Value in a record of records.</summary>
    public object Read(object root)
    {
        object section = SectionProperty.GetValue(root)!;
        return (_field is null ? Property.GetValue(section) : _field.GetValue(section))!;
    }

    /// <summary>Tells what is allowed when a value is not; null when it is.</summary>
    public string? Violation(object value)
    {
        if (value.GetType() != Type)
            return $"must be {TypeText}";
        return value switch
        {
            double number => Bounds.Violation(number, Unit),
            int number => Bounds.Violation(number, Unit),
            NumberList list => list.Violation(Bounds, Unit),
            CellCount count => count.IsAuto ? null : Bounds.Violation(count.Number, Unit),
            Enum choice => Enum.IsDefined(Type, choice) ? null : $"must be {TypeText}",
            _ => null,
        };
    }

    /// <summary>Type of the value in words, e.g. <c>a number</c> or <c>one of sinh, saturating</c>.</summary>
    public string TypeText => Type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", ParameterNames.Choices(Type)),
        _ when Type == typeof(bool) => "true or false",
        _ when Type == typeof(int) => "an integer",
        _ when Type == typeof(NumberList) => "a list of numbers",
        _ when Type == typeof(CellCount) => "an integer or \"auto\"",
        _ => "a number",
    };
}
