using System.Globalization;

namespace FvSolver.Materials;

/// <summary>A parameter of several increasing numbers, e.g. times; two lists are equal when their numbers are.</summary>
/// <param name="values">The numbers [unit of the parameter].</param>
public sealed class NumberList(params double[] values) : IEquatable<NumberList>
{
    /// <summary>The numbers, in increasing order [unit of the parameter].</summary>
    public IReadOnlyList<double> Values { get; } = values;

    /// <summary>What is allowed when a list is not; null when it is.</summary>
    /// <param name="bounds">Allowed range of each number.</param>
    /// <param name="unit">Unit of the numbers and of the bounds.</param>
    public string? Violation(Bounds bounds, string unit)
    {
        for (int i = 0; i < Values.Count; i++)
        {
            if (bounds.Violation(Values[i], unit) is string violation)
                return violation;
            if (i > 0 && Values[i] <= Values[i - 1])
                return "must increase from value to value";
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(NumberList? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumberList);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);

    /// <summary>The list as a case file would say it, without unit and without loss of digits.</summary>
    public override string ToString() => $"[{string.Join(", ", Values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]";
}
