namespace FvSolver.Materials;

/// <summary>Describes a parameter: its symbol, unit, origin and allowed range.</summary>
/// <remarks>
/// The attribute belongs to the default value of the property. A preset or a case that changes the value
/// brings its own <see cref="Kind"/> and reference.
/// </remarks>
/// <param name="symbol">Symbol of the equations, e.g. <c>E_a</c>.</param>
/// <param name="unit">SI unit as text, e.g. <c>m^2/s</c>; <c>1</c> when dimensionless; <c>eV</c> for energies per particle.</param>
/// <param name="kind">Origin of the default.</param>
/// <param name="reference">Key in references.bib, or the reason for the default, in one line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class QuantityAttribute(string symbol, string unit, Kind kind, string reference) : Attribute
{
    /// <summary>Symbol of the equations.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>SI unit (eV for energies per particle, 1 when dimensionless).</summary>
    public string Unit { get; } = unit;

    /// <summary>Origin of the default.</summary>
    public Kind Kind { get; } = kind;

    /// <summary>Key in references.bib, or the reason for the default.</summary>
    public string Reference { get; } = reference;

    /// <summary>Smallest allowed value [unit of the property].</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest allowed value [unit of the property].</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>True when <see cref="Min"/> itself is not allowed.</summary>
    public bool ExclusiveMin { get; init; }

    /// <summary>True when <see cref="Max"/> itself is not allowed.</summary>
    public bool ExclusiveMax { get; init; }

    /// <summary>True when the value follows from others by a rule unless it is set: see <c>CalibrationRules</c>.</summary>
    public bool ByRule { get; init; }
}
