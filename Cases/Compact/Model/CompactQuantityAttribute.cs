namespace FvSolver.Cases.Compact.Model;

/// <summary>Describes a parameter of the compact model.</summary>
/// <param name="symbol">Symbol of the equations, also its name in netlists.</param>
/// <param name="unit">SI unit as text.</param>
/// <param name="meaning">Meaning, in words.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CompactQuantityAttribute(string symbol, string unit, string meaning) : Attribute
{
    /// <summary>Symbol of the equations.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>SI unit.</summary>
    public string Unit { get; } = unit;

    /// <summary>Meaning, in words.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>True when the value may be zero or negative; all others must be positive.</summary>
    public bool AnySign { get; init; }
}
