using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>Turns values of a document into those of the code, or says what is allowed instead.</summary>
internal static class InputValue
{
    /// <summary>The value of a parameter: double, int, bool, a list of numbers or an enumeration.</summary>
    public static object OfParameter(InputNode node, Parameter parameter)
    {
        if (parameter.Type == typeof(double))
            return Number(node, parameter.Path, parameter.Unit, parameter.Bounds);
        if (parameter.Type == typeof(int))
            return Integer(node, parameter.Path, parameter.Bounds);
        if (parameter.Type == typeof(CellCount))
            return Cells(node, parameter.Path, parameter.Bounds);
        if (parameter.Type == typeof(bool))
            return Boolean(node, parameter.Path);
        if (parameter.Type == typeof(NumberList))
            return Numbers(node, parameter);
        return Choice(node, parameter.Path, parameter.Type);
    }

    /// <summary>A number: plain in a unit, or text with a unit of its own; in SI whatever its own unit when the unit is null.</summary>
    public static double Number(InputNode node, string key, string? unit, Bounds bounds)
    {
        double value;
        switch ((node as InputScalar)?.Value)
        {
            case double number:
                value = number;
                break;
            case long integer:
                value = integer;
                break;
            case string text:
                if (QuantityText.Parse(text, unit, out value) is string wrong)
                    throw Error(node, key, wrong);
                break;
            default:
                throw Error(node, key, unit is null or "1" ? "must be a number"
                    : $"must be a number in {unit}, or text with a unit such as \"1 {unit}\"");
        }
        return bounds.Violation(value, unit ?? "1") is string violation ? throw Error(node, key, violation) : value;
    }

    /// <summary>Increasing numbers; one alone is a list of one.</summary>
    private static NumberList Numbers(InputNode node, Parameter parameter)
    {
        IReadOnlyList<InputNode> items = node is InputArray array ? array.Items : [node];
        var list = new NumberList([.. items.Select((item, i) =>
            Number(item, node is InputArray ? $"{parameter.Path}.{i}" : parameter.Path, parameter.Unit, parameter.Bounds))]);
        return list.Violation(parameter.Bounds, parameter.Unit) is string violation ? throw Error(node, parameter.Path, violation) : list;
    }

    /// <summary>An integer.</summary>
    public static int Integer(InputNode node, string key, Bounds bounds)
    {
        if (node is not InputScalar { Value: long integer })
            throw Error(node, key, "must be an integer");
        if (bounds.Violation(integer, "1") is string violation)
            throw Error(node, key, violation);
        return integer is >= int.MinValue and <= int.MaxValue ? (int)integer : throw Error(node, key, $"must be at most {int.MaxValue}");
    }

    /// <summary>A number of cells, or auto.</summary>
    public static CellCount Cells(InputNode node, string key, Bounds bounds) => node switch
    {
        InputScalar { Value: string text } => CellCount.Parse(text) ?? throw Error(node, key, "must be an integer or \"auto\""),
        _ => Integer(node, key, bounds),
    };

    /// <summary>True or false.</summary>
    public static bool Boolean(InputNode node, string key) =>
        node is InputScalar { Value: bool flag } ? flag : throw Error(node, key, "must be true or false");

    /// <summary>A choice by its name.</summary>
    public static object Choice(InputNode node, string key, Type enumeration)
    {
        IReadOnlyList<string> choices = ParameterNames.Choices(enumeration);
        if (node is not InputScalar { Value: string text })
            throw Error(node, key, "must be one of " + string.Join(", ", choices));
        return ParameterNames.ParseChoice(enumeration, text)
            ?? throw Error(node, key, "must be one of " + string.Join(", ", choices));
    }

    /// <summary>Text; from the command line also what looks like a number.</summary>
    public static string Text(InputNode node, string key) => node switch
    {
        InputScalar { Value: string text } => text,
        InputScalar { Position.File: SourcePosition.CommandLine } scalar => scalar.Text,
        _ => throw Error(node, key, "must be text"),
    };

    /// <summary>A table.</summary>
    public static InputTable Table(InputNode node, string key) =>
        node as InputTable ?? throw Error(node, key, "must be a table");

    public static InputException Error(InputNode node, string key, string allowed) =>
        new(node.Position, key, node.Text, allowed);
}
